// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/machineorders.h"

#include "site/drivers/cloud/delivery.h"

namespace portulan::site::cloud {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t mostVcpus = 255, mostRam = std::int64_t(64) << 40, mostNetworks = 8;
constexpr auto patienceStart = 180s, patienceGuest = 120s, patienceNow = 60s;
constexpr auto askAgain = 10s; ///< as OpenStack Nova does (shutdown_retry_interval)

void resize(Instance &instance, const ResizeInstance &order)
{
    instance.vcpus = order.vcpus == 0 ? instance.vcpus : order.vcpus;
    instance.ramBytes = order.ramBytes == 0 ? instance.ramBytes : order.ramBytes;
}

}

Result<> MachineOrders::admit(const CreateInstance &order, std::string_view)
{
    auto &store = m_registry.store();
    auto good = checkCommon(order.name, order.labels)
                    .and_then([&] { return checkRange("vcpus", order.vcpus, 1, mostVcpus); })
                    .and_then([&] { return checkRange("ram_bytes", order.ramBytes, 1 << 20, mostRam); })
                    .and_then([&] { return checkRange("disk_bytes", order.diskBytes, 0, largestVolume); })
                    .and_then([&] { return checkRange("networks", static_cast<std::int64_t>(order.networkIds.size()), 0, mostNetworks); });
    for (const auto &network : order.networkIds) {
        good = good.and_then([&] { return store.get<Network>(store.id(ObjectKind::Network, network)).map([](const Network &) {}); });
    }
    std::int64_t disk = order.diskBytes;
    if (good && !order.imageId.empty()) {
        good = store.get<Image>(store.id(ObjectKind::Image, order.imageId)).and_then([&](const Image &image) {
            disk = std::max(disk, image.sizeBytes);
            return order.diskBytes == 0 ? Result<>() : checkRange("disk_bytes", order.diskBytes, image.sizeBytes, largestVolume);
        });
    }
    return good.and_then([&] {
        return store.rehearse([&](Draft &draft) -> Result<> {
            Instance instance;
            const auto id = draft.newId(ObjectKind::Instance, order.id);
            const auto volumeId = draft.newId(ObjectKind::Volume, {});
            if (!id || !volumeId) {
                return tl::unexpected(id ? volumeId.error() : id.error());
            }
            instance.id = *id;
            instance.project = order.project;
            instance.vcpus = order.vcpus;
            instance.ramBytes = order.ramBytes;
            Volume volume;
            volume.id = *volumeId;
            volume.project = order.project;
            volume.sizeBytes = disk;
            return draft.put(instance).and_then([&] { return disk > 0 ? draft.put(volume) : Result<>(); });
        });
    });
}

Result<> MachineOrders::admit(const StartInstance &order, std::string_view etag)
{
    return m_desk.owned<Instance>(order.instance, etag).and_then([](const Instance &instance) -> Result<> {
        return isDown(instance.state) || instance.state == PowerState::Paused ? Result<>() : notReady(toString(instance.state));
    });
}

Result<> MachineOrders::admit(const StopInstance &order, std::string_view etag)
{
    const auto instance = m_registry.store().get<Instance>(order.instance); // also one that is on its way: a move stops it
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    return demandEtag(*instance, etag).and_then([&]() -> Result<> {
        return isDown(instance->state) ? notReady(toString(instance->state)) : Result<>();
    });
}

Result<> MachineOrders::admit(const RebootInstance &order, std::string_view etag)
{
    return m_desk.owned<Instance>(order.instance, etag).and_then([](const Instance &instance) -> Result<> {
        return instance.state == PowerState::Running ? Result<>() : notReady(toString(instance.state));
    });
}

Result<> MachineOrders::admit(const UpdateInstance &order, std::string_view etag)
{
    return m_desk.owned<Instance>(order.instance, etag).and_then([&](const Instance &instance) {
        return checkCommon(order.name.value_or(instance.name), order.labels.value_or(instance.labels));
    });
}

Result<> MachineOrders::admit(const ResizeInstance &order, std::string_view etag)
{
    return m_desk.owned<Instance>(order.instance, etag).and_then([&](Instance instance) -> Result<> {
        if (!isDown(instance.state)) {
            return notReady(toString(instance.state));
        }
        resize(instance, order);
        return checkRange("vcpus", instance.vcpus, 1, mostVcpus)
            .and_then([&] { return checkRange("ram_bytes", instance.ramBytes, 1 << 20, mostRam); })
            .and_then([&] { return m_desk.store().rehearse([&](Draft &draft) { return draft.put(instance); }); });
    });
}

Result<> MachineOrders::admit(const DeleteInstance &order, std::string_view etag)
{
    return m_desk.owned<Instance>(order.instance, etag).and_then([&](const Instance &instance) -> Result<> {
        const bool keeps = !order.withVolumes && !instance.volumeIds.empty() && m_cloud.disksGoWithMachine();
        return keeps ? refuse(Reason::Unsupported, {{"what", "instance.delete.keep"}}) : Result<>();
    });
}

/// A machine that was made, and its disks, which are as sensitive as it is. What cannot be put on record is taken away again.
Result<ObjectId> MachineOrders::putOnRecord(const Ref &ref, const CreateInstance &order)
{
    const auto seen = m_cloud.look(ref);
    if (!seen) {
        (void)m_cloud.deleteInstance(ref);
        return tl::unexpected(seen.error());
    }
    const auto &volumes = std::get<Instance>(*seen).volumeIds;
    Result<ObjectId> done;
    for (const auto &word : volumes) {
        done = done.and_then([&](const ObjectId &) {
                       return m_cloud.look({ObjectKind::Volume, word});
                   })
                   .and_then([&](const Sighting &volume) {
                       return m_registry.observe(volume, {{}, order.name, order.project, order.classification, {}});
                   });
    }
    done = done.and_then([&](const ObjectId &) {
        return m_registry.observe(*seen, {order.id, order.name, order.project, order.classification, order.labels});
    });
    if (!done) {
        (void)m_cloud.deleteInstance(ref);
        for (const auto &word : volumes) {
            (void)m_cloud.deleteVolume({ObjectKind::Volume, word});
        }
    }
    return done;
}

Result<ObjectId> MachineOrders::carryOut(const CreateInstance &order, Progress &progress)
{
    progress.phase("creating");
    NewInstance wanted {order.id, order.name, order.flavor, order.vcpus, order.ramBytes, {}, order.diskBytes, {}, order.start};
    const auto &store = m_registry.store();
    if (!order.imageId.empty()) {
        const auto image = m_registry.refOf(store.id(ObjectKind::Image, order.imageId));
        if (!image) {
            return tl::unexpected(image.error());
        }
        wanted.image = image->word;
    }
    auto networks = m_registry.wordsOf(ObjectKind::Network, order.networkIds);
    if (!networks) {
        return tl::unexpected(networks.error());
    }
    wanted.networks = std::move(*networks);
    std::optional<Registry::Making> making(std::in_place, m_registry);
    const auto id = m_cloud.createInstance(wanted).and_then([&](const Ref &ref) { return putOnRecord(ref, order); });
    making.reset();
    if (!id || !order.start) {
        return id;
    }
    if (const auto made = store.get<Instance>(*id); made && made->state == PowerState::Running) {
        return id;
    }
    auto started = carryOut(StartInstance {*id}, progress);
    if (!started) { // whole or not at all
        (void)carryOut(DeleteInstance {*id, true}, progress);
    }
    return started;
}

Result<ObjectId> MachineOrders::carryOut(const StartInstance &order, Progress &progress)
{
    progress.phase("starting");
    if (!m_registry.isBound(order.instance)) { // it has arrived in a cloud that makes no machine without running it
        const Registry::Making making(m_registry);
        return makeMachine(m_cloud, m_registry, order.instance, {})
            .and_then([&] { return m_desk.awaitState(order.instance, PowerState::Running, progress, patienceStart); })
            .map([&] { return order.instance; });
    }
    return m_registry.refOf(order.instance)
        .and_then([&](const Ref &ref) { return m_cloud.power(ref, Power::Start); })
        .and_then([&] { return m_desk.awaitState(order.instance, PowerState::Running, progress, patienceStart); })
        .map([&] { return order.instance; });
}

Result<ObjectId> MachineOrders::carryOut(const StopInstance &order, Progress &progress)
{
    progress.phase("stopping");
    const auto ref = m_registry.refOf(order.instance);
    if (!ref) {
        return tl::unexpected(ref.error());
    }
    const auto patience = order.force ? patienceNow : patienceGuest;
    const auto slice = !order.force && m_cloud.forgetsStop() ? askAgain : patience;
    Result<> stopped;
    for (auto waited = 0s; waited < patience; waited += slice) {
        stopped = m_cloud.power(*ref, order.force ? Power::StopNow : Power::Stop).and_then([&] {
            return m_desk.awaitState(order.instance, PowerState::Stopped, progress, slice);
        });
        if (stopped || stopped.error().reason != Reason::TimedOut) {
            break;
        }
    }
    if (!stopped && stopped.error().reason == Reason::NotReady) {
        stopped = m_desk.awaitState(order.instance, PowerState::Stopped, progress, 0s); // it went down by itself
    }
    return stopped.map([&] { return order.instance; });
}

Result<ObjectId> MachineOrders::carryOut(const RebootInstance &order, Progress &progress)
{
    progress.phase("rebooting");
    return m_registry.refOf(order.instance)
        .and_then([&](const Ref &ref) { return m_cloud.power(ref, order.force ? Power::RebootNow : Power::Reboot); })
        .and_then([&] { return m_desk.awaitState(order.instance, PowerState::Running, progress, patienceStart); })
        .map([&] { return order.instance; });
}

/// What the cloud has no place for is only on record.
Result<ObjectId> MachineOrders::carryOut(const UpdateInstance &order, Progress &)
{
    return m_registry.amend(order).map([&] { return order.instance; });
}

Result<ObjectId> MachineOrders::carryOut(const ResizeInstance &order, Progress &progress)
{
    progress.phase("resizing");
    if (!m_registry.isBound(order.instance)) { // it gets its size when it is made
        return m_desk.store()
            .change([&](Draft &draft) {
                return draft.get<Instance>(order.instance).and_then([&](Instance instance) {
                    resize(instance, order);
                    instance.flavor.clear();
                    return draft.put(instance);
                });
            })
            .map([&] { return order.instance; });
    }
    return m_registry.refOf(order.instance).and_then([&](const Ref &ref) {
        return m_cloud.resizeInstance(ref, order.vcpus, order.ramBytes).and_then([&] { return m_desk.lookAgain(ref); }).map([&] {
            return order.instance;
        });
    });
}

/// One that is part of its machine has gone with it.
Result<> MachineOrders::removeVolume(const std::string &volume)
{
    const auto id = m_desk.id(ObjectKind::Volume, volume);
    return m_cloud.disksGoWithMachine() ? m_registry.refOf(id).and_then([&](const Ref &ref) { return m_registry.forget(ref); })
                                        : m_desk.endVolume(id);
}

Result<ObjectId> MachineOrders::carryOut(const DeleteInstance &order, Progress &progress)
{
    progress.phase("deleting");
    const auto ref = m_registry.refOf(order.instance);
    const auto instance = m_registry.store().get<Instance>(order.instance);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    if (ref && !isDown(instance->state)) {
        auto stopped = m_cloud.power(*ref, Power::StopNow).and_then([&] {
            return m_desk.awaitState(order.instance, PowerState::Stopped, progress, patienceNow);
        });
        if (!stopped) {
            return tl::unexpected(stopped.error());
        }
    }
    auto done = ref ? m_cloud.deleteInstance(*ref).and_then([&] { return m_registry.forget(*ref); }) : m_registry.forgetUnmade(order.instance);
    for (const auto &id : order.withVolumes ? instance->volumeIds : std::vector<std::string> {}) {
        done = done.and_then([&] { return removeVolume(id); });
    }
    return done.map([&] { return order.instance; });
}

}
