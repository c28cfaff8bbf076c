// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/rulebook.h"

#include <span>

namespace portulan {

/// What a workload needs of a place.
struct Need {
    Subject subject;
    Amounts amounts;
    std::string projectId; ///< must exist there; empty: do not ask
    std::optional<Place> near; ///< prefer sites close to this
    bool needsHypervisor = false;
    std::string capability {}; ///< Site::capabilities must have it; empty: do not ask. A site that tells of none is not asked
};

/// One site as a candidate, with the reasons for its rank. Scores 0–1.
struct Candidate {
    std::string site;
    Verdict verdict;
    bool allowed = false; ///< no obstacle: verdict has no refusals and there is room, project and hypervisor as needed, and a link
    std::vector<Problem> obstacles; ///< Refused, NoCapacity, Quota, NotFound(project), NoHypervisor, Unsupported(what), Unreachable
    double headroom = 0; ///< share free after placing it
    double distanceKm = -1; ///< -1: not asked
    double score = 0;
};

/// What placement knows of a site.
struct PlacementSite {
    const Site *site = nullptr;
    const Project *project = nullptr; ///< Need::projectId there, if it exists
    bool reachable = true;
};

/// All sites, best first; those not allowed follow, nearest to being allowed first (fewest refusals, then fewest obstacles). The score of
/// an allowed site is a third of the scale by its verdict (compliant, to watch, not evaluated), and within it its headroom, or the mean of
/// headroom and nearness (half at 500 km) when asked for; of one not allowed, 0.
std::vector<Candidate> rank(const Need &need, std::span<const PlacementSite> sites, const Rulebook &rulebook, Date today);
/// Great-circle distance, km (haversine, mean radius 6371.0088 km).
double distanceKm(const Place &a, const Place &b);

}
