// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the window does on command: menus, palette, search, presentation; mainwindow.cpp builds and restores it.
#include "models/federation.h"
#include "models/phrases.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/evacuatedialog.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/finder.h"
#include "ui/mainwindow.h"
#include "ui/navigation.h"
#include "ui/pages/mappage.h"
#include "ui/pages/operationspage.h"
#include "ui/pages/overviewpage.h"
#include "ui/pages/sitepage.h"
#include "ui/statusstrip.h"

#include <QAction>
#include <QLineEdit>
#include <QMenuBar>
#include <QShortcut>
#include <QStackedWidget>

namespace portulan {

void MainWindow::buildMenus()
{
    const auto action = [this](QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys, auto act) {
        auto *entry = menu->addAction(text, keys, this, act);
        entry->setObjectName(QStringLiteral("action-") + name);
        addAction(entry); // its key works where the menu bar is hidden, too
    };
    auto *federation = menuBar()->addMenu(tr("&Federation"));
    action(federation, QStringLiteral("connect"), tr("&Connect…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        [this] { Q_EMIT connectionWanted(); });
    action(federation, QStringLiteral("settings"), tr("&Settings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { openSettings(); });
    federation->addSeparator();
    action(federation, QStringLiteral("quit"), tr("&Quit"), QKeySequence::Quit, [this] { close(); });
    auto *act = menuBar()->addMenu(tr("&Act"));
    action(act, QStringLiteral("provision"), tr("&Provision…"), QKeySequence::New, [this] { provision(QString()); });
    action(act, QStringLiteral("migrate"), tr("&Migrate the selection…"), QKeySequence(Qt::CTRL | Qt::Key_M), [this] {
        goTo(Inventory);
        migrate(m_inventory->selection());
    });
    action(act, QStringLiteral("empty"), tr("&Empty a site…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), [this] { emptySite(siteInView()); });
    action(act, QStringLiteral("palette"), tr("Command pa&lette…"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    auto *view = menuBar()->addMenu(tr("&View"));
    action(view, QStringLiteral("search"), tr("&Search"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
        [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    const auto pages = m_navigation->pages();
    for (int page = 0; page < pages.size(); ++page) {
        action(view, QStringLiteral("page-") + pages[page].key, pages[page].text, Navigation::keysOf(page), [this, page] { goTo(Page(page)); });
    }
    view->addSeparator();
    action(view, QStringLiteral("columns"), tr("&Columns of the inventory…"), {}, [this] {
        goTo(Inventory);
        m_inventory->chooseColumns();
    });
    action(view, QStringLiteral("presentation"), tr("&Presentation"), QKeySequence(Qt::Key_F11), [this] { present(!m_presenting); });
    auto *leave = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    connect(leave, &QShortcut::activated, this, [this] { present(false); });
    leave->setEnabled(false);
    leave->setObjectName(QStringLiteral("leave-presentation"));
    auto *help = menuBar()->addMenu(tr("&Help"));
    action(help, QStringLiteral("about"), tr("&About Portulan"), {}, [this] {
        auto *dialog = new AboutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

QString MainWindow::siteInView() const
{
    const auto *site = m_site.made();
    return m_pages->currentIndex() == Site && site != nullptr ? site->siteId() : m_map->siteId();
}

void MainWindow::emptySite(const QString &siteId)
{
    if (siteId.isEmpty()) {
        say(tr("Choose the site to empty on the map first."));
        goTo(Map);
        return;
    }
    evacuate({siteId}, m_desk.federation.siteName(siteId));
}

void MainWindow::leaveOperator(const QString &siteId)
{
    if (const auto *its = m_desk.federation.site(siteId)) {
        auto sites = m_desk.federation.sitesOfOperatorAt(siteId);
        evacuate(sites.isEmpty() ? QStringList {siteId} : sites, QString::fromStdString(its->operatedBy.name));
    }
}

void MainWindow::evacuate(const QStringList &sites, const QString &what)
{
    auto *dialog = new EvacuateDialog(m_desk, sites, what, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &EvacuateDialog::ordered, this, [this](const QString &words, const QString &operation) {
        showOperation(operation);
        say(words);
    });
    dialog->open();
}

void MainWindow::showOperation(const QString &operation)
{
    goTo(Operations);
    m_operations->choose(operation);
}

void MainWindow::openPalette()
{
    auto *palette = new Palette(
        commands(), [this](const QString &text) { return objectsMatching(text); }, this);
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
            if (entry->isSeparator()) {
                continue;
            }
            const QString text = entry->text().remove(QLatin1Char('&'));
            const bool isPage = entry->objectName().startsWith(QLatin1String("action-page-"));
            list.append({isPage ? tr("Go to %1", "a page").arg(text) : text, entry->shortcut().toString(QKeySequence::NativeText),
                [entry] { entry->trigger(); }});
        }
    }
    return list;
}

QVector<Command> MainWindow::objectsMatching(const QString &text)
{
    QVector<Command> list;
    for (const QString &id : sitesNamed(m_desk.federation, text)) {
        list.append({m_desk.federation.siteName(id), Phrases::of(ObjectKind::Site), [this, id] {
                         m_map->setSite(id);
                         goTo(Map);
                     }});
    }
    for (const QString &id : sitesNamed(m_desk.federation, text)) {
        list.append({tr("Empty %1…").arg(m_desk.federation.siteName(id)), Phrases::of(ObjectKind::Site), [this, id] { emptySite(id); }});
        if (m_desk.federation.sitesOfOperatorAt(id).size() > 1) {
            const auto who = QString::fromStdString(m_desk.federation.site(id)->operatedBy.name);
            list.append({tr("Leave %1…").arg(who), m_desk.federation.siteName(id), [this, id] { leaveOperator(id); }});
        }
    }
    for (const Found &machine : machinesMatching(m_desk.federation, text, 40 - int(list.size()))) {
        list.append({machine.name, Phrases::of(ObjectKind::Instance), [this, object = machine.id] { showObject(object); }});
    }
    return list;
}

void MainWindow::searchOnMap()
{
    const QString text = m_search->text().trimmed();
    if (text.isEmpty() || m_pages->currentIndex() != Map) {
        m_map->endHighlight();
        return;
    }
    const QSet<QString> found = sitesWith(m_desk.federation, text);
    m_map->highlight(found);
    say(found.isEmpty() ? tr("No site matches, and no machine on any.")
                        : tr("Found on %n site(s). Enter lists the machines.", nullptr, int(found.size())));
}

void MainWindow::present(bool presenting)
{
    if (presenting == m_presenting) {
        return;
    }
    m_presenting = presenting;
    for (QWidget *chrome : std::initializer_list<QWidget *> {menuBar(), m_topBar, m_navigation, m_strip}) {
        chrome->setVisible(!presenting);
    }
    findChild<QShortcut *>(QStringLiteral("leave-presentation"))->setEnabled(presenting);
    if (presenting) {
        m_stateBefore = windowState();
        goTo(Overview);
        setWindowState(windowState() | Qt::WindowFullScreen);
    } else {
        setWindowState(m_stateBefore & ~Qt::WindowFullScreen);
    }
    m_overview->setPresenting(presenting);
}

}
