// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A test boot at the destination: a copy of the machine as it has arrived. While it runs its disks take nothing in, for the token is void; the
// source's next reservation ends it before it gives a new one.
#include "site/arrivalsincoming.h"
#include "site/testboot.h"

namespace portulan::site {

using enum MigrationStep;

Result<TestBoot> Incoming::testBoot(const Arrivals::Trial &trial)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    if (m_test.run != trial.run) {
        if (!trial.whole || trial.end) {
            return refuse(Reason::NotFound, {{"id", trial.run}, {"migration", id()}}, "no such test boot");
        }
        if (auto begun = beginTest(trial); !begun) {
            return unexpected(begun.error());
        }
    }
    judgeTest();
    if (trial.end) {
        endTest({Reason::Cancelled, {}, "the source ended it"});
    }
    return m_test.boot;
}

Result<> Incoming::beginTest(const Arrivals::Trial &trial)
{
    if ((m_step != Reserved && m_step != Verified) || m_dropping) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(m_step.load()))}});
    }
    endTest({Reason::Cancelled, {}, "another was begun"});
    {
        const std::scoped_lock door(m_door);
        if (m_step == Reserved && m_token == Token {}) {
            return refuse(Reason::Conflict, {{"migration", id()}}, "restarted since the copy was made: what was not yet durable is gone");
        }
        m_token = {}; // whoever would send has to reserve first
    }
    if (auto receiving = beginReceiving(); !receiving) {
        return receiving;
    }
    m_sealed = true;
    m_receiving->disconnect();
    if (const auto found = compare(trial.claimed, *trial.whole); !found) {
        return unexpected(found.error());
    }
    auto machine = m_context.driver.testBoot(m_notes.received.object);
    if (!machine) {
        return unexpected(machine.error());
    }
    m_test = {trial.run, std::move(*machine), Clock::now() + trial.length, {"running", m_context.clock(), {}, {}, {}}};
    if (m_running) {
        m_running->log("a copy of it boots as a test");
    }
    return {};
}

/// Booted: it has printed something and stayed up, or powered off as a machine does.
void Incoming::judgeTest()
{
    if (!m_test.machine) {
        return;
    }
    auto look = m_test.machine->look(shownConsoleBytes);
    auto &boot = m_test.boot;
    boot.console = readable(look.console);
    if (look.problem) {
        endTest(*look.problem);
    } else if (look.isOver || Clock::now() >= m_test.until) {
        const bool spoke = !boot.console.empty();
        endTest(spoke ? Problem {} : Problem {Reason::TimedOut, {{"what", "boot"}}, "it printed nothing on its serial console"});
    }
}

void Incoming::lookAtTest()
{
    if (const std::unique_lock lock(m_mutex, std::try_to_lock); lock) { // else something is done that ends it, or looks
        judgeTest();
    }
}

void Incoming::endTest(const Problem &why)
{
    if (!m_test.machine) {
        return;
    }
    m_test.machine.reset();
    auto &boot = m_test.boot;
    boot.state = why == Problem {} ? "booted" : "failed";
    boot.problem = why;
    boot.endedAt = m_context.clock();
    if (m_running) {
        m_running->log(why == Problem {} ? std::string("the test boot went well") : "the test boot ended: " + describe(why));
    }
}

}
