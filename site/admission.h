// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/audit.h"
#include "site/authority.h"
#include "site/broadcast.h"
#include "site/log.h"
#include "site/refusals.h"

namespace portulan::site {

/// What somebody wants done, as the trail records it.
struct Ask {
    std::string who;
    std::string action; ///< kindOf(order), "volume.import"…
    Target target;
    ObjectId object; ///< for the trail: also a proposed id
    std::string requestId;
    std::string detail;
};

/// The door every order passes: authority first, and an entry of the trail whichever way it goes. Of one caller's refusals only so many get an
/// entry each (see Refusals); the others share one that counts them.
class Admission {
public:
    Admission(const Authority &authority, Audit &audit, const Broadcast &broadcast, Log log);
    ~Admission(); ///< records what is still only counted
    Admission(const Admission &) = delete;
    Admission &operator=(const Admission &) = delete;

    /// An object as authority sees it: its project, and whether it is there at all.
    Target targetOf(const ObjectId &object) const;
    Result<Role> authorise(const std::string &who, std::string_view action, const Target &target) const;
    Sight sightOf(const std::string &who) const { return m_authority.sightOf(who); }
    std::vector<GrantRow> grantsOf(const std::string &who) const { return m_authority.grantsOf(who); }

    /// Records that it will be done; durable on return. If that fails it must not be done.
    Result<> allow(const Ask &ask, Role role);
    /// Records that it will not; the problem comes back as the answer.
    tl::unexpected<Problem> refused(const Ask &ask, const Problem &problem);
    /// Records refusals that were only counted: those counted for a minute, or, before the trail is read, all.
    void recordCounted(bool all);

private:
    Result<AuditRecord> record(const Ask &ask, const Problem *problem, std::string_view role);
    const Authority &m_authority;
    Audit &m_audit;
    const Broadcast &m_broadcast;
    Log m_log;
    mutable Refusals m_refusals; ///< entries of the trail
    mutable Refusals m_mentions; ///< lines of the log
};

}
