// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/alarm.h"

#include "core/manifest.h"

namespace portulan::site {

namespace {

constexpr std::string_view notStarted = "not-started-";
constexpr std::size_t hashDigits = 32;

/// Ids of objects may be as long as those of alerts, so that one cannot hold the other.
std::string notStartedId(const ObjectId &instance)
{
    return std::string(notStarted) + toHex(sha256(std::as_bytes(std::span(instance.id)))).substr(0, hashDigits);
}

}

void raiseAlert(Context &context, const std::string &id, AlertSeverity severity, const Problem &problem, const Thing &about)
{
    Alert alert;
    alert.id = {context.config.siteId, ObjectKind::Alert, id};
    alert.name = id;
    alert.project = projectOf(about);
    alert.severity = severity;
    alert.problem = problem;
    alert.object = idOf(about).text();
    alert.since = context.clock();
    const auto known = context.broadcast.find(alert.id);
    if (const auto *before = known ? std::get_if<Alert>(&*known) : nullptr) {
        if (before->problem == problem && before->severity == severity) {
            return;
        }
        alert.since = before->since;
    }
    context.log.problem("alert.raised", problem, {{"alert", id}, {"object_id", idOf(about).id}});
    context.broadcast.announce(alert);
}

void settleAlert(Context &context, const std::string &id)
{
    context.broadcast.announce(Vanished {{context.config.siteId, ObjectKind::Alert, id}});
}

void alertNotStarted(Context &context, const ObjectId &instance, const Problem &why)
{
    Instance about;
    about.id = instance;
    if (const auto found = context.driver.find(instance); found && std::holds_alternative<Instance>(*found)) {
        about = std::get<Instance>(*found);
    }
    Problem problem = why;
    problem.facts["cause"] = "not-started";
    problem.facts["id"] = instance.text();
    raiseAlert(context, notStartedId(instance), AlertSeverity::Warning, problem, about);
}

void settleStarted(Context &context)
{
    for (const auto &thing : context.broadcast.all(ObjectKind::Alert)) {
        const auto &alert = std::get<Alert>(thing);
        const auto object = alert.id.id.starts_with(notStarted) ? ObjectId::fromText(alert.object) : Result<ObjectId>(refuse(Reason::NotFound));
        if (!object) {
            continue;
        }
        const auto found = context.broadcast.find(*object);
        const auto *instance = found ? std::get_if<Instance>(&*found) : nullptr;
        const bool down = instance && (instance->state == PowerState::Stopped || instance->state == PowerState::Failed);
        if (!down || instance->custody != Custody::Owner) {
            settleAlert(context, alert.id.id);
        }
    }
}

}
