// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/moves.h"

#include "site/drivers/disk/fd.h"
#include "site/drivers/record/arriving.h"
#include "site/drivers/record/custody.h"
#include "site/drivers/record/demands.h"

#include <algorithm>

namespace portulan::site::cloud {

namespace {

/// The same for every try of one migration, another for any other.
std::string tagOf(Store &store, const ObjectId &object)
{
    std::string letters;
    std::ranges::copy_if(migrationOf(store, object), std::back_inserter(letters), [](unsigned char c) { return std::isalnum(c) != 0; });
    return letters.substr(0, 12);
}

}

/// What is written after it was delivered takes back what was delivered.
class Moves::Writer final : public BlockWriter {
public:
    Writer(Moves &moves, ObjectId disk, std::shared_ptr<Qcow2Writer> writer)
        : m_moves(moves)
        , m_disk(std::move(disk))
        , m_writer(std::move(writer))
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        return m_moves.unsettle(m_disk).and_then([&] { return m_writer->write(offset, bytes); });
    }
    Result<> flush() override { return m_writer->flush(); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_writer->read(offset, into); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_writer->extents(offset, length); }

private:
    Moves &m_moves;
    const ObjectId m_disk;
    std::shared_ptr<Qcow2Writer> m_writer;
};

std::string Moves::arrivingPath(const ObjectId &disk) const
{
    return m_directory + "/arriving/" + std::string(toString(disk.kind)) + '-' + disk.id + ".qcow2";
}

Result<> Moves::prepare(Draft &draft, const Arrival &arrival, Received &received)
{
    Result<> done;
    if (arrival.instance) {
        done = berthInstance(draft, arrival, received, [](Instance &) {});
    } else if (arrival.image) {
        done = berthImage(draft, arrival, received);
    } else {
        done = berthVolumes(draft, arrival, received, {});
    }
    return done.and_then([&] { return noteReceived(draft, arrival.migration, received); });
}

Result<Received> Moves::receive(const Arrival &arrival)
{
    auto &store = m_registry.store();
    const auto held = m_locks.hold({{arrival.migration, ObjectKind::Operation, {}}}); // the same arrival asked for twice at once
    if (!held) {
        return tl::unexpected(held.error());
    }
    if (auto before = receivedBefore(store, arrival.migration)) {
        return *before;
    }
    if (auto good = checkArrival(arrival); !good) {
        return tl::unexpected(good.error());
    }
    if (arrival.dataSet) {
        return refuse(Reason::Unsupported, {{"what", "dataset.create"}});
    }
    Received received;
    auto done = store.rehearse([&](Draft &draft) { return prepare(draft, arrival, received); });
    std::vector<std::pair<ObjectId, std::int64_t>> disks;
    for (std::size_t i = 0; i < arrival.volumes.size() && done; ++i) {
        disks.emplace_back(received.volumes[i], arrival.volumes[i].sizeBytes);
    }
    if (arrival.image && done) {
        disks.emplace_back(received.object, arrival.image->sizeBytes);
    }
    for (const auto &[disk, size] : disks) {
        removeFile(arrivingPath(disk)); // of an arrival that came to nothing
        done = done.and_then([&, path = arrivingPath(disk), bytes = size] { return Qcow2Writer::create(path, static_cast<std::uint64_t>(bytes)); });
    }
    done = done.and_then([&] { return store.change([&](Draft &draft) { return prepare(draft, arrival, received); }); });
    if (!done) {
        std::ranges::for_each(disks, [&](const auto &disk) { removeFile(arrivingPath(disk.first)); });
        return tl::unexpected(done.error());
    }
    return received;
}

Result<std::shared_ptr<Qcow2Writer>> Moves::writer(const ObjectId &disk)
{
    const std::lock_guard lock(m_mutex);
    auto &slot = m_writers[disk];
    if (auto open = slot.lock()) {
        return open;
    }
    auto opened = Qcow2Writer::open(arrivingPath(disk));
    if (!opened) {
        m_writers.erase(disk);
        return tl::unexpected(opened.error());
    }
    std::shared_ptr<Qcow2Writer> shared = std::move(*opened);
    slot = shared;
    return shared;
}

Result<std::unique_ptr<BlockWriter>> Moves::openForWrite(const ObjectId &object)
{
    const auto custody = custodyOf(m_registry.store(), object);
    if (!custody || *custody != Custody::Incoming) {
        return custody ? notReady(toString(*custody)) : refuse(Reason::NotFound, {{"id", object.text()}});
    }
    return writer(object).map([&](std::shared_ptr<Qcow2Writer> shared) {
        return std::unique_ptr<BlockWriter>(std::make_unique<Writer>(*this, object, std::move(shared)));
    });
}

/// Nobody delivers a disk that is about to be written, and the cloud has nothing of it.
Result<> Moves::unsettle(const ObjectId &disk)
{
    std::unique_ptr<Delivery> ended;
    const auto volume = m_registry.store().get<Volume>(disk);
    const ObjectId object = volume && !volume->instanceId.empty() ? m_registry.store().id(ObjectKind::Instance, volume->instanceId) : disk;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto at = m_deliveries.find(object); at != m_deliveries.end()) {
            ended = std::move(at->second);
            m_deliveries.erase(at);
        }
    }
    ended.reset();
    if (!m_registry.isBound(disk)) {
        return {};
    }
    const auto held = m_locks.hold({object, disk});
    return held ? withdraw({object, disk}) : tl::unexpected(held.error());
}

Result<std::optional<Settling>> Moves::settle(const ObjectId &object)
{
    using Answer = Result<std::optional<Settling>>;
    const auto ids = withVolumes(m_registry.store(), object);
    if (!ids) {
        return tl::unexpected(ids.error());
    }
    std::unique_ptr<Delivery> ended;
    const std::lock_guard lock(m_mutex);
    if (const auto at = m_deliveries.find(object); at != m_deliveries.end()) {
        const auto outcome = at->second->outcome();
        if (!outcome) {
            return std::optional(at->second->soFar());
        }
        m_deliveries.erase(at);
        return *outcome ? Answer(std::optional<Settling>()) : tl::unexpected(outcome->error());
    }
    if (m_ends || custodyOf(m_registry.store(), object) != Custody::Incoming) {
        return m_ends ? Answer(refuse(Reason::Cancelled)) : Answer(std::optional<Settling>());
    }
    std::vector<Delivery::Part> parts;
    for (const auto &id : *ids) {
        if (id.kind != ObjectKind::Instance) {
            parts.push_back({id, arrivingPath(id)});
        }
    }
    auto &delivery = m_deliveries[object];
    delivery = std::make_unique<Delivery>(m_cloud, m_registry, object, tagOf(m_registry.store(), object), std::move(parts));
    return std::optional(delivery->soFar());
}

/// Only what has settled is anybody's.
Result<> Moves::adopt(const ObjectId &object)
{
    const auto ids = withVolumes(m_registry.store(), object);
    const auto held = ids ? m_locks.hold(*ids) : tl::unexpected(ids.error());
    if (!held) {
        return tl::unexpected(held.error());
    }
    for (const auto &id : *ids) {
        if (!m_registry.isBound(id) && !(id.kind == ObjectKind::Instance && m_cloud.runsWhenMade())) {
            return refuse(Reason::Internal, {{"id", id.text()}}, "adopted before it is in the cloud");
        }
    }
    auto done = m_registry.store().change([&](Draft &draft) -> Result<> {
        for (const auto &id : *ids) {
            const auto take = [](auto &thing) { return own(thing); };
            auto taken = id.kind == ObjectKind::Instance ? alter<Instance>(draft, id, take)
                : id.kind == ObjectKind::Image           ? alter<Image>(draft, id, take)
                                                         : alter<Volume>(draft, id, take);
            if (!taken) {
                return taken;
            }
        }
        return {};
    });
    for (const auto &id : done ? *ids : std::vector<ObjectId>()) {
        removeFile(arrivingPath(id));
    }
    return done;
}

Result<> Moves::drop(const ObjectId &object)
{
    const auto ids = withVolumes(m_registry.store(), object);
    if (!ids) {
        return ids.error().reason == Reason::NotFound ? Result<>() : tl::unexpected(ids.error());
    }
    for (const auto &id : *ids) {
        if (const auto custody = custodyOf(m_registry.store(), id); custody && custody != Custody::Incoming) {
            return notReady(toString(*custody));
        }
    }
    std::unique_ptr<Delivery> ended;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto at = m_deliveries.find(object); at != m_deliveries.end()) {
            ended = std::move(at->second);
            m_deliveries.erase(at);
        }
    }
    ended.reset();
    const auto held = m_locks.hold(*ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = withdraw(*ids).and_then([&] { return takeOff(object, *ids, Custody::Incoming); });
    for (const auto &id : done ? *ids : std::vector<ObjectId>()) {
        removeFile(arrivingPath(id));
    }
    return done;
}

}
