// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferpace.h"

#include <algorithm>

namespace portulan::site {

namespace {
constexpr double burst = 0.25; // seconds
constexpr auto look = std::chrono::milliseconds(100);
}

Pace::Pace(std::int64_t bytesPerSecond)
    : m_rate(bytesPerSecond)
    , m_filled(Clock::now())
{
}

/// What has come into the bucket since it was last looked into.
void Pace::fill()
{
    const auto now = Clock::now();
    const double rate = double(m_rate.load());
    m_credit = std::min(m_credit + rate * std::chrono::duration<double>(now - m_filled).count(), rate * burst);
    m_filled = now;
}

void Pace::limit(std::int64_t bytesPerSecond)
{
    if (m_rate == bytesPerSecond) {
        return;
    }
    const std::scoped_lock lock(m_mutex);
    fill();
    m_rate = bytesPerSecond;
    m_credit = std::min(m_credit, double(bytesPerSecond) * burst);
    m_wake.notify_all();
}

bool Pace::take(std::int64_t bytes, const std::atomic<bool> &stop)
{
    if (m_rate <= 0) {
        return !stop;
    }
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&lock);
    // The first in line pays as credit comes in; so a new limit counts from its first moment, however much is still owed.
    for (double owed = double(bytes); !stop && m_rate > 0;) {
        auto wait = std::chrono::duration<double>(look);
        if (m_queue.front() == &lock) {
            fill();
            const double paid = std::clamp(m_credit, 0.0, owed);
            m_credit -= paid;
            owed -= paid;
            if (owed <= 0) {
                break;
            }
            wait = std::min(wait, std::chrono::duration<double>(owed / double(m_rate.load())));
        }
        m_wake.wait_for(lock, wait);
    }
    std::erase(m_queue, static_cast<const void *>(&lock));
    m_wake.notify_all();
    return !stop;
}

}
