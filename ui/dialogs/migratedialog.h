// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace portulan {

class CandidateList;
class MigrationPlan;

/// Composes a move: every destination ranked, then the source's own preflight – every blocker at once, bytes, time and outage.
class MigrateDialog : public QDialog {
    Q_OBJECT
public:
    MigrateDialog(const Desk &desk, const QVector<ObjectId> &objects, QWidget *parent = nullptr);
    MigrationPlan *plan() const { return m_plan; }

Q_SIGNALS:
    void ordered(const QString &words);

private:
    QWidget *options();
    QWidget *schedule();
    QString summary() const;
    void read();
    void show();
    void move();

    Desk m_desk;
    MigrationPlan *m_plan;
    CandidateList *m_sites;
    QComboBox *m_mode;
    QLineEdit *m_bandwidth;
    QLineEdit *m_hourly;
    QLineEdit *m_window;
    QCheckBox *m_later;
    QDateTimeEdit *m_begin;
    QComboBox *m_retention;
    QCheckBox *m_start;
    QLabel *m_figures;
    QLabel *m_blockers;
    QLabel *m_warnings;
    QPushButton *m_go = nullptr;
    int m_taken = 0;
    QString m_refused;
};

}
