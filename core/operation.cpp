// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/operation.h"

#include "core/words.h"

namespace portulan {

namespace {
constexpr auto states
    = wording<OperationState>({{OperationState::Pending, "pending"}, {OperationState::Running, "running"}, {OperationState::Paused, "paused"},
        {OperationState::Done, "done"}, {OperationState::Failed, "failed"}, {OperationState::Cancelled, "cancelled"}});
using enum MigrationStep;
constexpr auto steps = wording<MigrationStep>({{Planned, "planned"}, {Reserved, "reserved"}, {Stopped, "stopped"}, {Copying, "copying"},
    {Verified, "verified"}, {Committed, "committed"}, {Activated, "activated"}, {Released, "released"}, {Aborted, "aborted"}});
}

std::string_view toString(OperationState state)
{
    return states.of(state);
}
OperationState operationStateFrom(std::string_view word)
{
    return states.from(word).value_or(OperationState::Running);
}
std::string_view toString(MigrationStep step)
{
    return steps.of(step);
}

Result<MigrationStep> migrationStepFrom(std::string_view word)
{
    if (const auto step = steps.from(word)) {
        return *step;
    }
    return refuse(Reason::Malformed, {{"expected", "a migration step"}, {"value", std::string(word.substr(0, 64))}});
}

bool mayFollow(MigrationStep from, MigrationStep to)
{
    if (from == Aborted || from == Released) {
        return false;
    }
    if (to == Aborted) { // after the commit there is no way back
        return from < Committed;
    }
    return static_cast<int>(to) == static_cast<int>(from) + 1 || to == from;
}

bool mayFollowThere(MigrationStep from, MigrationStep to)
{
    switch (from) {
    case Planned:
        return to == from || to == Reserved || to == Aborted;
    case Reserved:
        return to == from || to == Verified || to == Aborted;
    case Verified:
        return to == from || to == Activated || to == Aborted;
    case Activated: // once activated there is no way back
        return to == from || to == Released;
    default:
        return false;
    }
}

double Operation::progress() const
{
    if (permille > 0) {
        return double(permille) / 1000;
    }
    if (parts.total > 0) {
        return double(parts.done + parts.failed) / double(parts.total);
    }
    return bytesTotal > 0 ? double(bytesDone) / double(bytesTotal) : -1;
}

}
