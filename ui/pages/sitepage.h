// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace portulan {

class CapacityHistory;
class HistoryChart;
class SitePanel;

/// One site, all of it: identity, operator, certificates, facts with their sources, and the history of its capacity.
class SitePage : public QWidget {
    Q_OBJECT
public:
    explicit SitePage(const Desk &desk, QWidget *parent = nullptr);
    void setSite(const QString &siteId);
    QString siteId() const;

Q_SIGNALS:
    void provisionWanted(const QString &siteId);
    void inventoryWanted(const QString &query);
    void connectionWanted();
    void evacuationWanted(const QString &siteId);
    void departureWanted(const QString &siteId); ///< from all sites of its operator

private:
    QWidget *side();
    void listSites();
    void showHistory();
    void listAlerts();

    Desk m_desk;
    QComboBox *m_sites;
    SitePanel *m_panel;
    CapacityHistory *m_history;
    HistoryChart *m_chart;
    QLabel *m_forecast;
    QLabel *m_alerts;
};

}
