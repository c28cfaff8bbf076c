// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/alertmodel.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

#include <algorithm>

namespace portulan {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// A site that cannot be seen is an alert of the console's own.
std::optional<Alert> alertOf(const QString &siteId, const Standing &standing)
{
    if (standing.state != LinkState::Stale && standing.state != LinkState::Refused) {
        return std::nullopt;
    }
    Alert alert;
    alert.id = {siteId.toStdString(), ObjectKind::Alert, "link"};
    alert.severity = AlertSeverity::Critical;
    alert.problem = standing.problem;
    alert.problem.facts.emplace("site", siteId.toStdString());
    alert.object = siteId.toStdString();
    alert.since = standing.lastHeard;
    return alert;
}

}

AlertModel::AlertModel(Federation &federation, QObject *parent)
    : KeyedTable(parent)
    , m_federation(federation)
{
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.alerts || !what.sites.empty()) {
            list();
        }
    });
    connect(&federation, &Federation::siteRemoved, this, &AlertModel::list);
    list();
}

void AlertModel::list()
{
    std::vector<Alert> all;
    for (const auto &siteId : m_federation.siteIds()) {
        if (auto alert = alertOf(siteId, m_federation.standing(siteId))) {
            all.push_back(std::move(*alert));
        }
    }
    for (const Alert *alert : m_federation.inventory().alerts()) {
        all.push_back(*alert);
    }
    std::ranges::stable_sort(all, std::greater<>(), &Alert::severity);
    std::vector<std::string> wanted;
    std::map<std::string, Alert> shown;
    for (auto &alert : all) {
        wanted.push_back(alert.id.text());
        shown.emplace(wanted.back(), std::move(alert));
    }
    m_shown.swap(shown);
    become(wanted);
    for (int row = 0; row < rowCount(); ++row) {
        const auto before = shown.find(key(row));
        if (before != shown.end() && before->second != m_shown.at(key(row))) {
            rowChanged(row);
        }
    }
}

const Alert *AlertModel::alert(int row) const
{
    const auto at = row < 0 || row >= rowCount() ? m_shown.end() : m_shown.find(key(row));
    return at == m_shown.end() ? nullptr : &at->second;
}

int AlertModel::count(AlertSeverity severity) const
{
    return int(std::ranges::count_if(m_shown, [severity](const auto &shown) { return shown.second.severity == severity; }));
}

/// The name people gave it, where it is known.
QString AlertModel::objectName(const std::string &object) const
{
    const auto id = ObjectId::fromText(object);
    if (id && id->kind == ObjectKind::Site) {
        return m_federation.siteName(text(id->site));
    }
    const Inventory &inventory = m_federation.inventory();
    const Slot slot = id ? inventory.find(*id) : noSlot;
    if (slot == noSlot) {
        return text(object);
    }
    const auto name = inventory.text(inventory.rows(id->kind)[slot].name);
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

QVariant AlertModel::display(const Alert &alert, int column) const
{
    switch (column) {
    case Severity:
        return Phrases::of(alert.severity);
    case Site:
        return m_federation.siteName(text(alert.id.site));
    case What:
        return Phrases::sentence(alert.problem);
    case Object:
        return objectName(alert.object);
    case Since:
        return alert.since == Instant {} ? QString() : Formats::ago((m_federation.now() - alert.since).count());
    default:
        return {};
    }
}

QVariant AlertModel::data(const QModelIndex &index, int role) const
{
    const Alert *shown = checkIndex(index, CheckIndexOption::IndexIsValid) ? alert(index.row()) : nullptr;
    if (shown == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::ToolTipRole:
        if (index.column() == Since) {
            return Formats::dateTime(shown->since);
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        return display(*shown, index.column());
    case IdRole:
        return text(shown->id.text());
    case SiteRole:
        return text(shown->id.site);
    case StateRole:
        return int(shown->severity);
    case SortRole:
        return index.column() == Severity ? QVariant(int(shown->severity))
            : index.column() == Since     ? QVariant(qint64(shown->since.time_since_epoch().count()))
                                          : display(*shown, index.column());
    default:
        return {};
    }
}

QVariant AlertModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Severity:
        return tr("Severity");
    case Site:
        return tr("Site");
    case What:
        return tr("What is wrong");
    case Object:
        return tr("About");
    case Since:
        return tr("Since");
    default:
        return {};
    }
}

}
