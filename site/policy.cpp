// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/policy.h"

namespace portulan::site {

Policy::Policy(const Rulebook &rulebook, const Broadcast &broadcast, std::string site, std::function<Instant()> clock)
    : m_rulebook(rulebook)
    , m_broadcast(broadcast)
    , m_site(std::move(site))
    , m_clock(std::move(clock))
{
}

Verdict Policy::judge(Classification classification, const std::string &project) const
{
    const auto site = m_broadcast.find({m_site, ObjectKind::Site, {}});
    const auto owner = m_broadcast.find({m_site, ObjectKind::Project, project});
    const auto *place = site ? std::get_if<Site>(&*site) : nullptr;
    const auto *tenant = owner ? std::get_if<Project>(&*owner) : nullptr;
    const Date today = std::chrono::floor<std::chrono::days>(m_clock());
    return m_rulebook.judge(subjectOf(classification, tenant), place ? *place : Site {}, today);
}

Result<Verdict> Policy::demand(Classification classification, const std::string &project) const
{
    Verdict verdict = judge(classification, project);
    const auto refusals = verdict.refusals();
    if (refusals.empty()) {
        return verdict;
    }
    const Finding &worst = *refusals.front();
    return refuse(Reason::Refused,
        {{"rule", worst.rule}, {"title_en", worst.titleEn}, {"title_fr", worst.titleFr}, {"severity", std::string(toString(worst.severity))},
            {"source", worst.source.name}, {"classification", std::string(toString(classification))}, {"site", m_site},
            {"further", std::to_string(refusals.size() - 1)}});
}

}
