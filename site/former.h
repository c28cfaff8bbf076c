// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"

namespace portulan::site {

/// What this site still keeps of something that now comes back: the copy it gave away to that very site, of that very object. Nothing if it is
/// another object, or the copy is gone.
std::optional<Former> formerOf(Context &context, const Wanted &wanted);

}
