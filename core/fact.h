// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace portulan {

using Words = std::vector<std::string>;
/// What a fact may say. Percentages and counts are doubles.
using Value = std::variant<bool, double, std::string, Words>;

/// How far a fact can be trusted, weakest first.
enum class Assurance { Declared, Attested, Measured };
std::string_view toString(Assurance assurance);
Assurance assuranceFrom(std::string_view word); ///< unknown words read as Declared

/// One dated statement about a site, an operator or a data set. Unknown is the absence of a fact, never a default.
struct Fact {
    Value value;
    std::string source; ///< who says so: "operator declaration", "certificate HDS-2.0 n° 1234"
    Date asOf {};
    Assurance assurance = Assurance::Declared;

    bool operator==(const Fact &) const = default;
};

/// Facts by dotted name, as the rules address them: "site.country", "provider.total_non_eu_share_pct".
using FactSet = std::map<std::string, Fact, std::less<>>;

/// "true", "24", "FR", "FR, DE": for logs, JSON keys and proofs; people get models/phrases.
std::string describe(const Value &value);

}
