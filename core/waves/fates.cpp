// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/fates.h"

#include <algorithm>

namespace portulan::waves {

Fates::Fates(const Evacuation &evacuation, const Rulebook &rulebook, Date today)
    : m_evacuation(evacuation)
    , m_rulebook(rulebook)
    , m_today(today)
{
}

int Fates::of(const Movable &movable)
{
    const Need &need = movable.need;
    auto &kinds = m_kinds[{movable.object.site, need.projectId, need.needsHypervisor, need.capability, need.subject.classification, movable.only}];
    const auto known = std::ranges::find(kinds, need.subject, &Kind::subject);
    if (known != kinds.end()) {
        return known->fate;
    }
    m_fates.push_back(judge(movable));
    kinds.push_back({need.subject, int(m_fates.size()) - 1});
    return kinds.back().fate;
}

Fate Fates::judge(const Movable &movable) const
{
    Need need = movable.need;
    need.amounts = {}; // room is shared: the board counts it
    need.near.reset();
    std::vector<PlacementSite> places;
    for (const auto &destination : m_evacuation.destinations) {
        const auto project = destination.projects.find(need.projectId);
        places.push_back({destination.site, project == destination.projects.end() ? nullptr : project->second, destination.isReachable});
    }
    Fate fate {std::vector<bool>(places.size()), std::vector<std::vector<Problem>>(places.size())};
    for (auto &candidate : rank(need, places, m_rulebook, m_today)) {
        const auto at = std::ranges::find_if(places, [&](const PlacementSite &place) { return place.site->id == candidate.site; });
        const auto index = std::size_t(at - places.begin());
        fate.allowed[index] = candidate.allowed;
        fate.obstacles[index] = std::move(candidate.obstacles);
        if (!movable.only.empty() && candidate.site != movable.only) {
            fate.allowed[index] = false;
            fate.obstacles[index].push_back({Reason::Conflict, {{"site", candidate.site}}, "another site was chosen for it"});
        }
    }
    return fate;
}

int Fates::both(int one, int other)
{
    const auto [known, isNew] = m_both.try_emplace(std::minmax(one, other), int(m_fates.size()));
    if (isNew) {
        Fate merged = m_fates[std::size_t(one)];
        const Fate &with = m_fates[std::size_t(other)];
        for (std::size_t d = 0; d < merged.allowed.size(); ++d) {
            merged.allowed[d] = merged.allowed[d] && with.allowed[d];
            for (const auto &obstacle : with.obstacles[d]) {
                if (std::ranges::find(merged.obstacles[d], obstacle) == merged.obstacles[d].end()) {
                    merged.obstacles[d].push_back(obstacle);
                }
            }
        }
        m_fates.push_back(std::move(merged));
    }
    return known->second;
}

}
