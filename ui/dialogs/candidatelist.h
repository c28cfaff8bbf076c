// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/placement.h"
#include "ui/desk.h"

#include <QTreeWidget>

namespace portulan {

/// Sites ranked for a workload: verdict, room left, and for each that is not allowed what stands in its way. A choice is kept while the
/// ranking moves under it.
class CandidateList : public QTreeWidget {
    Q_OBJECT
public:
    explicit CandidateList(const Desk &desk, QWidget *parent = nullptr);
    void setCandidates(const std::vector<Candidate> &candidates);
    void choose(const QString &siteId);
    QString chosen() const { return m_chosen; } ///< empty: none

Q_SIGNALS:
    void siteChosen(const QString &siteId);

private:
    void fill(QTreeWidgetItem *item, const Candidate &candidate);

    Desk m_desk;
    QString m_chosen;
    bool m_filling = false;
};

}
