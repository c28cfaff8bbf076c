// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/clockwatch.h"

namespace portulan::site {

struct Retention {
    std::optional<Instant> next; ///< when the next one ends; nothing if there is none
    bool erased = false; ///< something whose erasure is to be recorded
};
/// Erases the copies of what was handed over whose retention has ended. Each is noted before anything of it goes, and once it is found gone, so that
/// a crash in between leaves one truthful account. Quiet about what cannot be erased now: it is looked at again.
Retention eraseExpired(Context &context, const ClockWatch &watch);

/// When the retention of a copy ended that is gone, as was noted when it was erased; else `otherwise`.
Instant endedRetention(const Context &context, const std::string &migration, Instant otherwise);

}
