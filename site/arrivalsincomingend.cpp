// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How a destination gives up a migration that does not arrive: dropped by the source's decision or, before Verified, by its own.
#include "site/arrivalsincoming.h"
#include "site/peerlink.h"

namespace portulan::site {

using enum MigrationStep;

Result<> Incoming::abort(const Problem &why)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    if (m_step == Aborted) {
        return {};
    }
    if (m_step > Verified) {
        return refuse(Reason::Conflict, {{"migration", id()}, {"state", std::string(toString(m_step.load()))}});
    }
    return drop(why);
}

Result<> Incoming::giveUp(const Problem &why)
{
    const std::scoped_lock lock(m_mutex);
    if (m_step >= Verified) { // meanwhile, or over
        return {};
    }
    if (!m_dropping && m_journalled) {
        m_dropping = true;
        if (auto noted = journal(m_step); !noted) {
            m_dropping = false;
            return noted;
        }
    }
    return drop(why);
}

Result<> Incoming::drop(const Problem &why)
{
    cutMemory();
    endTest(why);
    if (m_receiving) {
        m_receiving->close();
    }
    if (m_step == Planned && m_journalled && m_notes.received.object.id.empty()) { // it may have made room before it could say so
        const auto received = m_context.driver.receive(m_wanted.arrival);
        if (received) {
            m_notes.received = *received;
        } else if (mayPass(received.error())) {
            return unexpected(received.error()); // nobody there who would know
        }
    }
    if (!m_notes.received.object.id.empty()) {
        if (auto dropped = m_context.driver.drop(m_notes.received.object); !dropped) {
            return dropped;
        }
    }
    if (auto done = journal(Aborted); !done) {
        return done;
    }
    end([&](Running &running) { running.fail(why); });
    forgetFiles();
    return {};
}

}
