// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"
#include "core/movemode.h"
#include "core/objectid.h"

#include <cstdint>
#include <vector>

namespace portulan {

/// Anything that takes time. Lives at the site that does the work; a migration lives at the source and, as an
/// `incoming` one of the same `migration` id, at the destination.
enum class OperationState { Pending, Running, Paused, Done, Failed, Cancelled };
std::string_view toString(OperationState state);
OperationState operationStateFrom(std::string_view word); ///< unknown words read as Running
inline bool isOver(OperationState s)
{
    return s == OperationState::Done || s == OperationState::Failed || s == OperationState::Cancelled;
}

/// Steps of a migration, in order. tests/protocol and the journal use the same names.
enum class MigrationStep {
    Planned, ///< journalled at the source, nothing done
    Reserved, ///< destination has accepted: policy, quota, room; nothing copied
    Stopped, ///< the machine is down and fenced at the source
    Copying,
    Verified, ///< destination has hashed and fsynced every byte and says so (prepared: it may no longer drop the copy by itself)
    Committed, ///< source has journalled the hand-over: from here the destination owns it
    Activated, ///< destination has taken ownership and started it if it ran
    Released, ///< source copy is Retained until its retention ends
    Aborted, ///< as before: source owns, destination's copy is dropped
};
std::string_view toString(MigrationStep step);
Result<MigrationStep> migrationStepFrom(std::string_view word);
/// Whether the source's journal may go from one step to the other.
bool mayFollow(MigrationStep from, MigrationStep to);
/// …and the destination's, which stops no machine and takes no decision: planned, reserved, verified, activated, released, or aborted.
bool mayFollowThere(MigrationStep from, MigrationStep to);

/// A test boot of what a migration has brought to its destination so far.
struct TestBoot {
    std::string state; ///< "running", "booted", "failed"; empty: there was none
    Instant startedAt {};
    Instant endedAt {};
    std::string console; ///< the last of what it printed, at most 4 KiB
    Problem problem; ///< meaningful when failed
    bool operator==(const TestBoot &) const = default;
};

/// How far an operation is that consists of others: an evacuation.
struct Parts {
    std::int32_t total = 0; ///< 0: it has none
    std::int32_t done = 0;
    std::int32_t failed = 0;
    std::int32_t running = 0;
    std::int32_t wave = 0; ///< the present one, from 1
    std::int32_t waves = 0;
    bool operator==(const Parts &) const = default;
};

struct Operation {
    ObjectId id;
    std::string kind; ///< order's name: "instance.create", "migrate", "migrate.incoming", "volume.import"…
    std::string project;
    ObjectId object; ///< what it is about (the instance, volume…)
    std::string objectName;
    OperationState state = OperationState::Pending;
    std::string phase; ///< step name for migrations (toString(MigrationStep)), short word otherwise
    std::int64_t bytesDone = 0;
    std::int64_t bytesTotal = 0; ///< 0: not known
    std::int64_t bytesOnWire = 0;
    std::string requestedBy; ///< caller's identity
    std::string requestId;
    std::string fromSite; ///< migrations
    std::string toSite;
    std::string migration; ///< id shared by both sites' operations
    std::string mode; ///< of migrations at their source: "cold", "warm"
    Passes passes; ///< of warm ones
    Forecast forecast; ///< of migrations at their source
    TestBoot testBoot; ///< the last one
    Problem waiting; ///< under way, but standing still now, and why: for a moment, a slot, its turn at the destination; Problem {}: it does not
    std::int32_t permille = 0; ///< of all its work done, as the site counts it (core/progress.h); grows only. 0: the bytes say it
    std::int64_t bytesPerSecond = 0; ///< lately; 0: not known
    std::int64_t remainingMs = 0; ///< until its end, at that speed; 0: not known
    std::int64_t workedMs = 0; ///< of migrations that are over: what it took, waits not counted
    std::int64_t outageMs = 0; ///< a machine that ran: from its stop to its start there, by the source's clock; 0: not over yet
    Instant startedAt {};
    Instant changedAt {};
    Instant endedAt {};
    bool cancellable = false;
    Problem problem; ///< meaningful when Failed or Cancelled
    std::vector<std::string> log; ///< last lines, English, at most 64
    std::vector<std::string> digests; ///< migrations: "volume-id sha256root" agreed by both sites
    std::string partOf; ///< id, at the same site, of the operation that ordered it
    Parts parts; ///< of an evacuation

    bool operator==(const Operation &) const = default;
    /// 0–1, or -1 when the total is not known. What a site counts itself (`permille`) never goes back.
    double progress() const;
};

}
