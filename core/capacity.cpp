// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/capacity.h"

#include <algorithm>

namespace portulan {

namespace {
std::int64_t lesserKnown(std::int64_t a, std::int64_t b)
{
    return a <= 0 ? b : b <= 0 ? a : std::min(a, b);
}
double share(std::int64_t used, std::int64_t total)
{
    return total <= 0 ? 0 : std::clamp(double(used) / double(total), 0.0, 1.0);
}
}

Amounts Capacity::total() const
{
    return {lesserKnown(declared.vcpus, measured.vcpus * vcpusPerThread), lesserKnown(declared.ramBytes, measured.ramBytes),
        lesserKnown(declared.storageBytes, measured.storageBytes)};
}

Amounts Capacity::available() const
{
    const Amounts left = total() - used;
    return {std::max<std::int64_t>(left.vcpus, 0), std::max<std::int64_t>(left.ramBytes, 0), std::max<std::int64_t>(left.storageBytes, 0)};
}

double Capacity::load() const
{
    const Amounts all = total();
    return std::max({share(used.vcpus, all.vcpus), share(used.ramBytes, all.ramBytes), share(used.storageBytes, all.storageBytes)});
}

}
