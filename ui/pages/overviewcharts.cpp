// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/overviewcharts.h"

#include "models/censustaker.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/charts/barchart.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <algorithm>

namespace portulan {

namespace {
double share(std::int64_t part, std::int64_t whole)
{
    return whole <= 0 ? 0 : double(part) / double(whole);
}

/// A conflict has the colour of a breach: hatching tells them apart, also to those who see no colour.
Qt::BrushStyle patternOf(Status status)
{
    return status == Status::Conflict ? Qt::BDiagPattern : status == Status::NotEvaluated ? Qt::Dense5Pattern : Qt::SolidPattern;
}
}

OverviewCharts::OverviewCharts(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_capacity(new BarChart(desk.theme, tr("How full the sites are"), BarChart::Shape::SideBySide, this))
    , m_verdicts(new BarChart(desk.theme, tr("What may be where it is"), BarChart::Shape::Stacked, this))
    , m_data(new BarChart(desk.theme, tr("Where the data is, by country"), BarChart::Shape::SideBySide, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    grid->addWidget(m_capacity, 0, 0);
    grid->addWidget(m_verdicts, 0, 1);
    grid->addWidget(m_data, 0, 2);
    for (int column = 0; column < 3; ++column) {
        grid->setColumnStretch(column, 1);
    }
    m_capacity->setScale(1, 100, QStringLiteral("%"));
    m_capacity->setWords([](double value) { return Formats::percent(value); });
    m_data->setWords([](double value) { return Formats::bytes(qint64(value)); });
    m_capacity->setMinimumHeight(300);
}

void OverviewCharts::refresh()
{
    refreshCapacity();
    refreshVerdicts();
    refreshData();
}

void OverviewCharts::setLarge(bool large)
{
    for (auto *chart : {m_capacity, m_verdicts, m_data}) {
        chart->setLarge(large);
    }
}

void OverviewCharts::refreshCapacity()
{
    BarData bars;
    BarSeries vcpus {tr("vCPU"), {}, {}};
    BarSeries storage {tr("Storage"), {}, {}};
    const QStringList ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        if (const Site *site = m_desk.federation.site(id)) {
            const Amounts total = site->capacity.total();
            bars.categories += QString::fromStdString(site->place.city);
            vcpus.values.push_back(share(site->capacity.used.vcpus, total.vcpus));
            storage.values.push_back(share(site->capacity.used.storageBytes, total.storageBytes));
        }
    }
    bars.series = {std::move(vcpus), std::move(storage)};
    m_capacity->setData(std::move(bars));
}

void OverviewCharts::refreshVerdicts()
{
    const Census &census = m_desk.census.census();
    BarData bars;
    std::vector<std::vector<double>> counts(allStatuses.size());
    const QStringList ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        const Site *site = m_desk.federation.site(id);
        if (site == nullptr) {
            continue;
        }
        bars.categories += QString::fromStdString(site->place.city);
        const Census::Tally &tally = census.site(site->id);
        for (std::size_t i = 0; i < allStatuses.size(); ++i) {
            counts[i].push_back(double(tally.of(allStatuses[i])));
        }
    }
    for (std::size_t i = allStatuses.size(); i-- > 0;) {
        if (std::ranges::all_of(counts[i], [](double count) { return count == 0; })) {
            continue; // no word in the legend for what there is none of
        }
        bars.series.push_back({Phrases::of(allStatuses[i]), std::move(counts[i]), m_desk.theme.colour(allStatuses[i]), patternOf(allStatuses[i])});
    }
    m_verdicts->setData(std::move(bars));
}

void OverviewCharts::refreshData()
{
    const Census &census = m_desk.census.census();
    BarData bars;
    BarSeries all {tr("All data"), {}, {}};
    BarSeries sensitive {tr("Personal, health or State-sensitive"), {}, {}};
    for (const auto &[country, tally] : census.byCountry) {
        if (country.empty() || tally.bytes == 0) {
            continue;
        }
        bars.categories += Phrases::country(country);
        all.values.push_back(double(tally.bytes));
        std::int64_t bytes = 0;
        for (const Classification classification : allClassifications) {
            const bool harmless = classification == Classification::Unclassified || classification == Classification::Open
                || classification == Classification::Internal;
            bytes += harmless ? 0 : tally.bytesOf(classification);
        }
        sensitive.values.push_back(double(bytes));
    }
    // In the largest unit in which the longest bar is still one or more.
    const double most = all.values.empty() ? 0 : *std::max_element(all.values.begin(), all.values.end());
    const std::pair<double, QString> units[] = {{1e15, tr("PB")}, {1e12, tr("TB")}, {1e9, tr("GB")}, {1e6, tr("MB")}, {1e3, tr("kB")}};
    const auto unit = std::ranges::find_if(units, [most](const auto &one) { return most >= one.first; });
    const auto &[size, word] = unit == std::end(units) ? units[std::size(units) - 1] : *unit;
    m_data->setScale(0, 1 / size, word);
    bars.series = {std::move(all), std::move(sensitive)};
    m_data->setData(std::move(bars));
}

}
