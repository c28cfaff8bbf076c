// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/flows.h"

#include "ui/glyphs.h"

#include <QHash>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace portulan {

namespace {

QPainterPath pathOf(const FlowCurve &curve, double from, double to)
{
    // Part of a quadratic curve is a quadratic curve: de Casteljau at both ends.
    const auto blossom = [&](double s, double t) {
        const auto a = curve.start() * (1 - s) + curve.control() * s;
        const auto b = curve.control() * (1 - s) + curve.end() * s;
        return a * (1 - t) + b * t;
    };
    QPainterPath path(blossom(from, from));
    path.quadTo(blossom(from, to), blossom(to, to));
    return path;
}

}

double FlowBundle::width() const
{
    return std::min(6.0, 1.6 + 0.7 * std::sqrt(static_cast<double>(flows.size())));
}

std::vector<FlowBundle> bundle(const std::vector<MapFlow> &flows, const std::vector<FlowEnds> &ends)
{
    std::vector<FlowBundle> bundles;
    QHash<std::pair<QString, QString>, std::size_t> known;
    for (std::size_t i = 0; i < flows.size() && i < ends.size(); ++i) {
        const auto &[from, to, fromAt, toAt] = ends[i];
        if (from == to || from.isEmpty() || to.isEmpty())
            continue;
        auto found = known.constFind({from, to});
        if (found == known.constEnd()) {
            FlowBundle fresh;
            fresh.from = fromAt;
            fresh.to = toAt;
            fresh.bow = known.contains({to, from}) ? 0.32 : 0.2;
            fresh.phase = std::fmod(static_cast<double>(qHash(from, 7u) % 997 + qHash(to, 3u) % 991) * 0.137, 1.0);
            known.insert({from, to}, bundles.size());
            found = known.constFind({from, to});
            bundles.push_back(fresh);
        }
        auto &its = bundles[*found];
        its.flows.push_back(static_cast<int>(i));
        its.state = std::max(its.state, flows[i].state);
    }
    for (auto &its : bundles) {
        double sum = 0;
        int counted = 0;
        for (const int i : its.flows)
            if (const double progress = flows[static_cast<std::size_t>(i)].progress; progress >= 0) {
                sum += progress;
                ++counted;
            }
        if (counted > 0)
            its.progress = sum / counted;
    }
    return bundles;
}

FlowCurve::FlowCurve(const FlowBundle &bundle, const Frame &frame)
    : m_from(frame.toScreen(bundle.from))
    , m_to(frame.toScreen(bundle.to))
{
    const auto way = m_to - m_from;
    QPointF normal(-way.y(), way.x());
    if (normal.y() > 0)
        normal = -normal;
    m_control = (m_from + m_to) / 2 + normal * bundle.bow;
}

QPointF FlowCurve::at(double t) const
{
    return m_from * ((1 - t) * (1 - t)) + m_control * (2 * t * (1 - t)) + m_to * (t * t);
}

QRectF FlowCurve::box() const
{
    return QRectF(m_from, m_to).normalized().united(QRectF(m_from, m_control).normalized());
}

double FlowCurve::distance(QPointF point) const
{
    double nearest = 1e9;
    for (int i = 0; i <= 40; ++i) {
        const auto away = at(i / 40.0) - point;
        nearest = std::min(nearest, std::hypot(away.x(), away.y()));
    }
    return nearest;
}

void drawFlow(QPainter &painter, const FlowBundle &bundle, const FlowCurve &curve, const Tones &tones, bool quiet)
{
    const bool stopped = bundle.state == FlowState::Refused || bundle.state == FlowState::Failed;
    const auto colour = stopped ? tones.bad : tones.flow;
    const auto whole = pathOf(curve, 0, 1);
    painter.setBrush(Qt::NoBrush);
    if (quiet) { // there may be hundreds: a plain thin line costs a fifth of a gradient
        auto plain = colour;
        plain.setAlpha(50);
        painter.setPen(QPen(plain, 1.4));
        painter.drawPath(whole);
        return;
    }
    auto casing = tones.halo;
    casing.setAlpha(120);
    painter.setPen(QPen(casing, bundle.width() + 2.4, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(whole);
    auto faint = colour;
    auto strong = colour;
    faint.setAlpha(55);
    strong.setAlpha(210);
    QLinearGradient toward(curve.start(), curve.end());
    toward.setColorAt(0, faint);
    toward.setColorAt(1, strong);
    QPen pen(QBrush(toward), bundle.width(), Qt::SolidLine, Qt::RoundCap);
    if (stopped || bundle.state == FlowState::Waiting) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({4, 3});
    }
    painter.setPen(pen);
    painter.drawPath(whole);
    if (stopped) {
        const auto at = curve.at(0.5);
        painter.setPen(QPen(tones.bad, 1.6));
        painter.setBrush(tones.card);
        painter.drawEllipse(at, 8, 8);
        paintGlyph(painter, Status::NonCompliant, at, 8, tones.bad);
    }
}

void drawProgress(QPainter &painter, const FlowBundle &bundle, const FlowCurve &curve, const Tones &tones)
{
    if (bundle.progress <= 0 || bundle.state == FlowState::Refused || bundle.state == FlowState::Failed)
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tones.flow, bundle.width() + 1.2, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(pathOf(curve, 0, std::min(bundle.progress, 1.0)));
}

}
