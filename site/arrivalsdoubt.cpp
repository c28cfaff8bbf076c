// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A verified copy whose source does not say what was decided.
#include "site/alarm.h"
#include "site/arrivalsincoming.h"

namespace portulan::site {

using enum MigrationStep;

void Incoming::doubt(bool unknown)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_step != Verified) {
            return;
        }
        if (!unknown || !m_running || !m_running->isCancelled()) {
            Instance about; // whatever it is: its name, its project
            about.id = m_notes.received.object;
            about.project = m_wanted.arrival.project;
            const Problem problem {unknown ? Reason::NotReady : Reason::Unreachable,
                {{"cause", "in-doubt"}, {"site", m_wanted.sourceSite}, {"id", m_notes.received.object.text()}, {"migration", id()},
                    {"state", "verified"}},
                "the source has not said what was decided"};
            raiseAlert(m_context, doubtId(), unknown ? AlertSeverity::Critical : AlertSeverity::Warning, problem, about);
            letCancel(unknown);
            return;
        }
    }
    (void)abort({Reason::Cancelled, {{"site", m_wanted.sourceSite}}, "cancelled here; the source knows nothing of it"});
}

void Incoming::trust()
{
    const std::scoped_lock lock(m_mutex);
    settleAlert(m_context, doubtId());
    letCancel(false);
}

void Incoming::letCancel(bool may)
{
    if (m_running && m_running->operation().cancellable != may) {
        m_running->update([may](Operation &operation) { operation.cancellable = may; }, false);
    }
}

}
