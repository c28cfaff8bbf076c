// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"

namespace portulan::site {

/// Erases the copies of what was handed over whose retention has ended. Quiet about what cannot be erased now: it is looked at again.
/// Answers when the next retention ends; nothing if there is none.
std::optional<Instant> eraseExpired(Context &context);

}
