// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A data set goes lot by lot: warm, while it is written, until so little is left that writing may be refused for it; or because it has many objects.
#include "proto/wire.h"
#include "site/moverjob.h"

#include <algorithm>
#include <filesystem>
#include <limits>

namespace portulan::site {

using enum MigrationStep;

namespace {
// Of a lot: one message; no more objects than memory should hold the state of (6 to 13 KiB each, at either end); and no more bytes than one would
// send again after a restart.
constexpr std::size_t lotObjects = mostObjectsAtOnce;
constexpr std::size_t lotNameBytes = 1 << 20;
constexpr std::int64_t lotBytes = std::int64_t(1) << 30;
// A set that is fenced does not change; one look more than needed tells.
constexpr int fencedLooks = 3;

/// An object that was gone when its turn came: nothing of it travels.
class GoneReader final : public BlockReader {
public:
    explicit GoneReader(std::uint64_t size)
        : m_size(size)
    {
    }
    std::uint64_t sizeBytes() const override { return m_size; }
    Result<std::vector<Extent>> extents(std::uint64_t, std::uint64_t) override { return std::vector<Extent>(); }
    Result<> read(std::uint64_t, std::span<std::byte> into) override
    {
        std::ranges::fill(into, std::byte {0});
        return {};
    }

private:
    std::uint64_t m_size;
};
}

bool Job::isWritten() const
{
    const std::scoped_lock lock(m_mutex);
    return m_departure.order.object.kind == ObjectKind::DataSet && m_departure.order.mode == MoveMode::Warm;
}

bool Job::goesInLots() const
{
    return isWritten() || departure().hasMany;
}

/// Noted once, before anybody is asked: the number may change until it is fenced.
Result<> Job::countObjects()
{
    const auto plan = departure();
    if (plan.asked || plan.hasMany || plan.order.object.kind != ObjectKind::DataSet) {
        return {};
    }
    const auto found = object();
    if (!found) {
        return unexpected(found.error());
    }
    const auto *set = *found ? std::get_if<DataSet>(&**found) : nullptr;
    return set && set->objects > mostObjectsAtOnce ? persist([](Departure &departure) { departure.hasMany = true; }) : Result<>();
}

Result<> Job::beginLots()
{
    if (!m_ledger && isWritten()) {
        m_ledger = std::make_unique<PassLedger>(m_yard.patience);
        m_ledger->viewed(1, 1); // what is put travels whole, and no more
    }
    if (m_lots) {
        return {};
    }
    const auto file = lotLedgerFile(m_yard.context.config.directory, departure().migration);
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), error);
    auto ledger = LotLedger::open(file);
    if (!ledger) {
        return unexpected(ledger.error());
    }
    if (departure().lot == 0 && (*ledger)->lastLot() > 0) {
        return refuse(Reason::Internal, {{"file", file}}, "lots that the journal does not know");
    }
    m_lots = std::make_unique<LotsUnderWay>();
    m_lots->ledger = std::move(*ledger);
    const auto found = object();
    const auto *set = found && *found ? std::get_if<DataSet>(&**found) : nullptr;
    m_total = set ? set->bytes : 0;
    return {};
}

void Job::forgetLots()
{
    removeLotLedger(lotLedgerFile(m_yard.context.config.directory, departure().migration));
}

std::int64_t Job::bytesSent() const
{
    return (m_lots ? m_lots->bytes : 0) + (m_sending ? m_sending->bytesDone() : 0);
}

std::int64_t Job::bytesOnWire() const
{
    return (m_lots ? m_lots->wire : 0) + (m_sending ? m_sending->bytesOnWire() : 0);
}

Result<> Job::passLots()
{
    const auto began = std::chrono::steady_clock::now();
    const auto bytes = m_lots->bytes, weight = m_lots->sent.weight();
    if (auto sent = sendDifference(); !sent) {
        return sent;
    }
    const auto left = lotsLeft(m_yard.context.driver, departure().order.object, *m_lots->ledger);
    if (!left) {
        return unexpected(left.error());
    }
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    m_ledger->passed(m_lots->bytes - bytes, took, left->weight(), std::numeric_limits<std::int64_t>::max(), m_lots->sent.weight() - weight);
    return {};
}

/// Writing is refused from here on.
Result<> Job::fence()
{
    if (auto noted = persist([](Departure &departure) { departure.ran = true; }); !noted) {
        return noted;
    }
    const auto plan = departure();
    if (auto fenced = m_yard.context.driver.setCustody(plan.order.object, Custody::Leaving, {}, plan.order.toSite); !fenced) {
        return fenced;
    }
    log("nothing more is put into it; what is left is sent");
    return advance(Stopped);
}

/// What differs still, and in any case the set itself as it is now: a name or a class may have changed, and a destination that was restarted
/// wants to be asked again.
Result<> Job::sendLastLots()
{
    if (auto begun = beginLots(); !begun) {
        return begun;
    }
    for (int look = 0; look < fencedLooks; ++look) {
        const auto sent = sendDifference().and_then([&] { return look == 0 ? sendLot({}, {}) : Result<>(); });
        const auto left
            = sent ? lotsLeft(m_yard.context.driver, departure().order.object, *m_lots->ledger) : Result<LotsLeft>(unexpected(sent.error()));
        if (!left || left->count == 0) {
            return left ? Result<>() : Result<>(unexpected(left.error()));
        }
    }
    return refuse(Reason::Conflict, {{"id", departure().order.object.text()}}, "its objects change although it is fenced");
}

/// One way through the set: what was put, replaced or deleted since it went there.
Result<> Job::sendDifference()
{
    if (m_lots->open) {
        if (auto finished = finishLot(); !finished) {
            return finished;
        }
    }
    std::vector<std::string> gone;
    std::vector<DataObject> objects;
    std::size_t names = 0;
    std::int64_t bytes = 0;
    const auto send = [&] {
        names = 0;
        bytes = 0;
        return sendLot(std::exchange(gone, {}), std::exchange(objects, {}));
    };
    for (LotWalk walk(m_yard.context.driver, departure().order.object, *m_lots->ledger); !walk.isOver();) {
        auto steps = m_parked || isCancelled() ? refuse(Reason::Cancelled) : walk.next();
        if (!steps) {
            return unexpected(steps.error());
        }
        for (auto &step : *steps) {
            const auto size = step.now ? step.now->size : 0;
            const auto name = step.key.size() + (step.now ? 120 : 8);
            const bool full = gone.size() + objects.size() == lotObjects || names + name > lotNameBytes || (bytes > 0 && bytes + size > lotBytes);
            if (auto sent = full ? send() : Result<>(); !sent) {
                return sent;
            }
            names += name;
            bytes += size;
            if (step.now) {
                objects.push_back(std::move(*step.now));
            } else {
                gone.push_back(std::move(step.key));
            }
        }
    }
    return gone.empty() && objects.empty() ? Result<>() : send();
}

Result<> Job::sendLot(std::vector<std::string> gone, std::vector<DataObject> objects)
{
    // A number is used once, whatever happens to this gateway.
    if (auto noted = persist([](Departure &departure) { ++departure.lot; }); !noted) {
        return noted;
    }
    m_lots->vanished.clear();
    m_lots->open = LotsUnderWay::Open {departure().lot, std::move(gone), std::move(objects)};
    auto sending = sendingOf(m_lots->open->objects);
    {
        const std::scoped_lock lock(m_mutex);
        m_sending = std::move(sending);
    }
    return finishLot();
}

std::unique_ptr<Sending> Job::sendingOf(const std::vector<DataObject> &objects)
{
    Sending::Orders orders;
    for (const auto &object : objects) {
        orders.parcels.push_back({object.key, std::uint64_t(object.size)});
    }
    orders.open = [this, set = departure().order.object](std::size_t i) -> Result<std::unique_ptr<BlockReader>> {
        const auto &object = m_lots->open->objects[i];
        auto reader = m_yard.context.driver.openForRead(set, object.key);
        const bool gone = reader ? (*reader)->sizeBytes() != std::uint64_t(object.size) : reader.error().reason == Reason::NotFound;
        if (!gone) {
            return reader;
        }
        const std::scoped_lock lock(m_lots->mutex);
        m_lots->vanished.insert(i);
        return std::make_unique<GoneReader>(std::uint64_t(object.size));
    };
    orders.paces = {m_pace.get(), &m_yard.link};
    orders.fingerprints = [this](std::size_t parcel, std::uint64_t first, std::uint32_t count) { return fingerprints(parcel, first, count); };
    orders.carry = [this](const Token &token, const std::string &frames, bool end) { return carry(token, frames, end); };
    orders.progress = [this](std::int64_t done, std::int64_t wire) { report(m_lots->bytes + done, m_lots->wire + wire); };
    return std::make_unique<Sending>(std::move(orders));
}

/// The lot under way, from where it is to its end.
Result<> Job::finishLot()
{
    auto &lot = *m_lots->open;
    for (bool isThere = false; !isThere; isThere = m_sending->isComplete()) { // what differs from what was sent may be found on the way
        if (auto sent = lot.objects.empty() ? reserve() : sendAll(); !sent) {
            return sent;
        }
    }
    std::vector<LotLedger::Arrived> arrived;
    const auto roots = m_sending->roots();
    for (std::size_t i = 0; i < lot.objects.size(); ++i) {
        arrived.push_back({lot.objects[i], roots[i], m_lots->vanished.contains(i)});
    }
    if (auto closed = m_lots->ledger->close(lot.number, lot.gone, arrived); !closed) {
        return closed;
    }
    m_lots->sent.count += std::int64_t(lot.gone.size() + lot.objects.size());
    for (const auto &object : lot.objects) {
        m_lots->sent.bytes += object.size;
    }
    m_lots->bytes += m_sending->bytesDone();
    m_lots->wire += m_sending->bytesOnWire();
    m_lots->open.reset();
    const std::scoped_lock lock(m_mutex);
    m_sending.reset();
    return {};
}

Result<> Job::tellLot(v1::ReserveRequest &request)
{
    if (!m_lots || !m_lots->open) {
        return {};
    }
    const auto now = object();
    const auto *set = now && *now ? std::get_if<DataSet>(&**now) : nullptr;
    if (!set) {
        return now ? refuse(Reason::NotFound, {{"id", departure().order.object.text()}}) : Result<>(unexpected(now.error()));
    }
    {
        const std::scoped_lock lock(m_mutex); // journalled with the step that follows; the last lot's is what arrives
        m_departure.draft.name = set->name;
        m_departure.draft.classification = toString(set->classification);
    }
    *request.mutable_data_set() = wire::toWire(*set);
    request.set_lot(m_lots->open->number);
    request.set_after_lot(m_lots->ledger->lastLot());
    for (const auto &key : m_lots->open->gone) {
        *request.add_gone() = key;
    }
    for (const auto &object : m_lots->open->objects) {
        *request.add_objects() = wire::toWire(object);
    }
    return {};
}

}
