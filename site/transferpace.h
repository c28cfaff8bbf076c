// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

namespace portulan::site {

/// A token bucket: how many bytes a second may leave. Shared by the threads (and migrations) that use one link, who take in turn: each gets as much
/// as the others. The limit may change at any moment.
class Pace {
public:
    /// 0: no limit. The bucket holds a quarter of a second.
    explicit Pace(std::int64_t bytesPerSecond);
    std::int64_t bytesPerSecond() const { return m_rate; } ///< at present
    void limit(std::int64_t bytesPerSecond); ///< from now on, also for what waits already
    /// Waits until the bytes may go; false if `stop` became true meanwhile (it is looked at ten times a second).
    bool take(std::int64_t bytes, const std::atomic<bool> &stop);

private:
    using Clock = std::chrono::steady_clock;
    void fill();
    std::atomic<std::int64_t> m_rate;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<const void *> m_queue; ///< those who wait, each known by its stack
    double m_credit = 0; ///< bytes that may go now
    Clock::time_point m_filled;
};

}
