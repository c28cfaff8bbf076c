// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"
#include "ui/desk.h"
#include "ui/map/mapdata.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QSplitter;
class QTableView;

namespace portulan {

class FederationMap;
class SiteModel;
class SitePanel;

/// The first screen: the map, a list of the same sites for keyboard and screen reader, and all of the chosen site.
class MapPage : public QWidget {
    Q_OBJECT
public:
    explicit MapPage(const Desk &desk, QWidget *parent = nullptr);

    void setSite(const QString &siteId);
    QString siteId() const;
    FederationMap *map() const { return m_map; }
    MapLayer layer() const;
    Classification classification() const; ///< whose data the data layer shows
    void setLayer(MapLayer layer, Classification classification);
    QByteArray division() const; ///< between the map and the list beside it
    void setDivision(const QByteArray &division);
    /// Sites found by a search: the others step back, until nothing is searched for. None found: all step back.
    void highlight(const QSet<QString> &siteIds);
    void endHighlight();

Q_SIGNALS:
    void provisionWanted(const QString &siteId);
    void inventoryWanted(const QString &query);
    void siteOpened(const QString &siteId);
    void operationsWanted();
    void evacuationWanted(const QString &siteId);
    void departureWanted(const QString &siteId); ///< from all sites of its operator
    void connectionWanted();

private:
    QWidget *classificationBar(QWidget *parent);
    void fillSide(QSplitter *parent);
    void feed();
    void chooseRow();
    void openSiteMenu(const QString &siteId, const QPoint &at);

    Desk m_desk;
    QSplitter *m_split = nullptr;
    FederationMap *m_map = nullptr;
    SiteModel *m_sites;
    QTableView *m_list = nullptr;
    SitePanel *m_panel = nullptr;
    QComboBox *m_classification = nullptr;
    QTimer m_feedSoon;
};

}
