// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/movemode.h"

namespace portulan {

/// A move that is to come, as far as it can be known before.
struct Prospect {
    std::int64_t bytes = 0; ///< to be read and sent, before compression
    bool exact = false; ///< counted in the disks' maps; else what they occupy
    bool runs = false; ///< it has an outage
    MoveMode mode = MoveMode::Cold;
    std::int64_t linkBytesPerSecond = 0; ///< by a short probe; 0: not known
    std::int64_t bandwidth = 0; ///< the order's limit, 0: none
    std::vector<HourlyRate> hourly; ///< instead, in their hours
    std::int64_t siteBandwidth = 0; ///< the gateway's, for all its moves
    std::vector<HourlyRate> siteHourly;
    DayWindow window;
    int minute = 0; ///< of the day, when it begins
};

/// A move to the same site that is over: what was expected of it, and how it went.
struct Precedent {
    MoveMode mode = MoveMode::Cold;
    bool ran = false;
    bool limited = false; ///< by an order or a site: it says nothing of the link
    std::int64_t bytes = 0;
    std::int64_t bytesOnWire = 0;
    std::int64_t workedMs = 0;
    std::int64_t outageMs = 0;
    Forecast expected;
};

struct Outlook {
    Forecast forecast; ///< of the time it works; durationMs 0: nothing is known of the link
    double copySeconds = 0; ///< of that, while bytes travel
    double spanSeconds = 0; ///< from its begin to its end, waiting for its hours included
    double lastPassSeconds = 0; ///< the machine's stand-still but for stopping and starting
    std::int32_t learnedFrom = 0; ///< precedents it rests on
};

/// What to expect. Of precedents it takes how long a byte takes, what a move takes whatever its size, how far bytes shrink on the way, and how
/// wrong earlier forecasts were; without any, a probe of the link and what machines usually take, with a wide margin.
Outlook outlookOf(const Prospect &prospect, const std::vector<Precedent> &precedents);

}
