// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/glyphs.h"

#include <QPainterPath>
#include <initializer_list>

namespace portulan {

namespace {

void stroke(QPainter &painter, std::initializer_list<QPointF> points)
{
    const QPolygonF line(QList<QPointF> {points});
    painter.drawPolyline(line);
}

}

void paintGlyph(QPainter &painter, Status status, QPointF centre, double size, const QColor &colour)
{
    painter.save();
    painter.translate(centre);
    painter.scale(size / 10, size / 10); // drawn in a box of ten
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (status) {
    case Status::Compliant:
        stroke(painter, {{-3.4, 0.3}, {-0.9, 2.9}, {3.7, -2.6}});
        break;
    case Status::ToWatch:
        stroke(painter, {{0, -3.8}, {0, 0.8}});
        painter.drawPoint(QPointF(0, 3.8));
        break;
    case Status::NonCompliant:
        stroke(painter, {{-2.8, -2.8}, {2.8, 2.8}});
        stroke(painter, {{2.8, -2.8}, {-2.8, 2.8}});
        break;
    case Status::Conflict:
        stroke(painter, {{0.9, -4.2}, {-2.2, 0.5}, {2.2, -0.2}, {-0.9, 4.2}});
        break;
    case Status::NotEvaluated: {
        QPainterPath hook(QPointF(-2.2, -2));
        hook.cubicTo({-2.2, -5}, {2.4, -5}, {2.4, -2});
        hook.cubicTo({2.4, -0.2}, {0, -0.4}, {0, 1.4});
        painter.drawPath(hook);
        painter.drawPoint(QPointF(0, 4.1));
        break;
    }
    }
    painter.restore();
}

void paintShape(QPainter &painter, Status status, QPointF centre, double radius, const QColor &colour)
{
    painter.save();
    painter.translate(centre);
    painter.setBrush(colour);
    const double r = radius;
    switch (status) {
    case Status::Compliant:
        painter.drawEllipse(QPointF(), r, r);
        break;
    case Status::ToWatch:
        painter.drawPolygon(QPolygonF(QList<QPointF> {{0, -r * 1.25}, {r * 1.15, r * 0.85}, {-r * 1.15, r * 0.85}}));
        break;
    case Status::NonCompliant:
        painter.drawPolygon(QPolygonF(QList<QPointF> {{0, -r * 1.25}, {r * 1.25, 0}, {0, r * 1.25}, {-r * 1.25, 0}}));
        break;
    case Status::Conflict:
        painter.drawRect(QRectF(-r * 0.95, -r * 0.95, r * 1.9, r * 1.9));
        break;
    case Status::NotEvaluated:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, r * 0.6));
        painter.drawEllipse(QPointF(), r * 0.8, r * 0.8);
        break;
    }
    painter.restore();
}

void paintClock(QPainter &painter, QPointF centre, double radius, const QColor &colour, const QColor &face)
{
    painter.save();
    painter.setBrush(face);
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawEllipse(centre, radius, radius);
    stroke(painter, {centre + QPointF(0, -radius * 0.55), centre, centre + QPointF(radius * 0.45, radius * 0.25)});
    painter.restore();
}

}
