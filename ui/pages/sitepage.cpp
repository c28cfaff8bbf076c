// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/sitepage.h"

#include "models/capacityhistory.h"
#include "models/federation.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/charts/historychart.h"
#include "ui/pages/sitepanel.h"

#include <QComboBox>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace portulan {

SitePage::SitePage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_sites(new QComboBox(this))
    , m_panel(new SitePanel(desk, this))
    , m_history(new CapacityHistory(desk.federation, this))
    , m_chart(new HistoryChart(desk.theme, tr("How full it was"), this))
    , m_forecast(new QLabel(this))
    , m_alerts(new QLabel(this))
{
    setObjectName(QStringLiteral("site-page"));
    m_panel->setDetailed(true);
    m_panel->setMinimumWidth(420);
    m_sites->setObjectName(QStringLiteral("site-choice"));
    m_sites->setAccessibleName(tr("Site shown"));
    m_sites->setMinimumWidth(280);
    auto *split = new QSplitter(this);
    split->addWidget(m_panel);
    split->addWidget(side());
    split->setSizes({600, 560});
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *top = new QHBoxLayout;
    auto *name = new QLabel(tr("S&ite:"), this);
    name->setBuddy(m_sites);
    top->addWidget(name);
    top->addWidget(m_sites);
    top->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addLayout(top);
    layout->addWidget(split, 1);
    connect(m_sites, &QComboBox::activated, this, [this] { setSite(m_sites->currentData().toString()); });
    connect(m_panel, &SitePanel::provisionWanted, this, &SitePage::provisionWanted);
    connect(m_panel, &SitePanel::inventoryWanted, this, &SitePage::inventoryWanted);
    connect(m_panel, &SitePanel::connectionWanted, this, &SitePage::connectionWanted);
    connect(m_panel, &SitePanel::evacuationWanted, this, &SitePage::evacuationWanted);
    connect(m_panel, &SitePanel::departureWanted, this, &SitePage::departureWanted);
    connect(m_history, &QAbstractItemModel::modelReset, this, &SitePage::showHistory);
    connect(m_history, &QAbstractItemModel::rowsInserted, this, &SitePage::showHistory);
    connect(&desk.federation, &Federation::siteAdded, this, &SitePage::listSites);
    connect(&desk.federation, &Federation::siteRemoved, this, &SitePage::listSites);
    connect(&desk.federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.alerts) {
            listAlerts();
        }
    });
    listSites();
    setSite(m_sites->itemData(0).toString());
}

QWidget *SitePage::side()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(m_chart, 1);
    m_forecast->setObjectName(QStringLiteral("site-forecast"));
    m_alerts->setObjectName(QStringLiteral("site-alerts"));
    for (auto *label : {m_forecast, m_alerts}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        layout->addWidget(label);
    }
    layout->addStretch(0);
    return box;
}

void SitePage::listSites()
{
    const QString chosen = siteId();
    m_sites->clear();
    const QStringList ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        m_sites->addItem(m_desk.federation.siteName(id), id);
    }
    m_sites->setCurrentIndex(m_sites->findData(chosen));
    if (chosen.isEmpty() && m_sites->count() > 0) {
        setSite(m_sites->itemData(0).toString());
    }
}

void SitePage::setSite(const QString &siteId)
{
    if (siteId.isEmpty()) {
        return;
    }
    m_sites->setCurrentIndex(m_sites->findData(siteId));
    m_panel->setSite(siteId);
    m_history->setSite(siteId);
    showHistory();
    listAlerts();
}

QString SitePage::siteId() const
{
    return m_panel->siteId();
}

void SitePage::showHistory()
{
    std::vector<TimeSeries> series;
    for (const int column : {CapacityHistory::VcpuShare, CapacityHistory::RamShare, CapacityHistory::StorageShare}) {
        TimeSeries one {m_history->headerData(column, Qt::Horizontal).toString(), {}};
        for (const CapacitySample &sample : m_history->samples()) {
            one.points.push_back({sample.at.time_since_epoch().count(), CapacityHistory::share(sample, column)});
        }
        series.push_back(std::move(one));
    }
    m_chart->setSeries(std::move(series));
    const double days = m_history->daysUntilFull(CapacityHistory::StorageShare);
    m_forecast->setText(!m_history->canForecast() ? tr("A forecast needs six hours of samples.")
            : days < 0                            ? tr("Storage does not fill at the present pace.")
                                                  : tr("At the present pace, storage is full in about %1.").arg(Formats::duration(days * 86400)));
}

void SitePage::listAlerts()
{
    QStringList lines;
    for (const Alert *alert : m_desk.federation.inventory().alerts()) {
        if (alert->id.site == siteId().toStdString()) {
            lines += QStringLiteral("%1 · %2").arg(Phrases::of(alert->severity), Phrases::sentence(alert->problem));
        }
    }
    m_alerts->setText(lines.isEmpty() ? tr("No alerts.") : lines.join(QLatin1Char('\n')));
}

}
