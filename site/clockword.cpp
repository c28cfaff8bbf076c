// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/clockword.h"

#include "proto/wire.h"
#include "site/peerlink.h"

#include <algorithm>
#include <cstdlib>

namespace portulan::site {

namespace {
constexpr auto askEvery = std::chrono::minutes(1);
constexpr auto askAgain = std::chrono::seconds(2); // where nobody answered: after a blackout others boot, too
constexpr std::size_t asked = 3; // of many, others the next time
constexpr std::int64_t sameMs = 60'000; // a call takes its time, and nobody's clock is right to the second

/// How far its clock is from ours; nothing if it does not say.
std::optional<std::int64_t> apartMs(const Config &config, const PeerRow &peer, const std::function<Instant()> &clock)
{
    const auto link = PeerLink::to(config, peer.site, peer.endpoint);
    const auto answer = link ? (*link)->greet({}) : Result<v1::GreetResponse>(unexpected(link.error()));
    const auto theirs = answer && answer->has_at() ? wire::fromWire(answer->at()) : Result<Instant>(unexpected(Problem {}));
    return theirs ? std::optional<std::int64_t>(std::abs((*theirs - clock()).count())) : std::nullopt;
}
}

ClockWord::ClockWord(Context &context)
    : m_context(context)
{
}

bool ClockWord::isGood(const MachineTime &now) const
{
    const std::scoped_lock lock(m_heard->mutex);
    return m_heard->bootedMs && std::abs(m_context.clock().time_since_epoch().count() - now.upMs - *m_heard->bootedMs) < sameMs;
}

void ClockWord::ask()
{
    const auto now = std::chrono::steady_clock::now();
    const std::scoped_lock lock(m_heard->mutex);
    if (m_heard->asking || m_context.config.peers.empty() || now < m_heard->askNext) {
        return;
    }
    m_heard->asking = true;
    m_next = (m_next + asked) % m_context.config.peers.size();
    m_context.workers.post([heard = m_heard, config = m_context.config, clock = m_context.clock, machine = m_context.machineTime, first = m_next] {
        std::size_t same = 0, other = 0;
        for (std::size_t i = 0; i < std::min(asked, config.peers.size()); ++i) {
            if (const auto apart = apartMs(config, config.peers[(first + i) % config.peers.size()], clock)) {
                ++(*apart < sameMs ? same : other);
            }
        }
        const std::scoped_lock done(heard->mutex);
        heard->asking = false;
        heard->askNext = std::chrono::steady_clock::now() + (same + other > 0 ? std::chrono::steady_clock::duration(askEvery) : askAgain);
        if (same + other == 0) {
            return;
        }
        heard->bootedMs = same > 0 && other == 0 ? std::optional(clock().time_since_epoch().count() - machine().upMs) : std::nullopt;
    });
}

}
