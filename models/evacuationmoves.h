// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"
#include "models/plannedevacuation.h"

namespace portulan {

/// One move of an evacuation, as far as it is known here.
struct EvacuationMove {
    enum class Stage { Waiting, UnderWay, Ready, Paused, Moved, Failed, Left }; ///< Ready: for its cut-over. Left: not begun, and never will be
    ObjectId object;
    std::string name;
    std::string toSite;
    Stage stage = Stage::Waiting;
    std::int64_t bytes = 0;
    std::vector<ObjectId> after;
    Operation operation {}; ///< of the last attempt; without an id: there was none
    bool hasBegun() const { return !operation.id.id.empty(); }
    double share() const; ///< 0–1; -1: not known
    bool operator==(const EvacuationMove &) const = default;
};

struct EvacuationWave {
    std::int32_t number = 0; ///< from 1; 0: it is not known which
    std::vector<EvacuationMove> moves;
    std::int64_t count(EvacuationMove::Stage stage) const { return std::ranges::count(moves, stage, &EvacuationMove::stage); }
    bool operator==(const EvacuationWave &) const = default;
};

/// The waves of an evacuation, each with its moves in the order in which they begin. What has begun is known from the site; what has not is known
/// where it was planned here. What failed and was tried again since, by whatever order, is shown as it is now.
std::vector<EvacuationWave> movesOf(const Federation &federation, const Operation &evacuation, const PlannedEvacuation *planned);

/// It is not there any more, or only as a copy that was kept.
bool hasLeft(const Inventory &inventory, const ObjectId &object);

/// Of these only what failed or was left, as it was ordered; of an evacuation that was not planned here, to the same places in the same mode.
Evacuate remainderOf(
    const Federation &federation, const ObjectId &evacuation, const std::vector<EvacuationWave> &waves, const PlannedEvacuation *planned);

}
