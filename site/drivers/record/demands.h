// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"

namespace portulan::site {

/// Conflict{id, etag} unless `etag` is empty or the object's.
Result<> demandEtag(const Common &object, std::string_view etag);
/// NotReady{state} unless the object is this site's to change.
Result<> demandOwned(Custody custody);
/// InvalidArgument{field}: display name and labels.
Result<> checkCommon(const std::string &name, const std::map<std::string, std::string> &labels);
/// InvalidArgument{field, expected, value} unless within.
Result<> checkRange(std::string_view field, std::int64_t value, std::int64_t least, std::int64_t most);
bool isUp(PowerState state); ///< something runs, or is about to begin or end
tl::unexpected<Problem> notReady(std::string_view state);

}
