// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/basemap.h"

#include "ui/map/countrylabels.h"
#include "ui/map/glow.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace portulan {

namespace {

/// Land of one country on the screen, thinned to what a pixel can show.
struct Shore {
    const Country *country;
    QPainterPath path;
};

class Ground {
public:
    Ground(const Atlas &atlas, const Frame &frame, const GroundStyle &style, qreal ratio)
        : m_atlas(atlas)
        , m_frame(frame)
        , m_style(style)
        , m_image(frame.size * ratio, QImage::Format_RGB32)
    {
        m_image.setDevicePixelRatio(ratio);
        m_view = frame.toMap(QRectF({}, QSizeF(frame.size)).adjusted(-30, -30, 30, 30));
    }
    QImage draw()
    {
        project();
        QPainter painter(&m_image);
        sea(painter);
        land(painter);
        lines(painter);
        drawCountryLabels(painter, m_atlas, m_frame, m_style);
        return m_image;
    }

private:
    void project();
    void sea(QPainter &painter) const;
    void land(QPainter &painter) const;
    void lines(QPainter &painter);
    void thin(const QPolygonF &points, double tolerance);

    const Atlas &m_atlas;
    const Frame &m_frame;
    const GroundStyle &m_style;
    QImage m_image;
    QRectF m_view; ///< metres
    std::vector<Shore> m_shores;
    QPolygonF m_thinned; ///< reused: 19,000 vertices pass through here
};

/// To the screen, leaving out points closer than `tolerance` pixels to the last one kept.
void Ground::thin(const QPolygonF &points, double tolerance)
{
    m_thinned.clear();
    QPointF last;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const auto at = m_frame.toScreen(points[i]);
        if (i == 0 || i == points.size() - 1 || (at - last).manhattanLength() >= tolerance) {
            m_thinned << at;
            last = at;
        }
    }
}

void Ground::project()
{
    for (const auto &country : m_atlas.countries()) {
        Shore shore {&country, {}};
        for (const auto &ring : country.rings) {
            if (!ring.box.intersects(m_view))
                continue;
            thin(ring.points, 0.7);
            if (m_thinned.size() < 3)
                continue;
            shore.path.addPolygon(m_thinned);
            shore.path.closeSubpath();
        }
        if (!shore.path.isEmpty())
            m_shores.push_back(std::move(shore));
    }
}

void Ground::sea(QPainter &painter) const
{
    const QRectF all({}, QSizeF(m_frame.size));
    QLinearGradient water(all.topLeft(), all.bottomRight());
    water.setColorAt(0, m_style.tones.sea);
    water.setColorAt(0.55, m_style.tones.seaLight);
    water.setColorAt(1, m_style.tones.sea);
    painter.fillRect(all, water);

    std::vector<const QPainterPath *> paths;
    for (const auto &shore : m_shores)
        paths.push_back(&shore.path);
    drawGlow(painter, m_frame.size, paths, m_style.tones.glow);

    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_style.tones.graticule, 1));
    for (const auto &line : m_atlas.graticule()) {
        if (!line.box.intersects(m_view))
            continue;
        QPolygonF bent;
        for (const auto &point : line.points)
            bent << m_frame.toScreen(point);
        painter.drawPolyline(bent);
    }
}

void Ground::land(QPainter &painter) const
{
    painter.setPen(Qt::NoPen);
    for (const auto &shore : m_shores) {
        const auto share = m_style.shares.constFind(shore.country->iso);
        if (share != m_style.shares.constEnd())
            painter.setBrush(choropleth(m_style.tones, *share));
        else if (m_style.shares.isEmpty() && m_style.members.contains(shore.country->iso))
            painter.setBrush(m_style.tones.member);
        else
            painter.setBrush(m_style.tones.land);
        painter.drawPath(shore.path);
    }
}

void Ground::lines(QPainter &painter)
{
    const auto draw = [&](const std::vector<Outline> &outlines, const QColor &colour, double width) {
        QPen pen(colour, width);
        pen.setJoinStyle(Qt::BevelJoin);
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        for (const auto &outline : outlines) {
            if (!outline.box.intersects(m_view))
                continue;
            thin(outline.points, 0.7);
            if (m_thinned.size() > 1) // one polyline at a time: stroking one giant path takes seconds
                painter.drawPolyline(m_thinned);
        }
    };
    draw(m_atlas.borders(), m_style.tones.border, 1.1);
    draw(m_atlas.coasts(), m_style.tones.coast, 0.9);
}

}

QImage drawGround(const Atlas &atlas, const Frame &frame, const GroundStyle &style, qreal ratio)
{
    return Ground(atlas, frame, style, ratio).draw();
}

QColor choropleth(const Tones &tones, double strength)
{
    const auto faint = mixed(tones.land, tones.member, 0.55);
    const auto full = tones.dark ? QColor(0x3f86bd) : QColor(0x5b9cce);
    return mixed(faint, full, std::sqrt(std::clamp(strength, 0.0, 1.0))); // square root: small shares stay visible
}

}
