// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/verdictview.h"

#include "models/findingmodel.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace portulan {

namespace {

/// Gives a finding the glyph of its status, and lets long sentences wrap.
class FindingDelegate : public QStyledItemDelegate {
public:
    FindingDelegate(const Theme &theme, QTreeView *tree)
        : QStyledItemDelegate(tree)
        , m_theme(theme)
        , m_tree(tree)
    {
    }

    /// A rule is read to its end: as many lines as its words need in the column's width (QTreeView itself asks without a width).
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem own = option;
        initStyleOption(&own, index);
        int depth = 1;
        for (QModelIndex above = index.parent(); above.isValid(); above = above.parent()) {
            ++depth;
        }
        const int taken = (index.column() == 0 ? depth * m_tree->indentation() : 0) + (own.icon.isNull() ? 0 : own.decorationSize.width() + glyphGap)
            + textMargin;
        const int width = std::max(60, m_tree->columnWidth(index.column()) - taken);
        const QRect words = own.fontMetrics.boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, own.text);
        return {
            QStyledItemDelegate::sizeHint(option, index).width(), std::max(words.height() + 2 * lineGap, own.decorationSize.height() + 2 * lineGap)};
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->features |= QStyleOptionViewItem::WrapText;
        const QVariant status = index.data(StatusRole);
        if (status.isValid() && index.column() == 0) {
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->icon = m_theme.icon(Status(status.toInt()));
            option->decorationSize = {16, 16};
        }
    }

private:
    static constexpr int glyphGap = 8;
    static constexpr int textMargin = 12;
    static constexpr int lineGap = 5;
    const Theme &m_theme;
    QTreeView *m_tree;
};

}

VerdictView::VerdictView(const Desk &desk, QWidget *parent)
    : QFrame(parent)
    , m_desk(desk)
    , m_glyph(new QLabel(this))
    , m_status(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_findings(new FindingModel(this))
    , m_tree(new QTreeView(this))
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
    m_summary->setObjectName(QStringLiteral("verdict-summary"));
    m_summary->setProperty("dim", true);
    for (auto *label : {m_status, m_summary}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    head->addWidget(m_status, 1);
    layout->addLayout(head);
    layout->addWidget(m_summary);
    m_tree->setObjectName(QStringLiteral("verdict-findings"));
    m_tree->setAccessibleName(tr("Rules and their proof"));
    m_tree->setModel(m_findings);
    m_tree->setItemDelegate(new FindingDelegate(desk.theme, m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setWordWrap(true);
    m_tree->setIndentation(14);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setMinimumHeight(240);
    m_tree->setColumnHidden(FindingModel::Severity, true);
    m_tree->setColumnHidden(FindingModel::Source, true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FindingModel::What, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(FindingModel::Outcome, QHeaderView::ResizeToContents);
    connect(m_tree->header(), &QHeaderView::sectionResized, m_tree, &QTreeView::doItemsLayout, Qt::QueuedConnection); // heights follow the width
    layout->addWidget(m_tree, 1);
}

void VerdictView::setProblem(const QString &words)
{
    m_glyph->setPixmap(m_desk.theme.icon(Status::NotEvaluated).pixmap(20, 20));
    m_status->setText(Phrases::of(Status::NotEvaluated));
    m_summary->setText(words);
    m_findings->setVerdict({});
}

void VerdictView::setVerdict(const Verdict &verdict, const QString &where)
{
    m_glyph->setPixmap(m_desk.theme.icon(verdict.status).pixmap(20, 20));
    m_status->setText(tr("%1 in %2", "verdict and place").arg(Phrases::of(verdict.status), where));
    const auto broken = verdict.refusals();
    const QString when = Formats::date(verdict.judgedOn);
    const QString rules = QString::fromStdString(verdict.rulebookVersion);
    m_summary->setText(broken.empty()
            ? tr("Judged on %1 under rules %2.").arg(when, rules)
            : tr("%1. Judged on %2 under rules %3.", "the worst broken rule, a date, a version").arg(Phrases::title(*broken.front()), when, rules));
    m_findings->setVerdict(verdict);
}

}
