// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/markers.h"

#include "ui/glyphs.h"

#include <QLocale>
#include <QPainter>
#include <cmath>
#include <numeric>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr double ringWidth = 3.2;
constexpr int cachedSprites = 4096;

QColor exposureColour(Exposure exposure, const Tones &tones)
{
    switch (exposure) {
    case Exposure::European:
        return tones.ok;
    case Exposure::Adequate:
        return tones.warn;
    case Exposure::ThirdCountry:
        return tones.bad;
    case Exposure::Unknown:
        break;
    }
    return tones.unknown;
}

double shown(double share)
{
    return share < 0 ? -1 : std::round(share * 50) / 50;
} // steps of 2 %: fewer sprites

void lookAtLoad(MarkerLook &look, const Marker &marker, const Theme &theme)
{
    look.colour = theme.loadColour(marker.load);
    look.radius = 15;
    look.text = marker.load < 0 ? u"?"_s : QLocale().toString(static_cast<int>(std::lround(marker.load * 100)));
}

void lookAtExposure(MarkerLook &look, const Marker &marker, const std::vector<MapSite> &sites, const Theme &theme)
{
    Exposure worst = Exposure::European;
    for (const int i : marker.sites)
        worst = std::max(worst, sites[static_cast<std::size_t>(i)].exposure);
    look.colour = exposureColour(worst, theme.tones());
    look.ring = -1;
    look.radius = 15;
    const auto &law = sites[static_cast<std::size_t>(marker.sites.front())].law;
    look.text = law.isEmpty() ? u"?"_s : law;
}

}

MarkerLook lookOf(const Marker &marker, const std::vector<MapSite> &sites, MapLayer layer, const Theme &theme)
{
    MarkerLook look;
    look.status = marker.status;
    look.colour = theme.colour(marker.status);
    look.ring = shown(marker.load);
    look.live = marker.live;
    look.alerts = std::min(marker.alerts, 100);
    look.recordedOnly = !marker.isCluster() && sites[static_cast<std::size_t>(marker.sites.front())].recordedOnly;
    switch (layer) {
    case MapLayer::Compliance:
        break;
    case MapLayer::Capacity:
        lookAtLoad(look, marker, theme);
        break;
    case MapLayer::Exposure:
        lookAtExposure(look, marker, sites, theme);
        break;
    case MapLayer::Data: // the land speaks; sites are only there
        look.radius = 5;
        look.small = true;
        look.alerts = 0;
        look.live = true;
        break;
    }
    if (marker.isCluster()) {
        look.isCluster = true;
        look.tally = layer == MapLayer::Compliance ? marker.tally : decltype(look.tally) {};
        look.text = QLocale().toString(static_cast<qulonglong>(marker.sites.size()));
        look.small = false;
        look.alerts = 0; // its card tells them; the badge is for the worst verdict
        look.radius = std::min(26.0, 14 + 2.2 * std::log2(static_cast<double>(marker.sites.size())));
    } else if (sites.size() > 150) {
        look.small = true;
        look.radius = 5;
    }
    return look;
}

MarkerSprites::MarkerSprites(const Theme &theme)
    : m_theme(theme)
{
}

QString MarkerLook::key() const
{
    auto key = u"%1 %2 %3 %4 %5 "_s.arg(radius).arg(ring).arg(colour.rgb()).arg(static_cast<int>(status)).arg(text);
    key += u"%1%2%3%4 %5"_s.arg(isCluster).arg(small).arg(live).arg(recordedOnly).arg(alerts);
    for (const int share : tally)
        key += u' ' + QString::number(share);
    return key;
}

QPixmap MarkerSprites::sprite(const MarkerLook &look, qreal ratio)
{
    const auto key = u"%1 %2"_s.arg(look.key()).arg(ratio);
    if (const auto found = m_sprites.constFind(key); found != m_sprites.constEnd())
        return *found;
    if (m_sprites.size() >= cachedSprites)
        m_sprites.clear();
    const int side = 2 * static_cast<int>(std::ceil(look.radius + 9));
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    draw(painter, look);
    painter.end();
    return *m_sprites.insert(key, pixmap);
}

void MarkerSprites::draw(QPainter &painter, const MarkerLook &look) const
{
    const auto &tones = m_theme.tones();
    if (look.small) {
        painter.setPen(Qt::NoPen);
        paintShape(painter, look.status == Status::NotEvaluated ? Status::Compliant : look.status, {}, look.radius + 1.8, tones.card);
        paintShape(painter, look.status, {}, look.radius, look.colour);
        return;
    }
    drawDisc(painter, look);
    if (std::accumulate(look.tally.begin(), look.tally.end(), 0) > 0)
        drawTally(painter, look);
    else
        drawRing(painter, look);
    if (!look.text.isEmpty()) {
        painter.setFont(m_theme.font(look.text.size() > 3 ? 7.5 : 8.5, QFont::DemiBold));
        painter.setPen(look.isCluster ? tones.text : look.colour);
        painter.drawText(QRectF(-20, -20, 40, 40.5), Qt::AlignCenter, look.text);
    } else
        paintGlyph(painter, look.status, {}, look.radius > 10 ? 10 : 7, look.colour);
    drawBadges(painter, look);
}

void MarkerSprites::drawDisc(QPainter &painter, const MarkerLook &look) const
{
    const double r = look.radius;
    QRadialGradient shadow(QPointF(0, 1.5), r + 6);
    shadow.setColorAt(0.55, QColor(0, 0, 0, m_theme.isDark() ? 120 : 70));
    shadow.setColorAt(1, QColor(0, 0, 0, 0));
    painter.setPen(Qt::NoPen);
    painter.setBrush(shadow);
    painter.drawEllipse(QPointF(0, 1.5), r + 6, r + 6);
    painter.setBrush(m_theme.tones().card);
    painter.drawEllipse(QPointF(), r, r);
}

void MarkerSprites::drawRing(QPainter &painter, const MarkerLook &look) const
{
    const double r = look.radius - ringWidth / 2 - 1;
    auto track = look.colour;
    track.setAlpha(look.ring < 0 ? 255 : 60);
    QPen trackPen(track, look.ring < 0 ? 2 : ringWidth);
    if (!look.live || look.recordedOnly) {
        trackPen.setDashPattern({1.2, 1.0});
        trackPen.setCapStyle(Qt::FlatCap);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(trackPen);
    painter.drawEllipse(QPointF(), r, r);
    if (look.ring <= 0)
        return;
    auto used = look.colour;
    if (!look.live)
        used.setAlpha(150);
    painter.setPen(QPen(used, ringWidth, Qt::SolidLine, look.live ? Qt::RoundCap : Qt::FlatCap));
    painter.drawArc(QRectF(-r, -r, 2 * r, 2 * r), 90 * 16, -static_cast<int>(std::lround(look.ring * 360 * 16)));
}

void MarkerSprites::drawTally(QPainter &painter, const MarkerLook &look) const
{
    const double r = look.radius - ringWidth / 2 - 1;
    const int total = std::accumulate(look.tally.begin(), look.tally.end(), 0);
    double from = 90 * 16;
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < look.tally.size(); ++i) {
        if (look.tally[i] == 0)
            continue;
        const double span = 360.0 * 16 * look.tally[i] / total;
        const double gap = span > 300 && look.tally[i] < total ? 100 : 0;
        painter.setPen(QPen(m_theme.colour(allStatuses[i]), ringWidth, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(QRectF(-r, -r, 2 * r, 2 * r), static_cast<int>(from - gap / 2), -static_cast<int>(span - gap));
        from -= span;
    }
}

void MarkerSprites::drawBadges(QPainter &painter, const MarkerLook &look) const
{
    const auto &tones = m_theme.tones();
    const double away = look.radius * 0.76;
    painter.setPen(Qt::NoPen);
    if (look.alerts > 0) {
        const auto text = look.alerts > 99 ? u"99+"_s : QLocale().toString(look.alerts);
        painter.setFont(m_theme.font(6.5, QFont::Bold));
        const double width = std::max(12.0, painter.fontMetrics().horizontalAdvance(text) + 6.0);
        const QRectF pill(away - 5, -away - 7.5, width, 12);
        painter.setBrush(tones.card);
        painter.drawRoundedRect(pill.adjusted(-1.4, -1.4, 1.4, 1.4), 7.4, 7.4);
        painter.setBrush(tones.bad);
        painter.drawRoundedRect(pill, 6, 6);
        painter.setPen(tones.dark ? tones.sea : QColor(Qt::white));
        painter.drawText(pill.adjusted(0, -0.5, 0, 0.5), Qt::AlignCenter, text);
    }
    if (!look.live)
        paintClock(painter, QPointF(away, away), 6, tones.dim, tones.card);
    else if (look.isCluster && look.status != Status::Compliant && look.radius > 10) {
        const QPointF at(away, away);
        painter.setPen(QPen(tones.card, 1.4));
        painter.setBrush(m_theme.colour(look.status));
        painter.drawEllipse(at, 6.6, 6.6);
        paintGlyph(painter, look.status, at, 7, tones.card);
    }
}

}
