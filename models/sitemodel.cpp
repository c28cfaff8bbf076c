// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/sitemodel.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

namespace portulan {

using namespace std::chrono_literals;

namespace {
QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}
}

SiteModel::SiteModel(Federation &federation, CensusTaker &census, QObject *parent)
    : KeyedTable(parent)
    , m_federation(federation)
    , m_census(census)
{
    connect(&federation, &Federation::siteAdded, this, &SiteModel::list);
    connect(&federation, &Federation::siteRemoved, this, &SiteModel::list);
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        for (const auto &id : what.sites) {
            if (const int row = rowOf(id); row >= 0) {
                rowChanged(row);
            }
        }
    });
    connect(&census, &CensusTaker::counted, this, [this] {
        if (rowCount() > 0) {
            Q_EMIT dataChanged(index(0, Instances), index(rowCount() - 1, Verdict));
        }
    });
    connect(&m_ages, &QTimer::timeout, this, [this] {
        for (int row = 0; row < rowCount(); ++row) {
            if (m_federation.standing(siteId(row)).state == LinkState::Stale) {
                Q_EMIT dataChanged(index(row, State), index(row, State));
            }
        }
    });
    m_ages.start(1s);
    list();
}

void SiteModel::list()
{
    std::vector<std::string> ids;
    for (const auto &id : m_federation.siteIds()) {
        ids.push_back(id.toStdString());
    }
    become(ids);
}

qint64 SiteModel::age(const QString &siteId) const
{
    const Instant heard = m_federation.standing(siteId).lastHeard;
    return heard == Instant {} ? -1 : std::max<qint64>((m_federation.now() - heard).count(), 0);
}

QString SiteModel::used(const QString &siteId, int column) const
{
    const Site *site = m_federation.site(siteId);
    if (site == nullptr) {
        return {};
    }
    const Amounts all = site->capacity.total();
    const Amounts &used = site->capacity.used;
    switch (column) {
    //: an amount used of a total
    case Vcpus:
        return all.vcpus <= 0 ? QString() : tr("%1 of %2").arg(Formats::number(used.vcpus), Formats::number(all.vcpus));
    case Ram:
        return all.ramBytes <= 0 ? QString()
                                 : tr("%1 of %2").arg(Formats::bytes(used.ramBytes, Formats::Binary), Formats::bytes(all.ramBytes, Formats::Binary));
    case Storage:
        return all.storageBytes <= 0 ? QString() : tr("%1 of %2").arg(Formats::bytes(used.storageBytes), Formats::bytes(all.storageBytes));
    default:
        return {};
    }
}

QVariant SiteModel::display(const QString &siteId, int column) const
{
    if (column == Name) {
        return m_federation.siteName(siteId);
    }
    if (column == State) {
        return Phrases::standing(m_federation.standing(siteId).state, age(siteId));
    }
    const Site *site = m_federation.site(siteId);
    if (site == nullptr) {
        return {};
    }
    const auto &tally = m_census.census().site(site->id);
    switch (column) {
    case City:
        return text(site->place.city);
    case Country:
        return Phrases::country(site->place.country);
    case Operator:
        return text(site->operatedBy.name);
    case ParentCountry:
        return Phrases::country(site->operatedBy.ultimateParentCountry);
    case Kind:
        return Phrases::of(site->kind);
    case StackName:
        return Phrases::of(site->stack);
    case Load:
        return Formats::percent(site->capacity.load());
    case Vcpus:
    case Ram:
    case Storage:
        return used(siteId, column);
    case Instances:
        return Formats::number(qint64(tally.of(ObjectKind::Instance)));
    case Verdict:
        return tally.judged() == 0 ? QString() : Phrases::of(tally.worst());
    case Version:
        return text(site->version);
    default:
        return {};
    }
}

QVariant SiteModel::sortValue(const QString &siteId, int column) const
{
    const Site *site = m_federation.site(siteId);
    if (column == State) {
        return int(m_federation.standing(siteId).state);
    }
    if (site == nullptr) {
        return display(siteId, column);
    }
    const auto &tally = m_census.census().site(site->id);
    switch (column) {
    case Load:
        return site->capacity.load();
    case Vcpus:
        return qint64(site->capacity.used.vcpus);
    case Ram:
        return qint64(site->capacity.used.ramBytes);
    case Storage:
        return qint64(site->capacity.used.storageBytes);
    case Instances:
        return qint64(tally.of(ObjectKind::Instance));
    case Verdict:
        return tally.judged() == 0 ? int(allStatuses.size()) : int(tally.worst());
    default:
        return display(siteId, column);
    }
}

QVariant SiteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto id = siteId(index.row());
    const auto standing = m_federation.standing(id);
    switch (role) {
    case Qt::DisplayRole:
        return display(id, index.column());
    case Qt::ToolTipRole:
        return standing.state == LinkState::Stale || standing.state == LinkState::Refused ? Phrases::sentence(standing.problem) : QString();
    case Qt::TextAlignmentRole:
        return index.column() >= Load && index.column() <= Instances ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case IdRole:
    case SiteRole:
        return id;
    case SortRole:
        return sortValue(id, index.column());
    case StateRole:
        return int(standing.state);
    case StaleRole:
        return !standing.isLive();
    case StatusRole: {
        const auto &tally = m_census.census().site(key(index.row()));
        return tally.judged() == 0 ? QVariant() : int(tally.worst());
    }
    case ShareRole: {
        const Site *site = m_federation.site(id);
        return site == nullptr ? -1.0 : site->capacity.load();
    }
    default:
        return {};
    }
}

QVariant SiteModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Site");
    case City:
        return tr("City");
    case Country:
        return tr("Country");
    case Operator:
        return tr("Operator");
    case ParentCountry:
        return tr("Ultimate parent");
    case Kind:
        return tr("Kind");
    case StackName:
        return tr("Stack");
    case State:
        return tr("Link");
    case Load:
        return tr("Load");
    case Vcpus:
        return tr("vCPU");
    case Ram:
        return tr("Memory");
    case Storage:
        return tr("Storage");
    case Instances:
        return tr("Instances");
    case Verdict:
        return tr("Verdict");
    case Version:
        return tr("Version");
    default:
        return {};
    }
}

}
