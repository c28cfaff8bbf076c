// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace portulan {

class AuditModel;

/// Who did what on a site, allowed or refused, and whether the trail is intact.
class TrailPage : public QWidget {
    Q_OBJECT
public:
    explicit TrailPage(const Desk &desk, QWidget *parent = nullptr);
    QString siteId() const;
    void setSite(const QString &siteId); ///< unknown: leaves it as it is

protected:
    void showEvent(QShowEvent *event) override;

private:
    void listSites();
    void load();

    Desk m_desk;
    AuditModel *m_model;
    QComboBox *m_sites;
    QLabel *m_words;
};

}
