// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/board.h"

#include <map>
#include <tuple>

namespace portulan::waves {

/// Judges each kind of workload once against every destination, with `placement`: the rules, the project, the hypervisor, the link.
class Fates {
public:
    Fates(const Evacuation &evacuation, const Rulebook &rulebook, Date today);

    /// Of things of one source alone: an index into take().
    int of(const Movable &movable);
    /// Of two that go together: what stands against one stands against both.
    int both(int one, int other);
    std::vector<Fate> take() { return std::move(m_fates); }

private:
    struct Kind {
        Subject subject;
        int fate = -1;
    };
    Fate judge(const Movable &movable) const;

    const Evacuation &m_evacuation;
    const Rulebook &m_rulebook;
    Date m_today;
    std::vector<Fate> m_fates;
    std::map<std::tuple<std::string, std::string, bool, std::string, Classification, std::string>, std::vector<Kind>> m_kinds;
    std::map<std::pair<int, int>, int> m_both;
};

}
