// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/cards.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "ui/map/basemap.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr double padding = 16;
constexpr double markColumn = 36;

void paintCard(QPainter &painter, const QRectF &box, const Tones &tones)
{
    painter.setPen(Qt::NoPen);
    for (int i = MapCards::shadow; i > 0; --i) {
        painter.setBrush(QColor(15, 30, 45, (i > 8 ? 1 : i > 4 ? 2 : 3) * (tones.dark ? 3 : 1)));
        painter.drawRoundedRect(box.adjusted(-i, -i + 3, i, i + 3), 10 + i, 10 + i);
    }
    auto face = tones.card;
    face.setAlpha(251);
    painter.setBrush(face);
    painter.setPen(QPen(tones.line, 1));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
}

}

MapCards::MapCards(const Theme &theme, const Atlas &atlas, qreal ratio)
    : m_theme(theme)
    , m_atlas(atlas)
    , m_ratio(ratio)
{
}

QPixmap MapCards::lay(const std::vector<Line> &lines, double leastWidth, double mostWidth) const
{
    double width = leastWidth;
    for (const auto &line : lines)
        width = std::max(width, QFontMetricsF(line.font).horizontalAdvance(line.text) + (line.mark.isNull() ? 0 : markColumn) + 2 * padding);
    width = std::ceil(std::min(width, mostWidth));
    struct Placed {
        const Line *line;
        QRectF box;
    };
    std::vector<Placed> placed;
    double y = padding - 2;
    for (const auto &line : lines) {
        const double left = padding + (line.mark.isNull() ? 0 : markColumn);
        const auto room = QFontMetricsF(line.font).boundingRect(QRectF(0, 0, width - left - padding, 1000), Qt::TextWordWrap, line.text);
        const double height = std::max(line.mark.isNull() ? 0.0 : 28.0, std::ceil(room.height()));
        y += line.gap;
        placed.push_back({&line, QRectF(left, y, width - left - padding + 1, height)});
        y += height;
    }
    const QSizeF size(width + 2 * shadow, y + padding - 2 + 2 * shadow);
    QPixmap pixmap((size * m_ratio).toSize());
    pixmap.setDevicePixelRatio(m_ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(shadow, shadow);
    paintCard(painter, QRectF(0, 0, width, y + padding - 2), m_theme.tones());
    for (const auto &[line, box] : placed) {
        painter.setFont(line->font);
        painter.setPen(line->colour);
        painter.drawText(box, static_cast<int>(Qt::AlignVCenter | Qt::TextWordWrap), line->text);
        if (line->mark.isNull())
            continue;
        const auto half = line->mark.deviceIndependentSize() / 2;
        painter.drawPixmap(QPointF(padding + 12 - half.width(), box.center().y() - half.height()), line->mark);
    }
    return pixmap;
}

MapCards::Line MapCards::title(const QString &text) const
{
    return {text, m_theme.font(11, QFont::DemiBold), m_theme.tones().text, {}, 0};
}
MapCards::Line MapCards::plain(const QString &text) const
{
    return {text, m_theme.font(10), m_theme.tones().text, {}, 4};
}
MapCards::Line MapCards::dim(const QString &text) const
{
    return {text, m_theme.font(9), m_theme.tones().dim, {}, 6};
}

MapCards::Line MapCards::row(const MarkerLook &look, const QString &text) const
{
    auto line = plain(text);
    auto smaller = look;
    smaller.radius = look.text.isEmpty() ? 11 : 13;
    line.mark = MarkerSprites(m_theme).sprite(smaller, m_ratio);
    line.gap = 2;
    return line;
}

MapCards::Line MapCards::flowRow(FlowState state, const QString &text) const
{
    QPixmap mark(QSize(28, 28) * m_ratio);
    mark.setDevicePixelRatio(m_ratio);
    mark.fill(Qt::transparent);
    QPainter painter(&mark);
    painter.setRenderHint(QPainter::Antialiasing);
    FlowBundle sample;
    sample.from = {2, 18};
    sample.to = {26, 12};
    sample.flows = {0};
    sample.state = state;
    sample.progress = state == FlowState::Running ? 0.5 : -1;
    const Frame still {{14, 14}, 1, {28, 28}};
    drawFlow(painter, sample, FlowCurve(sample, still), m_theme.tones(), false);
    drawProgress(painter, sample, FlowCurve(sample, still), m_theme.tones());
    painter.end();
    auto line = plain(text);
    line.mark = mark;
    line.gap = 2;
    return line;
}

QPixmap MapCards::header(const MapHeader &header) const
{
    std::vector<Line> lines;
    lines.push_back({header.title, m_theme.font(17, QFont::DemiBold), m_theme.tones().text, {}, 0});
    if (!header.subtitle.isEmpty())
        lines.push_back({header.subtitle, m_theme.font(10), m_theme.tones().dim, {}, 4});
    if (header.demonstration)
        lines.push_back(
            {tr("Demonstration data: operators and workloads are fictitious."), m_theme.font(9, QFont::Medium), m_theme.tones().warn, {}, 6});
    return lay(lines, 240, 460);
}

void MapCards::legendRows(MapLayer layer, std::vector<Line> &lines) const
{
    const auto &tones = m_theme.tones();
    const auto look = [](const QColor &colour, double ring, const QString &text) {
        MarkerLook made;
        made.colour = colour;
        made.ring = ring;
        made.text = text;
        return made;
    };
    switch (layer) {
    case MapLayer::Compliance:
        for (const auto status : {Status::Compliant, Status::ToWatch, Status::NonCompliant, Status::Conflict, Status::NotEvaluated}) {
            auto made = look(m_theme.colour(status), status == Status::NotEvaluated ? 0 : 0.62, {});
            made.status = status;
            lines.push_back(row(made, word(status)));
        }
        break;
    case MapLayer::Capacity:
        lines.push_back(row(look(m_theme.loadColour(0.4), 0.4, QLocale().toString(40)), tr("Under %1 used").arg(Formats::percent(0.75))));
        lines.push_back(
            row(look(m_theme.loadColour(0.8), 0.8, QLocale().toString(80)), tr("%1 to %2 used").arg(Formats::percent(0.75), Formats::percent(0.9))));
        lines.push_back(row(look(m_theme.loadColour(0.95), 0.95, QLocale().toString(95)), tr("%1 used or more").arg(Formats::percent(0.9))));
        lines.push_back(row(look(tones.unknown, 0, u"?"_s), tr("Not known")));
        break;
    case MapLayer::Exposure:
        lines.push_back(row(look(tones.ok, -1, u"FR"_s), tr("European law only")));
        lines.push_back(row(look(tones.warn, -1, u"CH"_s), tr("Country with an adequacy decision")));
        lines.push_back(row(look(tones.bad, -1, u"US"_s), tr("Law of a third country")));
        lines.push_back(row(look(tones.unknown, -1, u"?"_s), tr("Not known")));
        break;
    case MapLayer::Data:
        for (const double share : {0.02, 0.15, 0.5}) {
            QPixmap swatch(QSize(40, 28) * m_ratio);
            swatch.setDevicePixelRatio(m_ratio);
            swatch.fill(Qt::transparent);
            QPainter painter(&swatch);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(tones.coast, 1));
            painter.setBrush(choropleth(tones, share));
            painter.drawRoundedRect(QRectF(7, 6, 26, 16), 4, 4);
            painter.end();
            auto line = plain(tr("%1 of the total").arg(Formats::percent(share)));
            line.mark = swatch;
            lines.push_back(line);
        }
        break;
    }
    auto stale = look(tones.ok, 0.5, {});
    stale.status = Status::Compliant;
    stale.live = false;
    if (layer != MapLayer::Data)
        lines.push_back(row(stale, tr("Last known state (link lost)")));
}

QPixmap MapCards::legend(MapLayer layer, const MapHeader &header) const
{
    std::vector<Line> lines {title(layer == MapLayer::Data && !header.figuresTitle.isEmpty() ? header.figuresTitle : word(layer))};
    legendRows(layer, lines);
    lines[1].gap = 8;
    lines.push_back(flowRow(FlowState::Running, tr("Migration in progress")));
    lines.push_back(flowRow(FlowState::Refused, tr("Migration refused or failed")));
    if (layer == MapLayer::Compliance || layer == MapLayer::Capacity)
        lines.push_back(dim(tr("Ring: capacity used. Number: open alerts.")));
    else if (layer == MapLayer::Exposure)
        lines.push_back(dim(tr("Letters: country of the operator's ultimate parent.")));
    lines.push_back(dim(tr("Background: Natural Earth")));
    lines.back().gap = 2;
    return lay(lines, 250, 330);
}

QPixmap MapCards::about(const Marker &marker, const std::vector<MapSite> &sites) const
{
    std::vector<Line> lines;
    const auto &first = sites[static_cast<std::size_t>(marker.sites.front())];
    if (marker.isCluster()) {
        lines.push_back(title(tr("%n sites", nullptr, static_cast<int>(marker.sites.size()))));
        lines.push_back(plain(tally(marker)));
        QStringList names;
        for (std::size_t i = 0; i < std::min<std::size_t>(8, marker.sites.size()); ++i)
            names << sites[static_cast<std::size_t>(marker.sites[i])].name;
        if (names.size() < static_cast<qsizetype>(marker.sites.size()))
            names << u"…"_s;
        lines.push_back(dim(QLocale().createSeparatedList(names)));
        return lay(lines, 200, 320);
    }
    lines.push_back(title(first.name));
    lines.push_back(
        dim(first.operatorName.isEmpty() ? m_atlas.name(first.country) : u"%1 · %2"_s.arg(first.operatorName, m_atlas.name(first.country))));
    lines.back().gap = 1;
    auto verdict = plain(first.statusText.isEmpty() ? word(first.status) : first.statusText);
    verdict.mark = m_theme.icon(first.status).pixmap(QSize(20, 20), m_ratio);
    verdict.gap = 8;
    lines.push_back(verdict);
    if (first.load >= 0) {
        MarkerLook gauge;
        gauge.colour = m_theme.loadColour(first.load);
        gauge.ring = first.load;
        gauge.text = QLocale().toString(static_cast<int>(std::lround(first.load * 100)));
        lines.push_back(
            row(gauge, first.capacityText.isEmpty() ? tr("%1 of the capacity used").arg(Formats::percent(first.load)) : first.capacityText));
    }
    if (!first.exposureText.isEmpty())
        lines.push_back(plain(first.exposureText));
    if (first.alerts > 0) {
        lines.push_back(plain(tr("%n open alerts", nullptr, first.alerts)));
        lines.back().colour = m_theme.tones().bad;
    }
    if (first.recordedOnly)
        lines.push_back(dim(tr("No hypervisor here: instances are records, disks are real.")));
    if (!first.ageText.isEmpty())
        lines.push_back(dim(first.ageText));
    return lay(lines, 220, 320);
}

QPixmap MapCards::about(const FlowBundle &bundle, const std::vector<MapFlow> &flows, const std::vector<MapSite> &sites) const
{
    const auto name = [&](const QString &id) {
        const auto at = std::ranges::find(sites, id, &MapSite::id);
        return at == sites.end() ? id : at->name;
    };
    std::vector<Line> lines;
    const auto &first = flows[static_cast<std::size_t>(bundle.flows.front())];
    if (bundle.flows.size() > 1)
        lines.push_back(title(tr("%n migrations", nullptr, static_cast<int>(bundle.flows.size()))));
    else
        lines.push_back(title(first.label));
    lines.push_back(dim(tr("From %1 to %2").arg(name(first.from), name(first.to))));
    lines.back().gap = 1;
    for (std::size_t i = 0; i < std::min<std::size_t>(6, bundle.flows.size()); ++i) {
        const auto &flow = flows[static_cast<std::size_t>(bundle.flows[i])];
        lines.push_back(plain(bundle.flows.size() > 1 ? u"%1 · %2"_s.arg(flow.label, flow.stateText) : flow.stateText));
        if (flow.state == FlowState::Failed || flow.state == FlowState::Refused)
            lines.back().colour = m_theme.tones().bad;
    }
    return lay(lines, 200, 340);
}

QString MapCards::word(Status status)
{
    return Phrases::of(status);
}

QString MapCards::word(MapLayer layer)
{
    switch (layer) {
    case MapLayer::Compliance:
        return tr("Compliance");
    case MapLayer::Capacity:
        return tr("Capacity");
    case MapLayer::Data:
        return tr("Data");
    case MapLayer::Exposure:
        break;
    }
    return tr("Exposure");
}

QString MapCards::tally(const Marker &marker)
{
    const auto count = [&](Status status) { return marker.tally[static_cast<std::size_t>(status)]; };
    QStringList parts;
    if (const int n = count(Status::NonCompliant))
        parts << tr("%n non-compliant", nullptr, n);
    if (const int n = count(Status::Conflict))
        parts << tr("%n in conflict", nullptr, n);
    if (const int n = count(Status::NotEvaluated))
        parts << tr("%n not evaluated", nullptr, n);
    if (const int n = count(Status::ToWatch))
        parts << tr("%n to watch", nullptr, n);
    if (const int n = count(Status::Compliant))
        parts << tr("%n compliant", nullptr, n);
    return QLocale().createSeparatedList(parts);
}

}
