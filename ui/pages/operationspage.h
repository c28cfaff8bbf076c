// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"
#include "models/migrationplan.h"
#include "ui/desk.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace portulan {

class EvacuationView;
class OperationModel;
class Steering;

/// What runs and what ran, over all sites: progress as the sites report it, of the chosen one its log or the waves of an evacuation, and what may be
/// ordered of it.
class OperationsPage : public QWidget {
    Q_OBJECT
public:
    explicit OperationsPage(const Desk &desk, QWidget *parent = nullptr);

    QString chosen() const; ///< ObjectId::text() of the operation chosen, empty: none
    void choose(const QString &operation); ///< at once, or when the site tells of it

Q_SIGNALS:
    void said(const QString &words);
    void objectWanted(const portulan::ObjectId &object);
    void orderAgainWanted(const portulan::MigrationChoices &choices);

private:
    QWidget *detail();
    void showDetail();
    void showEvacuation(const Operation *operation);
    void showTest(const Operation *operation);
    void showCertificate(const ObjectId &id);
    void chooseWanted();
    std::vector<Operation> selected() const;
    void offerAgain();
    void orderAgain();

    Desk m_desk;
    OperationModel *m_model;
    QTableView *m_table;
    QLabel *m_empty;
    QLabel *m_what;
    QLabel *m_state;
    QLabel *m_numbers;
    QLabel *m_test;
    QPlainTextEdit *m_log;
    QPlainTextEdit *m_console;
    QSplitter *m_split;
    QStackedWidget *m_more; ///< the log, or the waves of an evacuation
    EvacuationView *m_evacuation;
    QWidget *m_actions; ///< of what is no evacuation
    QString m_wanted; ///< an operation that is not known yet
    Steering *m_steering;
    QPushButton *m_again;
    QPushButton *m_object;
    QPushButton *m_certificate;
};

}
