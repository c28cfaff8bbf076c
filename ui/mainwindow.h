// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"
#include "ui/laterpage.h"
#include "ui/map/frame.h"
#include "ui/map/mapdata.h"
#include "ui/pages/inventorypage.h"
#include "ui/palette.h"

#include <QMainWindow>
#include <QTimer>
#include <optional>

class QLineEdit;
class QStackedWidget;

namespace portulan {

class AlertModel;
class AlertsPage;
class MapPage;
class MigrateDialog;
class Navigation;
class OperationsPage;
class OverviewPage;
class SitePage;
class StatusStrip;
class TrailPage;
struct MigrationChoices;

/// Where the user is, so that a window rebuilt in another language or look continues where the last one stood.
struct Whereabouts {
    QByteArray geometry;
    int page = 0;
    QString search;
    QString site; ///< beside the map
    MapLayer layer = MapLayer::Compliance;
    Classification classification = Classification::HealthFr;
    std::optional<Frame> sight; ///< of the map, where the user has moved it
    QByteArray mapDivision;
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
    void migrateAgain(const MigrationChoices &choices);
    void emptySite(const QString &siteId);
    void leaveOperator(const QString &siteId); ///< all sites of who runs this one
    void showOperation(const QString &operation); ///< ObjectId::text()
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
    QWidget *topBar(QWidget *parent);
    void listPages();
    void readyPages();
    void readyObjectPages();
    template <typename P>
    P *put(Page page);
    QWidget *page(Page page);
    MigrateDialog *openMigration(const QVector<ObjectId> &objects);
    void evacuate(const QStringList &sites, const QString &what);
    QString siteInView() const; ///< that a command is about: of the map, or of the page of sites
    void searchOnMap();
    void showObject(const ObjectId &object);
    void buildMenus();
    void openPalette();
    void openSettings();
    QVector<Command> commands();
    QVector<Command> objectsMatching(const QString &text);
    void countBadges();

    Desk m_desk;
    Navigation *m_navigation = nullptr;
    QStackedWidget *m_pages = nullptr;
    QStringList m_homes; ///< of each page: the name of the control that has the keyboard first
    StatusStrip *m_strip = nullptr;
    QWidget *m_topBar = nullptr;
    QLineEdit *m_search = nullptr;
    MapPage *m_map = nullptr;
    LaterPage<OverviewPage> m_overview;
    LaterPage<InventoryPage> m_inventory;
    LaterPage<SitePage> m_site;
    LaterPage<OperationsPage> m_operations;
    LaterPage<AlertsPage> m_alerts;
    LaterPage<TrailPage> m_audit;
    AlertModel *m_alertModel; ///< for the count on the rail
    Whereabouts m_before; ///< for the pages that are yet to be made
    QTimer m_searchSoon; ///< a search asks all sites' machines: not at every key
    bool m_presenting = false;
    Qt::WindowStates m_stateBefore; ///< presenting
};

}
