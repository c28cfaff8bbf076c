// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/placed.h"
#include "core/waves/waveplan.h"

namespace portulan::waves {

inline constexpr double agreementSeconds = 1; ///< anything takes a moment to be agreed on

/// What things let through by themselves, whatever the pipes could; each kind once.
class Allowances {
public:
    explicit Allowances(int minute)
        : m_minute(minute)
    {
    }
    const Flow *flowOf(const Allowance &allowance); ///< nullptr: it is not limited; until the next question

private:
    int m_minute;
    std::vector<std::pair<Allowance, Flow>> m_known;
};

/// Times waves, one after the other, in the hours there are.
class WaveClock {
public:
    WaveClock(const Evacuation &evacuation, const Placed &placed);

    struct Course {
        double begins = 0;
        double ends = 0;
        double worked = 0; ///< of the time until its end, that in which something of it may move
        double openShare = 1; ///< of the day
    };
    Course courseOf(const Wave &wave); ///< if it were the next one
    double idle(const Course &course) const { return course.ends - m_now - course.worked; } ///< nothing would move
    void add(Wave &wave, const Course &course); ///< it is the next one
    double error() const { return m_error; } ///< how wrong all of that may be, in seconds

private:
    const Evacuation &m_evacuation;
    const Placed &m_placed;
    Allowances m_allowances;
    double m_now = 0;
    double m_error = 0;
};

/// Machines that do not fit into their hours where they were placed.
std::vector<Overrun> overrunsOf(const Evacuation &evacuation, const Placed &placed);

}
