// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"

namespace portulan::site {

/// One move of an evacuation, as the journal keeps it.
struct EvacuationMove {
    enum class State { Waiting, Running, Done, Failed };
    State state = State::Waiting;
    std::string operation; ///< id of the migration, once there is one
    int attempt = 0; ///< part of its request id: the same attempt never begins twice
    Problem problem; ///< of Failed; of Waiting, why the last attempt failed
    bool isOver() const { return state == State::Done || state == State::Failed; }
};
std::string toRow(const EvacuationMove &move);
Result<EvacuationMove> evacuationMoveFrom(std::string_view row); ///< Malformed

}
