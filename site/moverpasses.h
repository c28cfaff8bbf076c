// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/movemode.h"
#include "site/moverpatience.h"

#include <string>

namespace portulan::site {

/// The passes of one warm move as figures: what each sent and how fast, what its machine writes meanwhile, and what follows from it.
class PassLedger {
public:
    explicit PassLedger(const Patience &patience)
        : m_patience(patience)
    {
    }
    /// Of a view: bytes marked in it, and what of them has to travel, in blocks or whole chunks.
    void viewed(std::int64_t marked, std::int64_t travelling);
    /// A pass is over; `written` to the disks since it began, of `diskBytes` in all. `cost`: what it took is the time of, if that is more than bytes.
    void passed(std::int64_t bytes, double seconds, std::int64_t written, std::int64_t diskBytes, std::int64_t cost = 0);

    enum class Course { Again, Ready, Hopeless }; ///< another pass; little is left; another pass would not help
    Course course() const;
    bool isBearable() const; ///< a last pass now takes no longer than Patience::longestLastPass
    std::int64_t leftBytes() const { return m_left; }
    double lastPassSeconds() const;
    double bytesPerSecond() const; ///< sent; 0: not known
    double dirtyBytesPerSecond() const { return m_dirtyRate; }
    const std::vector<std::int64_t> &passes() const { return m_passes; }
    std::string summary() const; ///< English, for the log

private:
    const Patience m_patience;
    std::vector<std::int64_t> m_passes;
    double m_swelling = 1; ///< bytes that travel for a byte that was written
    double m_rate = 0;
    double m_dirtyRate = 0;
    std::int64_t m_left = 0;
    std::int64_t m_leftBefore = 0;
};

}
