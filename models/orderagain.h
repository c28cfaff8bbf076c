// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/migrationplan.h"

namespace portulan {

/// Whether it is a migration that ended without moving anything, of something that is still where it was.
bool mayOrderAgain(const Federation &federation, const Operation &operation);
/// What would order such migrations once more, as they were ordered; of one ordered elsewhere its destination and its mode are all that is known.
MigrationChoices choicesAgain(const Federation &federation, const std::vector<Operation> &migrations);

}
