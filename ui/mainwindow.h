// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"
#include "ui/map/mapdata.h"
#include "ui/pages/inventorypage.h"
#include "ui/palette.h"

#include <QMainWindow>
#include <QTimer>

class QLineEdit;
class QStackedWidget;

namespace portulan {

class MapPage;
class Navigation;
class OperationsPage;
class OverviewPage;
class SitePage;
class StatusStrip;
class TrailPage;

/// Where the user is, so that a window rebuilt in another language or look continues where the last one stood.
struct Whereabouts {
    QByteArray geometry;
    int page = 0;
    QString search;
    QString site; ///< beside the map
    MapLayer layer = MapLayer::Compliance;
    Classification classification = Classification::HealthFr;
    InventoryView inventory;
    QString siteShown; ///< on the page of sites
    QString operation; ///< ObjectId::text() of the one chosen
    QString auditedSite;
};

/// Rail, pages, strip; menus and shortcuts. Holds no logic: pages emit what is wanted, dialogs compose orders in models.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Desk &desk, QWidget *parent = nullptr);

    Whereabouts whereabouts() const;
    void restore(const Whereabouts &whereabouts);

    enum Page { Map, Overview, Inventory, Site, Operations, Alerts, Audit };
    void goTo(Page page);
    void showSite(const QString &siteId);
    void showInventory(ObjectKind kind, const QString &query);
    void provision(const QString &siteId);
    void migrate(const QVector<ObjectId> &objects);
    void say(const QString &words);
    /// The overview alone on the whole screen, its figures large; false brings everything back.
    void present(bool presenting);
    bool isPresenting() const { return m_presenting; }

Q_SIGNALS:
    void languageWanted(const QString &language); ///< "fr", "en"
    void appearanceWanted(const QString &appearance); ///< "light", "dark", "system"
    void connectionWanted();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *topBar();
    void buildPages();
    void connectPages();
    void searchOnMap();
    void showObject(const ObjectId &object);
    void buildMenus();
    void openPalette();
    void openSettings();
    QVector<Command> commands();
    QVector<Command> objectsMatching(const QString &text);
    void countBadges();

    Desk m_desk;
    Navigation *m_navigation;
    QStackedWidget *m_pages;
    QVector<QWidget *> m_homes; ///< of each page: the control that has the keyboard first
    StatusStrip *m_strip;
    QWidget *m_topBar = nullptr;
    QLineEdit *m_search = nullptr;
    MapPage *m_map = nullptr;
    OverviewPage *m_overview = nullptr;
    InventoryPage *m_inventory = nullptr;
    SitePage *m_site = nullptr;
    OperationsPage *m_operations = nullptr;
    TrailPage *m_audit = nullptr;
    QTimer m_searchSoon; ///< a search asks all sites' machines: not at every key
    bool m_presenting = false;
    Qt::WindowStates m_stateBefore; ///< presenting
};

}
