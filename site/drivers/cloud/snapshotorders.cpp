// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Moments of disks, and images made of them.
#include "site/drivers/cloud/diskorders.h"

namespace portulan::site::cloud {

Result<std::vector<Volume>> DiskOrders::volumesOf(const ObjectId &of)
{
    auto &store = m_desk.store();
    std::vector<std::string> names {of.id};
    if (of.kind == ObjectKind::Instance) {
        const auto instance = store.get<Instance>(of);
        if (!instance) {
            return tl::unexpected(instance.error());
        }
        names = instance->volumeIds;
    }
    std::vector<Volume> volumes;
    for (const auto &name : names) {
        auto volume = m_desk.owned<Volume>(m_desk.id(ObjectKind::Volume, name), {});
        if (!volume) {
            return tl::unexpected(volume.error());
        }
        volumes.push_back(std::move(*volume));
    }
    return volumes.empty() ? Result<std::vector<Volume>>(notReady("no_volumes")) : volumes;
}

Result<> DiskOrders::admit(const CreateSnapshot &order, std::string_view)
{
    if (auto good = checkDisplayName("name", order.name); !good) {
        return good;
    }
    const auto volumes = volumesOf(order.of);
    if (!volumes) {
        return tl::unexpected(volumes.error());
    }
    const auto instance = m_desk.store().get<Instance>(m_desk.id(ObjectKind::Instance, volumes->front().instanceId));
    const bool isBetween = instance && (instance->state == PowerState::Starting || instance->state == PowerState::Stopping);
    return isBetween ? Result<>(notReady(toString(instance->state))) : Result<>();
}

Result<ObjectId> DiskOrders::carryOut(const CreateSnapshot &order, Progress &progress)
{
    progress.phase("creating");
    auto &registry = m_desk.registry();
    const auto volumes = volumesOf(order.of);
    const auto of = volumes ? registry.refOf(order.of) : tl::unexpected(volumes.error());
    if (!of) {
        return tl::unexpected(of.error());
    }
    std::vector<std::string> ids;
    for (const auto &volume : *volumes) {
        ids.push_back(volume.id.id);
    }
    const Registry::Making making(registry);
    return registry.wordsOf(ObjectKind::Volume, ids)
        .and_then([&](std::vector<std::string> words) {
            return m_desk.cloud().createSnapshot({m_desk.store().serial(), order.name, *of, std::move(words)});
        })
        .and_then([&](const Ref &ref) {
            auto made = m_desk.cloud().look(ref).and_then([&](const Sighting &seen) {
                return registry.observe(seen, {{}, order.name, volumes->front().project, {}, {}});
            });
            if (!made) {
                (void)m_desk.cloud().deleteSnapshot(ref);
            }
            return made;
        });
}

Result<> DiskOrders::admit(const RevertSnapshot &order, std::string_view etag)
{
    const auto snapshot = m_desk.owned<Snapshot>(order.snapshot, etag);
    if (!snapshot) {
        return tl::unexpected(snapshot.error());
    }
    const bool isOfMachine = snapshot->volumeId.empty();
    const auto volumes
        = volumesOf(m_desk.id(isOfMachine ? ObjectKind::Instance : ObjectKind::Volume, isOfMachine ? snapshot->instanceId : snapshot->volumeId));
    if (!volumes) {
        return volumes.error().reason == Reason::NotFound ? Result<>(notReady("volume_deleted")) : tl::unexpected(volumes.error());
    }
    Result<> good;
    for (const auto &volume : *volumes) {
        good = good.and_then([&] { return m_desk.demandDown(volume); });
    }
    return good;
}

Result<ObjectId> DiskOrders::carryOut(const RevertSnapshot &order, Progress &progress)
{
    progress.phase("reverting");
    return m_desk.registry().refOf(order.snapshot).and_then([&](const Ref &ref) {
        return m_desk.cloud().revertSnapshot(ref).and_then([&]() -> Result<ObjectId> {
            // A disk that has grown since has its size of then.
            const auto snapshot = m_desk.store().get<Snapshot>(order.snapshot);
            const auto of = !snapshot || snapshot->volumeId.empty() ? ObjectId {} : m_desk.id(ObjectKind::Volume, snapshot->volumeId);
            if (const auto volume = m_desk.registry().refOf(of); !of.id.empty() && volume) {
                (void)m_desk.lookAgain(*volume);
            }
            return order.snapshot;
        });
    });
}

Result<> DiskOrders::admit(const DeleteSnapshot &order, std::string_view etag)
{
    return m_desk.owned<Snapshot>(order.snapshot, etag).map([](const Snapshot &) {});
}

Result<ObjectId> DiskOrders::carryOut(const DeleteSnapshot &order, Progress &progress)
{
    progress.phase("deleting");
    return m_desk.registry().refOf(order.snapshot).and_then([&](const Ref &ref) {
        return m_desk.cloud().deleteSnapshot(ref).and_then([&] { return m_desk.registry().forget(ref); }).map([&] { return order.snapshot; });
    });
}

Result<> DiskOrders::admit(const CreateImage &order, std::string_view)
{
    return checkCommon(order.name, {}).and_then([&] { return m_desk.owned<Volume>(order.fromVolume, {}); }).and_then([&](const Volume &volume) {
        return m_desk.demandDown(volume).and_then([&] {
            return m_desk.admitNew<Image>(ObjectKind::Image, order.id, order.project, [&](Image &image) {
                image.sizeBytes = volume.sizeBytes;
                image.fileBytes = volume.allocatedBytes;
            });
        });
    });
}

Result<ObjectId> DiskOrders::carryOut(const CreateImage &order, Progress &progress)
{
    progress.phase("copying");
    auto &registry = m_desk.registry();
    const auto volume = m_desk.store().get<Volume>(order.fromVolume);
    const auto ref = volume ? registry.refOf(order.fromVolume) : tl::unexpected(volume.error());
    if (!ref) {
        return tl::unexpected(ref.error());
    }
    const Registry::Making making(registry);
    return m_desk.cloud().createImage({order.id, order.name, order.os, ref->word}, progress).and_then([&](const Ref &image) {
        auto made = m_desk.cloud().look(image).and_then([&](const Sighting &seen) {
            return registry.observe(seen, {order.id, order.name, order.project, volume->classification, {}});
        });
        if (!made) {
            (void)m_desk.cloud().deleteImage(image);
        }
        return made;
    });
}

Result<> DiskOrders::admit(const DeleteImage &order, std::string_view etag)
{
    return m_desk.owned<Image>(order.image, etag).map([](const Image &) {});
}

Result<ObjectId> DiskOrders::carryOut(const DeleteImage &order, Progress &progress)
{
    progress.phase("deleting");
    return m_desk.registry().refOf(order.image).and_then([&](const Ref &ref) {
        return m_desk.cloud().deleteImage(ref).and_then([&] { return m_desk.registry().forget(ref); }).map([&] { return order.image; });
    });
}

}
