// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// At the source: whose it is, and its bytes. Where it arrives: arrivals.cpp.
#include "site/drivers/cloud/moves.h"

#include "site/drivers/cloud/desk.h"
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/fd.h"
#include "site/drivers/record/arriving.h"
#include "site/drivers/record/custody.h"
#include "site/drivers/record/demands.h"

#include <filesystem>

namespace portulan::site::cloud {

namespace {

/// Nobody waits for its bytes to be counted; it can only be cut off.
class Silent final : public Progress {
public:
    explicit Silent(std::function<bool()> isCut)
        : m_isCut(std::move(isCut))
    {
    }
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return m_isCut(); }

private:
    std::function<bool()> m_isCut;
};

/// Keeps the file for as long as somebody reads it.
class FetchedReader final : public BlockReader {
public:
    FetchedReader(std::unique_ptr<BlockReader> inner, std::shared_ptr<void> file)
        : m_file(std::move(file))
        , m_inner(std::move(inner))
    {
    }
    std::uint64_t sizeBytes() const override { return m_inner->sizeBytes(); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_inner->extents(offset, length); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_inner->read(offset, into); }

private:
    std::shared_ptr<void> m_file;
    std::unique_ptr<BlockReader> m_inner;
};

}

Moves::Moves(Cloud &cloud, Registry &registry, Locks &locks, std::string directory)
    : m_cloud(cloud)
    , m_registry(registry)
    , m_locks(locks)
    , m_directory(std::move(directory))
{
}

Moves::~Moves()
{
    end();
}

Moves::Fetched::~Fetched()
{
    removeFile(path);
}

Result<> Moves::open()
{
    namespace fs = std::filesystem;
    std::error_code error;
    fs::remove_all(m_directory + "/leaving", error);
    auto done = makeDirectory(m_directory + "/leaving").and_then([&] { return makeDirectory(m_directory + "/arriving"); });
    if (!done) {
        return done;
    }
    std::set<std::string> wanted;
    for (const auto &thing : m_registry.store().all()) {
        const auto id = idOf(thing);
        if (custodyOf(m_registry.store(), id) == Custody::Incoming) {
            wanted.insert(arrivingPath(id));
        }
    }
    for (const auto &entry : fs::directory_iterator(m_directory + "/arriving", error)) {
        if (!wanted.contains(entry.path().string())) {
            fs::remove(entry.path(), error);
        }
    }
    return {};
}

void Moves::end()
{
    std::map<ObjectId, std::unique_ptr<Delivery>> deliveries;
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
        deliveries.swap(m_deliveries);
    }
}

Result<> Moves::setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo)
{
    const auto ids = withVolumes(m_registry.store(), object);
    const auto held = ids ? m_locks.hold(*ids) : tl::unexpected(ids.error());
    if (!held) {
        return tl::unexpected(held.error());
    }
    if (custody != Custody::Leaving) {
        forgetFetched(*ids);
    }
    // First at the cloud: between the two nobody may start it there. That it cannot be told there does not undo the move.
    if (custody == Custody::Retained) {
        fence(*ids, std::string(movedTo));
    }
    auto given = giveCustody(m_registry.store(), *ids, custody, retainedUntil, movedTo);
    if (given && custody == Custody::Owner) {
        fence(*ids, {});
    }
    return given;
}

void Moves::fence(const std::vector<ObjectId> &ids, const std::string &movedTo)
{
    for (const auto &id : ids) {
        if (const auto ref = m_registry.refOf(id); ref && id.kind == ObjectKind::Instance) {
            (void)m_cloud.fence(*ref, movedTo);
        }
    }
}

void Moves::forgetFetched(const std::vector<ObjectId> &ids)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &id : ids) {
        m_fetched.erase(id);
    }
}

Result<std::shared_ptr<Moves::Fetched>> Moves::fetched(const ObjectId &object, Instant asOf)
{
    const std::lock_guard fetching(m_fetching);
    auto fresh = std::make_shared<Fetched>();
    {
        const std::lock_guard lock(m_mutex);
        if (const auto at = m_fetched.find(object); at != m_fetched.end() && at->second->asOf == asOf) {
            return at->second;
        }
        m_fetched.erase(object);
        fresh->path = m_directory + "/leaving/" + std::to_string(++m_serial);
        fresh->asOf = asOf;
    }
    Silent silent([this] {
        const std::lock_guard lock(m_mutex);
        return m_ends;
    });
    const auto format = m_registry.refOf(object).and_then([&](const Ref &ref) { return m_cloud.fetch(ref, fresh->path, silent); });
    if (!format) {
        return tl::unexpected(format.error());
    }
    fresh->format = *format;
    const std::lock_guard lock(m_mutex);
    m_fetched.insert_or_assign(object, fresh);
    return fresh;
}

Result<std::unique_ptr<BlockReader>> Moves::openForRead(const ObjectId &object)
{
    const auto &store = m_registry.store();
    const auto thing = store.find(object);
    if (!thing) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    if (custodyOf(store, object) == Custody::Incoming) {
        return notReady(toString(Custody::Incoming));
    }
    Instant asOf {};
    if (const auto *volume = std::get_if<Volume>(&*thing)) {
        asOf = volume->changedAt;
        if (const auto instance = store.get<Instance>(store.id(ObjectKind::Instance, volume->instanceId))) {
            if (isUp(instance->state)) {
                return notReady(toString(instance->state));
            }
            asOf = instance->changedAt; // what ran since then changed its state
        }
    } else if (const auto *image = std::get_if<Image>(&*thing)) {
        asOf = image->changedAt;
    } else {
        return refuse(Reason::Unsupported, {{"what", "migrate"}}, object.text());
    }
    auto inPlace = m_registry.refOf(object).and_then([&](const Ref &ref) { return m_cloud.openDisk(ref); });
    if (inPlace || inPlace.error().reason != Reason::Unsupported) {
        return inPlace;
    }
    return fetched(object, asOf).and_then([](const std::shared_ptr<Fetched> &file) {
        return (file->format == "raw" ? openRaw(file->path) : openQcow2(file->path, {})).map([&](std::unique_ptr<BlockReader> reader) {
            return std::unique_ptr<BlockReader>(std::make_unique<FetchedReader>(std::move(reader), file));
        });
    });
}

/// Takes what is there of these out of the cloud, the machine first. What is gone already is no matter.
Result<> Moves::withdraw(const std::vector<ObjectId> &ids)
{
    for (const auto &id : ids) {
        const auto ref = m_registry.refOf(id);
        if (!ref) {
            continue;
        }
        const auto endVolume = [&] {
            return m_cloud.disksGoWithMachine() ? Result<>()
                                                : endSnapshots(m_cloud, m_registry, id).and_then([&] { return m_cloud.deleteVolume(*ref); });
        };
        auto gone = id.kind == ObjectKind::Instance ? m_cloud.deleteInstance(*ref)
            : id.kind == ObjectKind::Image          ? m_cloud.deleteImage(*ref)
                                                    : endVolume();
        if (gone || gone.error().reason == Reason::NotFound) {
            gone = m_registry.unbind(id);
        }
        if (!gone) {
            return gone;
        }
    }
    return {};
}

Result<> Moves::takeOff(const ObjectId &object, const std::vector<ObjectId> &ids, Custody demanded)
{
    return m_registry.store().change([&](Draft &draft) -> Result<> {
        (void)forgetReceived(draft, object);
        for (const auto &id : ids) {
            const auto custody = custodyOf(m_registry.store(), id);
            if (custody && custody != demanded) {
                return notReady(toString(*custody));
            }
            if (draft.has(id)) {
                draft.remove(id);
            }
        }
        return {};
    });
}

Result<> Moves::erase(const ObjectId &object)
{
    const auto ids = withVolumes(m_registry.store(), object);
    const auto held = ids ? m_locks.hold(*ids) : tl::unexpected(ids.error());
    if (!held) {
        return tl::unexpected(held.error());
    }
    for (const auto &id : *ids) {
        if (const auto custody = custodyOf(m_registry.store(), id); custody && custody != Custody::Retained) {
            return notReady(toString(*custody));
        }
    }
    forgetFetched(*ids);
    fence(*ids, {});
    // The bytes first: as long as it is on record it is erased again, and what is off the record is gone.
    return withdraw(*ids).and_then([&] { return takeOff(object, *ids, Custody::Retained); });
}

}
