// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/judgements.h"

namespace portulan {

Status Judgements::of(const Inventory &inventory, const Row &row, Date today)
{
    if (today != m_day) {
        m_day = today;
        m_sites.clear();
    }
    const auto siteId = inventory.text(row.site);
    const Site *site = inventory.site(siteId);
    if (site == nullptr) {
        return Status::NotEvaluated;
    }
    auto atSite = m_sites.find(siteId);
    if (atSite == m_sites.end()) {
        atSite = m_sites.emplace(siteId, Projects {}).first;
    }
    const auto projectId = inventory.text(row.project);
    auto atProject = atSite->second.find(projectId);
    if (atProject == atSite->second.end()) {
        atProject = atSite->second.emplace(projectId, Statuses {}).first;
    }
    auto &known = atProject->second[std::size_t(row.classification)];
    if (!known) {
        known = m_rulebook.status(subjectOf(row.classification, inventory.project(siteId, projectId)), *site, today);
    }
    return *known;
}

void Judgements::forget(std::string_view site)
{
    if (const auto at = m_sites.find(site); at != m_sites.end()) {
        m_sites.erase(at);
    }
}

}
