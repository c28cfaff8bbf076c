// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/expression.h"
#include "core/rulebook.h"

namespace portulan {

/// A rule of the book with its conditions ready to run.
struct CompiledRule {
    Rulebook::Rule words;
    Expression applies;
    Expression condition;
    bool reviewOnFalse = false;
    struct Attestation {
        std::string scheme;
        std::string level; ///< empty: any
        const Words *ranking = nullptr; ///< owned by the vocabulary
    };
    std::vector<Attestation> attestedBy; ///< a valid certificate of any of these vouches for the condition
};

/// A rule file, understood.
struct RuleSet {
    std::string version;
    Vocabulary vocabulary;
    std::vector<CompiledRule> rules;
    FactSet defaults; ///< of policies the program does not know by itself
};

/// Malformed{rule, line, expected} or TooLarge{what, limit, size}. See Rulebook::fromJson.
Result<RuleSet> ruleSetFrom(std::string_view json);

}
