// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Live: when little is left of the disks, the memory follows while the machine runs; it pauses here when that is nearly all there, and goes on
// there. Until its memory has arrived the step is Reserved, and whatever fails lets it go on here. From Stopped on all is as in a cold move.
#include "site/memorytunnel.h"
#include "site/moverjob.h"

#include <algorithm>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr auto glance = std::chrono::milliseconds(20);
constexpr auto confirmation = std::chrono::seconds(60); // from the last byte of memory to the destination's word
constexpr auto unhurried = std::chrono::milliseconds(1); // while the bulk of it flows
constexpr auto anyPause = std::chrono::hours(1); // that an operator has ordered

std::string mebibytes(std::int64_t bytes)
{
    return std::to_string(bytes >> 20) + '.' + std::to_string((bytes >> 10) % 1024 * 10 / 1024) + " MiB";
}

/// The destination's word, but no longer than somebody wants to hear it.
Result<> awaitArrival(MemoryTunnel &tunnel, const std::function<bool()> &isOver)
{
    const auto until = std::chrono::steady_clock::now() + confirmation;
    auto there = tunnel.await(glance);
    while (!there && !tunnel.outcome()) {
        if (isOver() || std::chrono::steady_clock::now() > until) {
            return isOver() ? refuse(Reason::Cancelled) : there;
        }
        there = tunnel.await(glance);
    }
    return there;
}
}

bool Job::isLive() const
{
    return !m_cold && departure().order.mode == MoveMode::Live;
}

/// Of a machine that is up: for the destination to say whether it can make the like of it.
Result<std::string> Job::machineForm()
{
    const auto found = isLive() ? machine() : Result<std::optional<Instance>>();
    if (!found) {
        return unexpected(found.error());
    }
    return isUpHere(*found) ? m_yard.context.driver.describeMachine((*found)->id) : Result<std::string>();
}

/// What an earlier life of this gateway left paused half-way. Only from Reserved: what has been noted as stopped stays so.
Result<> Job::unpause()
{
    const auto plan = departure();
    const auto found = isLive() && plan.ran && !m_memory ? machine() : Result<std::optional<Instance>>();
    if (!found) {
        return unexpected(found.error());
    }
    return *found && (*found)->state == PowerState::Paused ? m_yard.context.driver.resume(plan.order.object) : Result<>();
}

Result<> Job::switchOver()
{
    if (const auto now = machine(); !now || !isUpHere(*now)) {
        return now ? loseSight({Reason::NotReady, {{"state", "stopped"}}, "it was stopped meanwhile"}) : Result<>(unexpected(now.error()));
    }
    if (auto noted = persist([](Departure &departure) { departure.ran = true; }); !noted) {
        return noted;
    }
    auto paused = m_yard.context.clock();
    const auto dirty = sendMemory(paused);
    if (!dirty) {
        return memoryFailed(dirty.error());
    }
    for (std::size_t i = 0; i < dirty->size(); ++i) {
        m_sending->overwritten(i, (*dirty)[i]);
    }
    log("paused, its memory is there; " + std::to_string(m_sending->bytesToTakeBack()) + " bytes of its disks are left to send");
    {
        const std::scoped_lock lock(m_mutex); // journalled with the step that follows
        m_departure.memory = true;
    }
    const auto done = advance(Stopped, paused);
    if (done) {
        m_memory->keep();
    } else {
        const std::scoped_lock lock(m_mutex);
        m_departure.memory = false;
    }
    m_memory.reset();
    return done;
}

/// Everything up to the destination's word that the memory is there; then what the disks had written since the last view.
Result<Job::Dirty> Job::sendMemory(Instant &paused)
{
    v1::PrepareRequest request;
    request.set_migration(departure().migration);
    const auto form = machineForm();
    const auto to = form ? link() : Result<std::shared_ptr<PeerLink>>(unexpected(form.error()));
    if (!to) {
        return unexpected(to.error());
    }
    request.set_machine(*form);
    const auto ready = (*to)->prepare(request);
    if (!ready) {
        return unexpected(ready.error());
    }
    Token token {};
    if (ready->token().size() != token.size()) {
        return refuse(Reason::Malformed, {{"file", "preparation"}, {"expected", "a token"}});
    }
    std::ranges::transform(ready->token(), token.begin(), [](char c) { return std::byte(c); });
    auto memory = m_yard.context.driver.sendMemory(departure().order.object);
    if (!memory) {
        return unexpected(memory.error());
    }
    m_memory = std::move(*memory);
    log("sending its memory");
    MemoryTunnel tunnel(m_yard.tls, m_address, token, {m_pace.get(), &m_yard.link}, *m_memory);
    if (auto resting = awaitPaused(tunnel, paused); !resting) {
        return unexpected(resting.error());
    }
    return lastLook().and_then([&](Dirty dirty) -> Result<Dirty> {
        const auto there = m_memory->finish().and_then([&] { return awaitArrival(tunnel, [this] { return m_parked || isCancelled(); }); });
        return there ? Result<Dirty>(std::move(dirty)) : unexpected(there.error());
    });
}

/// The guest is paused: what its disks had written when it was.
Result<Job::Dirty> Job::lastLook()
{
    const auto views = m_followed->next();
    Dirty dirty;
    for (const auto &view : views ? *views : std::vector<RunningDisks::View>()) {
        dirty.push_back(view.dirty);
    }
    stopFollowing();
    m_sightLost = true; // until it is known that nothing was written after this
    return views && (m_parked || isCancelled()) ? refuse(Reason::Cancelled) : views ? Result<Dirty>(std::move(dirty)) : unexpected(views.error());
}

/// While the bulk of the memory flows the disks are kept up with; then the guest may pause.
Result<> Job::awaitPaused(const MemoryTunnel &tunnel, Instant &paused)
{
    const auto &patience = m_yard.patience;
    if (auto slow = m_memory->bear(unhurried); !slow) {
        return slow;
    }
    auto looked = std::chrono::steady_clock::now();
    std::optional<std::int64_t> hurriedAt; // the round
    bool bearsMore = false;
    for (;;) {
        if (m_parked || isCancelled() || isPaused()) {
            return refuse(Reason::Cancelled);
        }
        const auto now = m_yard.context.clock();
        const auto flow = m_memory->flow();
        if (!flow || flow->isPaused) {
            return flow ? Result<>() : Result<>(unexpected(flow.error()));
        }
        paused = now; // when it was last known to run
        if (const auto over = tunnel.outcome()) {
            return *over ? refuse(Reason::Unreachable, {{"what", "memory"}}, "its connection ended early") : *over;
        }
        tellMemory(*flow);
        const bool bulk = flow->rounds < 2;
        if (!hurriedAt && (!bulk || std::chrono::steady_clock::now() - looked > patience.keepUpMemory)) {
            if (auto passed = pass(); !passed) {
                return passed;
            }
            looked = std::chrono::steady_clock::now();
        }
        if (!bulk && !hurriedAt) {
            hurriedAt = flow->rounds;
            const bool ordered = m_running && m_running->isCutOver();
            if (auto may = m_memory->bear(ordered ? anyPause : patience.memoryPause); !may) {
                return may;
            }
        } else if (hurriedAt && !bearsMore && flow->rounds > *hurriedAt + patience.memoryRounds) {
            bearsMore = true;
            if (auto may = bearLonger(*flow); !may) {
                return may;
            }
        }
        pause(glance);
    }
}

/// It changes its memory faster than that travels. A longer pause is taken if it is bearable, else it waits for an order.
Result<> Job::bearLonger(const RunningMemory::Flow &flow)
{
    if (flow.pause.count() > 0 && flow.pause * 2 <= m_yard.patience.longestMemoryPause) {
        log("it changes its memory too fast for a shorter pause than " + std::to_string(flow.pause.count()) + " ms");
        return m_memory->bear(flow.pause * 2);
    }
    m_tooFast = true;
    return refuse(Reason::TimedOut, {{"what", "memory"}}, "it changes its memory faster than this link carries it");
}

void Job::tellMemory(const RunningMemory::Flow &flow)
{
    if (flow.rounds == m_memoryRound) {
        return;
    }
    m_memoryRound = flow.rounds;
    log("memory, round " + std::to_string(flow.rounds) + ": " + mebibytes(flow.sentBytes) + " sent, " + mebibytes(flow.leftBytes) + " of "
        + mebibytes(flow.totalBytes) + " are left");
}

/// The guest goes on here; the step is Reserved, so that all begins again until it is out of patience.
Result<> Job::memoryFailed(const Problem &why)
{
    m_memory.reset();
    m_memoryRound = -1;
    if (m_sightLost) {
        stopFollowing();
        m_sending->doubt();
        m_sightLost = false;
    }
    if (m_parked || isCancelled()) {
        return refuse(Reason::Cancelled);
    }
    if (isPaused()) {
        return {};
    }
    if (m_tooFast && !(m_running && m_running->isCutOver())) {
        log(describe(why) + ": it waits for the order to cut over, however long it then pauses");
        return {};
    }
    const bool hopeless = !mayPass(why) && why.reason != Reason::NotAuthorised && why.reason != Reason::NotReady && why.reason != Reason::Cancelled;
    if (hopeless || ++m_memoryFailures >= m_yard.patience.memoryTries) {
        return why.reason == Reason::Cancelled ? refuse(Reason::Unreachable, why.facts, why.detail) : Result<>(unexpected(why));
    }
    waitFor(why);
    pause(m_yard.patience.firstPause * m_memoryFailures);
    return {};
}

}
