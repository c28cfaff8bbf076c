// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/rulebook.h"
#include "site/broadcast.h"

namespace portulan::site {

/// The gateway's own judgement, with its own facts, whatever the client says. Thread safe.
class Policy {
public:
    Policy(const Rulebook &rulebook, const Broadcast &broadcast, std::string site, std::function<Instant()> clock);
    Verdict judge(Classification classification, const std::string &project) const;
    /// Refused{rule, title_en, title_fr, severity, source, classification, site} if a blocker fails or conflicts.
    Result<Verdict> demand(Classification classification, const std::string &project) const;

private:
    const Rulebook &m_rulebook;
    const Broadcast &m_broadcast;
    std::string m_site;
    std::function<Instant()> m_clock;
};

}
