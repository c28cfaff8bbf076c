// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/refusals.h"

#include <algorithm>
#include <utility>

namespace portulan::site {

bool Refusals::take(const std::string &who, const Problem &problem, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    if (!m_buckets.contains(who)) {
        makeRoom();
        m_buckets[who].filled = now;
    }
    Bucket &bucket = m_buckets[who];
    const std::chrono::duration<double> passed = now - bucket.filled;
    bucket.tokens = std::min(burst, bucket.tokens + std::max(0.0, passed / every));
    bucket.filled = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return true;
    }
    bucket.since = bucket.counted == 0 ? now : bucket.since;
    ++bucket.counted;
    bucket.last = problem;
    return false;
}

std::vector<Refusals::Counted> Refusals::due(Clock::time_point now, bool all)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Counted> counts;
    for (auto &[who, bucket] : m_buckets) {
        if (bucket.counted > 0 && (all || now - bucket.since >= countedFor)) {
            counts.push_back({who, std::exchange(bucket.counted, 0), std::exchange(bucket.last, {})});
        }
    }
    return counts;
}

void Refusals::makeRoom()
{
    if (m_buckets.size() < maxCallers) {
        return;
    }
    // Whose count is still owed stays, unless there is nobody else.
    m_buckets.erase(
        std::ranges::min_element(m_buckets, {}, [](const auto &entry) { return std::pair(entry.second.counted > 0, entry.second.filled); }));
}

}
