// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/evacuation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace portulan::site {

using State = EvacuationMove::State;

namespace {

// What is not known to have any bytes is work too.
constexpr std::int64_t leastLoad = 1 << 20;

bool isPassing(const Problem &problem)
{
    const bool wasCutShort = problem.reason == Reason::Internal && problem.fact("cause") == "restarted";
    return problem.reason == Reason::Unreachable || problem.reason == Reason::TimedOut || wasCutShort;
}

}

Evacuation::Evacuation(Context &context, Evacuate order, std::shared_ptr<Running> running, Patience patience, Ask ask)
    : m_context(context)
    , m_order(std::move(order))
    , m_running(std::move(running))
    , m_patience(patience)
    , m_posts(m_order.moves.size())
    , m_ask(std::move(ask))
{
    const auto operation = m_running->operation();
    m_id = operation.id;
    m_meter = ProgressMeter(operation.permille);
    m_meter.begin(1);
    m_who = operation.requestedBy;
    std::map<ObjectId, std::size_t> numbers;
    for (std::size_t i = 0; i < m_order.moves.size(); ++i) {
        numbers.emplace(m_order.moves[i].order.object, i);
    }
    for (std::size_t i = 0; i < m_order.moves.size(); ++i) {
        for (const auto &before : m_order.moves[i].after) {
            if (const auto at = numbers.find(before); at != numbers.end() && at->second != i) {
                m_posts[i].after.push_back(at->second);
            }
        }
    }
}

void Evacuation::restore(const std::map<std::size_t, std::string> &rows)
{
    for (const auto &[number, row] : rows) {
        const auto move = evacuationMoveFrom(row);
        if (move && number < m_posts.size()) { // one that cannot be read is begun again, under the same request id
            m_posts[number].move = *move;
        }
    }
}

std::int32_t Evacuation::wave() const
{
    std::int32_t first = std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        first = m_posts[i].move.isOver() || isAwaited(i) ? first : std::min(first, m_order.moves[i].wave);
    }
    return first;
}

Parts Evacuation::parts() const
{
    std::map<State, std::int32_t> counts;
    std::int32_t all = 0;
    std::set<std::int32_t> waves;
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        if (!isAwaited(i)) {
            ++all;
            ++counts[m_posts[i].move.state];
            waves.insert(m_order.moves[i].wave);
        }
    }
    const auto begun = std::distance(waves.begin(), waves.upper_bound(wave()));
    return {all, counts[State::Done], counts[State::Failed], counts[State::Running], std::int32_t(begun), std::int32_t(waves.size())};
}

void Evacuation::note(std::size_t number)
{
    if (const auto noted = m_context.journal.putEvacuationMove(m_id.id, number, toRow(m_posts[number].move)); !noted) {
        // Nothing is lost by it: at the next start the move is begun again under the same request id, or found to have arrived.
        m_context.log.problem("evacuation.unnoted", noted.error(), {{"operation", m_id.id}});
    }
}

void Evacuation::settle(std::size_t number, State state, const Problem &problem)
{
    m_posts[number].move.state = state;
    m_posts[number].move.problem = problem;
    note(number);
}

/// Whether a move that ended otherwise, or of which nothing is known any more, did take its object there.
bool Evacuation::hasArrived(const Migrate &order) const
{
    const auto thing = m_context.broadcast.find(order.object);
    return thing
        && std::visit(
            [&](const auto &its) {
                if constexpr (requires { its.movedTo; }) {
                    return its.custody == Custody::Retained && its.movedTo == order.toSite;
                } else {
                    return false;
                }
            },
            *thing);
}

void Evacuation::failed(std::size_t number, const Problem &problem)
{
    auto &post = m_posts[number];
    if (hasArrived(m_order.moves[number].order)) {
        settle(number, State::Done);
        return;
    }
    m_context.log.problem("evacuation.move_failed", problem, {{"operation", m_id.id}, {"object_id", m_order.moves[number].order.object.id}});
    if (!isPassing(problem) || ++post.move.attempt >= m_patience.attempts || m_running->isCancelled()) {
        settle(number, State::Failed, problem);
        m_running->log(m_order.moves[number].order.object.text() + ": " + describe(problem));
        return;
    }
    post.notBefore = std::chrono::steady_clock::now() + m_patience.pause * (1 << (post.move.attempt - 1));
    settle(number, State::Waiting, problem);
}

void Evacuation::ended(std::size_t number, const Operation &operation)
{
    if (operation.state == OperationState::Done) {
        settle(number, State::Done);
    } else {
        failed(number, operation.problem);
    }
}

bool Evacuation::observe()
{
    bool differs = false;
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        if (m_posts[i].move.state != State::Running) {
            continue;
        }
        const ObjectId id {m_id.site, ObjectKind::Operation, m_posts[i].move.operation};
        const auto known = m_context.broadcast.find(id);
        const auto *operation = known ? std::get_if<Operation>(&*known) : nullptr;
        if (operation && !isOver(operation->state)) {
            continue;
        }
        differs = true;
        if (operation) {
            ended(i, *operation);
        } else { // over for so long that nobody remembers
            failed(i, {Reason::NotFound, {{"id", id.text()}}, {}});
        }
    }
    return differs;
}

bool Evacuation::hasItsTurn(std::size_t number) const
{
    const Post &post = m_posts[number];
    return post.move.state == State::Waiting && !isAwaited(number)
        && std::ranges::all_of(post.after, [this](std::size_t before) { return m_posts[before].move.state == State::Done; });
}

bool Evacuation::mayBegin(std::size_t number) const
{
    return hasItsTurn(number) && std::chrono::steady_clock::now() >= m_posts[number].notBefore
        && m_context.clock() >= m_order.moves[number].order.notBefore; // until its day it holds up nothing else
}

bool Evacuation::start(std::size_t number, const Submit &submit)
{
    auto &move = m_posts[number].move;
    Request request;
    request.requestId = m_id.id + '.' + std::to_string(number) + '.' + std::to_string(move.attempt);
    request.order = m_order.moves[number].order;
    request.partOf = m_id.id;
    const auto begun = submit(m_who, request);
    if (!begun) {
        failed(number, begun.error());
        return false;
    }
    move.operation = begun->id.id;
    settle(number, State::Running);
    return true;
}

bool Evacuation::begin(const Submit &submit)
{
    const std::int32_t present = wave();
    std::map<std::string, std::int32_t> busy;
    std::int32_t all = 0;
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        if (m_posts[i].move.state == State::Running) {
            ++busy[m_order.moves[i].order.toSite];
            ++all;
        }
    }
    bool differs = false;
    for (std::size_t i = 0; i < m_posts.size() && all < m_order.atOnce; ++i) {
        auto &there = busy[m_order.moves[i].order.toSite];
        if (m_order.moves[i].wave != present || there >= m_order.atOncePerSite || !mayBegin(i)) {
            continue;
        }
        const bool runs = start(i, submit);
        there += runs ? 1 : 0;
        all += runs ? 1 : 0;
        differs = true;
    }
    return differs;
}

/// What comes after something that did not move does not move; nor does anything that waits for itself.
void Evacuation::failWhatCannotBegin()
{
    const std::int32_t present = wave();
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        const Post &post = m_posts[i];
        if (post.move.state != State::Waiting || m_order.moves[i].wave != present || isAwaited(i)) {
            continue;
        }
        for (const std::size_t before : post.after) {
            if (m_posts[before].move.state == State::Failed) {
                settle(i, State::Failed, {Reason::NotReady, {{"id", m_order.moves[before].order.object.text()}, {"state", "not moved"}}, {}});
                break;
            }
        }
    }
    bool goesOn = false;
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        goesOn = goesOn || m_posts[i].move.state == State::Running || (m_order.moves[i].wave == present && hasItsTurn(i))
            || (isAwaited(i) && m_posts[i].move.state == State::Waiting && m_order.moves[i].wave <= present);
    }
    for (std::size_t i = 0; !goesOn && i < m_posts.size(); ++i) {
        if (m_posts[i].move.state == State::Waiting && m_order.moves[i].wave == present && !isAwaited(i)) {
            settle(i, State::Failed, {Reason::Conflict, {{"id", m_order.moves[i].order.object.text()}}, "it waits for itself"});
        }
    }
}

/// By bytes: a large move counts for more than a small one, one under way for as much as it has done.
Evacuation::Load Evacuation::load() const
{
    Load load;
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        if (isAwaited(i)) {
            continue;
        }
        const auto weight = std::max(m_order.moves[i].bytes, leastLoad);
        load.all += weight;
        if (m_posts[i].move.isOver()) {
            load.done += weight;
        } else if (m_posts[i].move.state == State::Running) {
            const auto known = m_context.broadcast.find({m_id.site, ObjectKind::Operation, m_posts[i].move.operation});
            const auto *operation = known ? std::get_if<Operation>(&*known) : nullptr;
            load.done += operation ? static_cast<std::int64_t>(std::max(0.0, operation->progress()) * double(weight)) : 0;
        }
    }
    return load;
}

void Evacuation::measure(Operation &operation, const Parts &now)
{
    const auto [done, all] = load();
    m_meter.report(std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(), done, all - done);
    operation.parts = now;
    operation.bytesTotal = all;
    operation.bytesDone = std::max(operation.bytesDone, done);
    operation.permille = std::max(operation.permille, m_meter.permille());
    operation.bytesPerSecond = std::llround(m_meter.bytesPerSecond());
    operation.remainingMs = std::llround(std::max(0.0, m_meter.secondsLeft()) * 1000);
}

bool Evacuation::step(const Submit &submit)
{
    bool differs = observe();
    if (!m_running->isCancelled()) {
        differs |= hear();
        inquire();
        failWhatCannotBegin();
        differs |= begin(submit);
    }
    const Parts now = parts();
    if (const auto told = m_running->operation(); differs || told.parts != now) {
        m_running->update([&](Operation &operation) { measure(operation, now); }, true);
    } else if (const auto [done, all] = load(); done > told.bytesDone + all / 100) {
        m_running->update([&](Operation &operation) { measure(operation, now); }, true); // journalled: the bar does not go back at a restart
    }
    const bool isOver = now.running == 0 && (m_running->isCancelled() || now.done + now.failed == now.total);
    if (isOver) {
        end();
    }
    return isOver;
}

void Evacuation::end()
{
    const Parts all = parts();
    if (const auto forgotten = m_context.journal.endEvacuation(m_id.id); !forgotten) {
        m_context.log.problem("evacuation.unnoted", forgotten.error(), {{"operation", m_id.id}});
    }
    m_context.log.event("evacuation.over",
        {{"operation", m_id.id}, {"done", std::to_string(all.done)}, {"failed", std::to_string(all.failed)},
            {"left", std::to_string(all.total - all.done - all.failed)}});
    if (all.done == all.total) {
        m_running->succeed(m_order.site);
        return;
    }
    if (m_running->isCancelled()) {
        m_running->fail({Reason::Cancelled, {{"done", std::to_string(all.done)}, {"left", std::to_string(all.total - all.done)}}, {}});
        return;
    }
    std::size_t first = 0;
    while (isAwaited(first) || m_posts[first].move.state != State::Failed) {
        ++first;
    }
    Problem problem = m_posts[first].move.problem;
    problem.facts.insert_or_assign("failed", std::to_string(all.failed));
    problem.facts.insert_or_assign("done", std::to_string(all.done));
    m_running->fail(problem);
}

}
