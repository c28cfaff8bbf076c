// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/problem.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <vector>

namespace portulan::site {

/// How many refusals of one caller are taken down one by one: a burst, then a trickle; the others are counted, so that nobody can fill a disk by
/// asking for what they may not have. Locks itself.
class Refusals {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr double burst = 60; ///< at once…
    static constexpr auto every = std::chrono::seconds(10); ///< …and one more each ten seconds
    static constexpr auto countedFor = std::chrono::minutes(1); ///< before the count is due
    static constexpr std::size_t maxCallers = 4096; ///< remembered; whoever has been quiet longest is forgotten first

    /// Whether this one is to be taken down; if not, it is counted.
    bool take(const std::string &who, const Problem &problem, Clock::time_point now);

    struct Counted {
        std::string who;
        std::uint64_t count = 0;
        Problem last;
    };
    /// The counts that have run for a minute, or `all` there are; each is handed out once.
    std::vector<Counted> due(Clock::time_point now, bool all);

private:
    struct Bucket {
        double tokens = burst;
        Clock::time_point filled;
        std::uint64_t counted = 0;
        Clock::time_point since;
        Problem last;
    };
    void makeRoom();
    std::mutex m_mutex;
    std::map<std::string, Bucket> m_buckets;
};

}
