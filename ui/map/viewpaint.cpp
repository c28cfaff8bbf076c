// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/formats.h"
#include "ui/map/cards.h"
#include "ui/map/view.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace portulan {

namespace {

constexpr double cometSpeed = 0.22; // of a curve a second
constexpr double cometTail = 0.018; // between the three sprites of a comet

bool runs(const FlowBundle &bundle)
{
    return bundle.state == FlowState::Running;
}

}

void FederationMap::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setClipRegion(event->region());
    m_ground.paint(painter, frame());
    painter.setRenderHint(QPainter::Antialiasing);
    paintProgress(painter);
    if (!m_reduced)
        paintComets(painter);
    paintShares(painter);
    paintMarkers(painter);
    paintLabels(painter);
    paintCards(painter);
    if (hasFocus() && current() < 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.tones().accent, 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

const QPixmap &FederationMap::comet(FlowState state) const
{
    auto &sprite = m_comets[static_cast<int>(state)];
    if (!sprite.isNull())
        return sprite;
    const auto ratio = devicePixelRatioF();
    sprite = QPixmap(QSize(14, 14) * ratio);
    sprite.setDevicePixelRatio(ratio);
    sprite.fill(Qt::transparent);
    QPainter painter(&sprite);
    painter.setRenderHint(QPainter::Antialiasing);
    auto colour = m_theme.tones().flow;
    QRadialGradient shine(QPointF(7, 7), 7);
    shine.setColorAt(0, colour.lighter(m_theme.isDark() ? 130 : 160));
    shine.setColorAt(0.32, colour);
    colour.setAlpha(0);
    shine.setColorAt(1, colour);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shine);
    painter.drawEllipse(QRectF(0, 0, 14, 14));
    return sprite;
}

bool FederationMap::hasComets() const
{
    const auto &bundles = m_scene.bundles();
    for (std::size_t i = 0; i < bundles.size() && !m_scene.isQuiet(i); ++i)
        if (runs(bundles[i]))
            return true;
    return false;
}

void FederationMap::paintComets(QPainter &painter) const
{
    const auto inside = QRectF(rect()).adjusted(-10, -10, 10, 10);
    const auto &bundles = m_scene.bundles();
    for (std::size_t i = 0; i < bundles.size() && !m_scene.isQuiet(i); ++i) {
        if (!runs(bundles[i]))
            continue;
        const FlowCurve curve(bundles[i], frame());
        for (int k = 2; k >= 0; --k) {
            const double share = std::fmod(m_time * cometSpeed + bundles[i].phase - k * cometTail + 1, 1.0);
            const auto at = curve.at(share);
            if (!inside.contains(at))
                continue;
            painter.setOpacity(k == 0 ? 1 : k == 1 ? 0.5 : 0.25);
            painter.drawPixmap(at - QPointF(7, 7), comet(bundles[i].state));
        }
    }
    painter.setOpacity(1);
}

QRegion FederationMap::cometRegion() const
{
    QRegion region;
    const auto &bundles = m_scene.bundles();
    for (std::size_t i = 0; i < bundles.size() && !m_scene.isQuiet(i); ++i) {
        if (!runs(bundles[i]))
            continue;
        const FlowCurve curve(bundles[i], frame());
        for (int k = 0; k < 3; ++k) {
            const auto at = curve.at(std::fmod(m_time * cometSpeed + bundles[i].phase - k * cometTail + 1, 1.0));
            region += QRectF(at - QPointF(8, 8), QSizeF(16, 16)).toAlignedRect();
        }
    }
    return region & rect();
}

QRectF FederationMap::freePlace(const FlowCurve &curve, QSizeF size) const
{
    const auto around
        = [&](double share, double aside) { return QRectF(curve.at(share) - QPointF(size.width() / 2 - aside, size.height() / 2), size); };
    // Near the middle, clear of both ends and of names; how far it is shows on the curve itself.
    const double beside = size.width() / 2 + 4;
    for (const auto &[share, aside] : {std::pair {0.5, 0.0}, {0.42, 0.0}, {0.58, 0.0}, {0.34, 0.0}, {0.66, 0.0}, {0.5, beside}, {0.5, -beside},
             {0.4, beside}, {0.6, beside}, {0.4, -beside}, {0.6, -beside}}) {
        const auto place = around(share, aside).adjusted(-2, -2, 2, 2);
        const bool isTaken = std::ranges::any_of(m_scene.labels(), [&](const SiteLabel &label) {
            const auto at = frame().toScreen(m_scene.markers()[static_cast<std::size_t>(label.marker)].at);
            return label.box.translated(at).intersects(place) || m_scene.markerBox(label.marker, frame()).intersects(place);
        });
        if (!isTaken)
            return around(share, aside);
    }
    return around(0.5, 0);
}

void FederationMap::paintProgress(QPainter &painter) const
{
    if (m_scene.bundles().size() > Scene::fewBundles)
        return; // a mean over many migrations says nothing
    for (const auto &bundle : m_scene.bundles())
        if (const FlowCurve curve(bundle, frame()); curve.box().intersects(QRectF(rect())))
            drawProgress(painter, bundle, curve, m_theme.tones());
}

void FederationMap::paintShares(QPainter &painter) const
{
    const auto &tones = m_theme.tones();
    const auto &bundles = m_scene.bundles();
    if (bundles.size() > Scene::fewBundles)
        return;
    const auto font = m_theme.font(8, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    for (const auto &bundle : bundles) {
        if (bundle.progress < 0 || (bundle.state != FlowState::Running && bundle.state != FlowState::Waiting))
            continue;
        const auto text = Formats::percent(bundle.progress);
        const auto pill = freePlace(FlowCurve(bundle, frame()), QSizeF(metrics.horizontalAdvance(text) + 14, 18));
        if (!pill.intersects(QRectF(rect())))
            continue;
        painter.setPen(QPen(tones.flow, 1.2));
        painter.setBrush(tones.card);
        painter.drawRoundedRect(pill, 9, 9);
        painter.setFont(font);
        painter.setPen(tones.text);
        painter.drawText(pill, Qt::AlignCenter, text);
    }
}

bool FederationMap::isDimmed(const Marker &marker) const
{
    return !m_highlighted.isEmpty()
        && std::ranges::none_of(marker.sites, [&](int i) { return m_highlighted.contains(m_scene.sites()[static_cast<std::size_t>(i)].id); });
}

/// Looked up once an arrangement, not once a frame.
const QPixmap &FederationMap::markerSprite(int marker)
{
    const auto ratio = devicePixelRatioF();
    m_markerSprites.resize(m_scene.markers().size());
    auto &its = m_markerSprites[static_cast<std::size_t>(marker)];
    if (its.isNull() || its.devicePixelRatio() != ratio)
        its = m_sprites.sprite(m_scene.look(marker), ratio);
    return its;
}

void FederationMap::paintMarkers(QPainter &painter)
{
    const auto &tones = m_theme.tones();
    const auto inside = QRectF(rect()).adjusted(-40, -40, 40, 40);
    const int chosen = current();
    for (int i = 0; i < static_cast<int>(m_scene.markers().size()); ++i) {
        const auto &marker = m_scene.markers()[static_cast<std::size_t>(i)];
        const auto at = frame().toScreen(marker.at);
        if (!inside.contains(at))
            continue;
        const auto &look = m_scene.look(i);
        const bool found = !m_highlighted.isEmpty() && !isDimmed(marker);
        if (i == chosen || i == m_hovered || found) {
            painter.setBrush(Qt::NoBrush);
            if (i == chosen) {
                painter.setPen(QPen(tones.card, 5.5));
                painter.drawEllipse(at, look.radius + 4, look.radius + 4);
            }
            painter.setPen(QPen(i == m_hovered && i != chosen ? tones.dim : tones.accent, i == chosen ? 2.6 : 1.6));
            painter.drawEllipse(at, look.radius + 4, look.radius + 4);
        }
        painter.setOpacity(isDimmed(marker) ? 0.3 : 1);
        const auto &sprite = markerSprite(i);
        const auto half = sprite.deviceIndependentSize() / 2;
        painter.drawPixmap(at - QPointF(half.width(), half.height()), sprite);
    }
    painter.setOpacity(1);
}

const QPixmap &FederationMap::labelSprite(const QString &text)
{
    if (const auto found = m_labelSprites.constFind(text); found != m_labelSprites.constEnd())
        return *found;
    if (m_labelSprites.size() > 600)
        m_labelSprites.clear();
    const auto font = m_theme.font(10, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const auto ratio = devicePixelRatioF();
    QPixmap pixmap((QSizeF(metrics.horizontalAdvance(text) + 8, metrics.height() + 6) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addText(4, 3 + metrics.ascent(), font, text);
    painter.setPen(QPen(m_theme.tones().halo, 3.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(outline);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.tones().text);
    painter.drawPath(outline);
    painter.end();
    return *m_labelSprites.insert(text, pixmap);
}

void FederationMap::paintLabels(QPainter &painter)
{
    for (const auto &label : m_scene.labels()) {
        const auto &marker = m_scene.markers()[static_cast<std::size_t>(label.marker)];
        const auto at = frame().toScreen(marker.at) + label.box.topLeft() - QPointF(4, 3);
        if (!QRectF(rect()).adjusted(-200, -40, 40, 40).contains(at))
            continue;
        painter.setOpacity(isDimmed(marker) ? 0.3 : 1);
        painter.drawPixmap(at, labelSprite(label.text));
    }
    painter.setOpacity(1);
}

void FederationMap::paintCards(QPainter &painter)
{
    const MapCards cards(m_theme, *m_atlas, devicePixelRatioF());
    constexpr double inset = 24 - MapCards::shadow;
    if (m_headerCard.isNull() && !m_header.title.isEmpty())
        m_headerCard = cards.header(m_header);
    if (m_legendCard.isNull())
        m_legendCard = cards.legend(m_layer, m_header);
    const QPointF corner(inset + m_margins.left(), inset + m_margins.top());
    painter.drawPixmap(corner, m_headerCard);
    const auto legend = m_legendCard.deviceIndependentSize();
    const double legendTop = height() - inset - m_margins.bottom() - legend.height();
    const double headerEnd = corner.y() + (m_headerCard.isNull() ? 0 : m_headerCard.deviceIndependentSize().height());
    if (isLegendShown() && legendTop >= headerEnd - MapCards::shadow)
        painter.drawPixmap(QPointF(corner.x(), legendTop), m_legendCard);
    else { // the legend names the source; without it the map does
        painter.setFont(m_theme.font(8));
        painter.setPen(m_theme.tones().dim);
        painter.drawText(QPointF(m_margins.left() + 10, height() - m_margins.bottom() - 8), tr("Background: Natural Earth"));
    }

    const int shown = m_hovered >= 0 ? m_hovered : hasFocus() && m_hoveredBundle < 0 ? current() : -1;
    QPointF at;
    if (shown >= 0) {
        const auto &marker = m_scene.markers()[static_cast<std::size_t>(shown)];
        m_hoverCard = cards.about(marker, m_scene.sites());
        at = frame().toScreen(marker.at) + QPointF(m_scene.look(shown).radius + 2, -MapCards::shadow - 14);
    } else if (m_hoveredBundle >= 0) {
        const auto &bundle = m_scene.bundles()[static_cast<std::size_t>(m_hoveredBundle)];
        m_hoverCard = cards.about(bundle, m_scene.flows(), m_scene.sites());
        at = FlowCurve(bundle, frame()).at(0.5) + QPointF(8, -MapCards::shadow - 14);
    } else
        return;
    const auto size = m_hoverCard.deviceIndependentSize();
    if (at.x() + size.width() > width() - 8)
        at.setX(at.x() - size.width() - (shown >= 0 ? 2 * m_scene.look(shown).radius + 4 : 16));
    at.setY(std::clamp(at.y(), -4.0, std::max(0.0, height() - size.height() + 4)));
    painter.drawPixmap(at, m_hoverCard);
}

}
