// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "chartshot.h"

#include "core/operation.h"
#include "mapsample.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "ui/charts/barchart.h"
#include "ui/charts/historychart.h"
#include "ui/delegates.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <cmath>

namespace sample {

using namespace portulan;
using namespace Qt::StringLiterals;

namespace {

QTableView *table(const Theme &theme, QWidget *parent)
{
    auto *view = new QTableView(parent);
    auto *model = new QStandardItemModel(0, 4, view);
    model->setHorizontalHeaderLabels({u"Site"_s, u"Verdict"_s, u"Load"_s, u"Progress"_s});
    for (const auto &site : sites()) {
        auto *verdict = new QStandardItem(Phrases::of(site.status));
        verdict->setData(static_cast<int>(site.status), StatusRole);
        verdict->setData(!site.live, StaleRole);
        auto *load = new QStandardItem(Formats::percent(site.load));
        load->setData(site.load, ShareRole);
        auto *progress = new QStandardItem(Formats::percent(1 - site.load));
        progress->setData(1 - site.load, ShareRole);
        progress->setData(static_cast<int>(site.status == Status::NonCompliant ? OperationState::Failed : OperationState::Running), StateRole);
        model->appendRow({new QStandardItem(site.name), verdict, load, progress});
    }
    view->setModel(model);
    view->setItemDelegateForColumn(1, new VerdictDelegate(theme, view));
    view->setItemDelegateForColumn(2, new LoadDelegate(theme, view));
    view->setItemDelegateForColumn(3, new ProgressDelegate(theme, view));
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    view->verticalHeader()->hide();
    view->setAlternatingRowColors(true);
    view->setShowGrid(false);
    view->selectRow(2);
    return view;
}

BarChart *verdicts(const Theme &theme, QWidget *parent)
{
    auto *chart = new BarChart(theme, u"Workloads by verdict"_s, BarChart::Shape::Stacked, parent);
    BarData data;
    for (const auto status : {Status::Compliant, Status::ToWatch, Status::NotEvaluated, Status::NonCompliant})
        data.series.push_back({Phrases::of(status), {}, theme.colour(status)});
    int seed = 3;
    for (const auto &site : sites()) {
        if (data.categories.size() == 8)
            break;
        data.categories << site.name;
        for (std::size_t i = 0; i < data.series.size(); ++i)
            data.series[i].values.push_back(i == 0 ? 20 + seed * 7 % 23 : seed * (static_cast<int>(i) + 2) % 9);
        ++seed;
    }
    chart->setData(data);
    return chart;
}

HistoryChart *history(const Theme &theme, QWidget *parent)
{
    auto *chart = new HistoryChart(theme, u"Capacity of Lyon"_s, parent);
    std::vector<TimeSeries> series {{u"vCPU"_s, {}}, {u"RAM"_s, {}}, {u"Storage"_s, {}}};
    for (int i = 0; i < 4000; ++i) {
        const qint64 at = 1'763'000'000'000 + i * 200'000LL;
        series[0].points.push_back({at, 0.45 + 0.18 * std::sin(i / 80.0) + 0.04 * std::sin(i / 3.0)});
        series[1].points.push_back({at, 0.6 + 0.05 * std::sin(i / 200.0)});
        series[2].points.push_back({at, 0.2 + i / 12000.0});
    }
    chart->setSeries(series);
    return chart;
}

}

void takeCharts(const Theme &theme, const QString &file)
{
    QWidget page;
    page.setAttribute(Qt::WA_StyledBackground);
    page.setStyleSheet(u"QWidget#page { background: %1; }"_s.arg(theme.tones().window.name()));
    page.setObjectName(u"page"_s);
    page.resize(1280, 800);
    auto *grid = new QGridLayout(&page);
    grid->setContentsMargins(20, 20, 20, 20);
    grid->setSpacing(14);
    auto *load = new BarChart(theme, u"Capacity by site"_s, BarChart::Shape::SideBySide, &page);
    load->setScale(1, 100, u"% used"_s);
    load->setWords([](double share) { return Formats::percent(share); });
    BarData loads {{}, {{u"Storage"_s, {}}}};
    for (const auto &site : sites()) {
        loads.categories << site.name;
        loads.series[0].values.push_back(site.load);
    }
    load->setData(loads);
    auto *bar = new QHBoxLayout;
    auto *create = new QPushButton(u"Create"_s, &page);
    create->setProperty("primary", true);
    auto *erase = new QPushButton(u"Delete…"_s, &page);
    erase->setProperty("danger", true);
    bar->addWidget(new QLineEdit(u"site:lyon class:health"_s, &page), 1);
    bar->addWidget(create);
    bar->addWidget(new QPushButton(u"Refresh"_s, &page));
    bar->addWidget(erase);
    for (const auto *name :
        {"map", "overview", "inventory", "migrate", "compliance", "audit", "settings", "search", "alert", "kubernetes", "leave"}) {
        auto *button = new QToolButton(&page);
        button->setIcon(theme.icon(QLatin1String(name)));
        button->setIconSize(QSize(24, 24));
        bar->addWidget(button);
    }
    grid->addLayout(bar, 0, 0, 1, 2);
    grid->addWidget(history(theme, &page), 1, 0);
    grid->addWidget(verdicts(theme, &page), 1, 1);
    grid->addWidget(load, 2, 0);
    grid->addWidget(table(theme, &page), 2, 1);
    page.show();
    const auto isDrawn = [&] {
        const auto cards = page.findChildren<ChartCard *>();
        return std::ranges::all_of(cards, [](const ChartCard *card) { return card->table().rowCount() > 0; });
    };
    (void)QTest::qWaitFor(isDrawn, 5000);
    page.grab().save(file);
}

}
