// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Warm: a migration's source follows a machine that runs, in passes, until little is left to send when it stops.
#include "site/moverjob.h"
#include "site/moverwindow.h"

#include <algorithm>
#include <cmath>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr auto glance = std::chrono::milliseconds(100);
}

bool isUpHere(const std::optional<Instance> &machine)
{
    return machine && (machine->state == PowerState::Running || machine->state == PowerState::Paused);
}

bool Job::isPaused() const
{
    return m_running && m_running->isPaused();
}

bool Job::isHeldBack(bool inWindow) const
{
    const bool ordered = m_running && (m_running->isCutOver() || m_running->isTestOrdered());
    return isPaused() || (inWindow && !ordered && !holds(departure().order.window, m_yard.context.clock()));
}

Result<> Job::awaitLeave(bool inWindow)
{
    if (isHeldBack(inWindow)) {
        log(isPaused() ? "paused: nothing is sent" : "waiting for its hours, " + toString(departure().order.window));
        m_yard.turns.leave(m_number);
        while (isHeldBack(inWindow) && !m_parked && !isCancelled()) {
            m_course.stands(reasonToWait());
            pause(glance);
        }
    }
    awaitTurn();
    m_course.goes();
    if (m_parked || isCancelled()) {
        return refuse(Reason::Cancelled);
    }
    const std::scoped_lock lock(m_mutex);
    m_progressAt = std::chrono::steady_clock::now();
    if (m_sending && !m_parked) {
        m_sending->revive();
    }
    return {};
}

/// `send`, begun again after each pause that interrupted it.
Result<> Job::unlessPaused(const std::function<Result<>()> &send)
{
    for (;;) {
        m_interrupted = false;
        auto sent = awaitLeave(step() == Reserved).and_then(send);
        const bool again = !sent && sent.error().reason == Reason::Cancelled && m_interrupted && !m_parked && !isCancelled();
        if (!again) {
            return sent;
        }
    }
}

bool Job::wantsToFollow() const
{
    return !m_cold && departure().order.mode != MoveMode::Cold;
}

Result<> Job::goCold(const std::string &why)
{
    m_cold = true;
    m_views.clear();
    if (m_sending) {
        m_sending->doubt();
    }
    m_course.allBegins();
    log(why + ": moved cold");
    if (m_running) {
        m_running->update([](Operation &operation) { operation.mode = toString(MoveMode::Cold); }, true);
    }
    return {};
}

Result<> Job::beginFollowing()
{
    if (m_followed) {
        return {};
    }
    const auto object = departure().order.object;
    auto followed = m_yard.context.driver.follow(object);
    if (!followed) {
        return unexpected(followed.error());
    }
    // Noted before anything is sent: what is sent now may no longer count when somebody takes this up again.
    if (auto noted = persist([](Departure &departure) { departure.followed = true; }); !noted) {
        return noted;
    }
    m_followed = std::move(*followed);
    m_ledger = std::make_unique<PassLedger>(m_yard.patience);
    if (m_sending) {
        m_sending->doubt();
    }
    return {};
}

void Job::stopFollowing()
{
    m_views.clear();
    m_followed.reset();
}

/// Nothing is left of it to follow. What goes in lots is followed for as long as it is there.
bool Job::hasGoneDown()
{
    if (isWritten()) {
        return false;
    }
    const auto now = machine();
    return now && !isUpHere(*now);
}

Result<> Job::follow()
{
    const auto found = isWritten() ? Result<std::optional<Instance>>() : machine();
    if (!found) {
        return unexpected(found.error());
    }
    if (!isWritten() && !isUpHere(*found) && !m_followed) {
        return goCold("it does not run");
    }
    if (auto begun = patiently(false, [this] { return isWritten() ? beginLots() : unpause().and_then([this] { return beginFollowing(); }); });
        !begun) {
        return begun.error().reason == Reason::NotReady ? goCold("it does not run") : begun;
    }
    for (auto course = PassLedger::Course::Again; course == PassLedger::Course::Again; course = m_ledger->course()) {
        const auto passed = passPatiently().and_then([this] {
            tellPasses(m_ledger->course() != PassLedger::Course::Again);
            return testIfOrdered();
        });
        if (!passed) {
            return hasGoneDown() && !m_parked && !isCancelled() ? loseSight(passed.error()) : passed;
        }
        if (m_running && m_running->isCutOver()) {
            break;
        }
    }
    return awaitCutOver().and_then([this] { return isWritten() ? fence() : isLive() && m_followed ? switchOver() : cutOver(); });
}

/// What fails in the machine is begun anew: what was sent is doubted then, and only what differs is sent again.
Result<> Job::passPatiently()
{
    return unlessPaused(
        [this] { return patiently(false, [this] { return isWritten() ? passLots() : beginFollowing().and_then([this] { return pass(); }); }); });
}

Result<> Job::pass(bool ofOneInstant)
{
    const auto began = std::chrono::steady_clock::now();
    auto views = ofOneInstant ? m_followed->still() : m_followed->next();
    if (!views) { // what was written until now is lost sight of: it is followed anew, and what was sent is doubted
        const auto reason = views.error().reason;
        if (!ofOneInstant || (reason != Reason::DiskFull && reason != Reason::Unsupported)) {
            stopFollowing();
        }
        return unexpected(views.error());
    }
    m_views.clear();
    std::int64_t marked = 0, disks = 0;
    for (std::size_t i = 0; i < views->size(); ++i) {
        auto &view = (*views)[i];
        for (const auto &extent : view.dirty) {
            marked += std::int64_t(extent.length);
        }
        disks += std::int64_t(view.reader->sizeBytes());
        if (m_sending) {
            m_sending->overwritten(i, view.dirty);
        }
        m_views.push_back(std::move(view.reader));
    }
    if (auto prepared = prepareSending(); !prepared) {
        return prepared;
    }
    const bool first = m_ledger->passes().empty();
    const auto bytes = first ? m_total : m_sending->bytesToTakeBack();
    m_ledger->viewed(marked, bytes);
    m_course.passBegins(m_ledger->passes().size() + 1, bytes);
    if (auto sent = patiently(false, [this] { return sendMissing(); }); !sent) {
        return sent;
    }
    const auto written = m_followed->written();
    if (!written) {
        return unexpected(written.error());
    }
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    m_ledger->passed(bytes, took, *written, disks);
    return {};
}

void Job::tellPasses(bool ready)
{
    log(m_ledger->summary());
    {
        const std::scoped_lock lock(m_mutex); // journalled with the step that follows
        m_departure.draft.passes = m_ledger->passes();
        m_departure.draft.mode = toString(m_departure.order.mode);
    }
    if (m_running) {
        m_running->update(
            [&](Operation &operation) {
                auto &passes = operation.passes;
                passes.bytes = m_ledger->passes();
                passes.dirtyBytesPerSecond = std::llround(m_ledger->dirtyBytesPerSecond());
                passes.leftBytes = m_ledger->leftBytes();
                passes.lastPassMs = std::llround(m_ledger->lastPassSeconds() * 1000);
                if (ready && passes.readySince == Instant {}) {
                    passes.readySince = m_yard.context.clock();
                }
            },
            true);
    }
}

bool Job::mayCutOver()
{
    if (m_running && (m_running->isCutOver() || m_running->isTestOrdered())) {
        return m_running->isCutOver();
    }
    const bool automatic = departure().order.cutOver == CutOver::Automatic && !m_tooFast;
    return automatic && !isHeldBack(true) && (m_ledger->course() == PassLedger::Course::Ready || m_ledger->isBearable());
}

/// Keeps what is left small until the machine may be stopped.
Result<> Job::awaitCutOver()
{
    if (mayCutOver() && m_ledger->course() == PassLedger::Course::Hopeless) {
        log("it writes too fast for a shorter last pass: stopped nevertheless");
    } else if (!mayCutOver()) {
        const bool manual = departure().order.cutOver == CutOver::Manual;
        log(manual                 ? "ready: waiting for the order to cut over"
                : isHeldBack(true) ? "ready: waiting for its hours, " + toString(departure().order.window)
                                   : "it writes too fast for this link: waiting for the order to cut over");
    }
    auto passed = std::chrono::steady_clock::now();
    m_waits = true;
    m_yard.turns.leave(m_number);
    Result<> done;
    while (done && !mayCutOver()) {
        m_course.stands(reasonToWait());
        pause(glance);
        if (m_parked || isCancelled()) {
            done = refuse(Reason::Cancelled);
        } else if (hasGoneDown()) {
            done = refuse(Reason::NotReady, {{"state", "stopped"}});
        } else if (m_running && m_running->isTestOrdered()) {
            done = testIfOrdered();
            passed = std::chrono::steady_clock::now();
        } else if (std::chrono::steady_clock::now() - passed > m_yard.patience.keepUp && !isHeldBack(true)) {
            done = passPatiently();
            tellPasses(true);
            passed = std::chrono::steady_clock::now();
        }
    }
    m_waits = false;
    m_course.goes();
    m_yard.turns.force(m_number, departure().order.toSite);
    return done || m_parked || isCancelled() || !hasGoneDown() ? done : Result<>();
}

Result<> Job::cutOver()
{
    forgoTest();
    if (const auto now = machine(); !now || !isUpHere(*now) || !m_followed) {
        return now ? loseSight({Reason::NotReady, {{"state", "stopped"}}, "it was stopped meanwhile"}) : Result<>(unexpected(now.error()));
    }
    if (auto noted = persist([](Departure &departure) { departure.ran = true; }); !noted) {
        return noted;
    }
    if (m_running) {
        m_running->phase(toString(Reserved));
    }
    log("shutting the machine down");
    auto dirty = m_followed->stop(false, progress());
    if (!dirty && dirty.error().reason == Reason::TimedOut && !m_parked && !isCancelled()) {
        log("it does not shut down by itself (" + describe(dirty.error()) + "): stopping it");
        dirty = m_followed->stop(true, progress());
    }
    if (!dirty && (m_parked || isCancelled())) {
        return refuse(Reason::Cancelled);
    }
    if (!dirty) {
        return loseSight(dirty.error());
    }
    stopFollowing();
    for (std::size_t i = 0; i < dirty->size(); ++i) {
        m_sending->overwritten(i, (*dirty)[i]);
    }
    log("stopped; " + std::to_string(m_sending->bytesToTakeBack()) + " bytes are left to send");
    m_course.lastPassBegins(m_sending->bytesToTakeBack());
    return advance(Stopped);
}

/// It is down, or nobody knows what it wrote: all is read again, and what differs is sent.
Result<> Job::loseSight(const Problem &why)
{
    log("what it wrote last is not known (" + describe(why) + "): all is read again");
    stopFollowing();
    m_course.allBegins();
    m_cold = true;
    if (m_sending) {
        m_sending->doubt();
    }
    return stopMachine();
}

}
