// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"
#include "core/order.h"

namespace portulan::site {

/// One move of an evacuation, as the journal keeps it; or what another site has to move before.
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
Result<std::string> toRow(const Evacuate &order);
Result<Evacuate> evacuationFrom(const std::string &row, const std::string &site); ///< Malformed

}
