// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>

namespace portulan::site {

/// How long a migration waits for what. Tests are less patient.
struct Patience {
    std::chrono::milliseconds firstPause {1000}; ///< between tries; doubles…
    std::chrono::milliseconds longestPause {15'000}; ///< …up to this
    std::chrono::milliseconds giveUp {10 * 60'000}; ///< without any progress before the commit: back to as before
    std::chrono::milliseconds shutdown {60'000}; ///< for a guest to power off before it is stopped hard
    std::chrono::milliseconds silence {15'000}; ///< of the source until the destination asks what was decided
    std::chrono::milliseconds unheard {24 * 3600'000}; ///< of the source until an unverified copy is dropped
    std::chrono::milliseconds retentionLook {30'000}; ///< between looks for copies whose retention is over
    std::chrono::milliseconds doubt {120'000}; ///< of a source that does not answer, until a verified copy that waits for it raises an alert
    // Of warm moves.
    std::chrono::milliseconds lastPass {1000}; ///< the cut-over comes when what is left can be sent in this
    std::chrono::milliseconds longestLastPass {
        60'000}; ///< a machine that writes too fast is cut over nevertheless up to this, else an order is awaited
    std::size_t passes = 10; ///< after which no shorter last pass is hoped for
    std::chrono::milliseconds keepUp {30'000}; ///< between passes while the cut-over is awaited
    // Of live moves.
    std::chrono::milliseconds keepUpMemory {2000}; ///< between passes over the disks while the memory flows
    std::chrono::milliseconds memoryPause {300}; ///< the guest pauses when the rest of its memory can be sent in this
    std::int64_t memoryRounds = 20; ///< over what it changes, after which a longer pause is borne…
    std::chrono::milliseconds longestMemoryPause {10'000}; ///< …up to this, else an order is awaited
    int memoryTries = 5; ///< of sending its memory, after which it stays where it is
};

}
