// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/migrationplan.h"
#include "ui/desk.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace portulan {

class MigrationMoves;

/// The objects of a batch one by one: a list of what holds for each, dim where it is as for all, and below it what is to be different for those
/// that are selected.
class BatchList : public QWidget {
    Q_OBJECT
public:
    BatchList(const Desk &desk, const MigrationPlan &plan, QWidget *parent = nullptr);

    const std::map<ObjectId, MigrationException> &exceptions() const { return m_exceptions; }
    void setExceptions(std::map<ObjectId, MigrationException> exceptions);
    void refresh(); ///< the plan differs
    int differing() const;
    bool isReadable() const; ///< what was typed last makes sense

Q_SIGNALS:
    void choiceChanged();

private:
    static QString anyHour();
    void dress();
    QWidget *form();
    void addChoices();
    std::vector<ObjectId> selected() const;
    void showSelected();
    void decide();
    void clear();
    template <typename Change>
    void change(Change make);

    Desk m_desk;
    const MigrationPlan &m_plan;
    MigrationMoves *m_moves;
    QTableView *m_table;
    QLabel *m_what;
    QComboBox *m_to;
    QComboBox *m_mode;
    QComboBox *m_cutOver;
    QLineEdit *m_hours;
    QLineEdit *m_bandwidth;
    QLineEdit *m_begin;
    QComboBox *m_keep;
    QPushButton *m_clear;
    QLabel *m_problem;
    std::map<ObjectId, MigrationException> m_exceptions;
    bool m_isShowing = false;
};

}
