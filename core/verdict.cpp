// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/verdict.h"

#include "core/words.h"

namespace portulan {

namespace {
constexpr auto outcomes = wording<Outcome>({{Outcome::Pass, "pass"}, {Outcome::PassAttested, "pass_attested"}, {Outcome::Review, "review"},
    {Outcome::Fail, "fail"}, {Outcome::Conflict, "conflict"}, {Outcome::NotEvaluated, "not_evaluated"}, {Outcome::NotApplicable, "not_applicable"}});
constexpr auto severities = wording<Severity>(
    {{Severity::Blocker, "blocker"}, {Severity::Major, "major"}, {Severity::Minor, "minor"}, {Severity::Info, "info"}});
constexpr auto statuses = wording<Status>({{Status::NonCompliant, "non_compliant"}, {Status::Conflict, "conflict"},
    {Status::NotEvaluated, "not_evaluated"}, {Status::ToWatch, "to_watch"}, {Status::Compliant, "compliant"}});
}

std::string_view toString(Outcome outcome) { return outcomes.of(outcome); }
std::string_view toString(Severity severity) { return severities.of(severity); }
std::string_view toString(Status status) { return statuses.of(status); }
Status statusFrom(std::string_view word) { return statuses.from(word).value_or(Status::NotEvaluated); }

std::vector<const Finding *> Verdict::refusals() const
{
    std::vector<const Finding *> list;
    for (const auto &finding : findings) {
        if (finding.severity == Severity::Blocker && (finding.outcome == Outcome::Fail || finding.outcome == Outcome::Conflict)) {
            list.push_back(&finding);
        }
    }
    return list;
}

}
