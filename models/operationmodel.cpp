// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/operationmodel.h"

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
}

OperationModel::OperationModel(Federation &federation, QObject *parent)
    : KeyedTable(parent)
    , m_federation(federation)
{
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.operations) {
            list();
        }
    });
    list();
}

void OperationModel::list()
{
    const auto all = m_federation.inventory().operations();
    std::set<std::string> atSource;
    for (const Operation *operation : all) {
        if (operation->kind == "migrate") {
            atSource.insert(operation->migration);
        }
    }
    std::vector<std::string> wanted;
    std::map<std::string, Operation> shown;
    for (const Operation *operation : all) {
        if (operation->kind != "migrate.incoming" || operation->migration.empty() || !atSource.contains(operation->migration)) {
            wanted.push_back(operation->id.text());
            shown.emplace(wanted.back(), *operation);
        }
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

const Operation *OperationModel::operation(int row) const
{
    const auto at = row < 0 || row >= rowCount() ? m_shown.end() : m_shown.find(key(row));
    return at == m_shown.end() ? nullptr : &at->second;
}

int OperationModel::running() const
{
    return int(std::ranges::count_if(m_shown, [](const auto &shown) { return !isOver(shown.second.state); }));
}

double OperationModel::rate(const Operation &operation, Instant now)
{
    if (operation.bytesPerSecond > 0 && !isOver(operation.state)) {
        return double(operation.bytesPerSecond);
    }
    const auto until = isOver(operation.state) ? operation.endedAt : now;
    const double seconds = double((until - operation.startedAt).count()) / 1000;
    return operation.startedAt == Instant {} || seconds < 0.5 ? 0 : double(operation.bytesDone) / seconds;
}

double OperationModel::remaining(const Operation &operation, Instant now)
{
    if (isOver(operation.state) || operation.waiting != Problem {}) {
        return -1;
    }
    if (operation.remainingMs > 0) {
        return double(operation.remainingMs) / 1000;
    }
    const double speed = rate(operation, now);
    const bool isCounted = operation.permille > 0; // by the site, which cannot say now
    return isCounted || speed <= 0 || operation.bytesTotal <= 0 ? -1 : double(operation.bytesTotal - operation.bytesDone) / speed;
}

QVariant OperationModel::display(const Operation &operation, int column) const
{
    switch (column) {
    case What:
        return Phrases::operation(operation, m_federation.siteName(text(operation.toSite)));
    case State:
        return Phrases::of(operation.state);
    case Progress: {
        if (operation.progress() < 0) {
            return QString();
        }
        const double left = remaining(operation, m_federation.now());
        const auto done = Formats::percent(operation.progress());
        //: %1 is a percentage, %2 how long it will still take
        return left < 0 ? done : tr("%1, about %2 left").arg(done, Formats::duration(left));
    }
    case Phase:
        return operation.state == OperationState::Failed ? Phrases::title(operation.problem.reason)
            : operation.waiting != Problem {}            ? Phrases::waiting(operation)
                                                         : Phrases::phase(operation);
    case Site:
        return m_federation.siteName(text(operation.id.site));
    case Started:
        return Formats::dateTime(operation.startedAt);
    case Ended:
        return Formats::dateTime(operation.endedAt);
    case By:
        return text(operation.requestedBy);
    default:
        return {};
    }
}

QVariant OperationModel::sortValue(const Operation &operation, int column) const
{
    switch (column) {
    case State:
        return int(operation.state);
    case Progress:
        return operation.progress();
    case Started:
        return qint64(operation.startedAt.time_since_epoch().count());
    case Ended:
        return qint64(operation.endedAt.time_since_epoch().count());
    default:
        return display(operation, column);
    }
}

QVariant OperationModel::data(const QModelIndex &index, int role) const
{
    const Operation *shown = checkIndex(index, CheckIndexOption::IndexIsValid) ? operation(index.row()) : nullptr;
    if (shown == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return display(*shown, index.column());
    case Qt::ToolTipRole:
        return shown->state == OperationState::Failed || shown->state == OperationState::Cancelled ? Phrases::sentence(shown->problem)
                                                                                                   : Phrases::waiting(*shown);
    case IdRole:
        return text(shown->id.text());
    case SiteRole:
        return text(shown->id.site);
    case ProjectRole:
        return text(shown->project);
    case StateRole:
        return int(shown->state);
    case ShareRole:
        return isOver(shown->state) && shown->state == OperationState::Done ? 1.0 : shown->progress();
    case StaleRole:
        return !m_federation.standing(text(shown->id.site)).isLive();
    case SortRole:
        return sortValue(*shown, index.column());
    default:
        return {};
    }
}

QVariant OperationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case What:
        return tr("Operation");
    case State:
        return tr("State");
    case Progress:
        return tr("Progress");
    case Phase:
        return tr("Phase");
    case Site:
        return tr("Site");
    case Started:
        return tr("Started");
    case Ended:
        return tr("Ended");
    case By:
        return tr("Asked by");
    default:
        return {};
    }
}

}
