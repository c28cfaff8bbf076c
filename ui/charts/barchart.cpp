// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/barchart.h"

#include "models/formats.h"
#include "ui/charts/axes.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QCursor>
#include <QHorizontalBarSeries>
#include <QHorizontalStackedBarSeries>
#include <QLegend>
#include <QToolTip>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostDrawn = 16; ///< categories; more would not be told apart

}

BarChart::BarChart(const Theme &theme, const QString &title, Shape shape, QWidget *parent)
    : ChartCard(theme, title, parent)
    , m_shape(shape)
    , m_categories(new QBarCategoryAxis(this))
    , m_values(new QValueAxis(this))
{
    m_values->setLabelFormat(u"%.0f"_s);
    dressAxis(*m_values, theme, true);
    dressAxis(*m_categories, theme, false);
    m_categories->setLabelsColor(theme.tones().text);
    m_categories->setLineVisible(false);
    chart().addAxis(m_categories, Qt::AlignLeft);
    chart().addAxis(m_values, Qt::AlignBottom);
}

void BarChart::setScale(double end, double factor, const QString &unit)
{
    m_end = end;
    m_factor = factor;
    m_values->setTitleText(unit);
    soon();
}

void BarChart::setData(BarData bars)
{
    m_data = std::move(bars);
    soon();
}

QString BarChart::worded(double value) const
{
    if (m_words)
        return m_words(value);
    return value == std::floor(value) ? Formats::number(static_cast<qint64>(value)) : Formats::number(value, 1);
}

double BarChart::largest() const
{
    double most = 0;
    for (qsizetype i = 0; i < m_data.categories.size(); ++i) {
        double sum = 0;
        for (const auto &series : m_data.series) {
            const double value = static_cast<std::size_t>(i) < series.values.size() ? series.values[static_cast<std::size_t>(i)] : 0;
            sum = m_shape == Shape::Stacked ? sum + value : std::max(sum, value);
        }
        most = std::max(most, sum);
    }
    return most;
}

void BarChart::redraw()
{
    drawBars();
    QStringList headers {QString()};
    for (const auto &series : m_data.series)
        headers << series.name;
    QList<QStringList> rows;
    for (qsizetype i = 0; i < m_data.categories.size(); ++i) {
        QStringList row {m_data.categories[i]};
        for (const auto &series : m_data.series)
            row << (static_cast<std::size_t>(i) < series.values.size() ? worded(series.values[static_cast<std::size_t>(i)]) : QString());
        rows << row;
    }
    setTable(headers, rows);
    setEmpty(m_data.categories.isEmpty() || largest() <= 0);
}

void BarChart::drawBars()
{
    chart().removeAllSeries();
    auto *bars = m_shape == Shape::Stacked ? static_cast<QAbstractBarSeries *>(new QHorizontalStackedBarSeries) : new QHorizontalBarSeries;
    bars->setBarWidth(0.62);
    const auto shown = std::min<qsizetype>(m_data.categories.size(), mostDrawn);
    for (std::size_t i = 0; i < m_data.series.size(); ++i) {
        const auto &series = m_data.series[i];
        auto *set = new QBarSet(series.name);
        set->setBrush(QBrush(series.colour.isValid() ? series.colour : theme().tones().series[i % theme().tones().series.size()], series.pattern));
        set->setBorderColor(theme().tones().card); // a gap between the parts, whatever their colours
        for (qsizetype at = shown; at-- > 0;) // Qt draws the first at the bottom
            set->append(static_cast<std::size_t>(at) < series.values.size() ? series.values[static_cast<std::size_t>(at)] * m_factor : 0);
        connect(set, &QBarSet::hovered, this, [this, i](bool in, int bar) {
            const auto at = std::min<qsizetype>(m_data.categories.size(), mostDrawn) - 1 - bar;
            if (!in || at < 0 || i >= m_data.series.size() || static_cast<std::size_t>(at) >= m_data.series[i].values.size())
                return QToolTip::hideText();
            QToolTip::showText(QCursor::pos(),
                u"%1 · %2 · %3"_s.arg(m_data.categories[at], m_data.series[i].name, worded(m_data.series[i].values[static_cast<std::size_t>(at)])));
        });
        bars->append(set);
    }
    QStringList upward = m_data.categories.first(shown);
    std::reverse(upward.begin(), upward.end());
    m_categories->clear();
    m_categories->append(upward);
    const double end = m_end > 0 ? m_end * m_factor : roundedUp(largest() * m_factor);
    m_values->setRange(0, end);
    m_values->setTickCount(ticks(end));
    m_values->setLabelFormat(u"%.%1f"_s.arg(decimals(end)));
    setMinimumHeight(static_cast<int>((m_data.series.size() > 1 ? 190 : 130) + 24 * shown)); // less, and Qt shortens every name to nothing
    setNote(shown < m_data.categories.size()
            ? tr("The first %1 of %2; the table has them all.").arg(Formats::number(qint64(shown)), Formats::number(qint64(m_data.categories.size())))
            : QString());
    chart().addSeries(bars);
    bars->attachAxis(m_categories);
    bars->attachAxis(m_values);
    chart().legend()->setVisible(m_data.series.size() > 1);
}

}
