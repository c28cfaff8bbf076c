// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/subjectfacts.h"

namespace portulan {

namespace {

View wordOrNothing(std::string_view word)
{
    return word.empty() ? View() : View(word);
}

constexpr OwnFact table[] = {
    {"dataset.class", [](const Subject &s) { return wordOrNothing(toString(s.classification)); }},
    {"tenant.type", [](const Subject &s) { return wordOrNothing(s.tenantType); }},
    {"policy.allowed_countries",
        [](const Subject &s) { return s.policy.allowedCountries.empty() ? View() : View(std::span<const std::string>(s.policy.allowedCountries)); }},
    {"policy.require_secnumcloud", [](const Subject &s) { return View(s.policy.requireSecNumCloud); }},
    {"policy.forbid_us_exposure", [](const Subject &s) { return View(s.policy.forbidUsExposure); }},
    {"policy.min_seal", [](const Subject &s) { return View(double(s.policy.minSeal)); }},
    {"policy.gaiax_label", [](const Subject &s) { return wordOrNothing(s.policy.gaiaxLabel); }},
};

struct AsValue {
    Value operator()(std::monostate) const { return false; }
    Value operator()(bool flag) const { return flag; }
    Value operator()(double number) const { return number; }
    Value operator()(std::string_view word) const { return std::string(word); }
    Value operator()(std::span<const std::string> list) const { return Words(list.begin(), list.end()); }
};

}

std::span<const OwnFact> ownFacts()
{
    return table;
}

FactSet ownFactsOf(const Subject &subject)
{
    FactSet facts;
    for (const auto &own : table) {
        const View view = own.of(subject);
        if (!std::holds_alternative<std::monostate>(view)) {
            const auto *source = own.name == "dataset.class" ? "classification of the data" : "project";
            facts.emplace(own.name, Fact {std::visit(AsValue {}, view), source, {}, Assurance::Declared});
        }
    }
    return facts;
}

bool isOfSubject(std::string_view name)
{
    return name != "dataset.class" && (name.starts_with("dataset.") || name.starts_with("workload."));
}

}
