// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/historychart.h"

#include "models/formats.h"
#include "ui/charts/axes.h"

#include <QAreaSeries>
#include <QChart>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QValueAxis>
#include <algorithm>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t tableRows = 200; ///< the latest; more would not be read

}

HistoryChart::HistoryChart(const Theme &theme, const QString &title, QWidget *parent)
    : ChartCard(theme, title, parent)
    , m_time(new QDateTimeAxis(this))
    , m_share(new QValueAxis(this))
{
    m_share->setRange(0, 100);
    m_share->setTickCount(5);
    m_share->setLabelFormat(u"%.0f"_s); // "%%" in the format comes out doubled (Qt 6.4): the unit stands in the title
    m_share->setTitleText(tr("% used"));
    m_time->setTickCount(5);
    dressAxis(*m_share, theme, true);
    dressAxis(*m_time, theme, false);
    chart().addAxis(m_time, Qt::AlignBottom);
    chart().addAxis(m_share, Qt::AlignLeft);
}

void HistoryChart::setSeries(std::vector<TimeSeries> series)
{
    m_series = std::move(series);
    soon();
}

void HistoryChart::redraw()
{
    drawCurves();
    fillTable();
    setEmpty(std::ranges::all_of(m_series, [](const TimeSeries &s) { return s.points.size() < 2; }));
}

void HistoryChart::drawCurves()
{
    if (m_lines.size() != m_series.size()) {
        chart().removeAllSeries();
        m_lines.clear();
        for (std::size_t i = 0; i < m_series.size(); ++i) {
            const auto colour = theme().tones().series[i % theme().tones().series.size()];
            auto *line = new QLineSeries;
            line->setPen(QPen(colour, 2, i == 1 ? Qt::DashLine : i == 2 ? Qt::DotLine : Qt::SolidLine)); // told apart without colour too
            auto *area = new QAreaSeries(line);
            auto fill = colour;
            fill.setAlpha(m_series.size() > 1 ? 24 : 60);
            area->setBrush(fill);
            area->setPen(Qt::NoPen); // it would go around the whole area: the line is a series of its own
            for (QAbstractSeries *its : {static_cast<QAbstractSeries *>(area), static_cast<QAbstractSeries *>(line)}) {
                chart().addSeries(its);
                its->attachAxis(m_time);
                its->attachAxis(m_share);
            }
            for (auto *marker : chart().legend()->markers(area))
                marker->setVisible(false);
            m_lines.push_back(line);
        }
    }
    qint64 from = std::numeric_limits<qint64>::max();
    qint64 to = std::numeric_limits<qint64>::min();
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        QList<QPointF> points;
        for (const auto &point : thinned(m_series[i].points, static_cast<std::size_t>(2 * plotPixels()))) {
            points << QPointF(static_cast<double>(point.at), std::clamp(point.value, 0.0, 1.0) * 100);
            from = std::min(from, point.at);
            to = std::max(to, point.at);
        }
        m_lines[i]->setName(m_series[i].name);
        m_lines[i]->replace(points); // one replace: append() costs milliseconds a point
    }
    if (from >= to)
        return;
    m_time->setFormat(to - from < 10LL * 60 * 1000 ? u"HH:mm:ss"_s : to - from < 36LL * 3600 * 1000 ? u"HH:mm"_s : u"d MMM"_s);
    m_time->setRange(QDateTime::fromMSecsSinceEpoch(from), QDateTime::fromMSecsSinceEpoch(to));
}

void HistoryChart::fillTable()
{
    QStringList headers {tr("Time")};
    for (const auto &series : m_series)
        headers << series.name;
    QList<QStringList> rows;
    if (!m_series.empty()) {
        const auto &lead = m_series.front().points;
        for (std::size_t i = lead.size(); i-- > 0 && rows.size() < static_cast<qsizetype>(tableRows);) { // the latest first
            QStringList row {Formats::dateTime(Instant(std::chrono::milliseconds(lead[i].at)))};
            for (const auto &series : m_series)
                row << (i < series.points.size() ? Formats::percent(series.points[i].value) : QString());
            rows << row;
        }
    }
    setTable(headers, rows);
}

}
