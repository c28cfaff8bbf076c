// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/fact.h"
#include "core/problem.h"

#include <memory>

namespace portulan {

/// Kleene's three values.
enum class Truth { False, Unknown, True };
inline Truth operator!(Truth t)
{
    return t == Truth::True ? Truth::False : t == Truth::False ? Truth::True : Truth::Unknown;
}

/// Outcome of one rule.
enum class Outcome {
    Pass, ///< kept
    PassAttested, ///< unknown, but a valid certificate vouches for it
    Review, ///< broken in a way a person must look at
    Fail,
    Conflict, ///< broken by a fact although a valid certificate vouches for it
    NotEvaluated, ///< something is missing: `missing`
    NotApplicable,
};
std::string_view toString(Outcome outcome);
enum class Severity { Blocker, Major, Minor, Info };
std::string_view toString(Severity severity);
std::optional<Severity> severityFrom(std::string_view word);

/// Of a workload at a place, all rules together. Worst first.
enum class Status { NonCompliant, Conflict, NotEvaluated, ToWatch, Compliant };
inline constexpr std::array allStatuses = {Status::NonCompliant, Status::Conflict, Status::NotEvaluated, Status::ToWatch, Status::Compliant};
std::string_view toString(Status status); ///< "non_compliant", "conflict", "not_evaluated", "to_watch", "compliant"
Status statusFrom(std::string_view word); ///< unknown words read as NotEvaluated

/// A node of the proof of a finding: the expression as written, its value, the facts it stood on.
struct Proof {
    std::string expression; ///< "in(site.country, EU)"
    Truth value = Truth::Unknown;
    std::optional<Fact> fact; ///< at a leaf that read one
    std::string factName;
    std::vector<Proof> parts;
    bool operator==(const Proof &) const = default;
};

struct Source { ///< of a rule
    std::string name; ///< "ANSSI, SecNumCloud v3.2, 8 March 2022"
    std::string reference; ///< "19.2.b"
    std::string url;
    std::string status; ///< "in-force", "published", "guidance", "foreign-law", "proposal", "local"
    bool operator==(const Source &) const = default;
};

struct Finding {
    std::string rule; ///< "PTL-LOC-001"
    std::string titleEn;
    std::string titleFr;
    Severity severity = Severity::Info;
    Outcome outcome = Outcome::NotEvaluated;
    Source source;
    std::vector<std::string> missing; ///< names of facts nobody supplied
    std::string attestedBy; ///< "SecNumCloud 3.2, n° X, until 2027-03-01" where it applies
    Proof applies;
    Proof condition;
    bool operator==(const Finding &) const = default;
};

/// Whether a workload may be at a place; never green by lack of knowledge.
struct Verdict {
    Status status = Status::NotEvaluated;
    std::vector<Finding> findings; ///< of applicable rules, worst first; NotApplicable ones are left out
    std::string rulebookVersion;
    Date judgedOn {};
    bool operator==(const Verdict &) const = default;
    /// Findings that forbid it (a blocker failed or conflicts). Gateways refuse on these.
    std::vector<const Finding *> refusals() const;
};

/// What one finding makes of the whole: a verdict is the worst of its findings. A blocker decides; a major rule that is not kept or not
/// evaluated, and a minor one that is broken, are to watch; info never counts.
Status statusOf(Severity severity, Outcome outcome);

enum class Classification;
/// The Problem of a verdict that has refusals(): Refused{rule, title_en, title_fr, severity, source, classification, site, further} of the
/// worst one; `further` counts the others and is left out when there are none. Internal if there is nothing to refuse.
Problem refusal(const Verdict &verdict, Classification classification, const std::string &site);
/// The same of one finding.
Problem refusal(const Finding &finding, Classification classification, const std::string &site);

}
