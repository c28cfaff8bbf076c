// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"

#include <cstdint>
#include <vector>

namespace portulan {

/// How a machine that runs is moved: stopped first; copied while it runs and stopped for what is left; never stopped. What does not run
/// is always moved cold. A data set "runs" while objects are put into it: warm, it refuses that only for what is left.
enum class MoveMode { Cold, Warm, Live };
std::string_view toString(MoveMode mode);
Result<MoveMode> moveModeFrom(std::string_view word); ///< empty: Cold; InvalidArgument

/// When a move that follows its object switches: as soon as little is left, or at an order; a cold one waits for that order before it commits.
enum class CutOver { Automatic, Manual };
std::string_view toString(CutOver cutOver); ///< "auto", "manual"
Result<CutOver> cutOverFrom(std::string_view word); ///< empty: Automatic; InvalidArgument

/// A part of each day, in the local time of a gateway. It may reach over midnight; one that ends where it begins is the whole day.
struct DayWindow {
    int from = 0; ///< minutes since midnight, 0 … 1439
    int to = 0; ///< the first minute outside
    bool isAlways() const { return from == to; }
    bool holds(int minute) const;
    int minutesUntil(int minute) const; ///< until it begins; 0 within
    bool operator==(const DayWindow &) const = default;
};
std::string toString(const DayWindow &window); ///< "22:00-06:00"; empty: always
Result<DayWindow> dayWindowFrom(std::string_view text); ///< empty: always; InvalidArgument

/// A limit on what is sent in a part of each day, in the local time of a gateway.
struct HourlyRate {
    DayWindow hours;
    std::int64_t bytesPerSecond = 0; ///< 0: unlimited
    bool operator==(const HourlyRate &) const = default;
};
/// The limit that holds in a minute of the day: the first of `rates` whose hours hold it, else `otherwise`. 0: unlimited.
std::int64_t rateAt(const std::vector<HourlyRate> &rates, int minute, std::int64_t otherwise);

/// What was expected of a migration before it began; kept, to be compared with what happened.
struct Forecast {
    std::int64_t bytes = 0; ///< that would have to travel, before compression
    std::int64_t durationMs = 0; ///< 0: nothing was expected
    std::int64_t durationErrorMs = 0; ///< either way
    std::int64_t outageMs = 0; ///< of a machine that ran
    std::int64_t outageErrorMs = 0;
    bool operator==(const Forecast &) const = default;
};

/// How far a warm move is: what it sent while its machine ran, and what is left.
struct Passes {
    std::vector<std::int64_t> bytes; ///< sent by each pass so far, the first thousand
    std::int64_t dirtyBytesPerSecond = 0; ///< what the machine writes, as it would have to be sent again
    std::int64_t leftBytes = 0; ///< what a last pass would have to send now, an estimate
    std::int64_t lastPassMs = 0; ///< and how long it would take
    Instant readySince {}; ///< the cut-over may come; unknown: not yet
    bool operator==(const Passes &) const = default;
};

}
