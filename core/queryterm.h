// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"

#include <cstdint>
#include <vector>

namespace portulan {

/// What a term of a query asks about.
enum class QueryKey { Any, Site, Project, Kind, Class, State, Verdict, Name, Id, Country, Custody, Count, Ram, Size };
enum class Comparison { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };

/// One condition of a query, read and checked.
struct QueryTerm {
    QueryKey key = QueryKey::Any;
    bool negated = false;
    Comparison comparison = Comparison::Equal;
    std::vector<std::string> words; ///< folded; any of them will do
    std::vector<std::int64_t> numbers; ///< any of them will do
    std::uint32_t mask = 0; ///< of enumerators, bit by number
};

/// See Query::parse().
Result<std::vector<QueryTerm>> parseQuery(std::string_view text);
/// Whether a folded text is as the pattern says: `*` stands for anything, the rest for itself.
bool matchesPattern(std::string_view text, std::string_view pattern);

}
