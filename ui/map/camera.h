// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/frame.h"

#include <QMarginsF>
#include <optional>

namespace portulan {

/// Where the view looks, and the way there: panning and zooming within bounds, with eased transitions. Time is given, not read.
class Camera {
public:
    const Frame &frame() const { return m_frame; }
    /// Where the transition under way ends; the present frame if none.
    Frame aim() const;
    bool isMoving() const { return m_target.has_value(); }

    void resize(QSize size); ///< keeps centre and scale
    void moveBy(QPointF pixels); ///< at once; ends a transition
    void zoomAt(double factor, QPointF screen); ///< at once, `screen` stays where it is
    void jumpTo(const Frame &frame);
    void easeTo(const Frame &frame, int milliseconds = 260);
    void easeZoom(double factor, QPointF screen); ///< further steps add up
    /// Moves on by that much; false when nothing moved.
    bool advance(int milliseconds);

    /// A frame of the present size that shows `box` (metres) inside the margins (pixels); leftover width goes mostly to the left,
    /// where the cards lie over the ocean.
    Frame fitting(const QRectF &box, const QMarginsF &margins) const;

    static constexpr double closest = 1.0 / 250; ///< pixels per metre: 250 m a pixel, as far as the outlines carry
    static double farthest(QSize size); ///< the whole map

private:
    Frame bounded(Frame frame) const;

    Frame m_frame {onMap(9, 50), 1.0 / 4000, QSize(800, 600)};
    Frame m_start;
    std::optional<Frame> m_target;
    int m_elapsed = 0;
    int m_duration = 1;
};

}
