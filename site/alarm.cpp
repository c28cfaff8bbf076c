// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/alarm.h"

#include "core/manifest.h"

namespace portulan::site {

namespace {

constexpr std::string_view notStarted = "not-started-", memoryLost = "memory-lost-";
constexpr auto toldFor = std::chrono::hours(24);
constexpr std::size_t hashDigits = 32;

/// Ids of objects may be as long as those of alerts, so that one cannot hold the other.
std::string idFor(std::string_view kind, const ObjectId &instance)
{
    return std::string(kind) + toHex(sha256(std::as_bytes(std::span(instance.id)))).substr(0, hashDigits);
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

void alertCluster(Context &context, const KubernetesCluster &cluster, const std::optional<Problem> &trouble)
{
    const auto id = idFor("kubernetes-", cluster.id);
    const auto missing = cluster.nodes - cluster.readyNodes;
    if (trouble) {
        raiseAlert(context, id, AlertSeverity::Warning, *trouble, cluster);
    } else if (missing > 0) {
        raiseAlert(
            context, id, AlertSeverity::Warning, {Reason::NotReady, {{"cause", "nodes-not-ready"}, {"count", std::to_string(missing)}}, {}}, cluster);
    } else {
        settleAlert(context, id);
    }
}

namespace {
Instance machineOf(Context &context, const ObjectId &instance)
{
    Instance about;
    about.id = instance;
    if (const auto found = context.driver.find(instance); found && std::holds_alternative<Instance>(*found)) {
        about = std::get<Instance>(*found);
    }
    return about;
}
}

void alertMemoryLost(Context &context, const ObjectId &instance)
{
    const Problem problem {Reason::Integrity, {{"cause", "memory-lost"}, {"id", instance.text()}, {"where", instance.text()}},
        "its memory was lost after the commit of its move; it was started from its disks"};
    raiseAlert(context, idFor(memoryLost, instance), AlertSeverity::Warning, problem, machineOf(context, instance));
}

void alertNotStarted(Context &context, const ObjectId &instance, const Problem &why)
{
    Problem problem = why;
    problem.facts["cause"] = "not-started";
    problem.facts["id"] = instance.text();
    raiseAlert(context, idFor(notStarted, instance), AlertSeverity::Warning, problem, machineOf(context, instance));
}

void settleStarted(Context &context)
{
    for (const auto &thing : context.broadcast.all(ObjectKind::Alert)) {
        const auto &alert = std::get<Alert>(thing);
        const bool told = alert.id.id.starts_with(memoryLost);
        const auto object
            = told || alert.id.id.starts_with(notStarted) ? ObjectId::fromText(alert.object) : Result<ObjectId>(refuse(Reason::NotFound));
        if (!object) {
            continue;
        }
        const auto found = context.broadcast.find(*object);
        const auto *instance = found ? std::get_if<Instance>(&*found) : nullptr;
        const bool stands = told ? instance && context.clock() < alert.since + toldFor
                                 : instance && (instance->state == PowerState::Stopped || instance->state == PowerState::Failed);
        if (!stands || instance->custody != Custody::Owner) {
            settleAlert(context, alert.id.id);
        }
    }
}

}
