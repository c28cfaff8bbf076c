// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/clockword.h"

#include <map>

namespace portulan::site {

/// What two clocks may differ by that are both taken for right.
constexpr auto clocksApart = std::chrono::minutes(5);

/// Sees to it that a retention ends when the time that was promised has really passed, whatever anybody sets this machine's clock to: never before
/// its end by the clock, and never before the time that was left of it when it was first seen has gone by since. Time is counted by what counts
/// since the machine booted. That it was off counts by its clock, but only once somebody says that this is right: a time service, or the clocks of
/// other sites. Kept in a file, for the clock may leap while the gateway is down. Of one thread.
class ClockWatch {
public:
    explicit ClockWatch(Context &context);
    ~ClockWatch();
    ClockWatch(const ClockWatch &) = delete;
    ClockWatch &operator=(const ClockWatch &) = delete;
    /// Often, and before any retention is judged.
    void look();
    /// The clock as it was looked at: retentions are judged by that.
    Instant at() const;
    /// When a retention ends by that clock. One that was not seen yet has not ended.
    Instant endOf(const ObjectId &object, Instant retainedUntil) const;

private:
    struct Glance {
        std::string boot;
        std::int64_t upMs = 0;
        std::int64_t wallMs = 0;
    };
    struct Kept {
        std::int64_t untilMs = 0;
        std::int64_t leftMs = 0; ///< that has to pass
        bool anchored = false; ///< was there at the anchor
    };
    std::int64_t passed(const Glance &here, bool sure);
    bool see(std::int64_t leaptMs, bool sure);
    std::int64_t promisedMs(const ObjectId &object) const;
    std::int64_t lateMs(const Kept &kept) const;
    void tell();
    void load();
    void save();

    Context &m_context;
    ClockWord m_word;
    std::optional<Glance> m_last;
    bool m_lastIsOurs = false; ///< not of an earlier life
    std::optional<std::int64_t> m_anchorMs; ///< the clock when it was last known to be right…
    std::int64_t m_sinceAnchorMs = 0; ///< …and what is known to have passed since
    bool m_wasOff = false; ///< …beside which the machine was off
    std::int64_t m_savedMs = 0; ///< of uptime
    std::map<std::string, Kept> m_kept; ///< by ObjectId::text()
    std::int64_t m_toldMs = 0; ///< how much the alert says; 0: there is none
};

}
