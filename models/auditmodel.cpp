// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/auditmodel.h"

#include "models/await.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

namespace portulan {

namespace {
constexpr int pageSize = 200;
}

AuditModel::AuditModel(Federation &federation, QObject *parent)
    : QAbstractTableModel(parent)
    , m_federation(federation)
{
}

void AuditModel::show(const QString &siteId, const QString &object)
{
    beginResetModel();
    ++m_generation;
    m_siteId = siteId;
    m_object = object;
    m_nextPage.clear();
    m_entries.clear();
    m_problem.reset();
    m_isAsking = false;
    m_isComplete = m_federation.link(siteId) == nullptr;
    endResetModel();
    ask();
}

bool AuditModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isComplete && !m_isAsking && !m_problem;
}

void AuditModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        ask();
    }
}

void AuditModel::ask()
{
    SiteLink *link = m_federation.link(m_siteId);
    if (link == nullptr || m_isAsking) {
        return;
    }
    m_isAsking = true;
    await(link->audit(m_nextPage, pageSize, m_object), this, [this, asked = m_generation](const Result<AuditPage> &page) {
        if (asked != m_generation) {
            return;
        }
        m_isAsking = false;
        if (!page) {
            m_problem = page.error();
            Q_EMIT paged();
            return;
        }
        m_nextPage = page->nextPageToken;
        m_isComplete = m_nextPage.isEmpty();
        if (!page->entries.isEmpty()) {
            beginInsertRows({}, int(m_entries.size()), int(m_entries.size() + page->entries.size()) - 1);
            m_entries += page->entries;
            endInsertRows();
        }
        Q_EMIT paged();
    });
}

void AuditModel::verify()
{
    if (SiteLink *link = m_federation.link(m_siteId)) {
        await(link->verifyAudit(), this, [this, asked = m_generation](const Result<AuditVerification> &answer) {
            if (asked != m_generation) {
                return;
            }
            if (answer) {
                Q_EMIT verified(*answer);
            } else {
                Q_EMIT verificationFailed(answer.error());
            }
        });
    }
}

QString AuditModel::display(const AuditEntry &entry, int column) const
{
    switch (column) {
    case Sequence:
        return Formats::number(qint64(entry.sequence));
    case At:
        return Formats::dateTime(entry.at);
    case Actor:
        return entry.actor;
    case Role:
        return Phrases::role(entry.role);
    case Action:
        return Phrases::operation(entry.action);
    case Object:
        return entry.object;
    case Outcome:
        return Phrases::auditOutcome(entry.outcome);
    case Hash:
        return entry.hash;
    default:
        return {};
    }
}

QVariant AuditModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(entry, index.column());
    case Qt::ToolTipRole:
        return entry.outcome == u"allowed" ? entry.detail : Phrases::sentence(entry.problem);
    case IdRole:
        return entry.object;
    case SiteRole:
        return m_siteId;
    case ProjectRole:
        return entry.project;
    case SortRole:
        return index.column() == Sequence ? QVariant(entry.sequence)
            : index.column() == At        ? QVariant(qint64(entry.at.time_since_epoch().count()))
                                          : display(entry, index.column());
    default:
        return {};
    }
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Sequence:
        return tr("No.");
    case At:
        return tr("Moment");
    case Actor:
        return tr("Who");
    case Role:
        return tr("Role");
    case Action:
        return tr("Action");
    case Object:
        return tr("Object");
    case Outcome:
        return tr("Outcome");
    case Hash:
        return tr("Digest");
    default:
        return {};
    }
}

}
