// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/mainwindow.h"

#include "models/federation.h"
#include "core/query.h"
#include "models/phrases.h"
#include "models/settings.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/migratedialog.h"
#include "ui/dialogs/provisiondialog.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/navigation.h"
#include "ui/pages/trailpage.h"
#include "ui/pages/inventorypage.h"
#include "ui/pages/mappage.h"
#include "ui/pages/operationspage.h"
#include "ui/pages/overviewpage.h"
#include "ui/pages/sitepage.h"
#include "ui/statusstrip.h"
#include "ui/theme.h"

#include <QAction>
#include <QCloseEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenuBar>
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
    rows->addWidget(topBar());
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
    goTo(Map);
    m_map->setFocus();
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
    auto *overview = new OverviewPage(m_desk, this);
    m_inventory = new InventoryPage(m_desk, this);
    m_site = new SitePage(m_desk, this);
    m_operations = new OperationsPage(m_desk, this);
    auto *audit = new TrailPage(m_desk, this);
    const auto add = [this](QWidget *page, const QString &key, const QString &text) {
        m_pages->addWidget(page);
        m_navigation->add(key, m_desk.theme.icon(key), text);
    };
    add(m_map, QStringLiteral("map"), tr("Map"));
    add(overview, QStringLiteral("overview"), tr("Overview"));
    add(m_inventory, QStringLiteral("inventory"), tr("Inventory"));
    add(m_site, QStringLiteral("site"), tr("Sites"));
    add(m_operations, QStringLiteral("operations"), tr("Operations"));
    add(audit, QStringLiteral("audit"), tr("Audit"));

    connect(m_map, &MapPage::provisionWanted, this, &MainWindow::provision);
    connect(m_map, &MapPage::inventoryWanted, this, [this](const QString &query) { showInventory(ObjectKind::Instance, query); });
    connect(m_map, &MapPage::siteOpened, this, &MainWindow::showSite);
    connect(m_map, &MapPage::operationsWanted, this, [this] { goTo(Operations); });
    connect(overview, &OverviewPage::inventoryWanted, this, &MainWindow::showInventory);
    connect(m_inventory, &InventoryPage::migrationWanted, this, &MainWindow::migrate);
    connect(m_inventory, &InventoryPage::provisionWanted, this, &MainWindow::provision);
    connect(m_inventory, &InventoryPage::siteWanted, this, &MainWindow::showSite);
    connect(m_inventory, &InventoryPage::said, this, &MainWindow::say);
    connect(m_site, &SitePage::provisionWanted, this, &MainWindow::provision);
    connect(m_site, &SitePage::inventoryWanted, this, [this](const QString &query) { showInventory(ObjectKind::Instance, query); });
    connect(m_operations, &OperationsPage::said, this, &MainWindow::say);
    connect(m_operations, &OperationsPage::objectWanted, this, [this](const ObjectId &object) {
        goTo(Inventory);
        m_inventory->select(object);
    });
}

void MainWindow::buildMenus()
{
    const auto action = [this](QMenu *menu, const QString &text, const QKeySequence &keys, auto act) {
        auto *entry = menu->addAction(text, keys, this, act);
        return entry;
    };
    auto *federation = menuBar()->addMenu(tr("&Federation"));
    action(federation, tr("&Connect…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { Q_EMIT connectionWanted(); });
    action(federation, tr("&Settings…"), QKeySequence::Preferences, [this] { openSettings(); });
    federation->addSeparator();
    action(federation, tr("&Quit"), QKeySequence::Quit, [this] { close(); });
    auto *act = menuBar()->addMenu(tr("&Act"));
    action(act, tr("&Provision…"), QKeySequence::New, [this] { provision(QString()); });
    action(act, tr("&Migrate the selection…"), QKeySequence(Qt::CTRL | Qt::Key_M), [this] {
        goTo(Inventory);
        migrate(m_inventory->selection());
    });
    action(act, tr("Command pa&lette…"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    auto *view = menuBar()->addMenu(tr("&View"));
    action(view, tr("&Search"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    action(view, tr("&Presentation"), QKeySequence(Qt::Key_F11), [this] { isFullScreen() ? showNormal() : showFullScreen(); });
    auto *help = menuBar()->addMenu(tr("&Help"));
    action(help, tr("&About Portulan"), {}, [this] {
        auto *dialog = new AboutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

Whereabouts MainWindow::whereabouts() const
{
    return {saveGeometry(), m_pages->currentIndex(), m_map->siteId(), m_inventory->query(), m_inventory->kind()};
}

void MainWindow::restore(const Whereabouts &whereabouts)
{
    if (!whereabouts.geometry.isEmpty()) {
        restoreGeometry(whereabouts.geometry);
    }
    m_inventory->show(whereabouts.kind, whereabouts.query);
    m_map->setSite(whereabouts.site);
    m_site->setSite(whereabouts.site);
    goTo(Page(whereabouts.page));
}

void MainWindow::goTo(Page page)
{
    m_pages->setCurrentIndex(page);
    m_navigation->setCurrent(page);
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

void MainWindow::openPalette()
{
    auto *palette = new Palette(commands(), [this](const QString &text) { return objectsMatching(text); }, this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(m_desk, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::languageWanted, this, &MainWindow::languageWanted);
    connect(dialog, &SettingsDialog::appearanceWanted, this, &MainWindow::appearanceWanted);
    dialog->open();
}

QVector<Command> MainWindow::commands()
{
    QVector<Command> list;
    const auto menus = menuBar()->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
    for (const QMenu *menu : menus) {
        for (QAction *entry : menu->actions()) {
            if (!entry->isSeparator()) {
                list.append({entry->text().remove(QLatin1Char('&')), entry->shortcut().toString(QKeySequence::NativeText), [entry] { entry->trigger(); }});
            }
        }
    }
    const auto buttons = m_navigation->findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        list.append({tr("Go to %1", "a page").arg(button->text()), QString(), [button] { button->click(); }});
    }
    return list;
}

QVector<Command> MainWindow::objectsMatching(const QString &text)
{
    QVector<Command> list;
    const auto ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        const QString name = m_desk.federation.siteName(id);
        if (name.contains(text, Qt::CaseInsensitive) || id.contains(text, Qt::CaseInsensitive)) {
            list.append({name, Phrases::of(ObjectKind::Site), [this, id] {
                             m_map->setSite(id);
                             goTo(Map);
                         }});
        }
    }
    const auto query = Query::parse(text.toStdString());
    if (query) {
        const portulan::Inventory &inventory = m_desk.federation.inventory();
        for (const Slot slot : query->select(inventory, ObjectKind::Instance)) {
            const Row &row = inventory.rows(ObjectKind::Instance)[slot];
            const auto name = inventory.text(row.name);
            list.append({QString::fromUtf8(name.data(), qsizetype(name.size())), Phrases::of(ObjectKind::Instance), [this, object = inventory.idOf(row)] {
                             goTo(Inventory);
                             m_inventory->select(object);
                         }});
            if (list.size() >= 40) {
                break;
            }
        }
    }
    return list;
}

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
