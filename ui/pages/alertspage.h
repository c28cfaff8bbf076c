// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace portulan {

class AlertModel;

/// What is wrong anywhere, worst first: what the sites report, and the sites that do not answer; with a way to what it is about.
class AlertsPage : public QWidget {
    Q_OBJECT
public:
    explicit AlertsPage(const Desk &desk, QWidget *parent = nullptr);

Q_SIGNALS:
    void objectWanted(const portulan::ObjectId &object);
    void siteWanted(const QString &siteId);

private:
    QWidget *detail();
    void showDetail();
    void jump();
    void listChanged();

    Desk m_desk;
    AlertModel *m_model;
    QTableView *m_table;
    QLabel *m_empty;
    QLabel *m_what;
    QLabel *m_where;
    QPushButton *m_object;
    QPushButton *m_site;
    QPushButton *m_again;
    QTimer m_ageing; ///< ages are shown: they are read anew twice a minute
};

}
