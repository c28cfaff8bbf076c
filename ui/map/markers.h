// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/clusters.h"
#include "ui/theme.h"

#include <QHash>
#include <QPixmap>

class QPainter;

namespace portulan {

/// How one marker is to look; equal looks share a sprite.
struct MarkerLook {
    double radius = 14; ///< pixels
    double ring = -1; ///< share of the ring that is filled, 0–1; -1: a plain ring
    QColor colour;
    Status status = Status::NotEvaluated; ///< its glyph, unless there is a text
    QString text; ///< up to four characters instead of the glyph
    std::array<int, allStatuses.size()> tally {}; ///< clusters: the ring shows the statuses' shares
    bool isCluster = false;
    bool small = false; ///< a shape without ring: many single sites
    bool live = true;
    int alerts = 0;
    bool recordedOnly = false; ///< dotted ring track: instances are records

    QString key() const; ///< equal for looks that are drawn alike
};

MarkerLook lookOf(const Marker &marker, const std::vector<MapSite> &sites, MapLayer layer, const Theme &theme);

/// Draws markers as sprites, painted once per look: a frame then costs one blit per marker.
class MarkerSprites {
public:
    explicit MarkerSprites(const Theme &theme);
    /// The sprite of a look at `ratio` device pixels per pixel; its middle is the marker's place.
    QPixmap sprite(const MarkerLook &look, qreal ratio);

private:
    void draw(QPainter &painter, const MarkerLook &look) const;
    void drawDisc(QPainter &painter, const MarkerLook &look) const;
    void drawRing(QPainter &painter, const MarkerLook &look) const;
    void drawTally(QPainter &painter, const MarkerLook &look) const;
    void drawBadges(QPainter &painter, const MarkerLook &look) const;

    Theme m_theme;
    QHash<QString, QPixmap> m_sprites;
};

}
