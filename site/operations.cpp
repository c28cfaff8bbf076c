// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/operations.h"

#include "site/token.h"

#include <algorithm>

namespace portulan::site {

namespace {

constexpr std::size_t logLines = 64;
constexpr std::int64_t quietMs = 250; // progress is announced four times a second at most
constexpr std::size_t keptOver = 1000;

bool isTakenUp(const Operation &operation)
{
    return operation.kind == "migrate" || operation.kind == "migrate.incoming" || operation.kind == "evacuate";
}

/// A test boot that nobody waits for any more.
void endTest(Operation &operation, const Problem &why, Instant now)
{
    if (auto &boot = operation.testBoot; boot.state == "running") {
        boot.state = "failed";
        boot.problem = why;
        boot.endedAt = now;
    }
}

/// Whether there is a machine at the destination that could be booted: passes have carried it there, or it waits, verified, for an order.
bool hasCopy(const Operation &operation)
{
    return operation.mode == "cold" ? operation.phase == "verified" && operation.passes.readySince != Instant {}
                                    : operation.phase == "reserved" && !operation.passes.bytes.empty();
}

}

Operation Running::operation() const
{
    const std::lock_guard lock(m_mutex);
    return m_operation;
}

void Running::phase(std::string_view word)
{
    update([&](Operation &operation) { operation.phase = word; }, true);
}

void Running::bytes(std::int64_t done, std::int64_t total)
{
    const std::lock_guard lock(m_mutex);
    if (m_over) {
        return;
    }
    m_operation.bytesDone = std::max(m_operation.bytesDone, done); // what was lost and is done again does not turn a bar
    m_operation.bytesTotal = total > 0 ? std::max(total, m_operation.bytesDone) : total;
    const auto now = m_owner->now();
    const auto nowMs = now.time_since_epoch().count();
    if (nowMs - m_announcedAtMs >= quietMs || nowMs < m_announcedAtMs) {
        m_announcedAtMs = nowMs;
        m_operation.changedAt = now;
        m_owner->report(m_operation, false);
    }
}

void Running::log(std::string_view line)
{
    update(
        [&](Operation &operation) {
            operation.log.emplace_back(line.substr(0, 1024));
            if (operation.log.size() > logLines) {
                operation.log.erase(operation.log.begin());
            }
        },
        false);
}

void Running::update(const std::function<void(Operation &)> &edit, bool durable)
{
    const std::lock_guard lock(m_mutex);
    if (m_over) {
        return;
    }
    Operation edited = m_operation;
    edit(edited);
    edited.id = m_operation.id;
    edited.state = m_operation.state;
    edited.startedAt = m_operation.startedAt;
    edited.endedAt = m_operation.endedAt;
    edited.changedAt = m_owner->now();
    m_operation = std::move(edited);
    m_owner->report(m_operation, durable);
}

void Running::pause(bool paused)
{
    const std::lock_guard lock(m_mutex);
    if (m_over) {
        return;
    }
    m_operation.state = paused ? OperationState::Paused : OperationState::Running;
    m_operation.changedAt = m_owner->now();
    m_owner->report(m_operation, true);
}

bool Running::isPaused() const
{
    const std::lock_guard lock(m_mutex);
    return !m_over && m_operation.state == OperationState::Paused;
}

void Running::orderTest()
{
    update([this](Operation &operation) { operation.testBoot = {"running", m_owner->now(), {}, {}, {}}; }, true);
    m_testOrdered = true;
}

void Running::tested(const TestBoot &boot)
{
    m_testOrdered = false;
    update(
        [&](Operation &operation) {
            const auto began = operation.testBoot.startedAt;
            operation.testBoot = boot;
            operation.testBoot.startedAt = began;
            operation.testBoot.endedAt = m_owner->now();
        },
        true);
}

void Running::succeed(const ObjectId &object)
{
    end([&](Operation &operation) {
        operation.state = OperationState::Done;
        operation.object = object;
        if (operation.bytesTotal > 0) {
            operation.bytesDone = operation.bytesTotal;
        }
        operation.permille = operation.permille > 0 ? 1000 : 0;
    });
}

void Running::fail(const Problem &problem)
{
    end([&](Operation &operation) {
        operation.state = problem.reason == Reason::Cancelled ? OperationState::Cancelled : OperationState::Failed;
        operation.problem = problem;
    });
}

void Running::end(const std::function<void(Operation &)> &edit)
{
    const std::lock_guard lock(m_mutex);
    if (m_over) {
        return;
    }
    m_over = true;
    edit(m_operation);
    endTest(m_operation, {Reason::Cancelled, {}, "the migration ended"}, m_owner->now());
    m_operation.cancellable = false;
    m_operation.waiting = {};
    m_operation.bytesPerSecond = m_operation.remainingMs = 0;
    m_operation.endedAt = m_operation.changedAt = m_owner->now();
    m_owner->report(m_operation, true);
}

Operations::Operations(std::string site, Journal &journal, Broadcast &broadcast, std::function<Instant()> clock)
    : m_site(std::move(site))
    , m_journal(journal)
    , m_broadcast(broadcast)
    , m_clock(std::move(clock))
{
}

Result<> Operations::recover()
{
    auto known = m_journal.operations();
    if (!known) {
        return tl::unexpected(known.error());
    }
    for (auto at = known->rbegin(); at != known->rend(); ++at) { // oldest first
        Operation &operation = *at;
        if (!isOver(operation.state) && !isTakenUp(operation)) {
            operation.state = OperationState::Failed;
            operation.problem = {Reason::Internal, {{"cause", "restarted"}}, "the gateway stopped while this was under way"};
            operation.cancellable = false;
            operation.endedAt = operation.changedAt = m_clock();
            if (auto done = m_journal.put(operation); !done) {
                return done;
            }
        }
        m_broadcast.announce(operation);
        if (isOver(operation.state)) {
            const std::lock_guard lock(m_mutex);
            m_over.push_back(operation.id);
        }
    }
    return {};
}

Result<Operations::Ticket> Operations::begin(Operation draft)
{
    const std::lock_guard one(m_beginning); // two calls with one request id must not both act
    if (!draft.requestId.empty()) {
        auto earlier = m_journal.byRequest(draft.requestedBy, draft.requestId);
        if (!earlier) {
            return tl::unexpected(earlier.error());
        }
        if (*earlier) {
            if (const auto running = find((*earlier)->id)) {
                return Ticket {nullptr, running->operation()};
            }
            return Ticket {nullptr, std::move(*earlier)};
        }
    }
    draft.id = {m_site, ObjectKind::Operation, "op-" + randomHex(8)};
    draft.state = OperationState::Running;
    draft.startedAt = draft.changedAt = m_clock();
    if (auto done = m_journal.put(draft); !done) {
        return tl::unexpected(done.error());
    }
    return Ticket {resume(draft), std::nullopt};
}

std::shared_ptr<Running> Operations::resume(const Operation &operation)
{
    auto resumed = operation;
    endTest(resumed, {Reason::Internal, {{"cause", "restarted"}}, "the gateway stopped in the middle of it"}, m_clock());
    std::shared_ptr<Running> running(new Running(this, resumed));
    {
        const std::lock_guard lock(m_mutex);
        m_running[operation.id] = running;
    }
    m_broadcast.announce(resumed);
    return running;
}

std::shared_ptr<Running> Operations::find(const ObjectId &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_running.find(id);
    return at == m_running.end() ? nullptr : at->second;
}

Result<> Operations::cancel(const ObjectId &id)
{
    auto may = mayCancel(id);
    const auto running = find(id);
    if (may && running) {
        running->cancel();
    }
    return running || !may ? may : refuse(Reason::NotReady, {{"id", id.text()}, {"state", "over"}});
}

Result<> Operations::mayCancel(const ObjectId &id) const
{
    if (const auto running = find(id)) {
        const Operation operation = running->operation();
        return operation.cancellable
            ? Result<>()
            : refuse(Reason::NotReady, {{"id", id.text()}, {"state", operation.phase.empty() ? "running" : operation.phase}});
    }
    const auto known = m_broadcast.find(id);
    const auto *operation = known ? std::get_if<Operation>(&*known) : nullptr;
    if (!operation) {
        return refuse(Reason::NotFound, {{"id", id.text()}});
    }
    return refuse(Reason::NotReady, {{"id", id.text()}, {"state", std::string(toString(operation->state))}});
}

Result<> Operations::maySteer(const ObjectId &id, Steer steer) const
{
    const auto running = find(id);
    if (!running) {
        return mayCancel(id); // says why not
    }
    const Operation operation = running->operation();
    if (operation.kind != "migrate") {
        return refuse(Reason::Unsupported, {{"what", "pause, resume and cut-over of " + operation.kind}});
    }
    if (steer == Steer::TestBoot && operation.object.kind != ObjectKind::Instance) {
        return refuse(Reason::Unsupported, {{"what", "migrate.testboot"}}, "only a machine is booted");
    }
    const bool paused = operation.state == OperationState::Paused;
    const bool may = steer == Steer::Resume ? paused
        : steer == Steer::Pause             ? !paused && operation.cancellable
        : steer == Steer::CutOver           ? !paused && hasCopy(operation)
                                            : !paused && hasCopy(operation) && operation.testBoot.state != "running";
    const auto state = paused || operation.phase.empty() ? std::string(toString(operation.state)) : operation.phase;
    return may ? Result<>() : refuse(Reason::NotReady, {{"id", id.text()}, {"state", state}});
}

Result<> Operations::steer(const ObjectId &id, Steer steer)
{
    auto may = maySteer(id, steer);
    const auto running = find(id);
    if (!may || !running) {
        return may ? refuse(Reason::NotReady, {{"id", id.text()}, {"state", "over"}}) : may;
    }
    if (steer == Steer::CutOver) {
        running->cutOver();
    } else if (steer == Steer::TestBoot) {
        running->orderTest();
    } else {
        running->pause(steer == Steer::Pause);
    }
    return {};
}

void Operations::report(const Operation &operation, bool durable)
{
    if (durable) {
        // If this fails (disk full) the journal keeps the last state; the next start then finds the operation interrupted, which is
        // the truth as far as the disk knows it.
        (void)m_journal.put(operation);
    }
    m_broadcast.announce(operation);
    if (!isOver(operation.state)) {
        return;
    }
    std::vector<ObjectId> forgotten;
    {
        const std::lock_guard lock(m_mutex);
        m_running.erase(operation.id);
        m_over.push_back(operation.id);
        while (m_over.size() > keptOver) {
            forgotten.push_back(m_over.front());
            m_over.pop_front();
        }
    }
    for (const auto &id : forgotten) {
        m_broadcast.announce(Vanished {id});
    }
}

}
