// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace portulan {

class CandidateList;
class ProvisionPlan;

/// Composes one creation: what on the left; on the right every site ranked for it, with the reason where it may not be. The button is
/// enabled by the plan, never by the dialog.
class ProvisionDialog : public QDialog {
    Q_OBJECT
public:
    /// `siteId` chooses a site from the start; empty: the best allowed one.
    ProvisionDialog(const Desk &desk, const QString &siteId, QWidget *parent = nullptr);
    ProvisionPlan *plan() const { return m_plan; }

Q_SIGNALS:
    void ordered(const QString &words);

private:
    QWidget *form();
    void read();
    void kindChosen();
    void fillOffers();
    void show();
    void create();

    Desk m_desk;
    ProvisionPlan *m_plan;
    QComboBox *m_kind;
    QLineEdit *m_name;
    QComboBox *m_project;
    QComboBox *m_classification;
    QComboBox *m_image;
    QSpinBox *m_vcpus;
    QLineEdit *m_memory;
    QLineEdit *m_disk;
    QCheckBox *m_start;
    CandidateList *m_sites;
    QLabel *m_where;
    QLabel *m_obstacles;
    QPushButton *m_create = nullptr;
};

}
