// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/mainwindow.h"

#include "models/alertmodel.h"
#include "models/federation.h"
#include "models/settings.h"
#include "ui/dialogs/migratedialog.h"
#include "ui/dialogs/provisiondialog.h"
#include "ui/map/view.h"
#include "ui/navigation.h"
#include "ui/pages/alertspage.h"
#include "ui/pages/mappage.h"
#include "ui/pages/operationspage.h"
#include "ui/pages/overviewpage.h"
#include "ui/pages/sitepage.h"
#include "ui/pages/trailpage.h"
#include "ui/statusstrip.h"
#include "ui/theme.h"

#include <QCloseEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace portulan {

MainWindow::MainWindow(const Desk &desk, QWidget *parent)
    : QMainWindow(parent)
    , m_desk(desk)
    , m_alertModel(new AlertModel(desk.federation, this))
{
    setObjectName(QStringLiteral("main-window"));
    setWindowTitle(tr("Portulan"));
    resize(1280, 800);
    setMinimumSize(1024, 640);
    auto *centre = new QWidget(this); // each widget is made where it stays: to move one is to style all of it anew
    auto *rows = new QVBoxLayout(centre);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_navigation = new Navigation(centre);
    m_pages = new QStackedWidget(centre);
    m_strip = new StatusStrip(desk, centre);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addWidget(m_pages, 1);
    m_topBar = topBar(centre);
    rows->addWidget(m_topBar);
    rows->addLayout(middle, 1);
    rows->addWidget(m_strip);
    setCentralWidget(centre);
    listPages();
    buildMenus();
    connect(m_navigation, &Navigation::pageWanted, this, [this](int page) { goTo(Page(page)); });
    connect(&desk.federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.operations || what.alerts || !what.sites.empty()) {
            countBadges();
        }
    });
    countBadges();
    m_searchSoon.setSingleShot(true);
    m_searchSoon.setInterval(200);
    connect(&m_searchSoon, &QTimer::timeout, this, &MainWindow::searchOnMap);
    connect(&desk.federation, &Federation::caughtUp, this, [this] {
        if (!m_search->text().isEmpty() && m_pages->currentIndex() == Map) {
            m_searchSoon.start();
        }
    });
    goTo(Map);
}

QWidget *MainWindow::topBar(QWidget *parent)
{
    auto *bar = new QFrame(parent);
    bar->setObjectName(QStringLiteral("top-bar"));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(18, 8, 14, 8);
    row->setSpacing(10);
    auto *name = new QLabel(tr("Portulan"), bar);
    name->setProperty("brand", true);
    row->addWidget(name);
    row->addSpacing(24);
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search all sites"));
    m_search->setPlaceholderText(tr("Search all sites: a name, or class:health verdict:non…"));
    m_search->setMaximumWidth(520);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { showInventory(m_inventory->kind(), m_search->text()); });
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_search->setClearButtonEnabled(true); // whose drawing Qt looks for in every icon theme: not before there is something to clear
        m_searchSoon.start();
    });
    row->addWidget(m_search, 1);
    row->addStretch(1);
    const auto tool = [&](const QString &objectName, const QString &text, const QString &tip, auto act) {
        auto *button = new QToolButton(bar);
        button->setObjectName(objectName);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setAutoRaise(true);
        connect(button, &QToolButton::clicked, this, act);
        row->addWidget(button);
    };
    tool(QStringLiteral("open-palette"), tr("Commands"), tr("Command palette (Ctrl+K)"), [this] { openPalette(); });
    const bool french = locale().language() == QLocale::French;
    tool(QStringLiteral("switch-language"), french ? QStringLiteral("English") : QStringLiteral("Français"),
        french ? QStringLiteral("Switch to English") : QStringLiteral("Passer en français"),
        [this, french] { Q_EMIT languageWanted(french ? QStringLiteral("en") : QStringLiteral("fr")); });
    tool(QStringLiteral("switch-appearance"), m_desk.theme.isDark() ? tr("Light") : tr("Dark"),
        m_desk.theme.isDark() ? tr("Light appearance") : tr("Dark appearance"),
        [this] { Q_EMIT appearanceWanted(m_desk.theme.isDark() ? QStringLiteral("light") : QStringLiteral("dark")); });
    return bar;
}

/// The rail's entries, and an empty place for each page but the map.
void MainWindow::listPages()
{
    m_map = new MapPage(m_desk, m_pages);
    // `home` has the keyboard when the page is gone to. (No focus proxies: Tab would then skip what stands before them.)
    const auto add = [this](QWidget *page, const char *key, const char *icon, const char *home, const QString &text) {
        m_pages->addWidget(page);
        m_homes.append(QString::fromLatin1(home));
        m_navigation->add(QString::fromLatin1(key), m_desk.theme.icon(QString::fromLatin1(icon)), text);
    };
    add(m_map, "map", "map", "map", tr("Map"));
    add(new QWidget(m_pages), "overview", "overview", "overview-scroll", tr("Overview"));
    add(new QWidget(m_pages), "inventory", "inventory", "inventory-table", tr("Inventory"));
    add(new QWidget(m_pages), "site", "site", "site-choice", tr("Sites"));
    add(new QWidget(m_pages), "operations", "operations", "operations-table", tr("Operations"));
    add(new QWidget(m_pages), "alerts", "alert", "alerts-table", tr("Alerts"));
    add(new QWidget(m_pages), "audit", "audit", "audit-table", tr("Audit"));
    connect(m_map, &MapPage::connectionWanted, this, &MainWindow::connectionWanted);
    connect(m_map, &MapPage::provisionWanted, this, &MainWindow::provision);
    connect(m_map, &MapPage::inventoryWanted, this, [this](const QString &query) { showInventory(ObjectKind::Instance, query); });
    connect(m_map, &MapPage::siteOpened, this, &MainWindow::showSite);
    connect(m_map, &MapPage::evacuationWanted, this, &MainWindow::emptySite);
    connect(m_map, &MapPage::departureWanted, this, &MainWindow::leaveOperator);
    connect(m_map, &MapPage::operationsWanted, this, [this] { goTo(Operations); });
    readyPages();
    readyObjectPages();
}

template <typename P>
P *MainWindow::put(Page page)
{
    auto *made = new P(m_desk, m_pages);
    QWidget *const empty = m_pages->widget(page);
    m_pages->insertWidget(page, made);
    m_pages->removeWidget(empty);
    delete empty;
    return made;
}

void MainWindow::readyPages()
{
    m_overview.setMaker([this] {
        auto *overview = put<OverviewPage>(Overview);
        connect(overview, &OverviewPage::inventoryWanted, this, &MainWindow::showInventory);
        return overview;
    });
    m_site.setMaker([this] {
        auto *site = put<SitePage>(Site);
        connect(site, &SitePage::connectionWanted, this, &MainWindow::connectionWanted);
        connect(site, &SitePage::provisionWanted, this, &MainWindow::provision);
        connect(site, &SitePage::evacuationWanted, this, &MainWindow::emptySite);
        connect(site, &SitePage::departureWanted, this, &MainWindow::leaveOperator);
        connect(site, &SitePage::inventoryWanted, this, [this](const QString &query) { showInventory(ObjectKind::Instance, query); });
        site->setSite(m_before.siteShown);
        return site;
    });
    m_audit.setMaker([this] {
        auto *audit = put<TrailPage>(Audit);
        audit->setSite(m_before.auditedSite);
        return audit;
    });
}

void MainWindow::readyObjectPages()
{
    m_inventory.setMaker([this] {
        auto *inventory = put<InventoryPage>(Inventory);
        connect(inventory, &InventoryPage::migrationWanted, this, &MainWindow::migrate);
        connect(inventory, &InventoryPage::provisionWanted, this, &MainWindow::provision);
        connect(inventory, &InventoryPage::siteWanted, this, &MainWindow::showSite);
        connect(inventory, &InventoryPage::said, this, &MainWindow::say);
        inventory->restore(m_before.inventory);
        return inventory;
    });
    m_operations.setMaker([this] {
        auto *operations = put<OperationsPage>(Operations);
        connect(operations, &OperationsPage::said, this, &MainWindow::say);
        connect(operations, &OperationsPage::objectWanted, this, &MainWindow::showObject);
        connect(operations, &OperationsPage::orderAgainWanted, this, &MainWindow::migrateAgain);
        operations->choose(m_before.operation);
        return operations;
    });
    m_alerts.setMaker([this] {
        auto *alerts = put<AlertsPage>(Alerts);
        connect(alerts, &AlertsPage::objectWanted, this, &MainWindow::showObject);
        connect(alerts, &AlertsPage::siteWanted, this, &MainWindow::showSite);
        return alerts;
    });
}

QWidget *MainWindow::page(Page page)
{
    switch (page) {
    case Map:
        return m_map;
    case Overview:
        return m_overview.get();
    case Inventory:
        return m_inventory.get();
    case Site:
        return m_site.get();
    case Operations:
        return m_operations.get();
    case Alerts:
        return m_alerts.get();
    case Audit:
        break;
    }
    return m_audit.get();
}

void MainWindow::showObject(const ObjectId &object)
{
    m_inventory->select(object);
    goTo(Inventory);
}

Whereabouts MainWindow::whereabouts() const
{
    Whereabouts now = m_before;
    now.geometry = saveGeometry();
    now.page = m_pages->currentIndex();
    now.search = m_search->text();
    now.site = m_map->siteId();
    now.layer = m_map->layer();
    now.classification = m_map->classification();
    now.sight = m_map->map()->sight();
    now.mapDivision = m_map->division();
    if (const auto *inventory = m_inventory.made()) {
        now.inventory = inventory->view();
    }
    if (const auto *site = m_site.made()) {
        now.siteShown = site->siteId();
    }
    if (const auto *operations = m_operations.made()) {
        now.operation = operations->chosen();
    }
    if (const auto *audit = m_audit.made()) {
        now.auditedSite = audit->siteId();
    }
    return now;
}

void MainWindow::restore(const Whereabouts &whereabouts)
{
    if (!whereabouts.geometry.isEmpty()) {
        restoreGeometry(whereabouts.geometry);
    }
    m_before = whereabouts;
    m_search->setText(whereabouts.search);
    m_map->setSite(whereabouts.site);
    m_map->setLayer(whereabouts.layer, whereabouts.classification);
    if (whereabouts.sight) {
        m_map->map()->setSight(*whereabouts.sight);
    }
    if (!whereabouts.mapDivision.isEmpty()) {
        m_map->setDivision(whereabouts.mapDivision);
    }
    if (auto *inventory = m_inventory.made()) {
        inventory->restore(whereabouts.inventory);
    }
    if (auto *site = m_site.made()) {
        site->setSite(whereabouts.siteShown);
    }
    if (auto *operations = m_operations.made()) {
        operations->choose(whereabouts.operation);
    }
    if (auto *audit = m_audit.made()) {
        audit->setSite(whereabouts.auditedSite);
    }
    goTo(Page(whereabouts.page));
}

void MainWindow::goTo(Page page)
{
    QWidget *const shown = this->page(page);
    m_pages->setCurrentWidget(shown);
    m_navigation->setCurrent(page);
    if (auto *home = shown->findChild<QWidget *>(m_homes.at(page))) {
        home->setFocus(Qt::OtherFocusReason);
    }
    if (page == Map && !m_search->text().isEmpty()) {
        m_searchSoon.start();
    }
}

void MainWindow::showSite(const QString &siteId)
{
    m_site->setSite(siteId);
    goTo(Site);
}

void MainWindow::showInventory(ObjectKind kind, const QString &query)
{
    m_inventory->show(kind, query);
    goTo(Inventory);
}

void MainWindow::provision(const QString &siteId)
{
    auto *dialog = new ProvisionDialog(m_desk, siteId, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProvisionDialog::ordered, this, &MainWindow::say);
    dialog->open();
}

void MainWindow::migrate(const QVector<ObjectId> &objects)
{
    if (objects.isEmpty()) {
        say(tr("Choose what to migrate in the inventory first."));
        return;
    }
    openMigration(objects);
}

void MainWindow::migrateAgain(const MigrationChoices &choices)
{
    openMigration({choices.objects.begin(), choices.objects.end()})->propose(choices);
}

MigrateDialog *MainWindow::openMigration(const QVector<ObjectId> &objects)
{
    auto *dialog = new MigrateDialog(m_desk, objects, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MigrateDialog::ordered, this, &MainWindow::say);
    dialog->open();
    return dialog;
}

void MainWindow::say(const QString &words)
{
    m_strip->say(words);
}

void MainWindow::countBadges()
{
    int running = 0;
    for (const Operation *operation : m_desk.federation.inventory().operations()) {
        running += isOver(operation->state) ? 0 : 1;
    }
    m_navigation->setCount(Operations, running);
    m_navigation->setCount(Alerts, m_alertModel->count(AlertSeverity::Critical) + m_alertModel->count(AlertSeverity::Warning));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_desk.settings.set(Setting::WindowGeometry, saveGeometry());
    event->accept();
}

}
