// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/verdict.h"
#include "ui/desk.h"

#include <QFrame>

class QLabel;
class QTreeView;

namespace portulan {

class FindingModel;

/// A verdict that can be read: its status, then each rule that speaks, worst first, with the reason; opened, the source and the proof down
/// to the facts it stands on.
class VerdictView : public QFrame {
    Q_OBJECT
public:
    explicit VerdictView(const Desk &desk, QWidget *parent = nullptr);
    /// `where` names the place judged.
    void setVerdict(const Verdict &verdict, const QString &where);
    void setProblem(const QString &words);

private:
    Desk m_desk;
    QLabel *m_glyph;
    QLabel *m_status;
    QLabel *m_summary;
    FindingModel *m_findings;
    QTreeView *m_tree;
};

}
