// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/answers.h"

#include "proto/wire.h"
#include "proto/wirereader.h"

namespace portulan::answers {

namespace {

constexpr int maxGrants = 4096;
constexpr int maxProblems = 1024;
constexpr double maxSeconds = 1e9; ///< thirty years

QString text(wire::Reader &reader, std::string_view field, const std::string &value, std::size_t limit = wire::maxNameBytes)
{
    return QString::fromStdString(reader.text(field, value, limit));
}

template <typename List>
QVector<Problem> problems(wire::Reader &reader, std::string_view field, const List &list)
{
    QVector<Problem> problems;
    if (reader.fits(field, list.size(), maxProblems)) {
        for (const auto &problem : list) {
            problems.push_back(wire::fromWire(problem));
        }
    }
    return problems;
}

AuditEntry entry(wire::Reader &reader, const v1::AuditEntry &message)
{
    AuditEntry entry;
    entry.sequence = message.sequence();
    entry.at = reader.moment("at", message.has_at(), message.at());
    entry.actor = text(reader, "actor", message.actor());
    entry.role = text(reader, "role", message.role());
    entry.action = text(reader, "action", message.action());
    entry.object = text(reader, "object", message.object());
    entry.project = text(reader, "project", message.project());
    entry.outcome = text(reader, "outcome", message.outcome());
    entry.requestId = text(reader, "request_id", message.request_id());
    entry.detail = text(reader, "detail", message.detail(), wire::maxTextBytes);
    entry.previousHash = QString::fromStdString(reader.digest("prev_hash", message.prev_hash()));
    entry.hash = QString::fromStdString(reader.digest("hash", message.hash()));
    if (message.has_problem()) {
        entry.problem = wire::fromWire(message.problem());
    }
    return entry;
}

}

Result<Identity> from(const v1::Identity &message)
{
    wire::Reader reader;
    Identity identity;
    identity.identity = text(reader, "identity", message.identity());
    if (reader.fits("grants", message.grants_size(), maxGrants)) {
        for (const auto &grant : message.grants()) {
            identity.grants.push_back({text(reader, "grant.role", grant.role(), 64), text(reader, "grant.project", grant.project(), 64)});
        }
    }
    return reader.done(std::move(identity));
}

Result<MigrationAssessment> from(const v1::MigrationPlan &message)
{
    wire::Reader reader;
    MigrationAssessment plan;
    plan.blockers = problems(reader, "blockers", message.blockers());
    plan.warnings = problems(reader, "warnings", message.warnings());
    if (message.has_verdict()) {
        plan.verdict = reader.take(wire::fromWire(message.verdict()));
    }
    plan.bytes = reader.amount("bytes", message.bytes());
    plan.diskBytes = reader.amount("disk_bytes", message.disk_bytes());
    plan.seconds = reader.number("seconds", message.seconds(), 0, maxSeconds);
    plan.secondsError = reader.number("seconds_error", message.seconds_error(), 0, maxSeconds);
    plan.outageSeconds = reader.number("outage_seconds", message.outage_seconds(), 0, maxSeconds);
    plan.outageSecondsError = reader.number("outage_seconds_error", message.outage_seconds_error(), 0, maxSeconds);
    plan.learnedFrom = int(reader.amount("learned_from", message.learned_from(), 1000));
    for (const auto &step : reader.texts("steps", message.steps(), 64, wire::maxNoteBytes)) {
        plan.steps << QString::fromStdString(step);
    }
    plan.linkBytesPerSecond = reader.amount("link_bytes_per_second", message.link_bytes_per_second());
    return reader.done(std::move(plan));
}

Result<AuditPage> from(const v1::ListAuditEntriesResponse &message)
{
    wire::Reader reader;
    AuditPage page;
    if (reader.fits("entries", message.entries_size(), wire::maxPage)) {
        page.entries.reserve(message.entries_size());
        for (const auto &one : message.entries()) {
            page.entries.push_back(entry(reader, one));
        }
    }
    page.nextPageToken = text(reader, "next_page_token", message.next_page_token(), 1024);
    return reader.done(std::move(page));
}

Result<AuditVerification> from(const v1::AuditVerification &message)
{
    wire::Reader reader;
    AuditVerification verification;
    verification.intact = message.intact();
    verification.entries = message.entries();
    verification.firstBroken = message.first_broken();
    verification.reason = text(reader, "reason", message.reason(), wire::maxNoteBytes);
    verification.headHash = QString::fromStdString(reader.digest("head_hash", message.head_hash()));
    return reader.done(std::move(verification));
}

}
