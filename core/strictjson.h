// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <nlohmann/json_fwd.hpp>

namespace portulan {

/// How much JSON is taken from a file.
struct JsonLimits {
    std::string what; ///< named in TooLarge
    std::size_t bytes = 0;
    int depth = 0;
};

/// JSON in which nothing is hidden: no nesting beyond the limit, and no doubled key, of which the library would keep the last without a word.
/// Malformed{line, expected} or TooLarge{what, limit, size}.
Result<nlohmann::json> strictJson(std::string_view text, const JsonLimits &limits);
/// The line, from 1, of an offset in a text.
std::string lineOf(std::string_view text, std::size_t offset);

}
