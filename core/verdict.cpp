// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/verdict.h"

#include "core/words.h"
#include "core/workload.h"

namespace portulan {

namespace {
constexpr auto outcomes = wording<Outcome>({{Outcome::Pass, "pass"}, {Outcome::PassAttested, "pass_attested"}, {Outcome::Review, "review"},
    {Outcome::Fail, "fail"}, {Outcome::Conflict, "conflict"}, {Outcome::NotEvaluated, "not_evaluated"}, {Outcome::NotApplicable, "not_applicable"}});
constexpr auto severities
    = wording<Severity>({{Severity::Blocker, "blocker"}, {Severity::Major, "major"}, {Severity::Minor, "minor"}, {Severity::Info, "info"}});
constexpr auto statuses = wording<Status>({{Status::NonCompliant, "non_compliant"}, {Status::Conflict, "conflict"},
    {Status::NotEvaluated, "not_evaluated"}, {Status::ToWatch, "to_watch"}, {Status::Compliant, "compliant"}});
}

std::string_view toString(Outcome outcome)
{
    return outcomes.of(outcome);
}
std::string_view toString(Severity severity)
{
    return severities.of(severity);
}
std::optional<Severity> severityFrom(std::string_view word)
{
    return severities.from(word);
}
std::string_view toString(Status status)
{
    return statuses.of(status);
}
Status statusFrom(std::string_view word)
{
    return statuses.from(word).value_or(Status::NotEvaluated);
}

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

Status statusOf(Severity severity, Outcome outcome)
{
    const bool kept = outcome == Outcome::Pass || outcome == Outcome::PassAttested || outcome == Outcome::NotApplicable;
    if (kept || severity == Severity::Info) {
        return Status::Compliant;
    }
    if (severity == Severity::Blocker) {
        switch (outcome) {
        case Outcome::Fail:
            return Status::NonCompliant;
        case Outcome::Conflict:
            return Status::Conflict;
        case Outcome::NotEvaluated:
            return Status::NotEvaluated;
        default:
            return Status::ToWatch;
        }
    }
    return severity == Severity::Minor && outcome == Outcome::NotEvaluated ? Status::Compliant : Status::ToWatch;
}

Problem refusal(const Finding &finding, Classification classification, const std::string &site)
{
    std::string source = finding.source.name;
    if (!finding.source.reference.empty()) {
        source += (source.empty() ? "" : ", ") + finding.source.reference;
    }
    return {Reason::Refused,
        {{"rule", finding.rule}, {"title_en", finding.titleEn}, {"title_fr", finding.titleFr}, {"severity", std::string(toString(finding.severity))},
            {"source", source}, {"classification", std::string(toString(classification))}, {"site", site}},
        finding.condition.expression};
}

Problem refusal(const Verdict &verdict, Classification classification, const std::string &site)
{
    const auto refusals = verdict.refusals();
    if (refusals.empty()) {
        return {Reason::Internal, {}, "a verdict without refusals was taken for one"};
    }
    Problem problem = refusal(*refusals.front(), classification, site);
    if (refusals.size() > 1) {
        problem.facts["further"] = std::to_string(refusals.size() - 1);
    }
    return problem;
}

}
