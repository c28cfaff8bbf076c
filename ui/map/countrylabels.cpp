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

bool isFree(const QRectF &place, const std::vector<QRectF> &taken)
{
    return std::ranges::none_of(taken, [&](const QRectF &other) { return other.intersects(place); });
}

/// Where a name may go if its own place is taken, pixels; the nearest first.
constexpr QPointF shifts[] = {{0, 0}, {0, 20}, {0, -20}, {34, 0}, {-34, 0}, {0, 38}, {0, -38}, {34, 20}, {-34, 20}, {34, -20}, {-34, -20}, {64, 0},
    {-64, 0}, {64, 30}, {-64, 30}, {64, -30}, {-64, -30}, {0, 56}, {40, 60}, {-40, 60}, {100, 0}, {-100, 0}, {100, 40}, {-100, 40}};

/// Whether a name there would stand on its country, not on a neighbour.
bool isWithin(const Country &country, const QRectF &place, const Frame &frame)
{
    return std::ranges::all_of(
        std::array {place.topLeft(), place.topRight(), place.center(), place.bottomLeft(), place.bottomRight()}, [&](QPointF corner) {
            const auto metres = frame.toMap(corner);
            return std::ranges::any_of(
                country.rings, [&](const Outline &ring) { return ring.box.contains(metres) && ring.points.containsPoint(metres, Qt::OddEvenFill); });
        });
}

struct Label {
    QString name;
    QString figure;
    bool isMember = false;
    double width = 0;
    double height = 0;
};

}

void drawCountryLabels(QPainter &painter, const Atlas &atlas, const Frame &frame, const GroundStyle &style)
{
    auto font = style.labelFont;
    font.setLetterSpacing(QFont::AbsoluteSpacing, 2.2);
    const QFontMetricsF metrics(font);
    const QFontMetricsF figureMetrics(style.figureFont);
    std::vector<QRectF> taken;
    for (const auto &metres : style.avoid)
        taken.emplace_back(frame.toScreen(metres.topLeft()), metres.size() * frame.scale);

    std::vector<const Country *> ordered; // members first, then the large: they choose their places first
    for (const auto &country : atlas.countries())
        ordered.push_back(&country);
    std::ranges::stable_sort(ordered, [&](const Country *a, const Country *b) {
        const auto rank = [&](const Country *c) { return std::pair(style.members.contains(c->iso), c->box.width() * c->box.height()); };
        return rank(a) > rank(b);
    });
    QSet<QString> written;
    for (const auto *country : ordered) {
        const auto anchor = atlas.labelAnchor(country->iso);
        if (!anchor || written.contains(country->iso))
            continue;
        written.insert(country->iso);
        Label label {QLocale().toUpper(atlas.name(country->iso)), style.figures.value(country->iso), style.members.contains(country->iso)};
        label.width = std::max(metrics.horizontalAdvance(label.name), figureMetrics.horizontalAdvance(label.figure));
        label.height = metrics.height() + (label.figure.isEmpty() ? 0 : figureMetrics.height());
        const double room = std::sqrt(country->box.width() * country->box.height()) * frame.scale * 1.1;
        if (label.width > room && label.figure.isEmpty())
            continue;
        const auto at = frame.toScreen(*anchor);
        if (!QRectF({}, QSizeF(frame.size)).adjusted(-80, -20, 80, 20).contains(at))
            continue;
        for (const auto &shift : shifts) {
            const QRectF place(at.x() - label.width / 2 + shift.x(), at.y() - label.height / 2 + shift.y(), label.width, label.height);
            if (!isFree(place.adjusted(-4, -1, 4, 1), taken) || (shift.x() != 0 && !isWithin(*country, place, frame)))
                continue;
            taken.push_back(place);
            auto colour = style.tones.dim;
            colour.setAlpha(label.isMember ? 255 : 175);
            painter.setPen(colour);
            painter.setFont(font);
            const double nameWidth = metrics.horizontalAdvance(label.name);
            painter.drawText(QPointF(place.center().x() - nameWidth / 2, place.top() + metrics.ascent()), label.name);
            if (!label.figure.isEmpty()) {
                painter.setPen(style.tones.text);
                painter.setFont(style.figureFont);
                const double width = figureMetrics.horizontalAdvance(label.figure);
                painter.drawText(QPointF(place.center().x() - width / 2, place.top() + metrics.height() + figureMetrics.ascent()), label.figure);
            }
            break;
        }
    }
}

}
