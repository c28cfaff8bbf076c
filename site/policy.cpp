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
    if (verdict.refusals().empty()) {
        return verdict;
    }
    return tl::unexpected(refusal(verdict, classification, m_site));
}

}
