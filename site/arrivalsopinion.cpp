// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivalsopinion.h"

#include "site/arrivalsrequest.h"

#include <algorithm>

namespace portulan::site {

namespace {

struct Examined {
    const Context &context;
    const Wanted &wanted;
    Arrivals::Opinion &opinion;

    const Arrival &arrival() const { return wanted.arrival; }
    void block(Problem problem) const
    {
        if (std::ranges::find(opinion.blockers, problem) == opinion.blockers.end()) {
            opinion.blockers.push_back(std::move(problem));
        }
    }
    void warn(Reason reason, std::map<std::string, std::string> facts) const
    {
        facts.emplace("site", context.config.siteId);
        opinion.warnings.push_back({reason, std::move(facts), {}});
    }
    bool knows(ObjectKind kind, const std::string &id) const { return context.broadcast.find({context.config.siteId, kind, id}).has_value(); }
};

Problem noProject(const Context &context, const std::string &project)
{
    return {Reason::NotFound, {{"cause", "no-project"}, {"id", project}, {"project", project}, {"site", context.config.siteId}}, {}};
}

void judgeRules(const Examined &its)
{
    its.opinion.verdict = verdictOn(its.context.policy, its.arrival());
    for (const auto classification : classificationsOf(its.arrival())) {
        if (auto allowed = its.context.policy.demand(classification, its.arrival().project); !allowed) {
            its.block(allowed.error());
        }
    }
}

/// As the driver will count it when room is made.
void judgeQuota(const Examined &its, const Project &project)
{
    const auto &arrival = its.arrival();
    const auto within = [&](const char *resource, std::int64_t limit, std::int64_t used, std::int64_t wanted) {
        if (limit >= 0 && wanted > 0 && used + wanted > limit) {
            its.block({Reason::Quota,
                {{"resource", resource}, {"limit", std::to_string(limit)}, {"used", std::to_string(used)}, {"wanted", std::to_string(wanted)},
                    {"project", project.id.id}, {"site", its.context.config.siteId}},
                {}});
        }
    };
    const auto &[quota, used] = std::pair(project.quota, project.used);
    within("vcpus", quota.limit.vcpus, used.vcpus, arrival.instance ? arrival.instance->vcpus : 0);
    within("ram", quota.limit.ramBytes, used.ramBytes, arrival.instance ? arrival.instance->ramBytes : 0);
    within("storage", quota.limit.storageBytes, used.storageBytes, bytesOf(arrival));
    within("instances", quota.instances, project.usedInstances, arrival.instance ? 1 : 0);
    within("volumes", quota.volumes, project.usedVolumes, std::int64_t(arrival.volumes.size()));
}

void judgeRoom(const Examined &its, const Site &self)
{
    const auto &arrival = its.arrival();
    const auto free = self.capacity.available();
    const auto total = self.capacity.total();
    const auto fits = [&](const char *resource, std::int64_t all, std::int64_t left, std::int64_t need, bool isDemanded) {
        if (all <= 0 || need <= left) {
            return;
        }
        Problem full {Reason::NoCapacity,
            {{"resource", resource}, {"free", std::to_string(std::max<std::int64_t>(left, 0))}, {"wanted", std::to_string(need)},
                {"site", its.context.config.siteId}},
            {}};
        if (isDemanded) {
            its.block(std::move(full));
        } else {
            its.opinion.warnings.push_back(std::move(full));
        }
    };
    const bool runs = arrival.instance && arrival.instance->state == PowerState::Running;
    fits("storage", total.storageBytes, free.storageBytes, bytesOf(arrival), true);
    if (arrival.instance) { // what does not run there for now needs no room to run in
        fits("vcpus", total.vcpus, free.vcpus, arrival.instance->vcpus, runs);
        fits("ram", total.ramBytes, free.ramBytes, arrival.instance->ramBytes, runs);
    }
    if (runs && self.lifecycleRecordedOnly) {
        its.warn(Reason::NoHypervisor, {});
    }
}

/// What it will be called, and what of it is only known where it is.
void judgeNames(const Examined &its)
{
    const auto &arrival = its.arrival();
    const auto taken = [&its](ObjectKind kind, const std::string &id) {
        if (its.knows(kind, id)) {
            its.warn(Reason::AlreadyExists, {{"cause", "id-taken"}, {"id", std::string(toString(kind)) + '/' + id}});
        }
    };
    if (arrival.instance) {
        taken(ObjectKind::Instance, arrival.instance->id.id);
        for (const auto &network : arrival.instance->networkIds) {
            if (!its.knows(ObjectKind::Network, network)) {
                its.warn(Reason::NotFound, {{"cause", "dropped-network"}, {"id", network}});
            }
        }
        if (!arrival.instance->imageId.empty() && !its.knows(ObjectKind::Image, arrival.instance->imageId)) {
            its.warn(Reason::NotFound, {{"cause", "dropped-image"}, {"id", arrival.instance->imageId}});
        }
    } else if (arrival.dataSet) {
        taken(ObjectKind::DataSet, arrival.dataSet->id.id);
    } else if (arrival.image) {
        taken(ObjectKind::Image, arrival.image->id.id);
    }
    for (const auto &volume : arrival.volumes) {
        taken(ObjectKind::Volume, volume.id.id);
    }
}

}

Arrivals::Opinion opinionOn(const Context &context, const Wanted &wanted)
{
    Arrivals::Opinion opinion;
    const Examined its {context, wanted, opinion};
    const auto project = context.broadcast.find({context.config.siteId, ObjectKind::Project, wanted.arrival.project});
    if (const auto *known = project ? std::get_if<Project>(&*project) : nullptr) {
        judgeRules(its);
        judgeQuota(its, *known);
    } else {
        its.block(noProject(context, wanted.arrival.project));
    }
    const auto site = context.broadcast.find({context.config.siteId, ObjectKind::Site, {}});
    if (const auto *self = site ? std::get_if<Site>(&*site) : nullptr) {
        judgeRoom(its, *self);
    }
    judgeNames(its);
    auto foresight = context.driver.foresee(wanted.arrival);
    for (auto &obstacle : foresight.obstacles) {
        obstacle.facts.emplace("site", context.config.siteId);
        its.block(std::move(obstacle));
    }
    for (auto &change : foresight.changes) {
        its.warn(change.reason, std::move(change.facts));
    }
    if (auto may = wanted.machine.empty() ? Result<>() : context.driver.mayTake(wanted.machine); !may) {
        its.block(may.error());
    }
    return opinion;
}

Result<> demandWelcome(const Context &context, const Wanted &wanted)
{
    const auto &project = wanted.arrival.project;
    if (!context.broadcast.find({context.config.siteId, ObjectKind::Project, project})) {
        return unexpected(noProject(context, project));
    }
    for (const auto classification : classificationsOf(wanted.arrival)) {
        if (auto allowed = context.policy.demand(classification, project); !allowed) {
            return unexpected(allowed.error());
        }
    }
    return wanted.machine.empty() ? Result<>() : context.driver.mayTake(wanted.machine);
}

}
