// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/ctl/commands.h"
#include "models/moveoptions.h"

namespace portulan::ctl {

/// How things are moved, as `migrate`, `plan migrate` and `evacuate` take it: --mode, --cutover, --window, --bandwidth, --bandwidth-at,
/// --not-before, --retention, --project, --no-start.
std::vector<Option> withMoveOptions(std::vector<Option> others);
Result<MoveOptions> moveOptionsOf(const Arguments &arguments); ///< InvalidArgument{field: the option}

Json optionsJson(const MoveOptions &options);

struct Answers { ///< of several orders sent at once
    std::vector<Operation> accepted;
    std::vector<Problem> refused;
    std::size_t open = 0;
};
/// Prints what became of them and ends, once all that were accepted are over if `wait`.
void conclude(Session &session, const std::shared_ptr<Answers> &answers, bool wait);

}
