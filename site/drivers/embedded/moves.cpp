// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/moves.h"

#include "site/drivers/disk/blocks.h"
#include "site/drivers/embedded/following.h"
#include "site/drivers/embedded/leaving.h"
#include "site/drivers/embedded/testboot.h"
#include "site/drivers/record/custody.h"

#include <fcntl.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {

/// A file written in place, for the objects of a data set.
class FileWriter final : public BlockWriter {
public:
    FileWriter(Fd file, std::uint64_t size)
        : m_file(std::move(file))
        , m_size(size)
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        return within(offset, bytes.size()).and_then([&] { return writeAt(m_file.get(), offset, bytes); });
    }
    Result<> flush() override
    {
        auto done = syncFile(m_file.get());
        dropCached(m_file.get(), 0, 0);
        return done;
    }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        return within(offset, into.size()).and_then([&] { return readAt(m_file.get(), offset, into); });
    }

private:
    Result<> within(std::uint64_t offset, std::uint64_t length) const
    {
        const bool fits = offset <= m_size && length <= m_size - offset;
        return fits ? Result<>() : refuse(Reason::InvalidArgument, {{"field", "offset"}, {"expected", "a range within the object"}});
    }
    Fd m_file;
    std::uint64_t m_size;
};

class SharedWriter final : public BlockWriter {
public:
    explicit SharedWriter(std::shared_ptr<Qcow2Writer> writer)
        : m_writer(std::move(writer))
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override { return m_writer->write(offset, bytes); }
    Result<> flush() override { return m_writer->flush(); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_writer->read(offset, into); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_writer->extents(offset, length); }

private:
    std::shared_ptr<Qcow2Writer> m_writer;
};

}

Result<> Moves::setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo)
{
    const auto ids = withVolumes(m_plant.store, object);
    if (!ids) {
        return tl::unexpected(ids.error());
    }
    const auto held = m_plant.locks.hold(*ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    return giveCustody(m_plant.store, *ids, custody, retainedUntil, movedTo);
}

Result<std::unique_ptr<BlockReader>> Moves::openForRead(const ObjectId &object, std::string_view key)
{
    if (object.kind == ObjectKind::DataSet) {
        const auto found = m_plant.store.dataObject(object.id, key);
        return found ? openRaw(m_plant.layout.object(found->first)) : tl::unexpected(found.error());
    }
    if (object.kind == ObjectKind::Image) {
        const auto image = m_plant.store.get<Image>(object);
        const bool incoming = image && image->custody == Custody::Incoming;
        return incoming ? notReady(toString(image->custody))
            : image     ? m_volumes.read(m_plant.layout.image(object.id))
                        : tl::unexpected(image.error());
    }
    const auto volume = m_plant.store.get<Volume>(object);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    if (volume->custody == Custody::Incoming) {
        return notReady(toString(volume->custody));
    }
    const auto instance = m_plant.store.get<Instance>(m_plant.store.id(ObjectKind::Instance, volume->instanceId));
    const auto machine = instance && isUp(instance->state) ? m_plant.running(instance->id.id) : nullptr;
    if (instance && isUp(instance->state) && !(machine && hasLeft(*machine))) {
        return notReady(toString(instance->state));
    }
    return m_volumes.read(m_plant.layout.disk(object.id));
}

Result<std::unique_ptr<RunningDisks>> Moves::follow(const ObjectId &id)
{
    const auto instance = m_plant.store.get<Instance>(id);
    return instance ? Following::begin(m_plant, m_instances, *instance) : tl::unexpected(instance.error());
}

Result<std::shared_ptr<Qcow2Writer>> Moves::writer(const ObjectId &disk)
{
    const std::lock_guard lock(m_mutex);
    auto &slot = m_writers[disk];
    if (auto open = slot.lock()) {
        return open;
    }
    auto opened = Qcow2Writer::open(disk.kind == ObjectKind::Image ? m_plant.layout.image(disk.id) : m_plant.layout.disk(disk.id));
    if (!opened) {
        m_writers.erase(disk);
        return tl::unexpected(opened.error());
    }
    std::shared_ptr<Qcow2Writer> shared = std::move(*opened);
    slot = shared;
    return shared;
}

Result<std::unique_ptr<BlockWriter>> Moves::openForWrite(const ObjectId &object, std::string_view key)
{
    if (object.kind == ObjectKind::DataSet) {
        const auto set = m_plant.store.get<DataSet>(object);
        if (!set || set->custody != Custody::Incoming) {
            return set ? notReady(toString(set->custody)) : tl::unexpected(set.error());
        }
        const auto found = m_plant.store.dataObject(object.id, key);
        auto file = found ? openFile(m_plant.layout.object(found->first), O_RDWR) : tl::unexpected(found.error());
        // Its length is durable with its bytes only.
        const auto length = file ? fileSize(file->get()) : tl::unexpected(file.error());
        if (!length) {
            return tl::unexpected(length.error());
        }
        if (*length != static_cast<std::uint64_t>(found->second.size) && ::ftruncate(file->get(), found->second.size) != 0) {
            return ioRefusal("write", found->first);
        }
        return std::make_unique<FileWriter>(std::move(*file), static_cast<std::uint64_t>(found->second.size));
    }
    const auto custody = object.kind == ObjectKind::Image
        ? m_plant.store.get<Image>(object).map([](const Image &image) { return image.custody; })
        : m_plant.store.get<Volume>(object).map([](const Volume &volume) { return volume.custody; });
    if (!custody || *custody != Custody::Incoming) {
        return custody ? notReady(toString(*custody)) : tl::unexpected(custody.error());
    }
    return writer(object).map(
        [](std::shared_ptr<Qcow2Writer> shared) -> std::unique_ptr<BlockWriter> { return std::make_unique<SharedWriter>(std::move(shared)); });
}

/// Everything of an incoming object is on the disk when this returns.
Result<> Moves::finish(const ObjectId &object)
{
    if (object.kind == ObjectKind::Volume || object.kind == ObjectKind::Image) {
        return writer(object).and_then([](const std::shared_ptr<Qcow2Writer> &disk) { return disk->flush(); });
    }
    for (const auto &name : object.kind == ObjectKind::DataSet ? m_dataSets.filesOf(object) : std::vector<std::string>()) {
        const auto file = openFile(m_plant.layout.object(name), O_RDWR);
        const auto synced = file ? syncFile(file->get()) : tl::unexpected(file.error());
        if (!synced) {
            return synced;
        }
    }
    return {};
}

Result<std::unique_ptr<TestMachine>> Moves::testBoot(const ObjectId &id)
{
    const auto ids = withVolumes(m_plant.store, id);
    const auto held = ids ? m_plant.locks.hold(*ids) : tl::unexpected(ids.error());
    const auto instance = held ? m_plant.store.get<Instance>(id) : tl::unexpected(held.error());
    if (!instance || instance->custody != Custody::Incoming) {
        return instance ? notReady(toString(instance->custody)) : tl::unexpected(instance.error());
    }
    for (const auto &each : *ids) { // a disk reopened after a crash has its tables in memory only
        if (auto done = finish(each); !done) {
            return tl::unexpected(done.error());
        }
    }
    return bootTest(m_plant, *instance);
}

Result<> Moves::adopt(const ObjectId &object)
{
    const auto ids = withVolumes(m_plant.store, object);
    if (!ids) {
        return tl::unexpected(ids.error());
    }
    const auto held = m_plant.locks.hold(*ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto incoming = [&](const ObjectId &id) { return custodyOf(m_plant.store, id) == Custody::Incoming; };
    for (const auto &id : *ids) {
        if (incoming(id)) {
            if (auto done = finish(id); !done) {
                return done;
            }
        }
    }
    const auto take = [](auto &thing) { return own(thing); };
    Image file; // its digest is of a file that nobody writes any more
    if (object.kind == ObjectKind::Image && incoming(object)) {
        if (auto described = describeFile(m_plant.layout.image(object.id), file); !described) {
            return described;
        }
    }
    return m_plant.store.change([&](Draft &draft) -> Result<> {
        for (const auto &id : *ids) {
            if (id.kind == ObjectKind::DataSet) {
                (void)draft.note(lotKey(id), {});
            }
            auto done = id.kind == ObjectKind::Instance ? alter<Instance>(draft, id, take)
                : id.kind == ObjectKind::DataSet        ? alter<DataSet>(draft, id, take)
                : id.kind == ObjectKind::Image          ? alter<Image>(draft, id,
                      [&](Image &image) {
                          image.sha256 = file.sha256.empty() ? image.sha256 : file.sha256;
                          image.fileBytes = file.sha256.empty() ? image.fileBytes : file.fileBytes;
                          return take(image);
                      })
                                                        : alter<Volume>(draft, id, [&](Volume &volume) {
                                                     volume.allocatedBytes = allocatedBytes(m_plant.layout.disk(id.id));
                                                     return take(volume);
                                                 });
            if (!done) {
                return done;
            }
        }
        return {};
    });
}

}
