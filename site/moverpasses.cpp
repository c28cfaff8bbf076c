// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverpasses.h"

#include <algorithm>
#include <cmath>

namespace portulan::site {

namespace {
constexpr std::size_t keptPasses = 1000;
// What shrinks by less is not worth another pass.
constexpr double shrinking = 0.9;
// A pass of less says more about latency than about the link.
constexpr std::int64_t telling = 4 << 20;

double seconds(std::chrono::milliseconds time)
{
    return double(time.count()) / 1000;
}

std::string mebibytes(double bytes)
{
    return std::to_string(std::llround(bytes / 104857.6) / 10) + '.' + std::to_string(std::llround(bytes / 104857.6) % 10) + " MiB";
}
}

void PassLedger::viewed(std::int64_t marked, std::int64_t travelling)
{
    if (marked > 0) {
        m_swelling = std::max(1.0, double(travelling) / double(marked));
    }
}

void PassLedger::passed(std::int64_t bytes, double took, std::int64_t written, std::int64_t diskBytes, std::int64_t cost)
{
    took = std::max(took, 0.001);
    cost = std::max(cost, bytes);
    if (cost >= telling || m_rate <= 0) {
        m_rate = double(cost) / took;
    }
    m_leftBefore = m_left;
    m_left = std::min(diskBytes, static_cast<std::int64_t>(double(written) * m_swelling));
    m_dirtyRate = double(m_left) / took;
    if (m_passes.size() < keptPasses) {
        m_passes.push_back(bytes);
    }
}

double PassLedger::lastPassSeconds() const
{
    return m_left == 0 ? 0 : double(m_left) / std::max(m_rate, 1.0);
}

double PassLedger::bytesPerSecond() const
{
    return m_rate;
}

bool PassLedger::isBearable() const
{
    return lastPassSeconds() <= seconds(m_patience.longestLastPass);
}

PassLedger::Course PassLedger::course() const
{
    if (lastPassSeconds() <= seconds(m_patience.lastPass)) {
        return Course::Ready;
    }
    const bool shrinks = m_passes.size() < 2 || double(m_left) < shrinking * double(m_leftBefore);
    return m_passes.size() >= m_patience.passes || !shrinks ? Course::Hopeless : Course::Again;
}

std::string PassLedger::summary() const
{
    const auto bytes = m_passes.empty() ? 0 : m_passes.back();
    return "pass " + std::to_string(m_passes.size()) + ": " + mebibytes(double(bytes)) + " sent; it writes " + mebibytes(m_dirtyRate) + "/s, "
        + mebibytes(double(m_left)) + " are left, a last pass would take " + std::to_string(std::llround(lastPassSeconds() * 1000)) + " ms";
}

}
