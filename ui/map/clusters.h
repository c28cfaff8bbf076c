// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/mapdata.h"

#include <QPointF>

namespace portulan {

/// What stands on the map: one site, or several too close to each other to be told apart at this scale.
struct Marker {
    QString key; ///< site id, or "cluster:" and the id of its first site
    QPointF at; ///< metres (frame.h)
    std::vector<int> sites; ///< indices, ascending
    Status status = Status::Compliant; ///< worst of them
    std::array<int, allStatuses.size()> tally {}; ///< sites per status, in the order of allStatuses
    double load = -1; ///< mean of those known
    bool live = true; ///< all of them are
    int alerts = 0; ///< of all of them

    bool isCluster() const { return sites.size() > 1; }
};

/// Gathers sites nearer than `reach` pixels at `scale` (pixels per metre) into clusters. Depends on the sites and the scale only, so that
/// panning never moves a cluster; sites are taken in the order of their ids, so that neither does a site's change of state.
std::vector<Marker> gather(const std::vector<MapSite> &sites, const std::vector<QPointF> &places, double scale, double reach);

/// The scale at which clusters are computed for a view at `scale`: steps of √2, so that a smooth zoom regroups now and then, not always.
double clusterScale(double scale);

}
