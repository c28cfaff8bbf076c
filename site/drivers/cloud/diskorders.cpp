// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Volumes, and which machine has them. Snapshots and images: snapshotorders.cpp.
#include "site/drivers/cloud/diskorders.h"

#include <algorithm>

namespace portulan::site::cloud {

namespace {

Result<> demandStill(PowerState state)
{
    const bool isBetween = state == PowerState::Starting || state == PowerState::Stopping || state == PowerState::Paused;
    return isBetween ? Result<>(notReady(toString(state))) : Result<>();
}

}

std::vector<ObjectId> DiskOrders::touchedBy(const ObjectId &object)
{
    auto &store = m_desk.store();
    if (object.id.empty()) {
        return {};
    }
    std::vector ids {object};
    const auto instanceOf = [&](const std::string &name) {
        const auto id = m_desk.id(ObjectKind::Instance, name);
        if (const auto instance = store.get<Instance>(id)) {
            ids.push_back(id);
            std::ranges::transform(
                instance->volumeIds, std::back_inserter(ids), [&](const auto &each) { return m_desk.id(ObjectKind::Volume, each); });
        }
    };
    const auto volumeOf = [&](const std::string &name) {
        const auto id = m_desk.id(ObjectKind::Volume, name);
        if (const auto volume = store.get<Volume>(id)) {
            ids.push_back(id);
            instanceOf(volume->instanceId);
        }
    };
    if (object.kind == ObjectKind::Instance) {
        instanceOf(object.id);
    } else if (object.kind == ObjectKind::Volume) {
        volumeOf(object.id);
    } else if (const auto snapshot = store.get<Snapshot>(object)) {
        volumeOf(snapshot->volumeId);
        instanceOf(snapshot->instanceId);
    }
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    return ids;
}

Result<> DiskOrders::admit(const CreateVolume &order, std::string_view)
{
    auto size = order.sizeBytes;
    Result<> good = checkCommon(order.name, order.labels);
    if (good && !order.imageId.empty()) {
        good = !m_desk.can("volume.create.image")
            ? Result<>(refuse(Reason::Unsupported, {{"what", "volume.create.image"}}))
            : m_desk.store().get<Image>(m_desk.id(ObjectKind::Image, order.imageId)).and_then([&](const Image &image) {
                  size = std::max(size, image.sizeBytes);
                  return order.sizeBytes == 0 ? Result<>() : checkRange("size_bytes", order.sizeBytes, image.sizeBytes, largestVolume);
              });
    }
    return good.and_then([&] { return checkRange("size_bytes", size, 1 << 20, largestVolume); }).and_then([&] {
        return m_desk.admitNew<Volume>(ObjectKind::Volume, order.id, order.project, [&](Volume &volume) { volume.sizeBytes = size; });
    });
}

Result<ObjectId> DiskOrders::carryOut(const CreateVolume &order, Progress &progress)
{
    progress.phase("creating");
    auto &registry = m_desk.registry();
    Ref image;
    if (!order.imageId.empty()) {
        auto known = registry.refOf(m_desk.id(ObjectKind::Image, order.imageId));
        if (!known) {
            return tl::unexpected(known.error());
        }
        image = std::move(*known);
    }
    const Registry::Making making(registry);
    return m_desk.cloud().createVolume(order, image.word).and_then([&](const Ref &ref) {
        auto made = m_desk.cloud().look(ref).and_then([&](const Sighting &seen) {
            return registry.observe(seen, {order.id, order.name, order.project, order.classification, order.labels});
        });
        if (!made) { // whole or not at all
            (void)m_desk.cloud().deleteVolume(ref);
        }
        return made;
    });
}

Result<> DiskOrders::admit(const ResizeVolume &order, std::string_view etag)
{
    return m_desk.owned<Volume>(order.volume, etag).and_then([&](Volume volume) {
        return checkRange("size_bytes", order.sizeBytes, volume.sizeBytes, largestVolume)
            .and_then([&] { return m_desk.demandDown(volume); })
            .and_then([&] {
                volume.sizeBytes = order.sizeBytes;
                return m_desk.store().rehearse([&](Draft &draft) { return draft.put(volume); });
            });
    });
}

Result<ObjectId> DiskOrders::carryOut(const ResizeVolume &order, Progress &progress)
{
    progress.phase("resizing");
    return m_desk.registry().refOf(order.volume).and_then([&](const Ref &ref) {
        return m_desk.cloud().resizeVolume(ref, order.sizeBytes).and_then([&] { return m_desk.lookAgain(ref); }).map([&] { return order.volume; });
    });
}

Result<> DiskOrders::admit(const DeleteVolume &order, std::string_view etag)
{
    return m_desk.owned<Volume>(order.volume, etag).and_then([](const Volume &volume) -> Result<> {
        return volume.instanceId.empty() ? Result<>() : notReady("in_use");
    });
}

Result<ObjectId> DiskOrders::carryOut(const DeleteVolume &order, Progress &progress)
{
    progress.phase("deleting");
    return m_desk.endVolume(order.volume).map([&] { return order.volume; });
}

Result<> DiskOrders::admit(const AttachVolume &order, std::string_view etag)
{
    const auto instance = m_desk.owned<Instance>(order.instance, etag);
    const auto volume = instance ? m_desk.owned<Volume>(order.volume, {}) : tl::unexpected(instance.error());
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    if (!volume->instanceId.empty()) {
        return notReady("attached");
    }
    if (volume->project != instance->project) {
        return refuse(
            Reason::InvalidArgument, {{"field", "volume"}, {"value", order.volume.id}, {"expected", "a volume of project " + instance->project}});
    }
    return demandStill(instance->state);
}

Result<> DiskOrders::admit(const DetachVolume &order, std::string_view etag)
{
    const auto instance = m_desk.owned<Instance>(order.instance, etag);
    const auto volume = instance ? m_desk.store().get<Volume>(order.volume) : tl::unexpected(instance.error());
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    const auto at = std::ranges::find(instance->volumeIds, order.volume.id);
    if (at == instance->volumeIds.end()) {
        return refuse(Reason::NotFound, {{"id", order.volume.text()}}, "not attached to it");
    }
    if (at == instance->volumeIds.begin() && !isDown(instance->state)) { // it runs from it
        return notReady(toString(instance->state));
    }
    return demandStill(instance->state);
}

/// Of a machine that the cloud does not have yet only the record knows its disks.
Result<> DiskOrders::link(const ObjectId &instance, const ObjectId &volume, bool isLinked)
{
    return m_desk.store().change([&](Draft &draft) {
        return draft.get<Instance>(instance).and_then([&](Instance machine) {
            return draft.get<Volume>(volume).and_then([&](Volume disk) {
                std::erase(machine.volumeIds, volume.id);
                if (isLinked) {
                    machine.volumeIds.push_back(volume.id);
                }
                disk.instanceId = isLinked ? instance.id : std::string();
                return draft.put(disk).and_then([&] { return draft.put(machine); });
            });
        });
    });
}

Result<ObjectId> DiskOrders::attach(const ObjectId &instance, const ObjectId &volume, bool isAttached)
{
    auto &registry = m_desk.registry();
    if (!registry.isBound(instance)) {
        return link(instance, volume, isAttached).map([&] { return instance; });
    }
    const auto machine = registry.refOf(instance);
    const auto disk = machine ? registry.refOf(volume) : tl::unexpected(machine.error());
    if (!disk) {
        return tl::unexpected(disk.error());
    }
    return (isAttached ? m_desk.cloud().attachVolume(*machine, *disk) : m_desk.cloud().detachVolume(*machine, *disk))
        .and_then([&] { return m_desk.lookAgain(*machine); })
        .map([&] { return instance; });
}

Result<ObjectId> DiskOrders::carryOut(const AttachVolume &order, Progress &progress)
{
    progress.phase("attaching");
    return attach(order.instance, order.volume, true);
}

Result<ObjectId> DiskOrders::carryOut(const DetachVolume &order, Progress &progress)
{
    progress.phase("detaching");
    return attach(order.instance, order.volume, false);
}

}
