// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"

namespace portulan::site {

/// What the clocks of other sites say of this one's. Asked aside, once a minute at most. Of one thread.
class ClockWord {
public:
    explicit ClockWord(Context &context);
    /// All that answered say the same as this clock, and one did at least; and it has not been set since.
    bool isGood(const MachineTime &now) const;
    void ask();

private:
    struct Heard {
        std::mutex mutex;
        std::optional<std::int64_t> bootedMs; ///< when the machine was booted, by a clock that was found right
        bool asking = false;
        std::chrono::steady_clock::time_point askNext {};
    };
    Context &m_context;
    const std::shared_ptr<Heard> m_heard = std::make_shared<Heard>(); ///< outlives this, for those that still ask
    std::size_t m_next = 0; ///< which of the other sites is asked first
};

}
