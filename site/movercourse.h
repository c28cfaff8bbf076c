// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/forecasting.h"
#include "core/progress.h"
#include "site/operations.h"

namespace portulan::site {

/// What one migration's operation says of how it goes: how far it is, how fast, why it stands still, and in the end what it took. Thread safe.
///
/// The bar: a hundredth until the destination has made room; the bytes; then, as large as it may be expected to take, the proof, the hand-over and
/// the start there. Of the bytes of a warm move the first pass has four fifths, each other one half of what is left. What is announced of the bar is
/// journalled first, a hundredth at a time, so that it does not go back when the gateway dies either.
class MoverCourse {
public:
    explicit MoverCourse(std::shared_ptr<Running> running); ///< none: nobody looks

    void expect(const Outlook &outlook); ///< kept with the operation; once
    bool isExpected() const;
    void stands(const Problem &why); ///< it waits; may be repeated
    void goes(); ///< it does not, or no longer
    void reached(MigrationStep step);
    void passBegins(std::size_t number, std::int64_t bytes); ///< of a warm move, the first is 1
    void allBegins(); ///< all of it is read again
    void lastPassBegins(std::int64_t bytes); ///< its machine is down
    /// `done` of `total` bytes are there; of a pass, as the sender counts: what it does not have to send counts as done.
    void report(std::int64_t done, std::int64_t total, std::int64_t wire);
    std::int64_t workedMs() const;

private:
    using Clock = std::chrono::steady_clock;
    void publish(const std::function<void(Operation &)> &edit, bool durable);
    double bytesUntil() const { return 1 - m_after; }
    std::int64_t workedLocked() const;
    const std::shared_ptr<Running> m_running;
    mutable std::mutex m_mutex;
    ProgressMeter m_meter;
    double m_after = 0.05; ///< share of what comes after the bytes
    double m_afterSeconds = 0;
    std::int64_t m_passBytes = -1; ///< -1: all there is
    double m_passUntil = 0;
    std::int64_t m_workedMs = 0; ///< before m_since
    Clock::time_point m_since {}; ///< {}: it stands
    Problem m_waiting;
    std::int32_t m_announced = 0;
    bool m_expected = false;
};

}
