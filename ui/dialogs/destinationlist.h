// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/evacuationplan.h"
#include "ui/desk.h"

#include <QTreeWidget>

namespace portulan {

/// The sites an evacuation may use, each with a tick: how much of what is to be moved may go there and does, or why none of it may.
class DestinationList : public QTreeWidget {
    Q_OBJECT
public:
    DestinationList(const Desk &desk, const QStringList &emptied, QWidget *parent = nullptr);
    QStringList chosen() const; ///< site ids
    QStringList all() const;
    void choose(const QStringList &siteIds); ///< these and no others
    QString note() const; ///< about the site that has the keyboard
    /// After the plan was planned anew.
    void show(const EvacuationPlan &plan);

Q_SIGNALS:
    void choiceChanged();

private:
    void fill(QTreeWidgetItem *item, const EvacuationPlan &plan);

    Desk m_desk;
    bool m_filling = false;
};

}
