// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/projection.h"

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace portulan {

/// Map coordinates: metres of EPSG:3035, x to the east, y to the *south* as on a screen.
inline QPointF onMap(double longitude, double latitude)
{
    const auto at = project({longitude, latitude});
    return {at.x, -at.y};
}

/// Which part of the map a widget or an image shows. Screen coordinates are logical pixels from its top left.
struct Frame {
    QPointF centre; ///< metres
    double scale = 1; ///< pixels per metre
    QSize size; ///< pixels
    bool operator==(const Frame &) const = default;

    QPointF middle() const { return {size.width() / 2.0, size.height() / 2.0}; }
    QPointF toScreen(QPointF metres) const { return (metres - centre) * scale + middle(); }
    QPointF toMap(QPointF pixels) const { return (pixels - middle()) / scale + centre; }
    QRectF toMap(const QRectF &pixels) const { return {toMap(pixels.topLeft()), pixels.size() / scale}; }
    QRectF visible() const { return toMap(QRectF({}, QSizeF(size))); }
};

}
