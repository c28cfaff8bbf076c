// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"
#include "ui/palette.h"

#include <QMainWindow>

class QLineEdit;
class QStackedWidget;

namespace portulan {

class InventoryPage;
class MapPage;
class Navigation;
class OperationsPage;
class SitePage;
class StatusStrip;

/// Where the user is, so that a window rebuilt in another language or look continues where the last one stood.
struct Whereabouts {
    QByteArray geometry;
    int page = 0;
    QString site;
    QString query;
    ObjectKind kind = ObjectKind::Instance;
};

/// Rail, pages, strip; menus and shortcuts. Holds no logic: pages emit what is wanted, dialogs compose orders in models.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Desk &desk, QWidget *parent = nullptr);

    Whereabouts whereabouts() const;
    void restore(const Whereabouts &whereabouts);

    enum Page { Map, Overview, Inventory, Site, Operations, Audit };
    void goTo(Page page);
    void showSite(const QString &siteId);
    void showInventory(ObjectKind kind, const QString &query);
    void provision(const QString &siteId);
    void migrate(const QVector<ObjectId> &objects);
    void say(const QString &words);

Q_SIGNALS:
    void languageWanted(const QString &language); ///< "fr", "en"
    void appearanceWanted(const QString &appearance); ///< "light", "dark", "system"
    void connectionWanted();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *topBar();
    void buildPages();
    void buildMenus();
    void openPalette();
    void openSettings();
    QVector<Command> commands();
    QVector<Command> objectsMatching(const QString &text);
    void countBadges();

    Desk m_desk;
    Navigation *m_navigation;
    QStackedWidget *m_pages;
    StatusStrip *m_strip;
    QLineEdit *m_search = nullptr;
    MapPage *m_map = nullptr;
    InventoryPage *m_inventory = nullptr;
    SitePage *m_site = nullptr;
    OperationsPage *m_operations = nullptr;
};

}
