// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include "core/site.h"

#include <QScrollArea>

class QVBoxLayout;

namespace portulan {

class Section;

/// All that is known of one site: standing, capacity, operator and who holds it, certificates and their ends, facts with their sources.
/// Follows the federation; shows the last known state, dated, when the site is lost.
class SitePanel : public QScrollArea {
    Q_OBJECT
public:
    SitePanel(const Desk &desk, QWidget *parent = nullptr);

    void setSite(const QString &siteId);
    QString siteId() const { return m_siteId; }
    /// All facts too (the site's own page), or what matters at a glance (beside the map).
    void setDetailed(bool detailed);

Q_SIGNALS:
    void provisionWanted(const QString &siteId);
    void inventoryWanted(const QString &query);
    void connectionWanted();
    void evacuationWanted(const QString &siteId);
    void departureWanted(const QString &siteId); ///< from all sites of its operator

private:
    void rebuild();
    void addInvitation(QVBoxLayout *layout);
    void addHeader(QVBoxLayout *layout, const Site *site);
    void addDepartures(QVBoxLayout *layout);
    QWidget *capacity(const Site &site);
    QWidget *operation(const Site &site);
    QWidget *certificates(const Site &site);
    QWidget *verdicts(const Site &site);
    QWidget *facts(const Site &site);

    Desk m_desk;
    QString m_siteId;
    bool m_detailed = false;
};

}
