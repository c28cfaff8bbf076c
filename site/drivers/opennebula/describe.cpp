// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/opennebula/describe.h"

#include <algorithm>
#include <set>

namespace portulan::site::opennebula {

namespace {

constexpr std::int64_t mib = 1 << 20;

template <typename T>
T named(pugi::xml_node node, ObjectKind kind, const std::string &prefix = {})
{
    T thing;
    thing.id = {{}, kind, prefix + node.child_value("ID")};
    thing.name = node.child_value("NAME");
    return thing;
}

}

std::int64_t numberIn(pugi::xml_node node, const char *name)
{
    return std::max<std::int64_t>(node.child(name).text().as_llong(), 0);
}

/// include/VirtualMachine.h: VmState, and while that is ACTIVE (3) the LcmState. That an action was taken is not that it has happened.
PowerState stateOf(std::int64_t state, std::int64_t lcmState)
{
    static const std::set<std::int64_t> failures {36, 37, 38, 39, 40, 41, 42, 44, 46, 47, 48, 49, 50, 61};
    switch (state) {
    case 2: // HOLD
    case 4: // STOPPED
    case 8: // POWEROFF
    case 9: // UNDEPLOYED
        return PowerState::Stopped;
    case 5: // SUSPENDED
        return PowerState::Paused;
    case 11: // CLONING_FAILURE
        return PowerState::Failed;
    case 3:
        break;
    default:
        return PowerState::Starting;
    }
    if (failures.contains(lcmState) || lcmState == 16) { // UNKNOWN: its host does not tell of it
        return PowerState::Failed;
    }
    static const std::set<std::int64_t> running {3, 4, 17, 24, 25, 26, 51, 52, 53, 56, 62}; // also while something is attached, saved, moved live
    static const std::set<std::int64_t> ending {5, 6, 10, 11, 12, 18, 23, 27, 28, 29, 30};
    return running.contains(lcmState) ? PowerState::Running : ending.contains(lcmState) ? PowerState::Stopping : PowerState::Starting;
}

Being sightingsFrom(pugi::xml_node vm, std::vector<cloud::Sighting> &into)
{
    const auto state = numberIn(vm, "STATE");
    if (state == 6) {
        return Being::Gone;
    }
    auto instance = named<Instance>(vm, ObjectKind::Instance);
    const auto form = vm.child("TEMPLATE");
    instance.vcpus = std::max<std::int64_t>(numberIn(form, "VCPU"), 1);
    instance.ramBytes = numberIn(form, "MEMORY") * mib;
    instance.state = stateOf(state, numberIn(vm, "LCM_STATE"));
    const auto user = vm.child("USER_TEMPLATE");
    instance.stateNote = instance.state == PowerState::Failed ? user.child_value("ERROR") : user.child_value("SCHED_MESSAGE");
    for (const auto disk : form.children("DISK")) {
        if (std::string_view(disk.child_value("TYPE")) == "CDROM") {
            continue;
        }
        Volume volume;
        volume.id = {{}, ObjectKind::Volume, instance.id.id + '/' + disk.child_value("DISK_ID")};
        volume.name = *disk.child_value("IMAGE") ? disk.child_value("IMAGE") : "disk " + std::string(disk.child_value("DISK_ID"));
        volume.format = disk.child_value("FORMAT");
        volume.sizeBytes = volume.allocatedBytes = numberIn(disk, "SIZE") * mib;
        instance.volumeIds.push_back(volume.id.id);
        if (instance.imageId.empty()) {
            instance.imageId = disk.child_value("IMAGE_ID");
        }
        into.emplace_back(std::move(volume));
    }
    for (const auto nic : form.children("NIC")) {
        if (const std::string network = nic.child_value("NETWORK_ID"); !network.empty()) {
            instance.networkIds.push_back(network);
        }
    }
    into.emplace_back(std::move(instance));
    return Being::There;
}

std::optional<Image> imageFrom(pugi::xml_node node)
{
    const auto state = numberIn(node, "STATE");
    if (numberIn(node, "TYPE") != 0 || state == 0 || state == 5) { // not there yet, or never
        return std::nullopt;
    }
    auto image = named<Image>(node, ObjectKind::Image);
    image.format = node.child_value("FORMAT");
    image.sizeBytes = image.fileBytes = numberIn(node, "SIZE") * mib;
    return image;
}

std::optional<Volume> volumeFrom(pugi::xml_node node)
{
    const auto state = numberIn(node, "STATE");
    if (numberIn(node, "TYPE") != 2 || state == 0 || state == 5) {
        return std::nullopt;
    }
    auto volume = named<Volume>(node, ObjectKind::Volume, "i-");
    volume.format = node.child_value("FORMAT");
    volume.sizeBytes = volume.allocatedBytes = numberIn(node, "SIZE") * mib;
    return volume;
}

Network networkFrom(pugi::xml_node node)
{
    auto network = named<Network>(node, ObjectKind::Network);
    network.kind = node.child_value("VN_MAD");
    return network;
}

}
