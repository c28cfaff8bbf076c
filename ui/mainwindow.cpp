// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/mainwindow.h"

#include "models/federation.h"
#include "models/settings.h"
#include "ui/dialogs/migratedialog.h"
#include "ui/dialogs/provisiondialog.h"
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
    , m_navigation(new Navigation(this))
    , m_pages(new QStackedWidget(this))
    , m_strip(new StatusStrip(desk, this))
{
    setObjectName(QStringLiteral("main-window"));
    setWindowTitle(tr("Portulan"));
    resize(1280, 800);
    setMinimumSize(1024, 640);
    auto *centre = new QWidget(this);
    auto *rows = new QVBoxLayout(centre);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addWidget(m_pages, 1);
    m_topBar = topBar();
    rows->addWidget(m_topBar);
    rows->addLayout(middle, 1);
    rows->addWidget(m_strip);
    setCentralWidget(centre);
    buildPages();
    buildMenus();
    connect(m_navigation, &Navigation::pageWanted, this, [this](int page) { goTo(Page(page)); });
    connect(&desk.federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.operations || what.alerts) {
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

QWidget *MainWindow::topBar()
{
    auto *bar = new QFrame(this);
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
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(520);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { showInventory(m_inventory->kind(), m_search->text()); });
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_searchSoon.start(); });
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
    tool(QStringLiteral("switch-appearance"), m_desk.theme.isDark() ? tr("Light") : tr("Dark"), m_desk.theme.isDark() ? tr("Light appearance") : tr("Dark appearance"),
        [this] { Q_EMIT appearanceWanted(m_desk.theme.isDark() ? QStringLiteral("light") : QStringLiteral("dark")); });
    return bar;
}

void MainWindow::buildPages()
{
    m_map = new MapPage(m_desk, this);
    m_overview = new OverviewPage(m_desk, this);
    m_inventory = new InventoryPage(m_desk, this);
    m_site = new SitePage(m_desk, this);
    m_operations = new OperationsPage(m_desk, this);
    auto *alerts = new AlertsPage(m_desk, this);
    m_audit = new TrailPage(m_desk, this);
    // `home` has the keyboard when the page is gone to. (No focus proxies: Tab would then skip what stands before them.)
    const auto add = [this](QWidget *page, const char *key, const char *icon, const char *home, const QString &text) {
        m_pages->addWidget(page);
        m_homes.append(page->findChild<QWidget *>(QString::fromLatin1(home)));
        m_navigation->add(QString::fromLatin1(key), m_desk.theme.icon(QString::fromLatin1(icon)), text);
    };
    add(m_map, "map", "map", "map", tr("Map"));
    add(m_overview, "overview", "overview", "overview-scroll", tr("Overview"));
    add(m_inventory, "inventory", "inventory", "inventory-table", tr("Inventory"));
    add(m_site, "site", "site", "site-choice", tr("Sites"));
    add(m_operations, "operations", "operations", "operations-table", tr("Operations"));
    add(alerts, "alerts", "alert", "alerts-table", tr("Alerts"));
    add(m_audit, "audit", "audit", "audit-table", tr("Audit"));
    connect(alerts, &AlertsPage::counted, this, [this](int count) { m_navigation->setCount(Alerts, count); });
    connect(alerts, &AlertsPage::objectWanted, this, &MainWindow::showObject);
    connect(alerts, &AlertsPage::siteWanted, this, &MainWindow::showSite);
    m_navigation->setCount(Alerts, alerts->count());
    connectPages();
}

void MainWindow::connectPages()
{
    connect(m_map, &MapPage::connectionWanted, this, &MainWindow::connectionWanted);
    connect(m_map, &MapPage::provisionWanted, this, &MainWindow::provision);
    connect(m_map, &MapPage::inventoryWanted, this, [this](const QString &query) { showInventory(ObjectKind::Instance, query); });
    connect(m_map, &MapPage::siteOpened, this, &MainWindow::showSite);
    connect(m_map, &MapPage::operationsWanted, this, [this] { goTo(Operations); });
    connect(m_overview, &OverviewPage::inventoryWanted, this, &MainWindow::showInventory);
    connect(m_inventory, &InventoryPage::migrationWanted, this, &MainWindow::migrate);
    connect(m_inventory, &InventoryPage::provisionWanted, this, &MainWindow::provision);
    connect(m_inventory, &InventoryPage::siteWanted, this, &MainWindow::showSite);
    connect(m_inventory, &InventoryPage::said, this, &MainWindow::say);
    connect(m_site, &SitePage::connectionWanted, this, &MainWindow::connectionWanted);
    connect(m_site, &SitePage::provisionWanted, this, &MainWindow::provision);
    connect(m_site, &SitePage::inventoryWanted, this, [this](const QString &query) { showInventory(ObjectKind::Instance, query); });
    connect(m_operations, &OperationsPage::said, this, &MainWindow::say);
    connect(m_operations, &OperationsPage::objectWanted, this, &MainWindow::showObject);
}

void MainWindow::showObject(const ObjectId &object)
{
    m_inventory->select(object);
    goTo(Inventory);
}

Whereabouts MainWindow::whereabouts() const
{
    return {saveGeometry(), m_pages->currentIndex(), m_search->text(), m_map->siteId(), m_map->layer(), m_map->classification(), m_inventory->view(), m_site->siteId(),
        m_operations->chosen(), m_audit->siteId()};
}

void MainWindow::restore(const Whereabouts &whereabouts)
{
    if (!whereabouts.geometry.isEmpty()) {
        restoreGeometry(whereabouts.geometry);
    }
    m_search->setText(whereabouts.search);
    m_inventory->restore(whereabouts.inventory);
    m_map->setSite(whereabouts.site);
    m_map->setLayer(whereabouts.layer, whereabouts.classification);
    m_site->setSite(whereabouts.siteShown);
    m_operations->choose(whereabouts.operation);
    m_audit->setSite(whereabouts.auditedSite);
    goTo(Page(whereabouts.page));
}

void MainWindow::goTo(Page page)
{
    m_pages->setCurrentIndex(page);
    m_navigation->setCurrent(page);
    m_homes.at(page)->setFocus(Qt::OtherFocusReason);
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
    auto *dialog = new MigrateDialog(m_desk, objects, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MigrateDialog::ordered, this, &MainWindow::say);
    dialog->open();
}

void MainWindow::say(const QString &words) { m_strip->say(words); }

void MainWindow::countBadges()
{
    int running = 0;
    for (const Operation *operation : m_desk.federation.inventory().operations()) {
        running += isOver(operation->state) ? 0 : 1;
    }
    m_navigation->setCount(Operations, running);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_desk.settings.set(Setting::WindowGeometry, saveGeometry());
    event->accept();
}

}
