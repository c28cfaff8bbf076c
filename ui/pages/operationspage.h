// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace portulan {

class OperationModel;
class Steering;

/// What runs and what ran, over all sites: progress as the sites report it, the log of the chosen one, cancel while that is possible.
class OperationsPage : public QWidget {
    Q_OBJECT
public:
    explicit OperationsPage(const Desk &desk, QWidget *parent = nullptr);

    QString chosen() const; ///< ObjectId::text() of the operation chosen, empty: none
    void choose(const QString &operation);

Q_SIGNALS:
    void said(const QString &words);
    void objectWanted(const portulan::ObjectId &object);

private:
    QWidget *detail();
    void showDetail();
    void showCertificate();

    Desk m_desk;
    OperationModel *m_model;
    QTableView *m_table;
    QLabel *m_empty;
    QLabel *m_what;
    QLabel *m_state;
    QLabel *m_numbers;
    QPlainTextEdit *m_log;
    Steering *m_steering;
    QPushButton *m_object;
    QPushButton *m_certificate;
};

}
