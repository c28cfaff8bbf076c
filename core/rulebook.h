// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/site.h"
#include "core/verdict.h"
#include "core/workload.h"

#include <memory>

namespace portulan {

/// What is judged besides the place: the workload with its project's policy.
struct Subject {
    Classification classification = Classification::Unclassified;
    ProjectPolicy policy;
    std::string tenantType; ///< empty: absent (closed world)
    FactSet facts; ///< "workload.*" and "dataset.*" beyond the class; open world
    bool operator==(const Subject &) const = default;
};
/// Data of a class in a project (null: none, default policy). The project's labels named "workload.…" and "dataset.…" become declared
/// facts: "true" and "false" are read as such, numbers as numbers, the rest as words.
Subject subjectOf(Classification classification, const Project *project);

/// A site's facts laid out for one rulebook on one day: bind once, ask for a million subjects. Must not outlive its rulebook.
class BoundSite {
public:
    ~BoundSite();
    BoundSite(BoundSite &&) noexcept;
    BoundSite &operator=(BoundSite &&) noexcept;

private:
    friend class Rulebook;
    struct Data;
    explicit BoundSite(std::unique_ptr<const Data> data);
    std::unique_ptr<const Data> m_data;
};

/// The rules, read from data (resources/rules/*.json), and the judge. A pure function of its arguments; any thread may ask.
///
/// Of each rule: `applies_when` false → NotApplicable; unknown → NotEvaluated. `condition` true → Pass; false → Fail or Review, as the rule
/// says, but Conflict if a certificate of `attested_by` holds; unknown → PassAttested if one holds, else NotEvaluated with what is missing.
/// Policies and tenants are a closed world (absent is none), everything else an open one (absent is unknown). A certificate counts
/// confirmed, not revoked, within its validity; one merely declared makes its rule unknown. The whole is the worst of statusOf() of the
/// findings; without any rule, and for unclassified data, at best NotEvaluated: it is never green by lack of knowledge.
class Rulebook {
public:
    Rulebook(); ///< no rules at all: every verdict is NotEvaluated
    ~Rulebook();
    Rulebook(Rulebook &&) noexcept;
    Rulebook &operator=(Rulebook &&) noexcept;

    /// Parses a rule file of at most 4 MiB. Malformed{rule, line, expected} on anything unknown: key, operator, fact prefix, set, severity,
    /// duplicate id, operands of a wrong count or type, expressions deeper than 32. TooLarge{what, limit, size}.
    static Result<Rulebook> fromJson(std::string_view json);

    /// A rule as people and reports need it.
    struct Rule {
        std::string id; ///< "PTL-LOC-001"
        std::string titleEn;
        std::string titleFr;
        Severity severity = Severity::Info;
        Source source;
        std::string group; ///< "location", "ownership"…
        std::string subject; ///< "site", "provider", "dataset", "workload"
        std::string evidenceKind; ///< "measured", "attested", "declared"
        std::string note;
        std::string appliesWhen; ///< as in proofs: "eq(dataset.class, "health_fr")"
        std::string condition;
        bool operator==(const Rule &) const = default;
    };
    const std::string &version() const;
    std::vector<std::string> ruleIds() const; ///< in the file's order
    /// nullptr if unknown; lives as long as the rulebook.
    const Rule *rule(std::string_view id) const;

    /// Whether a word is in one of the rules' sets: isIn("EEA", "FR"). False for an unknown set.
    bool isIn(std::string_view set, std::string_view word) const;

    /// Every rule against a workload at a site on a day, with proofs. The site may be a hypothetical one.
    Verdict judge(const Subject &subject, const Site &site, Date today) const;
    /// The same without proofs and texts: for a million rows. Same status as judge().
    Status status(const Subject &subject, const Site &site, Date today) const;

    BoundSite bind(const Site &site, Date today) const;
    Status status(const Subject &subject, const BoundSite &site) const;

private:
    struct Data;
    std::unique_ptr<const Data> m_data;
};

}
