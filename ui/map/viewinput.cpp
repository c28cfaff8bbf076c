// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/view.h"

#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>
#include <cmath>

namespace portulan {

namespace {

constexpr int frameMilliseconds = 16;
constexpr int cometMilliseconds = 33; // comets are decoration: half the frames do

}

void FederationMap::tick()
{
    const int passed = static_cast<int>(std::clamp<qint64>(m_sinceTick.restart(), 1, 100));
    const auto before = cometRegion();
    m_time += passed / 1000.0;
    if (m_camera.advance(passed)) {
        moved();
        if (!m_camera.isMoving())
            keepTime();
        return;
    }
    if (hasComets())
        update(before + cometRegion()); // a few sprites: repainting only their ground pays
    else
        keepTime();
}

void FederationMap::keepTime()
{
    const bool comets = hasComets() && !m_reduced;
    if (!isVisible() || (!m_camera.isMoving() && !comets)) {
        m_clock.stop();
        return;
    }
    const int interval = m_camera.isMoving() ? frameMilliseconds : cometMilliseconds;
    if (m_clock.isActive() && m_clock.interval() == interval)
        return;
    if (!m_clock.isActive())
        m_sinceTick.start();
    m_clock.start(interval);
}

std::optional<Frame> FederationMap::sight() const
{
    return m_atHome ? std::nullopt : std::optional(m_camera.aim());
}

void FederationMap::setSight(const Frame &sight)
{
    m_atHome = false;
    m_camera.jumpTo({sight.centre, sight.scale, size()});
    moved();
}

void FederationMap::resizeEvent(QResizeEvent *)
{
    m_camera.resize(size());
    if (m_atHome)
        m_camera.jumpTo(homeFrame());
    emit legendShown(isLegendShown());
    moved();
}

void FederationMap::showEvent(QShowEvent *)
{
    refresh();
}

void FederationMap::hideEvent(QHideEvent *)
{
    m_clock.stop();
}

bool FederationMap::event(QEvent *event)
{
    if (event->type() == QEvent::Gesture) {
        if (const auto *pinch = static_cast<QPinchGesture *>(static_cast<QGestureEvent *>(event)->gesture(Qt::PinchGesture))) {
            m_atHome = false;
            m_camera.zoomAt(pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint()));
            moved();
            return true;
        }
    } else if (event->type() == QEvent::NativeGesture) {
        const auto *native = static_cast<QNativeGestureEvent *>(event);
        if (native->gestureType() == Qt::ZoomNativeGesture) {
            m_atHome = false;
            m_camera.zoomAt(1 + native->value(), native->position());
            moved();
            return true;
        }
    }
    return QWidget::event(event);
}

void FederationMap::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (!event->pixelDelta().isNull() && !event->modifiers()) { // a touch pad: follows the fingers
        m_atHome = false;
        m_camera.moveBy(-event->pixelDelta());
        moved();
        return;
    }
    const double notches = event->angleDelta().y() / 120.0;
    if (notches != 0)
        zoomBy(std::pow(1.3, notches), event->position());
}

void FederationMap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grabbed = event->position();
    m_dragged = false;
}

void FederationMap::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_grabbed) {
        hover(event->position());
        return;
    }
    const auto way = event->position() - *m_grabbed;
    if (!m_dragged && way.manhattanLength() < 5)
        return;
    m_dragged = true;
    m_atHome = false;
    setCursor(Qt::ClosedHandCursor);
    m_camera.moveBy(-way);
    m_grabbed = event->position();
    moved();
}

void FederationMap::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const bool dragged = std::exchange(m_dragged, false);
    m_grabbed.reset();
    hover(event->position());
    if (dragged)
        return;
    if (const int marker = m_scene.markerAt(event->position(), frame()); marker >= 0)
        press(marker);
    else if (const int bundle = m_scene.bundleAt(event->position(), frame()); bundle >= 0)
        emit flowChosen(m_scene.flows()[static_cast<std::size_t>(m_scene.bundles()[static_cast<std::size_t>(bundle)].flows.front())].id);
    else
        setCurrent(-1);
}

void FederationMap::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_scene.markerAt(event->position(), frame()) < 0)
        zoomBy(2, event->position());
}

void FederationMap::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int marker = byKeyboard ? current() : m_scene.markerAt(event->pos(), frame());
    if (marker < 0 || m_scene.markers()[static_cast<std::size_t>(marker)].isCluster())
        return;
    const auto at = byKeyboard ? mapToGlobal(m_scene.markerBox(marker, frame()).center().toPoint()) : event->globalPos();
    press(marker);
    emit siteMenuWanted(m_scene.markers()[static_cast<std::size_t>(marker)].key, at);
}

void FederationMap::hover(QPointF at)
{
    const int marker = m_scene.markerAt(at, frame());
    const int bundle = marker < 0 ? m_scene.bundleAt(at, frame()) : -1;
    setCursor(marker >= 0 || bundle >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (marker == m_hovered && bundle == m_hoveredBundle)
        return;
    m_hovered = marker;
    m_hoveredBundle = bundle;
    update();
}

void FederationMap::leaveEvent(QEvent *)
{
    m_hovered = m_hoveredBundle = -1;
    update();
}

void FederationMap::keyPressEvent(QKeyEvent *event)
{
    const double step = std::min(width(), height()) / 5.0;
    const auto pan = [&](double dx, double dy) {
        auto target = m_camera.aim();
        target.centre += QPointF(dx, dy) * step / target.scale;
        goTo(target);
    };
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_Home:
        goHome();
        break;
    case Qt::Key_Left:
        pan(-1, 0);
        break;
    case Qt::Key_Right:
        pan(1, 0);
        break;
    case Qt::Key_Up:
        pan(0, -1);
        break;
    case Qt::Key_Down:
        pan(0, 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        press(current());
        break;
    case Qt::Key_Escape:
        if (current() >= 0) {
            setCurrent(-1);
            break;
        }
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

void FederationMap::focusInEvent(QFocusEvent *event)
{
    const int count = static_cast<int>(m_scene.markers().size());
    if (event->reason() == Qt::TabFocusReason)
        m_currentKey.clear(); // the map itself first, then its sites
    else if (event->reason() == Qt::BacktabFocusReason && count > 0)
        setCurrent(count - 1);
    update();
}

void FederationMap::focusOutEvent(QFocusEvent *)
{
    update();
}

bool FederationMap::focusNextPrevChild(bool next)
{
    const int target = next ? current() + 1 : current() - 1;
    if (hasFocus() && target < static_cast<int>(m_scene.markers().size()) && (target >= 0 || (!next && current() == 0))) {
        setCurrent(target);
        return true;
    }
    return QWidget::focusNextPrevChild(next);
}

}
