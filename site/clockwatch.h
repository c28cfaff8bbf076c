// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"

#include <map>

namespace portulan::site {

/// Notices when this machine's clock leaps, against the one that counts since it booted: a clock that somebody sets a year ahead must not end all
/// retentions at once. What was retained before a leap is kept for as long as it had been promised, by the time that really passes; a leap back
/// takes that away again. Kept in a file, for the leap may happen while the gateway is down. Of one thread.
class ClockWatch {
public:
    /// `leap`: what is no longer taken for a correction or a change of zone.
    ClockWatch(Context &context, std::chrono::milliseconds leap);
    /// Often, and before any retention is judged.
    void look();
    /// When a retention ends by the clock as it is now.
    Instant endOf(const ObjectId &object, Instant retainedUntil) const;

private:
    struct Glance {
        std::string boot; ///< which run of the machine
        std::int64_t upMs = 0; ///< since then
        std::int64_t wallMs = 0;
    };
    Glance now() const;
    void load();
    void save();
    void leapt(std::chrono::milliseconds by);

    Context &m_context;
    std::chrono::milliseconds m_leap;
    std::optional<Glance> m_last;
    std::int64_t m_savedMs = 0; ///< of uptime
    std::map<std::string, std::int64_t> m_longer; ///< milliseconds, by ObjectId::text()
};

}
