// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/verdictview.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "ui/pages/sections.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace portulan {

namespace {

/// The status whose glyph and colour stand for an outcome.
Status statusOf(Outcome outcome, Severity severity)
{
    switch (outcome) {
    case Outcome::Pass:
    case Outcome::PassAttested:
    case Outcome::NotApplicable: return Status::Compliant;
    case Outcome::Review: return Status::ToWatch;
    case Outcome::Fail: return severity == Severity::Blocker ? Status::NonCompliant : Status::ToWatch;
    case Outcome::Conflict: return Status::Conflict;
    case Outcome::NotEvaluated: return Status::NotEvaluated;
    }
    return Status::NotEvaluated;
}

QTreeWidgetItem *line(QTreeWidgetItem *parent, const QString &text)
{
    auto *item = new QTreeWidgetItem(parent, {text});
    item->setToolTip(0, text);
    return item;
}

}

VerdictView::VerdictView(const Desk &desk, QWidget *parent)
    : QFrame(parent)
    , m_desk(desk)
    , m_glyph(new QLabel(this))
    , m_status(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_tree(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("verdict"));
    setProperty("card", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 14);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(m_glyph);
    m_status->setObjectName(QStringLiteral("verdict-status"));
    m_status->setProperty("heading", true);
    m_status->setTextFormat(Qt::PlainText);
    head->addWidget(m_status, 1);
    layout->addLayout(head);
    m_summary->setObjectName(QStringLiteral("verdict-summary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setProperty("dim", true);
    layout->addWidget(m_summary);
    m_tree->setObjectName(QStringLiteral("verdict-findings"));
    m_tree->setAccessibleName(tr("Rules and their proof"));
    m_tree->setHeaderHidden(true);
    m_tree->setWordWrap(true);
    m_tree->setUniformRowHeights(false);
    m_tree->setIndentation(14);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_tree->setMinimumHeight(260);
    layout->addWidget(m_tree, 1);
}

void VerdictView::setProblem(const QString &words)
{
    m_glyph->setPixmap(m_desk.theme.icon(Status::NotEvaluated).pixmap(20, 20));
    m_status->setText(Phrases::of(Status::NotEvaluated));
    m_summary->setText(words);
    m_tree->clear();
}

void VerdictView::setVerdict(const Verdict &verdict, const QString &where)
{
    m_glyph->setPixmap(m_desk.theme.icon(verdict.status).pixmap(20, 20));
    m_status->setText(tr("%1 in %2", "verdict and place").arg(Phrases::of(verdict.status), where));
    m_status->setAccessibleName(m_status->text());
    const auto broken = verdict.refusals();
    m_summary->setText(broken.empty() ? tr("Judged on %1 under rules %2.").arg(Formats::date(verdict.judgedOn), QString::fromStdString(verdict.rulebookVersion))
                                      : tr("%1. Judged on %2 under rules %3.", "the worst broken rule, a date, a version")
                                            .arg(Phrases::title(*broken.front()), Formats::date(verdict.judgedOn), QString::fromStdString(verdict.rulebookVersion)));
    m_tree->clear();
    for (const Finding &finding : verdict.findings) {
        addFinding(finding);
    }
}

void VerdictView::addFinding(const Finding &finding)
{
    const Status status = statusOf(finding.outcome, finding.severity);
    auto *item = new QTreeWidgetItem(m_tree, {QStringLiteral("%1 — %2").arg(Phrases::title(finding), Phrases::of(finding.outcome))});
    item->setIcon(0, m_desk.theme.icon(status));
    item->setToolTip(0, Phrases::explanation(finding));
    line(item, Phrases::explanation(finding));
    line(item, tr("Rule %1 · %2").arg(QString::fromStdString(finding.rule), Phrases::of(finding.severity)));
    line(item, tr("Source: %1, %2").arg(QString::fromStdString(finding.source.name), QString::fromStdString(finding.source.reference)));
    if (!finding.attestedBy.empty()) {
        line(item, tr("Vouched for by %1").arg(QString::fromStdString(finding.attestedBy)));
    }
    auto *applies = line(item, tr("Why it applies"));
    addProof(applies, finding.applies);
    if (!finding.condition.expression.empty()) {
        auto *condition = line(item, tr("What it asks"));
        addProof(condition, finding.condition);
        condition->setExpanded(true);
    }
}

void VerdictView::addProof(QTreeWidgetItem *parent, const Proof &proof)
{
    auto *item = line(parent, Phrases::proof(proof));
    if (proof.fact) {
        line(item, provenance(*proof.fact));
    }
    for (const Proof &part : proof.parts) {
        addProof(item, part);
    }
}

}
