// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace portulan {

class BatchList;
class CandidateList;
class MigrationPlan;
struct MigrationChoices;

/// Composes a move: every destination ranked, then the source's own preflight – every blocker at once, bytes, time and outage. Of several objects
/// each may differ from the others; what was refused stays to be ordered again.
class MigrateDialog : public QDialog {
    Q_OBJECT
public:
    MigrateDialog(const Desk &desk, const QVector<ObjectId> &objects, QWidget *parent = nullptr);
    MigrationPlan *plan() const { return m_plan; }
    void propose(const MigrationChoices &choices); ///< of the same objects

Q_SIGNALS:
    void ordered(const QString &words);

private:
    QWidget *forAll();
    QWidget *options();
    void addSwitching(QFormLayout &layout);
    void followPlan();
    void name();
    void conclude();
    QWidget *schedule();
    bool isDirected() const;
    QString summary() const;
    void read();
    void show();
    void move();

    Desk m_desk;
    MigrationPlan *m_plan;
    CandidateList *m_sites;
    QComboBox *m_mode;
    QComboBox *m_cutOver;
    QLineEdit *m_bandwidth;
    QLineEdit *m_hourly;
    QLineEdit *m_window;
    QCheckBox *m_later;
    QDateTimeEdit *m_begin;
    QComboBox *m_retention;
    QCheckBox *m_start;
    QLabel *m_what;
    QTabWidget *m_tabs = nullptr;
    BatchList *m_each = nullptr; ///< of several
    QLabel *m_figures;
    QLabel *m_blockers;
    QLabel *m_warnings;
    QPushButton *m_go = nullptr;
    int m_taken = 0;
    QString m_refused;
    QString m_project; ///< proposed; empty: the same
    bool m_isProposing = false;
};

}
