// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/camera.h"

#include <algorithm>
#include <cmath>

namespace portulan {

namespace {

const QRectF reachable(QPointF(1.8e6, -5.6e6), QPointF(7.6e6, -1.1e6)); // where the centre may go: Iceland to the Urals, metres

/// The frame a share of the way between two. Centres follow 1/scale, so that a point both frames show at one place stays there.
Frame between(const Frame &from, const Frame &to, double share)
{
    Frame frame = to;
    frame.scale = from.scale * std::pow(to.scale / from.scale, share);
    const double span = 1 / to.scale - 1 / from.scale;
    const double along = std::abs(span) * from.scale < 1e-6 ? share : (1 / frame.scale - 1 / from.scale) / span;
    frame.centre = from.centre + (to.centre - from.centre) * along;
    return frame;
}

Frame zoomed(const Frame &frame, double factor, QPointF screen, QSize size)
{
    Frame result = frame;
    result.scale = std::clamp(frame.scale * factor, Camera::farthest(size), Camera::closest);
    result.centre = frame.toMap(screen) - (screen - frame.middle()) / result.scale;
    return result;
}

}

double Camera::farthest(QSize size)
{
    return std::max({size.width() / 9.2e6, size.height() / 6.4e6, 1e-6});
}

Frame Camera::aim() const
{
    return m_target.value_or(m_frame);
}

Frame Camera::bounded(Frame frame) const
{
    frame.scale = std::clamp(frame.scale, farthest(frame.size), closest);
    frame.centre.setX(std::clamp(frame.centre.x(), reachable.left(), reachable.right()));
    frame.centre.setY(std::clamp(frame.centre.y(), reachable.top(), reachable.bottom()));
    return frame;
}

void Camera::resize(QSize size)
{
    m_frame.size = size;
    m_frame = bounded(m_frame);
    if (m_target) {
        m_target->size = size;
        m_start.size = size;
    }
}

void Camera::moveBy(QPointF pixels)
{
    m_target.reset();
    m_frame.centre += pixels / m_frame.scale;
    m_frame = bounded(m_frame);
}

void Camera::zoomAt(double factor, QPointF screen)
{
    jumpTo(zoomed(m_frame, factor, screen, m_frame.size));
}

void Camera::jumpTo(const Frame &frame)
{
    m_target.reset();
    m_frame = bounded(frame);
}

void Camera::easeTo(const Frame &frame, int milliseconds)
{
    m_start = m_frame;
    m_target = bounded(frame);
    m_elapsed = 0;
    m_duration = std::max(1, milliseconds);
}

void Camera::easeZoom(double factor, QPointF screen)
{
    easeTo(zoomed(aim(), factor, screen, m_frame.size), 180);
}

bool Camera::advance(int milliseconds)
{
    if (!m_target)
        return false;
    m_elapsed += milliseconds;
    const double share = std::min(1.0, static_cast<double>(m_elapsed) / m_duration);
    const double eased = 1 - std::pow(1 - share, 3);
    m_frame = share >= 1 ? *m_target : between(m_start, *m_target, eased);
    if (share >= 1)
        m_target.reset();
    return true;
}

Frame Camera::fitting(const QRectF &box, const QMarginsF &margins) const
{
    const QSizeF room(std::max(100.0, m_frame.size.width() - margins.left() - margins.right()),
        std::max(100.0, m_frame.size.height() - margins.top() - margins.bottom()));
    Frame frame = m_frame;
    frame.scale = std::min(room.width() / std::max(box.width(), 1.0), room.height() / std::max(box.height(), 1.0));
    frame.scale = std::clamp(frame.scale, farthest(frame.size), closest);
    const double spare = std::max(0.0, room.width() - box.width() * frame.scale);
    const QPointF middle(margins.left() + spare * 0.62 + box.width() * frame.scale / 2, margins.top() + room.height() / 2);
    frame.centre = box.center() - (middle - frame.middle()) / frame.scale;
    return bounded(frame);
}

}
