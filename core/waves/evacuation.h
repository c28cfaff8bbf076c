// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/movemode.h"
#include "core/placement.h"

#include <map>

namespace portulan {

/// When and how fast one thing may travel, by the clock of its source.
struct Allowance {
    DayWindow hours {};
    std::int64_t bytesPerSecond = 0; ///< 0: no limit
    std::vector<HourlyRate> hourly {}; ///< instead, in their hours
    bool operator==(const Allowance &) const = default;
};

/// One thing that has to leave: an instance with its volumes, a free volume or a data set.
struct Movable {
    ObjectId object;
    std::string name;
    Need need; ///< amounts and project as at the destination; `near` is not asked
    std::int64_t bytes = 0; ///< to be carried
    std::int64_t instances = 0; ///< counted against a project's quotas
    std::int64_t volumes = 0;
    bool runs = false; ///< it has an outage: stopped here, started there
    bool follows = false; ///< of what runs: it is copied meanwhile, and stands still only at the end
    Allowance allowance {};
    std::int64_t earliest = 0; ///< seconds after the beginning
    std::string together; ///< those that share this word go to one site, in one wave; empty: none
    std::string apart; ///< those that share this word go to different sites; empty: none
    std::string only; ///< it goes to this site or nowhere; empty: to any
    std::vector<ObjectId> after; ///< moves only once these have moved; what is not in the evacuation is taken to be there already
};

/// A site things may go to.
struct Destination {
    const Site *site = nullptr;
    bool isReachable = true;
    std::map<std::string, const Project *> projects; ///< by id
    std::int64_t bytesPerSecond = 0; ///< it takes in at most, over all links; 0: no limit known
    double costPerGigabyteMonth = 0; ///< of storage (10⁹ bytes); 0: not known
    std::vector<HourlyRate> hourly {}; ///< limits on what it takes in, in their hours
};

/// A way from a site that is emptied to a destination.
struct Lane {
    std::string from;
    std::string to;
    std::int64_t bytesPerSecond = 0; ///< measured, or as limited; at least 1
    std::vector<HourlyRate> hourly {}; ///< limits within that, in their hours
};

struct WaveLimits {
    std::size_t waveSize = 12; ///< things at most in one wave, unless more must go together
    std::size_t atOnce = 4; ///< moves under way at once from one source
    double solverSeconds = 6; ///< of processor time, at most, for the solver
};

/// What is to be emptied, where it may go and how fast. Sites pointed to outlive it.
struct Evacuation {
    std::vector<Movable> movables;
    std::vector<Destination> destinations;
    std::vector<Lane> lanes; ///< where there is none nothing goes
    std::map<std::string, std::int64_t> bytesPerSecondFrom; ///< a source sends at most, over all its links; left out: no limit
    std::map<std::string, std::vector<HourlyRate>> hourlyFrom {}; ///< limits on what a source sends, in their hours
    int minute = 0; ///< of the day, when it may begin, by the clock that all hours are told by
    WaveLimits limits;
};

}
