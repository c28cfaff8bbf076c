// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/workloadmodel.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

namespace portulan {

QList<int> WorkloadModel::columnsOf(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Instance:
        return {Name, Site, Country, Project, Class, Verdict, State, Count, Ram, Size, Detail, Changed, Id};
    case ObjectKind::Volume:
        return {Name, Site, Country, Project, Class, Verdict, State, Size, Detail, Owner, Changed, Id};
    case ObjectKind::DataSet:
        return {Name, Site, Country, Project, Class, Verdict, State, Count, Size, Changed, Id};
    case ObjectKind::Image:
        return {Name, Site, Country, Project, Size, Detail, Changed, Id};
    case ObjectKind::Snapshot:
        return {Name, Site, Country, Project, Size, Owner, Changed, Id};
    case ObjectKind::Network:
        return {Name, Site, Country, Project, Detail, Changed, Id};
    case ObjectKind::SecurityGroup:
        return {Name, Site, Country, Project, Count, Changed, Id};
    case ObjectKind::KubernetesCluster:
        return {Name, Site, Country, Project, Count, Detail, Changed, Id};
    default:
        return {Name, Site, Id};
    }
}

QString WorkloadModel::columnTitle(ObjectKind kind, int column)
{
    switch (column) {
    case Name:
        return tr("Name");
    case Site:
        return tr("Site");
    case Project:
        return tr("Project");
    case Country:
        return tr("Country");
    case Class:
        return tr("Classification");
    case Verdict:
        return tr("Verdict");
    case State:
        return tr("State");
    case Count:
        return kind == ObjectKind::DataSet          ? tr("Objects")
            : kind == ObjectKind::KubernetesCluster ? tr("Nodes")
            : kind == ObjectKind::SecurityGroup     ? tr("Rules")
                                                    : tr("vCPU");
    case Ram:
        return tr("Memory");
    case Size:
        return tr("Size");
    case Detail:
        return kind == ObjectKind::Instance         ? tr("Flavor")
            : kind == ObjectKind::Network           ? tr("Addresses")
            : kind == ObjectKind::KubernetesCluster ? tr("Version")
                                                    : tr("Format");
    case Owner:
        return kind == ObjectKind::Snapshot ? tr("Taken of") : tr("Attached to");
    case Changed:
        return tr("Changed");
    case Id:
        return tr("Identifier");
    default:
        return {};
    }
}

QVariant WorkloadModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && (section == Count || section == Ram || section == Size)) {
        return int(Qt::AlignRight | Qt::AlignVCenter); // over figures, as they stand
    }
    return role == Qt::DisplayRole ? columnTitle(m_kind, section) : QVariant();
}

QString WorkloadModel::text(Ref ref) const
{
    const auto utf8 = m_federation.inventory().text(ref);
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

const Row &WorkloadModel::row(int row) const
{
    return m_federation.inventory().rows(m_kind)[m_order.at(std::size_t(row))];
}
ObjectId WorkloadModel::objectId(int row) const
{
    return m_federation.inventory().idOf(this->row(row));
}

int WorkloadModel::rowOfObject(const ObjectId &id) const
{
    const Slot slot = id.kind == m_kind ? m_federation.inventory().find(id) : noSlot;
    const auto row = slot == noSlot ? RowOrder::nowhere : m_order.rowOf(slot);
    return row == RowOrder::nowhere ? -1 : int(row);
}

QVariant WorkloadModel::stateOf(const Row &row) const
{
    if (row.custody != Custody::Owner) {
        return Phrases::of(row.custody);
    }
    if (m_kind == ObjectKind::Instance) {
        return Phrases::of(row.state);
    }
    return m_kind == ObjectKind::Volume ? (row.owner == 0 ? tr("Free") : tr("Attached")) : QString();
}

QVariant WorkloadModel::display(const Row &row, int column) const
{
    switch (column) {
    case Name:
        return row.name == 0 ? text(row.id) : text(row.name);
    case Site:
        return m_federation.siteName(text(row.site));
    case Project:
        return text(row.project);
    case Country: {
        const auto *site = m_federation.inventory().site(m_federation.inventory().text(row.site));
        return site == nullptr ? QString() : Phrases::country(site->place.country);
    }
    case Class:
        return isJudged(m_kind) ? Phrases::of(row.classification) : QString();
    case Verdict:
        return isJudged(m_kind) ? Phrases::of(row.verdict) : QString();
    case State:
        return stateOf(row);
    case Count:
        return Formats::number(qint64(row.count));
    case Ram:
        return row.ramBytes == 0 ? QString() : Formats::bytes(row.ramBytes, Formats::Binary);
    case Size:
        return Formats::bytes(row.bytes);
    case Detail:
        return m_kind == ObjectKind::Volume || m_kind == ObjectKind::Image ? Phrases::format(text(row.detail)) : text(row.detail);
    case Owner:
        return text(row.owner);
    case Changed:
        return Formats::dateTime(Instant(std::chrono::milliseconds(row.changedAt)));
    case Id:
        return text(row.id);
    default:
        return {};
    }
}

QVariant WorkloadModel::sortValue(const Row &row, int column) const
{
    switch (column) {
    case Class:
        return int(row.classification);
    case Verdict:
        return int(row.verdict);
    case State:
        return int(row.state);
    case Count:
        return row.count;
    case Ram:
        return qint64(row.ramBytes);
    case Size:
        return qint64(row.bytes);
    case Changed:
        return qint64(row.changedAt);
    default:
        return display(row, column);
    }
}

QVariant WorkloadModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = this->row(index.row());
    if (!row.alive) {
        return {}; // about to be removed
    }
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Count || index.column() == Ram || index.column() == Size ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                                                                          : QVariant();
    case IdRole:
        return QString::fromStdString(m_federation.inventory().idOf(row).text());
    case SiteRole:
        return text(row.site);
    case ProjectRole:
        return text(row.project);
    case SortRole:
        return sortValue(row, index.column());
    case StatusRole:
        return isJudged(m_kind) ? QVariant(int(row.verdict)) : QVariant();
    case StateRole:
        return m_kind == ObjectKind::Instance ? QVariant(int(row.state)) : QVariant();
    case ClassificationRole:
        return isJudged(m_kind) ? QVariant(int(row.classification)) : QVariant();
    case CustodyRole:
        return int(row.custody);
    case StaleRole:
        return !m_federation.standing(text(row.site)).isLive();
    default:
        return {};
    }
}

}
