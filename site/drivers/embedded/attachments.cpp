// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/instances.h"

#include <algorithm>

namespace portulan::site::embedded {

using namespace std::chrono_literals;

namespace {
constexpr std::size_t mostDisks = 24; ///< slots of the machine's bus, less what else sits there

Result<> demandStill(PowerState state)
{
    const bool between = state == PowerState::Starting || state == PowerState::Stopping || state == PowerState::Paused;
    return between ? Result<>(notReady(toString(state))) : Result<>();
}

Result<> plug(Machine &machine, const std::string &volume, const std::string &path)
{
    if (auto node = machine.qmp().execute("blockdev-add", blockdevOf({volume, path})); !node) {
        return tl::unexpected(node.error());
    }
    auto device = machine.qmp().execute("device_add", deviceOf(volume));
    if (!device) {
        (void)machine.qmp().execute("blockdev-del", {{"node-name", nodeName(volume)}});
        return tl::unexpected(device.error());
    }
    return {};
}

/// Asks the guest to let go of a disk, and waits until it has.
Result<> unplug(Machine &machine, const std::string &volume)
{
    const std::string device = "d-" + volume;
    (void)machine.qmp().waitEvent("DEVICE_DELETED", device, 0ms); // of an earlier time
    const auto asked = machine.qmp().execute("device_del", {{"id", device}});
    const bool gone = !asked && asked.error().detail.find("not found") != std::string::npos; // the guest let go after an earlier try
    if (!asked && !gone) {
        return tl::unexpected(asked.error());
    }
    if (!gone && !machine.qmp().waitEvent("DEVICE_DELETED", device, 10s)) {
        return refuse(Reason::TimedOut, {}, "the guest does not let go of the disk");
    }
    const auto closed = machine.qmp().execute("blockdev-del", {{"node-name", nodeName(volume)}});
    return closed ? Result<>() : tl::unexpected(closed.error());
}

}

Result<> Instances::prepare(Draft &draft, AttachVolume &order, std::string_view etag)
{
    auto instance = draft.get<Instance>(order.instance);
    auto volume = draft.get<Volume>(order.volume);
    if (!instance || !volume) {
        return tl::unexpected(instance ? volume.error() : instance.error());
    }
    auto good = demandEtag(*instance, etag)
                    .and_then([&] { return demandOwned(instance->custody); })
                    .and_then([&] { return demandOwned(volume->custody); })
                    .and_then([&] { return demandStill(instance->state); });
    if (!good) {
        return good;
    }
    if (!volume->instanceId.empty()) {
        return notReady("attached");
    }
    if (volume->project != instance->project) {
        return refuse(
            Reason::InvalidArgument, {{"field", "volume"}, {"value", order.volume.id}, {"expected", "a volume of project " + instance->project}});
    }
    if (instance->volumeIds.size() >= mostDisks) {
        return refuse(Reason::TooLarge, {{"what", "disks"}, {"limit", std::to_string(mostDisks)}, {"size", std::to_string(mostDisks + 1)}});
    }
    volume->instanceId = instance->id.id;
    instance->volumeIds.push_back(volume->id.id);
    return draft.put(*volume).and_then([&] { return draft.put(*instance); });
}

Result<> Instances::prepare(Draft &draft, DetachVolume &order, std::string_view etag)
{
    auto instance = draft.get<Instance>(order.instance);
    auto volume = draft.get<Volume>(order.volume);
    if (!instance || !volume) {
        return tl::unexpected(instance ? volume.error() : instance.error());
    }
    auto good
        = demandEtag(*instance, etag).and_then([&] { return demandOwned(instance->custody); }).and_then([&] { return demandStill(instance->state); });
    if (!good) {
        return good;
    }
    const auto at = std::ranges::find(instance->volumeIds, volume->id.id);
    if (at == instance->volumeIds.end()) {
        return refuse(Reason::NotFound, {{"id", order.volume.text()}}, "not attached to it");
    }
    if (at == instance->volumeIds.begin() && isUp(instance->state)) {
        return notReady(toString(instance->state)); // it runs from it
    }
    instance->volumeIds.erase(at);
    volume->instanceId.clear();
    m_volumes.refresh(draft, *volume);
    return draft.put(*volume).and_then([&] { return draft.put(*instance); });
}

Result<ObjectId> Instances::perform(AttachVolume order, std::string_view etag, Progress &)
{
    const auto held = m_plant.locks.hold({order.instance, order.volume});
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); });
    const auto machine = m_plant.running(order.instance.id);
    if (done && machine) {
        done = plug(*machine, order.volume.id, m_plant.layout.disk(order.volume.id));
    }
    if (done) {
        done = m_plant.store.change([&](Draft &draft) { return prepare(draft, order, {}); });
        if (!done && machine) {
            (void)unplug(*machine, order.volume.id);
        }
    }
    return done.map([&] { return order.instance; });
}

Result<ObjectId> Instances::perform(DetachVolume order, std::string_view etag, Progress &)
{
    const auto held = m_plant.locks.hold({order.instance, order.volume});
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); });
    if (const auto machine = m_plant.running(order.instance.id); done && machine) {
        done = unplug(*machine, order.volume.id);
    }
    done = done.and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, {}); }); });
    return done.map([&] { return order.instance; });
}

}
