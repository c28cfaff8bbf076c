// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/volumes.h"

#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/digester.h"
#include "site/drivers/disk/qcow2writer.h"

#include <fcntl.h>
#include <sys/statvfs.h>

namespace portulan::site::embedded {

namespace {
constexpr std::int64_t largestDisk = std::int64_t(Qcow2Writer::largest);

bool isRunning(PowerState state)
{
    return state == PowerState::Running || state == PowerState::Starting || state == PowerState::Stopping || state == PowerState::Paused;
}
}

Result<> describeFile(const std::string &path, Image &image)
{
    const auto file = openFile(path, O_RDONLY);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto digest = digestOf(file->get());
    if (!digest) {
        return tl::unexpected(digest.error());
    }
    image.sha256 = *digest;
    image.fileBytes = static_cast<std::int64_t>(fileSize(file->get()).value_or(0));
    return {};
}

std::string behindKey(const std::string &volume)
{
    return "behind:" + volume;
}

Result<> demandRoom(const Plant &plant, std::int64_t bytes)
{
    struct statvfs room { };
    if (::statvfs(plant.layout.root().c_str(), &room) != 0) {
        return ioRefusal("statvfs", plant.layout.root());
    }
    const auto free = static_cast<std::int64_t>(room.f_bavail * room.f_frsize);
    return bytes <= free ? Result<>()
                         : refuse(Reason::NoCapacity, {{"resource", "storage"}, {"free", std::to_string(free)}, {"wanted", std::to_string(bytes)}});
}

Result<std::unique_ptr<BlockReader>> Volumes::read(const std::string &path)
{
    return openQcow2(path, {m_plant.layout.root()});
}

Result<> Volumes::makeDisk(const std::string &volume, std::int64_t size, const std::string &image)
{
    const Qcow2Writer::Backing backing = image.empty() ? Qcow2Writer::Backing {} : Qcow2Writer::Backing {Layout::imageBehind(image), "qcow2"};
    return Qcow2Writer::create(m_plant.layout.disk(volume), static_cast<std::uint64_t>(size), backing);
}

void Volumes::refresh(Draft &draft, Volume &volume)
{
    volume.allocatedBytes = allocatedBytes(m_plant.layout.disk(volume.id.id));
    if (auto there = draft.get<Volume>(volume.id); there && there->allocatedBytes != volume.allocatedBytes) {
        (void)draft.put(volume); // less or more bytes on disk count for no quota
    }
}

Result<> Volumes::demandQuiet(Draft &draft, const Volume &volume)
{
    if (auto owned = demandOwned(volume.custody); !owned || volume.instanceId.empty()) {
        return owned;
    }
    const auto instance = draft.get<Instance>(m_plant.store.id(ObjectKind::Instance, volume.instanceId));
    return instance && isRunning(instance->state) ? Result<>(notReady(toString(instance->state))) : Result<>();
}

Result<> Volumes::prepare(Draft &draft, CreateVolume &order, std::string_view)
{
    if (auto good = checkCommon(order.name, order.labels); !good) {
        return good;
    }
    Volume volume;
    if (!order.imageId.empty()) {
        const auto image = draft.get<Image>(m_plant.store.id(ObjectKind::Image, order.imageId));
        if (!image) {
            return tl::unexpected(image.error());
        }
        if (auto owned = demandOwned(image->custody); !owned) {
            return owned;
        }
        order.sizeBytes = order.sizeBytes == 0 ? image->sizeBytes : order.sizeBytes;
        if (auto good = checkRange("size_bytes", order.sizeBytes, image->sizeBytes, largestDisk); !good) {
            return good;
        }
        volume.bootable = true;
    }
    if (auto good
        = checkRange("size_bytes", order.sizeBytes, 512, largestDisk).and_then([&] { return checkRange("size_bytes", order.sizeBytes % 512, 0, 0); });
        !good) {
        return good;
    }
    const auto id = draft.newId(ObjectKind::Volume, order.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    order.id = id->id;
    volume.id = *id;
    volume.name = order.name;
    volume.project = order.project;
    volume.labels = order.labels;
    volume.sizeBytes = order.sizeBytes;
    volume.format = "qcow2";
    volume.classification = order.classification;
    volume.allocatedBytes = allocatedBytes(m_plant.layout.disk(id->id));
    return draft.put(volume).and_then([&] { return order.imageId.empty() ? Result<>() : draft.note(behindKey(id->id), order.imageId); });
}

Result<ObjectId> Volumes::perform(CreateVolume order, std::string_view etag, Progress &)
{
    const auto held
        = m_plant.locks.hold(order.imageId.empty() ? std::vector<ObjectId> {} : std::vector {m_plant.store.id(ObjectKind::Image, order.imageId)});
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); }).and_then([&] {
        return makeDisk(order.id, order.sizeBytes, order.imageId);
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    Scrap file(m_plant.layout.disk(order.id));
    done = m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    file.keep();
    return m_plant.store.id(ObjectKind::Volume, order.id);
}

Result<> Volumes::prepare(Draft &draft, ResizeVolume &order, std::string_view etag)
{
    auto volume = draft.get<Volume>(order.volume);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    if (auto good = demandEtag(*volume, etag).and_then([&] { return demandOwned(volume->custody); }); !good) {
        return good;
    }
    if (auto good = checkRange("size_bytes", order.sizeBytes, volume->sizeBytes, largestDisk).and_then([&] {
            return checkRange("size_bytes", order.sizeBytes % 512, 0, 0);
        });
        !good) {
        return good;
    }
    volume->sizeBytes = order.sizeBytes;
    return draft.put(*volume);
}

Result<ObjectId> Volumes::perform(ResizeVolume order, std::string_view etag, Progress &)
{
    const auto volume = m_plant.store.get<Volume>(order.volume);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    std::vector ids {order.volume};
    if (!volume->instanceId.empty()) {
        ids.push_back(m_plant.store.id(ObjectKind::Instance, volume->instanceId));
    }
    const auto held = m_plant.locks.hold(ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); });
    if (done) {
        // The disk first: a record must never promise more than there is.
        if (const auto machine = m_plant.running(volume->instanceId)) {
            done = machine->qmp()
                       .execute("block_resize", {{"node-name", nodeName(order.volume.id)}, {"size", order.sizeBytes}})
                       .map([](const Qmp::Json &) {});
        } else {
            done = m_plant.store.rehearse([&](Draft &draft) { return demandQuiet(draft, *volume); }).and_then([&] {
                return Qcow2Writer::grow(m_plant.layout.disk(order.volume.id), static_cast<std::uint64_t>(order.sizeBytes));
            });
        }
    }
    done = done.and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); }); });
    return done.map([&] { return order.volume; });
}

Result<> Volumes::prepare(Draft &draft, DeleteVolume &order, std::string_view etag)
{
    const auto volume = draft.get<Volume>(order.volume);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    if (auto good = demandEtag(*volume, etag).and_then([&] { return demandOwned(volume->custody); }); !good) {
        return good;
    }
    if (!volume->instanceId.empty()) {
        return notReady("attached");
    }
    remove(draft, order.volume);
    return {};
}

Result<ObjectId> Volumes::perform(DeleteVolume order, std::string_view etag, Progress &)
{
    const auto held = m_plant.locks.hold({order.volume});
    if (!held) {
        return tl::unexpected(held.error());
    }
    return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); }).map([&] {
        erase(order.volume.id);
        return order.volume;
    });
}

void Volumes::remove(Draft &draft, const ObjectId &volume)
{
    for (const auto &snapshot : m_plant.store.each<Snapshot>()) {
        if (snapshot.volumeId == volume.id && draft.has(snapshot.id)) {
            draft.remove(snapshot.id);
            (void)draft.note("snapshot:" + snapshot.id.id, {});
        }
    }
    (void)draft.note(behindKey(volume.id), {});
    draft.remove(volume);
}

void Volumes::erase(const std::string &volume)
{
    removeFile(m_plant.layout.disk(volume));
    for (const auto &name : m_plant.layout.files("snapshots")) {
        if (name.ends_with('.' + volume + ".qcow2")) {
            removeFile(m_plant.layout.root() + "/snapshots/" + name);
        }
    }
}

Result<> Volumes::prepare(Draft &draft, CreateImage &order, std::string_view)
{
    if (auto good = checkCommon(order.name, {}); !good) {
        return good;
    }
    const auto volume = draft.get<Volume>(order.fromVolume);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    if (auto quiet = demandQuiet(draft, *volume); !quiet) {
        return quiet;
    }
    const auto id = draft.newId(ObjectKind::Image, order.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    order.id = id->id;
    Image image;
    image.id = *id;
    image.name = order.name;
    image.project = order.project.empty() ? volume->project : order.project;
    image.sizeBytes = volume->sizeBytes;
    image.format = "qcow2";
    image.os = order.os;
    return draft.put(image);
}

Result<ObjectId> Volumes::perform(CreateImage order, std::string_view etag, Progress &progress)
{
    const auto volume = m_plant.store.get<Volume>(order.fromVolume);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    std::vector ids {order.fromVolume};
    if (!volume->instanceId.empty()) {
        ids.push_back(m_plant.store.id(ObjectKind::Instance, volume->instanceId));
    }
    const auto held = m_plant.locks.hold(ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    if (auto good = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); }); !good) {
        return tl::unexpected(good.error());
    }
    progress.phase("copying");
    Scrap scrap(m_plant.layout.scrap(".qcow2"));
    auto reader = read(m_plant.layout.disk(order.fromVolume.id));
    auto done = reader ? flatten(**reader, scrap.path(), progress) : tl::unexpected(reader.error());
    Image file;
    done = done.and_then([&] { return describeFile(scrap.path(), file); });
    Scrap final(m_plant.layout.image(order.id));
    done = done.and_then([&] { return renameDurably(scrap.path(), final.path()); }).and_then([&] {
        return m_plant.store.change([&](Draft &draft) -> Result<> {
            if (auto good = prepare(draft, order, etag); !good) {
                return good;
            }
            auto image = draft.get<Image>(m_plant.store.id(ObjectKind::Image, order.id)).value();
            image.fileBytes = file.fileBytes;
            image.sha256 = file.sha256;
            return draft.put(image);
        });
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    final.keep();
    return m_plant.store.id(ObjectKind::Image, order.id);
}

Result<> Volumes::prepare(Draft &draft, DeleteImage &order, std::string_view etag)
{
    const auto image = draft.get<Image>(order.image);
    if (!image) {
        return tl::unexpected(image.error());
    }
    return demandEtag(*image, etag).and_then([&] { return demandOwned(image->custody); }).and_then([&] { return removeImage(draft, order.image); });
}

Result<> Volumes::removeImage(Draft &draft, const ObjectId &image)
{
    for (const auto &[key, behind] : draft.notes("behind:")) {
        if (behind == image.id) {
            return notReady("in_use");
        }
    }
    draft.remove(image);
    return {};
}

Result<ObjectId> Volumes::perform(DeleteImage order, std::string_view etag, Progress &)
{
    const auto held = m_plant.locks.hold({order.image});
    if (!held) {
        return tl::unexpected(held.error());
    }
    return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); }).map([&] {
        removeFile(m_plant.layout.image(order.image.id));
        return order.image;
    });
}

}
