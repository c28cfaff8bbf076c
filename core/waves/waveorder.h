// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/placed.h"
#include "core/waves/waveplan.h"

namespace portulan::waves {

struct Order {
    std::vector<Wave> waves;
    std::vector<ObjectId> circular;
    double secondsError = 0;
};

/// Takes places away from what must come after something that has none, and from what goes together with that.
void dropOrphans(const Evacuation &evacuation, Placed &placed);
/// Cuts a plan into waves: what something comes after goes in an earlier wave, or earlier in the same one if both go together; each wave
/// uses every link in proportion.
Order inWaves(const Evacuation &evacuation, const Placed &placed);

}
