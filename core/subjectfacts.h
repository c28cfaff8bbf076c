// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/expression.h"
#include "core/rulebook.h"

namespace portulan {

/// A fact a subject states by a field of its own, and how to read it; monostate when it says nothing.
struct OwnFact {
    std::string_view name;
    View (*of)(const Subject &);
};
/// Class, tenant and policy.
std::span<const OwnFact> ownFacts();
/// The same with who says so, for proofs.
FactSet ownFactsOf(const Subject &subject);
/// Whether Subject::facts may state it: anything of the workload and the data but the class, which has its field.
bool isOfSubject(std::string_view name);

}
