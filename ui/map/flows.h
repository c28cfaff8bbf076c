// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/frame.h"
#include "ui/map/mapdata.h"
#include "ui/theme.h"

class QPainter;

namespace portulan {

/// Migrations with the same two ends, drawn as one curve.
struct FlowBundle {
    QPointF from; ///< metres
    QPointF to;
    std::vector<int> flows; ///< indices
    FlowState state = FlowState::Running; ///< worst of them
    double progress = -1; ///< mean of those known
    double bow = 0.2; ///< height of the curve as a share of its length; more for the way back
    double phase = 0; ///< 0–1, so that comets do not march in step
    double width() const; ///< pixels
    bool operator==(const FlowBundle &) const = default;
};

/// Where a flow starts and ends: keys of two markers or countries, and their places.
struct FlowEnds {
    QString from;
    QString to;
    QPointF fromAt; ///< metres
    QPointF toAt;
};

/// Gathers flows by their ends (one FlowEnds per flow; those with both ends alike are inside a cluster and are left out).
std::vector<FlowBundle> bundle(const std::vector<MapFlow> &flows, const std::vector<FlowEnds> &ends);

/// The curve of a bundle on the screen: bowed to the north whatever its direction.
class FlowCurve {
public:
    FlowCurve(const FlowBundle &bundle, const Frame &frame);
    QPointF at(double share) const; ///< 0 at the source, 1 at the target
    QPointF start() const { return m_from; }
    QPointF end() const { return m_to; }
    QPointF control() const { return m_control; }
    QRectF box() const;
    /// Pixels from `point` to the nearest of some 40 points of the curve.
    double distance(QPointF point) const;

private:
    QPointF m_from;
    QPointF m_control;
    QPointF m_to;
};

/// The standing part: casing, gradient toward the target; dashed and crossed where refused or failed. `quiet`: thin and pale.
void drawFlow(QPainter &painter, const FlowBundle &bundle, const FlowCurve &curve, const Tones &tones, bool quiet);
/// The part already done, over the standing part.
void drawProgress(QPainter &painter, const FlowBundle &bundle, const FlowCurve &curve, const Tones &tones);

}
