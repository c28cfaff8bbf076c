// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/atlas.h"
#include "ui/map/frame.h"
#include "ui/tones.h"

#include <QFont>
#include <QImage>
#include <QMap>
#include <QSet>
#include <memory>

namespace portulan {

/// How the land is to look: everything the ground layer depends on beside the frame.
struct GroundStyle {
    Tones tones;
    QFont labelFont; ///< of country names, written in spaced capitals
    QFont figureFont;
    QSet<QString> members; ///< ISO codes of the federation's countries
    QMap<QString, double> shares; ///< choropleth: ISO code → strength 0–1; empty: none
    QMap<QString, QString> figures; ///< words under country names
    std::vector<QRectF> avoid; ///< metres; where labels must not go (markers and their names)
    std::vector<QRectF> avoidIfPossible; ///< metres; curves of flows
};

/// Draws sea, coast glow, graticule, land, borders and country names for `frame` at `ratio` device pixels per pixel.
/// Touches no widget: runs in any thread. Takes 50–250 ms at 2400×1600.
QImage drawGround(const Atlas &atlas, const Frame &frame, const GroundStyle &style, qreal ratio);

/// Colour of the choropleth for a strength 0–1.
QColor choropleth(const Tones &tones, double strength);

}
