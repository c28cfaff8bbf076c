// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/clusters.h"

#include <QHash>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace portulan {

namespace {

/// Cells of a square grid, each with the sites in it.
class Grid {
public:
    Grid(const std::vector<QPointF> &places, double cell)
        : m_places(places)
        , m_cell(cell)
    {
        for (int i = 0; i < static_cast<int>(places.size()); ++i)
            m_cells[cellOf(places[static_cast<std::size_t>(i)])].push_back(i);
    }
    /// Sites within one cell's width of `place`.
    std::vector<int> near(QPointF place) const
    {
        std::vector<int> found;
        const auto [column, row] = cellOf(place);
        for (int dx = -1; dx <= 1; ++dx)
            for (int dy = -1; dy <= 1; ++dy) {
                const auto cell = m_cells.constFind({column + dx, row + dy});
                if (cell == m_cells.constEnd())
                    continue;
                for (const int i : *cell) {
                    const auto away = m_places[static_cast<std::size_t>(i)] - place;
                    if (std::hypot(away.x(), away.y()) <= m_cell)
                        found.push_back(i);
                }
            }
        return found;
    }

private:
    using Cell = std::pair<int, int>;
    Cell cellOf(QPointF place) const { return {static_cast<int>(std::floor(place.x() / m_cell)), static_cast<int>(std::floor(place.y() / m_cell))}; }

    const std::vector<QPointF> &m_places;
    double m_cell;
    QHash<Cell, std::vector<int>> m_cells;
};

Marker markerOf(const std::vector<MapSite> &sites, const std::vector<QPointF> &places, std::vector<int> members)
{
    Marker marker;
    std::ranges::sort(members);
    double load = 0;
    int known = 0;
    for (const int i : members) {
        const auto &site = sites[static_cast<std::size_t>(i)];
        marker.at += places[static_cast<std::size_t>(i)] / static_cast<double>(members.size());
        marker.status = std::min(marker.status, site.status); // worst first
        ++marker.tally[static_cast<std::size_t>(site.status)];
        marker.live = marker.live && site.live;
        marker.alerts += site.alerts;
        if (site.load >= 0) {
            load += site.load;
            ++known;
        }
    }
    if (known > 0)
        marker.load = load / known;
    const auto &first = *std::ranges::min_element(members, {}, [&](int i) { return sites[static_cast<std::size_t>(i)].id; });
    const auto &id = sites[static_cast<std::size_t>(first)].id;
    marker.key = members.size() > 1 ? QStringLiteral("cluster:") + id : id;
    marker.sites = std::move(members);
    return marker;
}

}

std::vector<Marker> gather(const std::vector<MapSite> &sites, const std::vector<QPointF> &places, double scale, double reach)
{
    std::vector<int> order(sites.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](int i) -> const QString & { return sites[static_cast<std::size_t>(i)].id; });
    const Grid grid(places, std::max(reach / scale, 1.0));
    std::vector<bool> taken(sites.size(), false);
    std::vector<Marker> markers;
    for (const int seed : order) {
        if (taken[static_cast<std::size_t>(seed)])
            continue;
        std::vector<int> members;
        for (const int i : grid.near(places[static_cast<std::size_t>(seed)]))
            if (!taken[static_cast<std::size_t>(i)]) {
                taken[static_cast<std::size_t>(i)] = true;
                members.push_back(i);
            }
        markers.push_back(markerOf(sites, places, std::move(members)));
    }
    return markers;
}

double clusterScale(double scale)
{
    return std::pow(2, std::floor(std::log2(scale) * 2) / 2);
}

}
