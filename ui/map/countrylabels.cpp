// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/countrylabels.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace portulan {

namespace {

/// Where a name may go if its own place is taken, pixels; the nearest first.
constexpr QPointF shifts[]
    = {{0, 0}, {0, 20}, {0, -20}, {34, 0}, {-34, 0}, {0, 38}, {0, -38}, {34, 20}, {-34, 20}, {34, -20}, {-34, -20}, {64, 0}, {-64, 0}, {64, 30},
        {-64, 30}, {64, -30}, {-64, -30}, {0, 56}, {40, 60}, {-40, 60}, {100, 0}, {-100, 0}, {100, 40}, {-100, 40}, {0, 78}, {24, 92}, {0, -78}};

class CountryLabels {
public:
    CountryLabels(QPainter &painter, const Atlas &atlas, const Frame &frame, const GroundStyle &style);
    void write(const Country &country, QPointF anchor);

private:
    std::optional<QRectF> placeFor(const Country &country, QPointF at, QSizeF size, bool despiteCurves) const;
    bool isWithin(const Country &country, const QRectF &place) const;
    void draw(const QRectF &place, const QString &name, const QString &figure, bool isMember);
    std::vector<QRectF> onScreen(const std::vector<QRectF> &metres) const;

    QPainter &m_painter;
    const Atlas &m_atlas;
    const Frame &m_frame;
    const GroundStyle &m_style;
    QFont m_font;
    QFontMetricsF m_metrics;
    QFontMetricsF m_figureMetrics;
    std::vector<QRectF> m_taken; ///< pixels
    std::vector<QRectF> m_crossed;
};

QFont spaced(QFont font)
{
    font.setLetterSpacing(QFont::AbsoluteSpacing, 2.2);
    return font;
}

bool isFree(const QRectF &place, const std::vector<QRectF> &taken)
{
    return std::ranges::none_of(taken, [&](const QRectF &other) { return other.intersects(place); });
}

CountryLabels::CountryLabels(QPainter &painter, const Atlas &atlas, const Frame &frame, const GroundStyle &style)
    : m_painter(painter)
    , m_atlas(atlas)
    , m_frame(frame)
    , m_style(style)
    , m_font(spaced(style.labelFont))
    , m_metrics(m_font)
    , m_figureMetrics(style.figureFont)
    , m_taken(onScreen(style.avoid))
    , m_crossed(onScreen(style.avoidIfPossible))
{
}

std::vector<QRectF> CountryLabels::onScreen(const std::vector<QRectF> &metres) const
{
    std::vector<QRectF> pixels;
    for (const auto &box : metres)
        pixels.emplace_back(m_frame.toScreen(box.topLeft()), box.size() * m_frame.scale);
    return pixels;
}

void CountryLabels::write(const Country &country, QPointF anchor)
{
    const auto at = m_frame.toScreen(anchor);
    if (!QRectF({}, QSizeF(m_frame.size)).adjusted(-80, -20, 80, 20).contains(at))
        return;
    const auto name = QLocale().toUpper(m_atlas.name(country.iso));
    const auto figure = m_style.figures.value(country.iso);
    const bool isMember = m_style.members.contains(country.iso);
    const QSizeF size(std::max(m_metrics.horizontalAdvance(name), m_figureMetrics.horizontalAdvance(figure)),
        m_metrics.height() + (figure.isEmpty() ? 0 : m_figureMetrics.height()));
    const double room = std::sqrt(country.box.width() * country.box.height()) * m_frame.scale * 1.1;
    if (size.width() > room && figure.isEmpty())
        return;
    auto place = placeFor(country, at, size, false);
    if (!place && (isMember || !figure.isEmpty()))
        place = placeFor(country, at, size, true);
    if (!place)
        return;
    m_taken.push_back(*place);
    draw(*place, name, figure, isMember);
}

std::optional<QRectF> CountryLabels::placeFor(const Country &country, QPointF at, QSizeF size, bool despiteCurves) const
{
    for (const auto &shift : shifts) {
        const QRectF place(at + shift - QPointF(size.width() / 2, size.height() / 2), size);
        const auto air = place.adjusted(-4, -1, 4, 1);
        if (isFree(air, m_taken) && (despiteCurves || isFree(air, m_crossed)) && (shift.x() == 0 || isWithin(country, place)))
            return place;
    }
    return {};
}

/// Whether a name there would stand on its country, not on a neighbour.
bool CountryLabels::isWithin(const Country &country, const QRectF &place) const
{
    return std::ranges::all_of(
        std::array {place.topLeft(), place.topRight(), place.center(), place.bottomLeft(), place.bottomRight()}, [&](QPointF corner) {
            const auto metres = m_frame.toMap(corner);
            return std::ranges::any_of(
                country.rings, [&](const Outline &ring) { return ring.box.contains(metres) && ring.points.containsPoint(metres, Qt::OddEvenFill); });
        });
}

void CountryLabels::draw(const QRectF &place, const QString &name, const QString &figure, bool isMember)
{
    auto colour = m_style.tones.dim;
    colour.setAlpha(isMember ? 255 : 175);
    m_painter.setPen(colour);
    m_painter.setFont(m_font);
    m_painter.drawText(QPointF(place.center().x() - m_metrics.horizontalAdvance(name) / 2, place.top() + m_metrics.ascent()), name);
    if (figure.isEmpty())
        return;
    m_painter.setPen(m_style.tones.text);
    m_painter.setFont(m_style.figureFont);
    m_painter.drawText(
        QPointF(place.center().x() - m_figureMetrics.horizontalAdvance(figure) / 2, place.top() + m_metrics.height() + m_figureMetrics.ascent()),
        figure);
}

}

void drawCountryLabels(QPainter &painter, const Atlas &atlas, const Frame &frame, const GroundStyle &style)
{
    std::vector<const Country *> ordered; // members first, then the large: they choose their places first
    for (const auto &country : atlas.countries())
        ordered.push_back(&country);
    std::ranges::stable_sort(
        ordered, std::greater {}, [&](const Country *c) { return std::pair(style.members.contains(c->iso), c->box.width() * c->box.height()); });
    CountryLabels labels(painter, atlas, frame, style);
    QSet<QString> written; // a country may have several outlines
    for (const auto *country : ordered)
        if (const auto anchor = atlas.labelAnchor(country->iso); anchor && !written.contains(country->iso)) {
            written.insert(country->iso);
            labels.write(*country, *anchor);
        }
}

}
