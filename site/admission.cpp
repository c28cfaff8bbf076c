// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/admission.h"

namespace portulan::site {

Admission::Admission(const Authority &authority, Audit &audit, const Broadcast &broadcast, Log log)
    : m_authority(authority)
    , m_audit(audit)
    , m_broadcast(broadcast)
    , m_log(std::move(log))
{
}

Admission::~Admission()
{
    recordCounted(true);
}

Target Admission::targetOf(const ObjectId &object) const
{
    const auto thing = m_broadcast.find(object);
    return thing ? Target {object, projectOf(*thing), true} : Target {object, {}, false};
}

Result<Role> Admission::authorise(const std::string &who, std::string_view action, const Target &target) const
{
    auto role = m_authority.authorise(who, action, target);
    if (!role && m_mentions.take(who, role.error(), Refusals::Clock::now())) {
        m_log.problem("call.refused", role.error(), {{"caller", who}, {"call", std::string(action)}});
    }
    return role;
}

Result<AuditRecord> Admission::record(const Ask &ask, const Problem *problem, std::string_view role)
{
    AuditRecord entry;
    entry.actor = ask.who;
    entry.role = role;
    entry.action = ask.action;
    entry.object = ask.object.id.empty() && ask.object.kind != ObjectKind::Site ? std::string() : ask.object.text();
    entry.project = ask.target.project;
    entry.allowed = !problem;
    entry.problem = problem ? *problem : Problem {};
    entry.requestId = ask.requestId;
    entry.detail = ask.detail;
    return m_audit.append(std::move(entry));
}

Result<> Admission::allow(const Ask &ask, Role role)
{
    const auto recorded = record(ask, nullptr, toString(role));
    if (!recorded) {
        m_log.problem("audit.failed", recorded.error(), {{"action", ask.action}}, Log::Level::Error);
        return tl::unexpected(recorded.error());
    }
    return {};
}

tl::unexpected<Problem> Admission::refused(const Ask &ask, const Problem &problem)
{
    recordCounted(false);
    if (!m_refusals.take(ask.who, problem, Refusals::Clock::now())) {
        return tl::unexpected(problem);
    }
    m_log.problem("order.refused", problem, {{"caller", ask.who}, {"action", ask.action}, {"object_id", ask.object.id}}, Log::Level::Info);
    if (const auto recorded = record(ask, &problem, {}); !recorded) {
        m_log.problem("audit.failed", recorded.error(), {{"action", ask.action}}, Log::Level::Error);
    }
    return tl::unexpected(problem);
}

void Admission::recordCounted(bool all)
{
    for (const auto &counted : m_refusals.due(Refusals::Clock::now(), all)) {
        const std::string count = std::to_string(counted.count);
        Ask ask;
        ask.who = counted.who;
        ask.action = "refusals";
        ask.detail = count + " more refusals of this caller were counted instead of recorded one by one; the last is given";
        Problem last = counted.last;
        last.facts["count"] = count;
        m_log.problem("orders.refused", last, {{"caller", counted.who}, {"count", count}});
        if (const auto recorded = record(ask, &last, {}); !recorded) {
            m_log.problem("audit.failed", recorded.error(), {{"action", ask.action}}, Log::Level::Error);
        }
    }
}

}
