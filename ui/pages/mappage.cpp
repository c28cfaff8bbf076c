// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/mappage.h"

#include "models/censustaker.h"
#include "models/federation.h"
#include "models/phrases.h"
#include "models/settings.h"
#include "models/sitemodel.h"
#include "ui/delegates.h"
#include "ui/map/view.h"
#include "ui/pages/mapfeed.h"
#include "ui/pages/sitepanel.h"
#include "ui/tables.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace portulan {

MapPage::MapPage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_sites(new SiteModel(desk.federation, desk.census, this))
{
    setObjectName(QStringLiteral("map-page"));
    // Each widget is made where it stays: to move one is to style all of it anew.
    m_split = new QSplitter(this);
    auto *left = new QWidget(m_split);
    m_map = new FederationMap(desk.theme, std::make_shared<const Atlas>(Atlas::bundled()), left);
    m_map->setObjectName(QStringLiteral("map"));
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(classificationBar(left));
    column->addWidget(m_map, 1);
    fillSide(m_split);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({940, 360});
    m_split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);

    m_map->setReducedMotion(desk.settings.isOn(Setting::ReduceMotion));
    connect(&desk.settings, &Settings::changed, m_map, [this](Setting setting) {
        if (setting == Setting::ReduceMotion) {
            m_map->setReducedMotion(m_desk.settings.isOn(setting));
        }
    });
    m_feedSoon.setSingleShot(true);
    m_feedSoon.setInterval(100);
    connect(&m_feedSoon, &QTimer::timeout, this, &MapPage::feed);
    const auto soon = [this] {
        if (!m_feedSoon.isActive()) {
            m_feedSoon.start();
        }
    };
    connect(&desk.federation, &Federation::differed, this, soon);
    connect(&desk.census, &CensusTaker::counted, this, soon);
    connect(m_map, &FederationMap::siteChosen, this, &MapPage::setSite);
    connect(m_map, &FederationMap::flowChosen, this, &MapPage::operationsWanted);
    connect(m_panel, &SitePanel::provisionWanted, this, &MapPage::provisionWanted);
    connect(m_panel, &SitePanel::inventoryWanted, this, &MapPage::inventoryWanted);
    connect(m_panel, &SitePanel::connectionWanted, this, &MapPage::connectionWanted);
    connect(m_panel, &SitePanel::evacuationWanted, this, &MapPage::evacuationWanted);
    connect(m_panel, &SitePanel::departureWanted, this, &MapPage::departureWanted);
    connect(m_map, &FederationMap::siteMenuWanted, this, &MapPage::openSiteMenu);
    feed();
}

QWidget *MapPage::classificationBar(QWidget *parent)
{
    auto *bar = new QFrame(parent);
    m_classification = new QComboBox(bar);
    bar->setObjectName(QStringLiteral("layer-bar"));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(14, 8, 14, 8);
    auto *name = new QLabel(tr("&Data shown:"), bar);
    name->setBuddy(m_classification);
    row->addWidget(name);
    m_classification->setObjectName(QStringLiteral("map-classification"));
    m_classification->setAccessibleName(tr("Classification shown on the map"));
    for (const Classification classification : allClassifications) {
        if (classification != Classification::Unclassified) {
            m_classification->addItem(Phrases::of(classification), int(classification));
        }
    }
    m_classification->setCurrentIndex(m_classification->findData(int(Classification::HealthFr)));
    connect(m_classification, &QComboBox::currentIndexChanged, this, &MapPage::feed);
    row->addWidget(m_classification);
    row->addStretch(1);
    bar->setVisible(m_map->layer() == MapLayer::Data);
    connect(m_map, &FederationMap::layerChanged, bar, [bar](MapLayer layer) { bar->setVisible(layer == MapLayer::Data); });
    return bar;
}

void MapPage::fillSide(QSplitter *parent)
{
    auto *split = new QSplitter(Qt::Vertical, parent);
    m_list = new QTableView(split);
    m_panel = new SitePanel(m_desk, split);
    m_list->setObjectName(QStringLiteral("site-list"));
    m_list->setAccessibleName(tr("Sites"));
    m_list->setModel(m_sites);
    dressTable(*m_list, 32);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegateForColumn(SiteModel::Verdict, new VerdictDelegate(m_desk.theme, m_list));
    m_list->setItemDelegateForColumn(SiteModel::Load, new LoadDelegate(m_desk.theme, m_list));
    for (int column = 0; column < SiteModel::ColumnCount; ++column) {
        m_list->setColumnHidden(column, column != SiteModel::Name && column != SiteModel::Load && column != SiteModel::Verdict);
    }
    m_list->horizontalHeader()->setSectionResizeMode(SiteModel::Name, QHeaderView::Stretch);
    m_list->setColumnWidth(SiteModel::Load, 80);
    m_list->setColumnWidth(SiteModel::Verdict, 118);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MapPage::chooseRow);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QTableView::customContextMenuRequested, this, [this](const QPoint &at) {
        if (m_list->currentIndex().isValid()) {
            openSiteMenu(m_sites->siteId(m_list->currentIndex().row()), m_list->viewport()->mapToGlobal(at));
        }
    });
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex &index) { Q_EMIT siteOpened(m_sites->siteId(index.row())); });
    split->setObjectName(QStringLiteral("map-side"));
    split->setStretchFactor(1, 1);
    split->setSizes({300, 420});
    split->setChildrenCollapsible(false);
    split->setMinimumWidth(330);
}

void MapPage::openSiteMenu(const QString &siteId, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("site-menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Open the site"), this, [this, siteId] { Q_EMIT siteOpened(siteId); });
    menu->addAction(tr("Show its &machines"), this, [this, siteId] { Q_EMIT inventoryWanted(QStringLiteral("site:") + siteId); });
    menu->addAction(tr("&Provision here…"), this, [this, siteId] { Q_EMIT provisionWanted(siteId); });
    menu->addSeparator();
    menu->addAction(tr("&Empty this site…"), this, [this, siteId] { Q_EMIT evacuationWanted(siteId); });
    if (m_desk.federation.sitesOfOperatorAt(siteId).size() > 1) {
        menu->addAction(tr("&Leave this operator…"), this, [this, siteId] { Q_EMIT departureWanted(siteId); });
    }
    menu->popup(at);
}

void MapPage::feed()
{
    const auto classification = Classification(m_classification->currentData().toInt());
    m_map->setSites(mapSites(m_desk));
    m_map->setFlows(mapFlows(m_desk));
    m_map->setFigures(mapFigures(m_desk, classification));
    m_map->setHeader(mapHeader(m_desk, classification));
}

void MapPage::setSite(const QString &siteId)
{
    m_panel->setSite(siteId);
    const int row = m_sites->rowOfSite(siteId);
    if (row >= 0 && m_list->currentIndex().row() != row) {
        m_list->selectRow(row);
    }
    if (!siteId.isEmpty()) {
        m_map->showSite(siteId);
    }
}

QString MapPage::siteId() const
{
    return m_panel->siteId();
}

MapLayer MapPage::layer() const
{
    return m_map->layer();
}
Classification MapPage::classification() const
{
    return Classification(m_classification->currentData().toInt());
}

void MapPage::setLayer(MapLayer layer, Classification classification)
{
    m_map->setLayer(layer);
    m_classification->setCurrentIndex(m_classification->findData(int(classification)));
}

QByteArray MapPage::division() const
{
    return m_split->saveState();
}

void MapPage::setDivision(const QByteArray &division)
{
    m_split->restoreState(division);
}

void MapPage::highlight(const QSet<QString> &siteIds)
{
    m_map->setHighlighted(siteIds.isEmpty() ? QSet<QString> {QString()} : siteIds);
}

void MapPage::endHighlight()
{
    m_map->setHighlighted({});
}

void MapPage::chooseRow()
{
    const QModelIndex current = m_list->currentIndex();
    if (current.isValid() && m_sites->siteId(current.row()) != m_panel->siteId()) {
        setSite(m_sites->siteId(current.row()));
    }
}

}
