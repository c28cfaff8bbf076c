// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/atlas.h"
#include "ui/map/flows.h"
#include "ui/map/markers.h"

#include <QCoreApplication>
#include <QPixmap>

namespace portulan {

/// The cards that lie over the map, each painted once into a picture with its shadow (12 pixels all around).
class MapCards {
    Q_DECLARE_TR_FUNCTIONS(portulan::MapCards)
public:
    MapCards(const Theme &theme, const Atlas &atlas, qreal ratio);

    QPixmap header(const MapHeader &header) const;
    QPixmap legend(MapLayer layer, const MapHeader &header) const;
    QPixmap about(const Marker &marker, const std::vector<MapSite> &sites) const;
    QPixmap about(const FlowBundle &bundle, const std::vector<MapFlow> &flows, const std::vector<MapSite> &sites) const;

    static constexpr int shadow = 12;
    static QString word(Status status);
    static QString word(MapLayer layer);
    /// "3 compliant, 1 non-compliant", for a cluster.
    static QString tally(const Marker &marker);

private:
    struct Line {
        QString text;
        QFont font;
        QColor colour;
        QPixmap mark; ///< drawn before the text
        double gap = 0; ///< above it, pixels
    };
    QPixmap lay(const std::vector<Line> &lines, double leastWidth, double mostWidth) const;
    Line title(const QString &text) const;
    Line plain(const QString &text) const;
    Line dim(const QString &text) const;
    Line row(const MarkerLook &look, const QString &text) const;
    Line flowRow(FlowState state, const QString &text) const;
    void legendRows(MapLayer layer, std::vector<Line> &lines) const;

    const Theme &m_theme;
    const Atlas &m_atlas;
    qreal m_ratio;
};

}
