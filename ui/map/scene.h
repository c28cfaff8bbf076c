// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/flows.h"
#include "ui/map/markers.h"

#include <QHash>
#include <optional>

namespace portulan {

/// A name beside a marker.
struct SiteLabel {
    int marker = 0;
    QString text;
    QRectF box; ///< pixels from the marker's place
};

/// What stands on the ground: markers, their names, bundles of flows; grouped for one scale and hit-tested. Knows no widget.
class Scene {
public:
    void setSites(std::vector<MapSite> sites);
    void setFlows(std::vector<MapFlow> flows);
    const std::vector<MapSite> &sites() const { return m_sites; }
    const std::vector<MapFlow> &flows() const { return m_flows; }

    /// Groups for `scale` and looks for `layer`; cheap when neither changed. True if the markers or bundles are others than before.
    bool arrange(double scale, MapLayer layer, const Theme &theme);

    const std::vector<Marker> &markers() const { return m_markers; }
    const MarkerLook &look(int marker) const { return m_looks[static_cast<std::size_t>(marker)]; }
    const std::vector<SiteLabel> &labels() const { return m_labels; }
    const std::vector<FlowBundle> &bundles() const { return m_bundles; } ///< widest first
    bool isQuiet(std::size_t bundle) const { return bundle >= loudBundles; }

    /// Index of the marker of that key, or of the one the site of that id stands in; -1: none.
    int markerOf(const QString &key) const;
    int markerAt(QPointF screen, const Frame &frame) const; ///< the nearest within reach of a finger; -1: none
    int bundleAt(QPointF screen, const Frame &frame) const; ///< -1: none
    QRectF markerBox(int marker, const Frame &frame) const; ///< pixels
    /// Ground taken by markers and names, in metres at the scale of the last arrange().
    std::vector<QRectF> takenGround() const;
    std::vector<QRectF> crossedGround() const; ///< small boxes along the curves, if they are few
    /// Box of all sites in metres; null if there are none.
    QRectF extent() const;
    QSet<QString> countries() const;

    static constexpr std::size_t fewBundles = 12; ///< so few are drawn with their progress, and names keep clear of them
    static constexpr std::size_t loudBundles = 40; ///< further ones are drawn thin and without comets

private:
    void regroup(double scale);
    void rebundle();
    void place(const Theme &theme);

    std::vector<MapSite> m_sites;
    std::vector<QPointF> m_places; ///< metres
    std::vector<MapFlow> m_flows;
    std::vector<Marker> m_markers;
    std::vector<MarkerLook> m_looks;
    std::vector<SiteLabel> m_labels;
    std::vector<FlowBundle> m_bundles;
    QHash<QString, int> m_byKey; ///< marker keys and site ids
    double m_scale = 1;
    double m_groupedAt = 0;
    std::optional<MapLayer> m_layer;
    bool m_isDark = false;
    bool m_fresh = false; ///< nothing was set since the last arrange()
};

}
