// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/classes.h"
#include "core/waves/placed.h"

namespace portulan::waves {

/// How many blocks of each class the solver would send to each destination; not always whole numbers.
using Targets = std::vector<std::vector<double>>;

/// Puts every block as the targets say, as far as whole blocks go, and the rest wherever it fits and ends soonest. Never breaks a rule or
/// overfills anything; what fits nowhere stays nowhere.
void settle(Placed &placed, const std::vector<Class> &classes, Targets targets);
/// Finds room for blocks that are nowhere by moving one other block aside each.
void makeRoom(Placed &placed);
/// Relieves the busiest pipe, block by block, until it is done by `enough` seconds or nothing helps.
void relieve(Placed &placed, double enough);
/// Moves blocks to cheaper destinations, the largest saving first, as long as no pipe takes longer than `seconds`.
void cheapen(Placed &placed, double seconds);

}
