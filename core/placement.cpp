// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/placement.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace portulan {

namespace {

struct Resource {
    const char *name;
    std::int64_t Amounts::*amount;
};
constexpr Resource resources[] = {{"vcpus", &Amounts::vcpus}, {"ram_bytes", &Amounts::ramBytes}, {"storage_bytes", &Amounts::storageBytes}};

void checkRoom(const Amounts &wanted, const Capacity &capacity, Candidate &to)
{
    const Amounts total = capacity.total();
    const Amounts available = capacity.available();
    double headroom = 1;
    bool known = false;
    for (const auto &[name, amount] : resources) {
        if (total.*amount <= 0) {
            continue; // nobody said how much there is: the site will tell when asked
        }
        known = true;
        const std::int64_t left = available.*amount - std::max<std::int64_t>(wanted.*amount, 0);
        headroom = std::min(headroom, double(std::max<std::int64_t>(left, 0)) / double(total.*amount));
        if (wanted.*amount > 0 && left < 0) {
            to.obstacles.push_back({Reason::NoCapacity,
                {{"resource", name}, {"free", std::to_string(available.*amount)}, {"wanted", std::to_string(wanted.*amount)}, {"site", to.site}},
                {}});
        }
    }
    to.headroom = known ? headroom : 0;
}

void checkLimit(const char *resource, std::int64_t limit, std::int64_t used, std::int64_t wanted, Candidate &to)
{
    // Subtracted rather than added: a hostile site may report numbers near the end of the range.
    if (limit >= 0 && wanted > 0 && (used >= limit || wanted > limit - std::max<std::int64_t>(used, 0))) {
        to.obstacles.push_back({Reason::Quota,
            {{"resource", resource}, {"limit", std::to_string(limit)}, {"used", std::to_string(used)}, {"wanted", std::to_string(wanted)},
                {"site", to.site}},
            {}});
    }
}

void checkProject(const Need &need, const Project *project, Candidate &to)
{
    if (need.projectId.empty()) {
        return;
    }
    if (!project) {
        to.obstacles.push_back({Reason::NotFound, {{"kind", "project"}, {"id", need.projectId}, {"site", to.site}}, {}});
        return;
    }
    for (const auto &[name, amount] : resources) {
        checkLimit(name, project->quota.limit.*amount, project->used.*amount, need.amounts.*amount, to);
    }
    checkLimit("instances", project->quota.instances, project->usedInstances, need.amounts.vcpus > 0 ? 1 : 0, to);
    checkLimit("volumes", project->quota.volumes, project->usedVolumes, need.amounts.storageBytes > 0 ? 1 : 0, to);
}

/// A third of the scale to each verdict that allows; within it, room and nearness count alike.
double scoreOf(const Candidate &candidate)
{
    if (!candidate.allowed) {
        return 0;
    }
    const double tier = candidate.verdict.status == Status::Compliant ? 2 : candidate.verdict.status == Status::ToWatch ? 1 : 0;
    constexpr double halfWayKm = 500;
    const double within = candidate.distanceKm < 0 ? candidate.headroom : (candidate.headroom + halfWayKm / (halfWayKm + candidate.distanceKm)) / 2;
    return (tier + std::clamp(within, 0.0, 1.0)) / 3;
}

Candidate candidateOf(const Need &need, const PlacementSite &place, const Rulebook &rulebook, Date today)
{
    const Site &site = *place.site;
    Candidate candidate;
    candidate.site = site.id;
    candidate.verdict = rulebook.judge(need.subject, site, today);
    for (const auto *finding : candidate.verdict.refusals()) {
        candidate.obstacles.push_back(refusal(*finding, need.subject.classification, site.id));
    }
    checkProject(need, place.project, candidate);
    checkRoom(need.amounts, site.capacity, candidate);
    if (need.needsHypervisor && (site.lifecycleRecordedOnly || site.hypervisor.empty())) {
        candidate.obstacles.push_back({Reason::NoHypervisor, {{"site", site.id}}, {}});
    }
    if (!need.capability.empty() && !site.capabilities.empty() && std::ranges::count(site.capabilities, need.capability) == 0) {
        candidate.obstacles.push_back({Reason::Unsupported, {{"what", need.capability}, {"site", site.id}}, {}});
    }
    if (!place.reachable) {
        candidate.obstacles.push_back({Reason::Unreachable, {{"site", site.id}}, {}});
    }
    if (need.near) {
        candidate.distanceKm = distanceKm(*need.near, site.place);
    }
    candidate.allowed = candidate.obstacles.empty();
    candidate.score = scoreOf(candidate);
    return candidate;
}

bool isBetter(const Candidate &a, const Candidate &b)
{
    // Room can be made and a link comes back; a law does not change for a machine: refusals weigh most.
    const auto key = [](const Candidate &c) {
        const auto refusals = std::ranges::count(c.obstacles, Reason::Refused, &Problem::reason);
        return std::tuple(!c.allowed, refusals, c.obstacles.size(), -c.score, -c.headroom, std::string_view(c.site));
    };
    return key(a) < key(b);
}

}

std::vector<Candidate> rank(const Need &need, std::span<const PlacementSite> sites, const Rulebook &rulebook, Date today)
{
    std::vector<Candidate> candidates;
    candidates.reserve(sites.size());
    for (const auto &place : sites) {
        if (place.site) {
            candidates.push_back(candidateOf(need, place, rulebook, today));
        }
    }
    std::ranges::sort(candidates, isBetter);
    return candidates;
}

double distanceKm(const Place &a, const Place &b)
{
    constexpr double meanRadiusKm = 6371.0088;
    constexpr double radian = std::numbers::pi / 180;
    const double northing = std::sin((b.latitude - a.latitude) * radian / 2);
    const double easting = std::sin((b.longitude - a.longitude) * radian / 2);
    const double h = northing * northing + std::cos(a.latitude * radian) * std::cos(b.latitude * radian) * easting * easting;
    return 2 * meanRadiusKm * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

}
