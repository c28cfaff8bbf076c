// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>

namespace portulan {

/// How much of a piece of work is done, as a bar that never goes back and never stands at its end while there is more to do.
///
/// The bar is divided into stretches: each fills it up to a mark of its own, so that what comes after the bytes (proving, handing over, starting)
/// has room too. Within a stretch the bar moves with the bytes. If more turns up than was known, what is left of the stretch is divided anew: the
/// bar goes on from where it is, slower. What was lost and has to be done again moves nothing until it is made up for.
/// Moments are seconds of any steady clock.
class ProgressMeter {
public:
    /// `reached`: what was announced before, by an earlier life of this gateway.
    explicit ProgressMeter(std::int32_t reachedPermille = 0)
        : m_position(reachedPermille / 1000.0)
    {
    }
    /// A stretch begins that fills the bar up to `until`, 0–1.
    void begin(double until);
    /// Of this stretch so much is done, and so much is left.
    void report(double now, std::int64_t done, std::int64_t left);
    /// Nothing moves for a while: that says nothing of the speed.
    void rest() { m_sampledAt = -1; }
    /// All of it is done.
    void finish();

    std::int32_t permille() const;
    double bytesPerSecond() const { return m_speed; } ///< of about the last ten seconds; 0: not known
    double secondsLeft() const; ///< of this stretch, at that speed; -1: not known

private:
    void sample(double now, std::int64_t done);
    double m_position = 0; ///< 0–1
    double m_until = 1;
    double m_from = 0; ///< the position where the present division of the stretch began…
    std::int64_t m_doneThen = 0; ///< …and what was done then
    std::int64_t m_done = 0; ///< the most so far
    std::int64_t m_left = 0;
    std::int64_t m_all = -1;
    double m_speed = 0;
    double m_sampledAt = -1;
    std::int64_t m_sampled = 0;
};

}
