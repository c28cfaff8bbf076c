// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/authority.h"

#include <algorithm>

namespace portulan::site {

namespace {

constexpr std::array<std::string_view, 4> roleWords = {"viewer", "auditor", "operator", "administrator"};

constexpr unsigned bit(Role role)
{
    return 1u << static_cast<unsigned>(role);
}
constexpr unsigned everyone = bit(Role::Viewer) | bit(Role::Auditor) | bit(Role::Operator) | bit(Role::Administrator);
constexpr unsigned trusted = bit(Role::Auditor) | bit(Role::Administrator);
constexpr unsigned workers = bit(Role::Operator) | bit(Role::Administrator);
constexpr unsigned administrators = bit(Role::Administrator);

struct Row {
    std::string_view action; ///< ends in ".": every action that begins so
    unsigned roles;
    bool siteWide = false; ///< only a grant on "*" will do
};
constexpr Row table[] = {{"read", everyone}, {"audit.read", trusted, true}, {"console.read", workers}, {"instance.", workers}, {"volume.", workers},
    {"snapshot.", workers}, {"dataset.", workers}, {"migrate", workers}, {"evacuate", workers}, {"operation.", workers}, {"image.export", workers},
    {"image.", administrators}, {"network.", administrators}, {"project.", administrators, true}};

const Row *rowOf(std::string_view action)
{
    const auto at = std::ranges::find_if(
        table, [&](const Row &row) { return row.action.ends_with('.') ? action.starts_with(row.action) : action == row.action; });
    return at == std::end(table) ? nullptr : at;
}

tl::unexpected<Problem> notAuthorised(std::string_view who, std::string_view action, const Target &target)
{
    return refuse(Reason::NotAuthorised, {{"who", std::string(who)}, {"action", std::string(action)}, {"project", target.project}});
}

}

std::string_view toString(Role role)
{
    return roleWords[static_cast<std::size_t>(role)];
}

std::optional<Role> roleFrom(std::string_view word)
{
    const auto at = std::ranges::find(roleWords, word);
    return at == roleWords.end() ? std::nullopt : std::optional(static_cast<Role>(at - roleWords.begin()));
}

Authority::Authority(std::vector<GrantRow> grants)
    : m_grants(std::move(grants))
{
}

Result<Role> Authority::authorise(std::string_view who, std::string_view action, const Target &target) const
{
    if (who.starts_with("site/")) {
        return action == "peer" ? Result<Role>(Role::Operator) : notAuthorised(who, action, target);
    }
    if (!who.starts_with("user/")) {
        return notAuthorised(who, action, target);
    }
    if (action == "whoami") {
        return Role::Viewer;
    }
    const Row *row = rowOf(action);
    std::optional<Role> best;
    bool elsewhere = false;
    for (const auto &grant : m_grants) {
        const auto role = roleFrom(grant.role);
        if (!row || grant.who != who || !role || !(row->roles & bit(*role))) {
            continue;
        }
        elsewhere = true;
        // Reading the site's own things is for whoever has any grant; ordering about them takes one on everything.
        const bool covers = grant.project == "*" || (!row->siteWide && (target.project.empty() ? action == "read" : grant.project == target.project));
        if (covers && (!best || *best < *role)) {
            best = role;
        }
    }
    const bool namesObject = !target.object.id.empty();
    if (namesObject && ((!target.known && elsewhere) || (target.known && !best && sightOf(who).any() && !sightOf(who).sees(target.project)))) {
        return refuse(Reason::NotFound, {{"id", target.object.text()}});
    }
    if (!best) {
        return notAuthorised(who, action, target);
    }
    return *best;
}

Sight Authority::sightOf(std::string_view who) const
{
    Sight sight;
    for (const auto &grant : m_grants) {
        if (grant.who != who || !roleFrom(grant.role)) {
            continue;
        }
        if (grant.project == "*") {
            sight.everything = true;
        } else {
            sight.projects.insert(grant.project);
        }
    }
    return sight;
}

std::vector<GrantRow> Authority::grantsOf(std::string_view who) const
{
    std::vector<GrantRow> own;
    std::ranges::copy_if(m_grants, std::back_inserter(own), [&](const GrantRow &grant) { return grant.who == who; });
    return own;
}

}
