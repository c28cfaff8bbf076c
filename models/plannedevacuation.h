// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/order.h"

#include <map>

namespace portulan {

/// An evacuation as whoever ordered it here planned it: kept while the console runs, so that what was expected stands beside what happens.
struct PlannedEvacuation {
    Evacuate order;
    std::map<ObjectId, std::string> names;
    std::map<ObjectId, std::int64_t> bytes; ///< to be carried
    double seconds = 0; ///< of everything, with stopping and starting
    double secondsError = 0;
    double transferSeconds = 0; ///< the busiest link's
    double leastTransferSeconds = 0; ///< no plan could do with less: the solver's bound
};

}
