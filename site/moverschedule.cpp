// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// When a migration may begin and go on: its day, its hours, its turn, and when what failed is tried again.
#include "site/moverjob.h"

#include <algorithm>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr auto glance = std::chrono::milliseconds(100);
}

bool Job::mayBegin()
{
    const auto [step, aborting, asked] = [this] {
        const std::scoped_lock lock(m_mutex);
        return std::tuple(m_departure.step, m_departure.aborting.has_value(), m_departure.asked);
    }();
    if (isCancelled() || aborting || step >= Committed) {
        return true;
    }
    if (step >= Stopped) {
        m_yard.turns.force(m_number, m_order.toSite);
        return true;
    }
    // What the clock says now counts: one that is set right is believed at once.
    if (step == Planned && !asked && m_yard.context.clock() < m_order.notBefore) {
        if (!m_isPostponed) {
            m_isPostponed = true;
            m_course.stands({Reason::NotReady, {{"cause", "not-before"}, {"until", toRfc3339(m_order.notBefore)}}, {}});
        }
        return false;
    }
    if (step == Planned && !asked && isPaused()) {
        return false;
    }
    m_yard.turns.ask(m_number, m_order.toSite);
    return m_yard.turns.has(m_number);
}

Problem Job::reasonToWait() const
{
    if (isPaused()) {
        return {Reason::NotReady, {{"cause", "paused"}}, {}};
    }
    return isHeldBack(true) ? Problem {Reason::NotReady, {{"cause", "hours"}, {"window", toString(m_order.window)}}, {}}
                            : Problem {Reason::NotReady, {{"cause", "cut-over"}}, {}};
}

/// A machine that stands still for it, or an order to cut over, waits for nobody's turn.
void Job::awaitTurn()
{
    const auto &site = m_order.toSite;
    if (m_waits) {
        return;
    }
    if (step() >= Stopped) {
        if (step() < Committed) {
            m_yard.turns.force(m_number, site);
        }
        return;
    }
    m_yard.turns.ask(m_number, site);
    while (!m_yard.turns.has(m_number) && !m_parked && !isCancelled()) {
        if (m_running && m_running->isCutOver()) {
            m_yard.turns.force(m_number, site);
            return;
        }
        if (const auto why = m_yard.turns.obstacle(m_number)) {
            m_course.stands(*why);
        }
        pause(glance);
    }
}

/// What is expected of it is told before anything is asked of its machine.
void Job::expectCourse(const Arrival &arrival)
{
    if (m_course.isExpected()) {
        return;
    }
    const auto to = link();
    const auto rate = to ? m_yard.rates.of(m_order.toSite, **to) : 0;
    m_course.expect(outlookFor(m_yard.context, m_order, arrival, rate).outlook);
}

bool Job::waitToTryAgain(bool forever, const Problem &problem, Tries &tries)
{
    const bool waitsForTurn = problem.fact("cause") == "turn"; // the destination takes in others first: that takes as long as they take
    if (waitsForTurn) {
        tries = {};
    }
    const auto since = std::max(tries.began, m_progressAt);
    const bool lapsed = problem.reason == Reason::Expired; // papers are renewed by people: a machine that is down does not wait for them
    const auto [step, ending] = [this] {
        const std::scoped_lock lock(m_mutex);
        return std::pair(m_departure.step, m_departure.aborting.has_value());
    }();
    const auto limit = lapsed && step < Stopped && !ending ? m_yard.patience.unheard : m_yard.patience.giveUp;
    const bool givenUp = (!waitsForTurn && !lapsed && !mayPass(problem)) || std::chrono::steady_clock::now() - since > limit;
    if (m_parked || (!forever && (givenUp || isCancelled() || (m_tells && m_makesRoom)))) {
        return false;
    }
    waitFor(problem);
    tries.pause = tries.pause.count() == 0 ? m_yard.patience.firstPause : std::min(tries.pause * 2, m_yard.patience.longestPause);
    pause(tries.pause);
    return true;
}

void Job::pause(std::chrono::milliseconds length)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, length, [this] { return m_parked || isCancelledLocked() || (m_tells && m_makesRoom); });
}

void Job::waitFor(const Problem &problem)
{
    m_course.stands(problem);
    const auto what = "waiting: " + describe(problem);
    if (what != m_waitingFor) {
        log(what);
        m_waitingFor = what;
    }
}

}
