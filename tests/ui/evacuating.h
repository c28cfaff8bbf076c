// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/plannedevacuation.h"
#include "tests/ui/stage.h"

namespace portulan::test {

/// Lyon being emptied in two waves, as planned: web-2 moved, dossier-patient failed, web-1 copied while it runs and ready to be cut over, its images
/// waiting for the second wave.
PlannedEvacuation lyonEmptied();
std::vector<Operation> lyonBeingEmptied();
/// Tells the stage's federation of it: ObjectId::text() of the evacuation.
QString underWay(Stage &stage);

}
