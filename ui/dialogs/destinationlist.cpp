// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/destinationlist.h"

#include "models/formats.h"
#include "models/phrases.h"

#include <QHeaderView>
#include <QSignalBlocker>

namespace portulan {

namespace {
enum Column { SiteColumn, TakesColumn, ColumnCount };
constexpr int siteRole = Qt::UserRole;
}

DestinationList::DestinationList(const Desk &desk, const QStringList &emptied, QWidget *parent)
    : QTreeWidget(parent)
    , m_desk(desk)
{
    setObjectName(QStringLiteral("evacuate-sites"));
    setAccessibleName(tr("Sites things may go to"));
    setColumnCount(ColumnCount);
    setHeaderLabels({tr("Where to"), tr("Takes")});
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSelectionMode(SingleSelection);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(SiteColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(TakesColumn, QHeaderView::ResizeToContents);
    const auto ids = desk.federation.siteIds();
    for (const auto &id : ids) {
        if (emptied.contains(id)) {
            continue;
        }
        auto *item = new QTreeWidgetItem(this);
        const Site *site = desk.federation.site(id);
        const QString name = desk.federation.siteName(id);
        item->setText(SiteColumn, site == nullptr ? name : QStringLiteral("%1 · %2").arg(name, Phrases::country(site->place.country)));
        item->setData(SiteColumn, siteRole, id);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(SiteColumn, Qt::Checked);
    }
    if (topLevelItemCount() > 0) {
        setCurrentItem(topLevelItem(0));
    }
    connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem *, int column) {
        if (!m_filling && column == SiteColumn) {
            Q_EMIT choiceChanged();
        }
    });
}

QStringList DestinationList::chosen() const
{
    QStringList sites;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (topLevelItem(i)->checkState(SiteColumn) == Qt::Checked) {
            sites += topLevelItem(i)->data(SiteColumn, siteRole).toString();
        }
    }
    return sites;
}

QStringList DestinationList::all() const
{
    QStringList sites;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        sites += topLevelItem(i)->data(SiteColumn, siteRole).toString();
    }
    return sites;
}

void DestinationList::choose(const QStringList &siteIds)
{
    m_filling = true;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        const bool isWanted = siteIds.contains(topLevelItem(i)->data(SiteColumn, siteRole).toString());
        topLevelItem(i)->setCheckState(SiteColumn, isWanted ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
    Q_EMIT choiceChanged();
}

QString DestinationList::note() const
{
    return currentItem() == nullptr ? QString() : currentItem()->toolTip(TakesColumn);
}

void DestinationList::show(const EvacuationPlan &plan)
{
    m_filling = true;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        fill(topLevelItem(i), plan);
    }
    m_filling = false;
}

void DestinationList::fill(QTreeWidgetItem *item, const EvacuationPlan &plan)
{
    const QString id = item->data(SiteColumn, siteRole).toString();
    const bool isChosen = item->checkState(SiteColumn) == Qt::Checked;
    const auto reception = isChosen ? plan.receptionAt(id) : EvacuationPlan::Reception {};
    const auto total = qint64(plan.evacuation().movables.size());
    QString words;
    QString tip;
    if (!isChosen) {
        words = tr("not used");
    } else if (reception.allowed == 0 && reception.obstacle) {
        words = tr("nothing");
        tip = Phrases::sentence(*reception.obstacle);
    } else {
        words = tr("%1 of %2").arg(Formats::number(qint64(reception.taken)), Formats::number(total));
        tip = tr("%1 of %2 may go there; the plan sends %3.")
                  .arg(Formats::number(qint64(reception.allowed)), Formats::number(total), Formats::number(qint64(reception.taken)));
    }
    const Site *site = m_desk.federation.site(id);
    if (site != nullptr && site->capacity.total().storageBytes > 0) {
        const auto free = site->capacity.total().storageBytes - site->capacity.used.storageBytes;
        tip += (tip.isEmpty() ? QString() : QStringLiteral("\n"))
            + tr("Room there now: %1 of storage.").arg(Formats::bytes(std::max<qint64>(free, 0)));
    }
    item->setText(TakesColumn, words);
    item->setToolTip(SiteColumn, tip);
    item->setToolTip(TakesColumn, tip);
    item->setData(TakesColumn, Qt::AccessibleDescriptionRole, tip);
}

}
