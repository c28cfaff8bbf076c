// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/series.h"

#include <algorithm>

namespace portulan {

std::vector<TimePoint> thinned(const std::vector<TimePoint> &points, std::size_t most)
{
    if (points.size() <= most || most < 4)
        return points;
    std::vector<TimePoint> kept {points.front()};
    const std::size_t stretches = (most - 2) / 2;
    const std::size_t inner = points.size() - 2;
    for (std::size_t i = 0; i < stretches; ++i) {
        const auto from = points.begin() + 1 + static_cast<std::ptrdiff_t>(i * inner / stretches);
        const auto to = points.begin() + 1 + static_cast<std::ptrdiff_t>((i + 1) * inner / stretches);
        if (from == to)
            continue;
        auto [low, high] = std::minmax_element(from, to, [](const TimePoint &a, const TimePoint &b) { return a.value < b.value; });
        if (high < low)
            std::swap(low, high);
        kept.push_back(*low);
        if (high != low)
            kept.push_back(*high);
    }
    kept.push_back(points.back());
    return kept;
}

}
