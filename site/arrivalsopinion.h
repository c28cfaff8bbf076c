// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"

namespace portulan::site {

/// What this site has against taking something, all at once; changes nothing.
Arrivals::Opinion opinionOn(const Context &context, const Wanted &wanted);
/// Of that, what no driver will see to: the project and the rules. The first thing against it.
Result<> demandWelcome(const Context &context, const Wanted &wanted);

}
