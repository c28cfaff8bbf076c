// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/candidatelist.h"

#include "models/federation.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/theme.h"

#include <QHeaderView>

namespace portulan {

namespace {
enum Column { SiteColumn, VerdictColumn, RoomColumn, ColumnCount };
constexpr int siteRole = Qt::UserRole;
}

CandidateList::CandidateList(const Desk &desk, QWidget *parent)
    : QTreeWidget(parent)
    , m_desk(desk)
{
    setObjectName(QStringLiteral("candidates"));
    setAccessibleName(tr("Sites, best first"));
    setColumnCount(ColumnCount);
    setHeaderLabels({tr("Site"), tr("Verdict"), tr("Left after it")});
    setRootIsDecorated(true);
    setUniformRowHeights(false);
    setWordWrap(true);
    setSelectionMode(SingleSelection);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(SiteColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(VerdictColumn, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(RoomColumn, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *current) {
        if (m_filling || current == nullptr) {
            return;
        }
        const QTreeWidgetItem *top = current->parent() == nullptr ? current : current->parent();
        const QString site = top->data(SiteColumn, siteRole).toString();
        if (site != m_chosen) {
            m_chosen = site;
            Q_EMIT siteChosen(site);
        }
    });
}

void CandidateList::setCandidates(const std::vector<Candidate> &candidates)
{
    m_filling = true;
    while (topLevelItemCount() > int(candidates.size())) {
        delete takeTopLevelItem(topLevelItemCount() - 1);
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        auto *item = topLevelItem(int(i));
        if (item == nullptr) {
            item = new QTreeWidgetItem(this);
        }
        fill(item, candidates[i]);
        if (item->data(SiteColumn, siteRole).toString() == m_chosen && currentItem() != item) {
            setCurrentItem(item);
        }
    }
    m_filling = false;
}

void CandidateList::fill(QTreeWidgetItem *item, const Candidate &candidate)
{
    const QString id = QString::fromStdString(candidate.site);
    const Site *site = m_desk.federation.site(id);
    QString name = m_desk.federation.siteName(id);
    if (site != nullptr) {
        name += QStringLiteral(" · ") + Phrases::country(site->place.country);
    }
    item->setText(SiteColumn, name);
    item->setData(SiteColumn, siteRole, id);
    item->setIcon(VerdictColumn, m_desk.theme.icon(candidate.verdict.status));
    item->setText(VerdictColumn, Phrases::of(candidate.verdict.status));
    item->setText(RoomColumn, candidate.allowed ? Formats::percent(candidate.headroom) : tr("not possible"));
    QStringList reasons;
    for (const Problem &obstacle : candidate.obstacles) {
        reasons += Phrases::sentence(obstacle);
    }
    while (item->childCount() > int(reasons.size())) {
        delete item->takeChild(item->childCount() - 1);
    }
    for (int i = 0; i < reasons.size(); ++i) {
        auto *reason = item->child(i);
        if (reason == nullptr) {
            reason = new QTreeWidgetItem(item);
        }
        reason->setText(SiteColumn, reasons.at(i));
        reason->setFirstColumnSpanned(true);
    }
    item->setToolTip(SiteColumn, reasons.join(QLatin1Char('\n')));
}

void CandidateList::choose(const QString &siteId)
{
    m_chosen = siteId;
    m_filling = true;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        auto *item = topLevelItem(i);
        if (item->data(SiteColumn, siteRole).toString() == siteId) {
            setCurrentItem(item);
            item->setExpanded(item->childCount() > 0);
        }
    }
    m_filling = false;
}

}
