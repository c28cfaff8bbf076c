// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"
#include "core/rulebook.h"

#include <array>
#include <map>
#include <optional>

namespace portulan {

/// Remembers the status of every (site, project, classification) met, since a million rows share a few hundred of them.
/// Whoever changes a site's or project's facts says so by forget().
class Judgements {
public:
    explicit Judgements(const Rulebook &rulebook)
        : m_rulebook(rulebook)
    {
    }

    Status of(const Inventory &inventory, const Row &row, Date today);
    void forget(std::string_view site);
    void forgetAll() { m_sites.clear(); }

private:
    using Statuses = std::array<std::optional<Status>, allClassifications.size()>;
    using Projects = std::map<std::string, Statuses, std::less<>>;
    const Rulebook &m_rulebook;
    std::map<std::string, Projects, std::less<>> m_sites;
    Date m_day {};
};

}
