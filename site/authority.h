// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/config.h"

#include <set>

namespace portulan::site {

enum class Role { Viewer, Auditor, Operator, Administrator };
std::string_view toString(Role role); ///< "viewer", "auditor", "operator", "administrator"
std::optional<Role> roleFrom(std::string_view word);

/// Which projects somebody may see.
struct Sight {
    bool everything = false;
    std::set<std::string, std::less<>> projects;
    /// The site's own things (no project) are for everybody with any grant.
    bool sees(std::string_view project) const { return everything || project.empty() ? any() : projects.contains(project); }
    bool any() const { return everything || !projects.empty(); }
};

/// What a call is about.
struct Target {
    ObjectId object; ///< id empty: nothing in particular, or not chosen yet
    std::string project; ///< empty: the site's own
    bool known = true; ///< false: no such object here
};

/// Who may do what: asked exactly once by every call. Whatever is not in the table is refused.
///
///   action                                                        viewer  auditor  operator  administrator
///   whoami                                                        every user of the federation, granted or not
///   read (site, lists, objects, watch, judge, plan, samples)         x       x        x          x
///   audit.read (grant on "*")                                                x                   x
///   console.read, volume.export, image.export, dataset.object.get                     x          x
///   instance.*, volume.*, snapshot.*, dataset.*, migrate, operation.*                 x          x
///   image.*, network.*                                                                           x
///   evacuate (grant on "*": it is about the whole site)                                x          x
///   project.* (grant on "*": nobody widens their own quota)                                      x
///   peer                                                          sites only, and they may nothing else
///
/// A grant on a project is good for the things of that project; one on "*" for all and for those of the site itself. What the caller
/// may not even see is NotFound, not NotAuthorised: a refusal must not tell what exists.
class Authority {
public:
    explicit Authority(std::vector<GrantRow> grants);

    /// The role under which it is allowed. NotAuthorised{who, action, project} or NotFound{id}.
    Result<Role> authorise(std::string_view who, std::string_view action, const Target &target) const;
    Sight sightOf(std::string_view who) const;
    std::vector<GrantRow> grantsOf(std::string_view who) const;

private:
    std::vector<GrantRow> m_grants;
};

}
