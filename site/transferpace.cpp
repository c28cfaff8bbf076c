// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferpace.h"

#include <algorithm>

namespace portulan::site {

Pace::Pace(std::int64_t bytesPerSecond)
    : m_rate(bytesPerSecond)
    , m_free(Clock::now())
{
}

bool Pace::take(std::int64_t bytes, const std::atomic<bool> &stop)
{
    if (m_rate <= 0) {
        return !stop;
    }
    constexpr auto burst = std::chrono::milliseconds(250);
    constexpr auto look = std::chrono::milliseconds(100);
    const auto cost = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(double(bytes) / double(m_rate)));
    std::unique_lock lock(m_mutex);
    // Each taker books its time on the link and waits until it is over.
    m_free = std::max(m_free, Clock::now() - burst) + cost;
    const auto mine = m_free;
    while (!stop && Clock::now() < mine) {
        m_wake.wait_until(lock, std::min(mine, Clock::now() + look));
    }
    return !stop;
}

}
