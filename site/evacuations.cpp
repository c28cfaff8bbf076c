// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/evacuations.h"

#include <algorithm>
#include <cmath>

namespace portulan::site {

namespace {

constexpr auto glance = std::chrono::milliseconds(200);

}

Evacuations::Evacuations(Context &context, Evacuation::Submit submit, Evacuation::Patience patience, Evacuation::Ask ask)
    : m_context(context)
    , m_submit(std::move(submit))
    , m_patience(patience)
    , m_ask(std::move(ask))
{
    takeUp();
    m_thread = std::thread([this] { serve(); });
}

Evacuations::~Evacuations()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Evacuations::takeUp()
{
    const auto records = m_context.journal.openEvacuations();
    const auto operations = m_context.journal.operations();
    if (!records || !operations) {
        m_context.log.problem("evacuation.unknown", records ? operations.error() : records.error());
        return;
    }
    for (const auto &operation : *operations) {
        if (operation.kind != "evacuate" || isOver(operation.state)) {
            continue;
        }
        const auto record = std::ranges::find(*records, operation.id.id, &EvacuationRecord::operation);
        if (record != records->end()) {
            takeUp(*record, operation);
        } else { // the gateway died between the operation and the order: nothing was begun
            m_context.operations.resume(operation)->fail({Reason::Internal, {{"cause", "restarted"}}, "the gateway stopped before it began"});
        }
    }
}

void Evacuations::takeUp(const EvacuationRecord &record, const Operation &operation)
{
    auto running = m_context.operations.resume(operation);
    auto order = evacuationFrom(record.order, m_context.config.siteId);
    if (!order) {
        running->fail(order.error());
        return;
    }
    running->log("taken up again after a restart");
    m_new.emplace_back(m_context, std::move(*order), std::move(running), m_patience, m_ask);
    m_new.back().restore(record.moves);
}

Result<Evacuate> Evacuations::wholeOf(const Evacuate &order) const
{
    if (order.retryOf.empty()) {
        return order;
    }
    const ObjectId id {m_context.config.siteId, ObjectKind::Operation, order.retryOf};
    const auto record = m_context.journal.evacuation(order.retryOf);
    if (!record || !*record) {
        return record ? refuse(Reason::NotFound, {{"id", id.text()}}) : Result<Evacuate>(tl::unexpected(record.error()));
    }
    if (m_context.operations.find(id)) {
        return refuse(Reason::NotReady, {{"id", id.text()}, {"state", "running"}});
    }
    auto earlier = evacuationFrom((*record)->order, m_context.config.siteId);
    if (!earlier) {
        return earlier;
    }
    std::int64_t all = 0, left = 0;
    std::vector<Evacuate::Move> moves;
    for (std::size_t i = 0; i < earlier->moves.size(); ++i) {
        const auto row = (*record)->moves.find(i);
        const auto known = row == (*record)->moves.end() ? Result<EvacuationMove>() : evacuationMoveFrom(row->second);
        all += earlier->moves[i].bytes;
        if (!known || known->state != EvacuationMove::State::Done) {
            left += earlier->moves[i].bytes;
            moves.push_back(earlier->moves[i]);
        }
    }
    if (moves.empty()) {
        return refuse(Reason::NotReady, {{"id", id.text()}, {"cause", "nothing-to-retry"}, {"state", "done"}});
    }
    earlier->moves = std::move(moves);
    const double share = all > 0 ? double(left) / double(all) : 1;
    earlier->forecast.bytes = left;
    earlier->forecast.durationMs = std::llround(share * double(earlier->forecast.durationMs));
    return earlier;
}

void Evacuations::begin(const Evacuate &asked, std::shared_ptr<Running> running)
{
    const auto whole = wholeOf(asked);
    if (!whole) {
        running->fail(whole.error());
        return;
    }
    const auto &order = *whole;
    running->update([&order](Operation &operation) { operation.forecast = order.forecast; }, false);
    const auto row = toRow(order);
    const auto noted = row ? m_context.journal.putEvacuation(running->operation().id.id, *row) : Result<>(tl::unexpected(row.error()));
    if (!noted) {
        running->fail(noted.error());
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_new.emplace_back(m_context, order, std::move(running), m_patience, m_ask);
    }
    m_wake.notify_all();
}

void Evacuations::serve()
{
    std::list<Evacuation> under;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        under.splice(under.end(), m_new);
        lock.unlock(); // a move is submitted as any order is: that takes disks and time
        under.remove_if([this](Evacuation &one) { return one.step(m_submit); });
        lock.lock();
        const auto isWanted = [this] { return m_stopping || !m_new.empty(); };
        if (under.empty()) {
            m_wake.wait(lock, isWanted);
        } else {
            m_wake.wait_for(lock, glance, isWanted);
        }
    }
}

}
