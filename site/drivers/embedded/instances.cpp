// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/instances.h"

#include <algorithm>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {
constexpr std::int64_t mostRam = std::int64_t(64) << 40, mostVcpus = 255;
constexpr std::size_t mostNetworks = 8;
}

Result<> Instances::prepare(Draft &draft, CreateInstance &order, std::string_view)
{
    std::string disk;
    return prepare(draft, order, disk);
}

/// `disk`: the id of its first volume, chosen here once and kept.
Result<> Instances::prepare(Draft &draft, CreateInstance &order, std::string &diskId)
{
    const auto id = draft.newId(ObjectKind::Instance, order.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    order.id = id->id;
    Instance instance;
    instance.id = *id;
    instance.name = order.name;
    instance.project = order.project;
    instance.labels = order.labels;
    instance.flavor = order.flavor;
    instance.vcpus = order.vcpus;
    instance.ramBytes = order.ramBytes;
    instance.classification = order.classification;
    instance.imageId = order.imageId;
    instance.networkIds = order.networkIds;
    auto good = checkCommon(order.name, order.labels)
                    .and_then([&] { return checkRange("vcpus", order.vcpus, 1, mostVcpus); })
                    .and_then([&] { return checkRange("ram_bytes", order.ramBytes, 1 << 20, mostRam); })
                    .and_then([&] { return checkRange("networks", static_cast<std::int64_t>(order.networkIds.size()), 0, mostNetworks); })
                    .and_then([&] { return order.start ? demandBootable(instance) : Result<>(); });
    for (const auto &network : order.networkIds) {
        good = good.and_then([&] { return draft.get<Network>(m_plant.store.id(ObjectKind::Network, network)).map([](const Network &) {}); });
    }
    if (good && (!order.imageId.empty() || order.diskBytes > 0)) {
        CreateVolume disk {diskId, order.name, order.project, order.diskBytes, order.classification, order.imageId, {}};
        good = m_volumes.prepare(draft, disk, {});
        if (good) {
            order.diskBytes = disk.sizeBytes;
            diskId = disk.id;
            auto volume = draft.get<Volume>(m_plant.store.id(ObjectKind::Volume, disk.id)).value();
            volume.instanceId = id->id;
            volume.bootable = true;
            instance.volumeIds = {disk.id};
            good = draft.put(volume);
        }
    }
    return good.and_then([&] { return draft.put(instance); });
}

Result<ObjectId> Instances::perform(CreateInstance order, std::string_view, Progress &progress)
{
    std::vector<ObjectId> ids;
    if (!order.imageId.empty()) {
        ids.push_back(m_plant.store.id(ObjectKind::Image, order.imageId));
    }
    const auto held = m_plant.locks.hold(ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    std::string diskId;
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, diskId); });
    const bool hasDisk = order.diskBytes > 0;
    const ObjectId id = m_plant.store.id(ObjectKind::Instance, order.id), disk = m_plant.store.id(ObjectKind::Volume, diskId);
    progress.phase("creating");
    if (done && hasDisk) {
        done = m_volumes.makeDisk(disk.id, order.diskBytes, order.imageId);
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto self = m_plant.locks.hold({id, disk});
    done = self ? m_plant.store.change([&](Draft &draft) { return prepare(draft, order, diskId); }) : tl::unexpected(self.error());
    if (done && order.start) {
        done = power(id, progress);
        if (!done) { // whole or not at all
            (void)m_plant.store.change([&](Draft &draft) -> Result<> {
                draft.remove(id);
                m_volumes.remove(draft, disk);
                return {};
            });
        }
    }
    if (!done) {
        if (hasDisk) {
            m_volumes.erase(disk.id);
        }
        sweep(order.id);
        return tl::unexpected(done.error());
    }
    return id;
}

Result<> Instances::prepare(Draft &draft, UpdateInstance &order, std::string_view etag)
{
    auto instance = draft.get<Instance>(order.instance);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    instance->name = order.name.value_or(instance->name);
    instance->labels = order.labels.value_or(instance->labels);
    instance->classification = order.classification.value_or(instance->classification);
    auto good = demandEtag(*instance, etag).and_then([&] { return demandOwned(instance->custody); }).and_then([&] {
        return checkCommon(instance->name, instance->labels);
    });
    for (const auto &id : instance->volumeIds) { // a machine and its disks are of one class
        auto volume = draft.get<Volume>(m_plant.store.id(ObjectKind::Volume, id));
        if (good && volume && volume->classification != instance->classification) {
            volume->classification = instance->classification;
            good = draft.put(*volume);
        }
    }
    return good.and_then([&] { return draft.put(*instance); });
}

Result<> Instances::prepare(Draft &draft, ResizeInstance &order, std::string_view etag)
{
    auto instance = draft.get<Instance>(order.instance);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    if (auto good = demandEtag(*instance, etag).and_then([&] { return demandOwned(instance->custody); }); !good) {
        return good;
    }
    if (isUp(instance->state) || instance->state == PowerState::RecordedOnly) {
        return notReady(toString(instance->state));
    }
    instance->vcpus = order.vcpus == 0 ? instance->vcpus : order.vcpus;
    instance->ramBytes = order.ramBytes == 0 ? instance->ramBytes : order.ramBytes;
    return checkRange("vcpus", instance->vcpus, 1, mostVcpus)
        .and_then([&] { return checkRange("ram_bytes", instance->ramBytes, 1 << 20, mostRam); })
        .and_then([&] { return draft.put(*instance); });
}

Result<> Instances::prepare(Draft &draft, DeleteInstance &order, std::string_view etag)
{
    const auto instance = draft.get<Instance>(order.instance);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    if (auto good = demandEtag(*instance, etag).and_then([&] { return demandOwned(instance->custody); }); !good) {
        return good;
    }
    if (isUp(instance->state)) {
        return notReady(toString(instance->state));
    }
    remove(draft, *instance, order.withVolumes);
    return {};
}

void Instances::remove(Draft &draft, const Instance &instance, bool withVolumes)
{
    for (const auto &volumeId : instance.volumeIds) {
        const ObjectId id = m_plant.store.id(ObjectKind::Volume, volumeId);
        if (withVolumes) {
            m_volumes.remove(draft, id);
        } else if (auto volume = draft.get<Volume>(id)) {
            volume->instanceId.clear();
            (void)draft.put(*volume);
        }
    }
    for (const auto &snapshot : m_plant.store.each<Snapshot>()) {
        if (withVolumes && snapshot.instanceId == instance.id.id) {
            draft.remove(snapshot.id);
            (void)draft.note("snapshot:" + snapshot.id.id, {});
        }
    }
    draft.remove(instance.id);
}

Result<ObjectId> Instances::perform(DeleteInstance order, std::string_view etag, Progress &)
{
    const auto before = m_plant.store.get<Instance>(order.instance);
    if (!before) {
        return tl::unexpected(before.error());
    }
    std::vector ids {order.instance};
    std::ranges::transform(before->volumeIds, std::back_inserter(ids), [&](const auto &v) { return m_plant.store.id(ObjectKind::Volume, v); });
    const auto held = m_plant.locks.hold(ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    std::vector<std::string> volumes;
    const auto done = m_plant.store.change([&](Draft &draft) {
        volumes = draft.get<Instance>(order.instance).map([](const Instance &i) { return i.volumeIds; }).value_or(std::vector<std::string>());
        return prepare(draft, order, etag);
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    for (const auto &volume : volumes) {
        if (order.withVolumes) {
            m_volumes.erase(volume);
        }
    }
    sweep(order.instance.id);
    return order.instance;
}

void Instances::sweep(const std::string &instance)
{
    std::shared_ptr<Machine> last; // let go of outside the lock
    {
        const std::lock_guard lock(m_plant.machinesMutex);
        if (const auto at = m_plant.machines.find(instance); at != m_plant.machines.end()) {
            last = std::move(at->second);
            m_plant.machines.erase(at);
        }
    }
    for (const auto &name : m_plant.layout.files("machines/" + instance)) {
        removeFile(m_plant.layout.machine(instance) + '/' + name);
    }
    ::rmdir(m_plant.layout.machine(instance).c_str());
}

}
