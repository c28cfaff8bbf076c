// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"
#include "core/movemode.h"

namespace portulan::site {

/// Minutes since midnight in this gateway's local time.
int minuteOfDay(Instant moment);
/// Whether `moment` is within.
bool holds(const DayWindow &window, Instant moment);

}
