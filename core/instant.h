// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace portulan {

/// A moment, UTC, in milliseconds since 1970. core/ never reads the clock: callers hand moments in.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// A calendar day, UTC.
using Date = std::chrono::sys_days;

/// RFC 3339, always "Z": "2026-11-22T15:04:05.250Z" (milliseconds left out when zero).
std::string toRfc3339(Instant moment);
/// Accepts any RFC 3339 offset. Malformed{expected} otherwise.
Result<Instant> instantFrom(std::string_view text);
/// "2026-11-22"
std::string toIsoDate(Date day);
Result<Date> dateFrom(std::string_view text);

}
