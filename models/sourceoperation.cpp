// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/sourceoperation.h"

#include <algorithm>

namespace portulan {

const Operation &sourceOperation(const Inventory &inventory, const Operation &operation)
{
    if (operation.kind == "migrate" || operation.migration.empty()) {
        return operation;
    }
    const auto all = inventory.operations();
    const auto at = std::ranges::find_if(all, [&](const Operation *one) { return one->kind == "migrate" && one->migration == operation.migration; });
    return at == all.end() ? operation : **at;
}

}
