// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/site.h"
#include "core/verdict.h"
#include "core/workload.h"

namespace portulan {

/// What is judged besides the place: the workload with its project's policy.
struct Subject {
    Classification classification = Classification::Unclassified;
    ProjectPolicy policy;
    std::string tenantType; ///< empty: absent (closed world)
    FactSet facts; ///< "workload.*" and "dataset.*" beyond the class; open world
    bool operator==(const Subject &) const = default;
};
Subject subjectOf(Classification classification, const Project *project);

/// The rules, read from data (resources/rules/*.json), and the judge. A pure function of its arguments.
class Rulebook {
public:
    Rulebook();
    ~Rulebook();
    Rulebook(Rulebook &&) noexcept;
    Rulebook &operator=(Rulebook &&) noexcept;

    /// Parses a rule file. Malformed{line or rule, expected} on anything unknown: operator, set, severity, duplicate id.
    static Result<Rulebook> fromJson(std::string_view json);

    const std::string &version() const;
    std::vector<std::string> ruleIds() const;
    /// Words of a rule: (English, French) titles, source, severity. nullptr if unknown.
    struct Rule;
    const Rule *rule(std::string_view id) const;

    /// Every rule against a workload at a site on a day, with proofs. The site may be a hypothetical one.
    Verdict judge(const Subject &subject, const Site &site, Date today) const;
    /// The same without proofs and texts: for a million rows. Same status as judge().
    Status status(const Subject &subject, const Site &site, Date today) const;

private:
    struct Data;
    std::unique_ptr<const Data> m_data;
};

}
