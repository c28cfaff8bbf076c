// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/vsphere/describe.h"

#include <algorithm>
#include <map>

namespace portulan::site::vsphere {

const std::vector<std::string> machineProperties {"name", "config.hardware.numCPU", "config.hardware.memoryMB", "config.hardware.device",
    "config.template", "runtime.powerState", "guest.guestState", "network", "snapshot", "config.firmware"};

namespace {

constexpr std::int64_t mib = 1 << 20;

// vSphere Web Services API, VirtualController and VirtualEthernetCard. A virtual IDE controller is in every machine: it says nothing.
const std::map<std::string, std::string> hardware {{"ParaVirtualSCSIController", "pvscsi"}, {"VirtualLsiLogicController", "scsi"},
    {"VirtualLsiLogicSASController", "scsi"}, {"VirtualBusLogicController", "scsi"}, {"VirtualAHCIController", "sata"},
    {"VirtualNVMEController", "nvme"}};
const std::map<std::string, std::string> cards {{"VirtualVmxnet3", "vmxnet3"}, {"VirtualE1000", "e1000"}, {"VirtualE1000e", "e1000e"},
    {"VirtualPCNet32", "pcnet"}, {"VirtualSriovEthernetCard", "sriov"}};

PowerState stateFrom(const std::string &power)
{
    return power == "poweredOn" ? PowerState::Running : power == "suspended" ? PowerState::Paused : PowerState::Stopped;
}

std::int64_t numberOf(pugi::xml_node node)
{
    return std::max<std::int64_t>(node.text().as_llong(), 0);
}

/// vCenter writes three characters of a name as %25, %2f and %5c.
std::string nameFrom(std::string name)
{
    for (const auto &[code, letter] : {std::pair("%2f", "/"), std::pair("%5c", "\\"), std::pair("%25", "%")}) {
        for (auto at = name.find(code); at != std::string::npos; at = name.find(code, at + 1)) {
            name.replace(at, 3, letter);
        }
    }
    return name;
}

Volume volumeFrom(const Moref &machine, pugi::xml_node disk)
{
    Volume volume;
    volume.id = {{}, ObjectKind::Volume, machine.id + '/' + disk.child_value("key")};
    const std::string file = disk.child("backing").child_value("fileName"); // "[datastore] folder/disk.vmdk"
    volume.name = file.empty() ? disk.child("deviceInfo").child_value("label") : file.substr(file.rfind('/') + 1);
    const auto bytes = numberOf(disk.child("capacityInBytes"));
    volume.sizeBytes = bytes > 0 ? bytes : numberOf(disk.child("capacityInKB")) * 1024;
    volume.allocatedBytes = volume.sizeBytes;
    volume.format = "vmdk";
    return volume;
}

/// A tree: each of its moments has those taken after it below.
void snapshotsFrom(pugi::xml_node tree, const char *children, const Instance &instance, std::int64_t bytes, std::vector<cloud::Sighting> &into)
{
    constexpr std::size_t most = 4096; // a vCenter takes no more than 32 deep
    for (const auto node : tree.children(children)) {
        if (into.size() >= most) {
            return;
        }
        Snapshot snapshot;
        snapshot.id = {{}, ObjectKind::Snapshot, instance.id.id + '/' + node.child_value("snapshot")};
        snapshot.name = nameFrom(node.child_value("name"));
        snapshot.instanceId = instance.id.id;
        snapshot.sizeBytes = bytes;
        into.emplace_back(std::move(snapshot));
        snapshotsFrom(node, "childSnapshotList", instance, bytes, into);
    }
}

}

std::string textIn(const Soap::Properties &about, const char *path)
{
    const auto at = about.find(path);
    return at == about.end() ? std::string() : at->second.text().get();
}

std::int64_t numberIn(const Soap::Properties &about, const char *path)
{
    const auto at = about.find(path);
    return at == about.end() ? 0 : numberOf(at->second);
}

bool isTemplate(const Soap::Properties &about)
{
    return textIn(about, "config.template") == "true";
}

std::vector<cloud::Sighting> sightingsFrom(const Moref &machine, const Soap::Properties &about)
{
    std::vector<Volume> disks;
    if (const auto at = about.find("config.hardware.device"); at != about.end()) {
        for (const auto device : at->second.children()) {
            if (kindOf(device) == "VirtualDisk") {
                disks.push_back(volumeFrom(machine, device));
            }
        }
    }
    std::vector<cloud::Sighting> seen;
    if (isTemplate(about)) {
        Image image;
        image.id = {{}, ObjectKind::Image, machine.id};
        image.name = nameFrom(textIn(about, "name"));
        image.format = "vmdk";
        image.sizeBytes = image.fileBytes = disks.empty() ? 0 : disks.front().sizeBytes;
        seen.emplace_back(image);
        return seen;
    }
    Instance instance;
    instance.id = {{}, ObjectKind::Instance, machine.id};
    instance.name = nameFrom(textIn(about, "name"));
    instance.vcpus = std::max<std::int64_t>(numberIn(about, "config.hardware.numCPU"), 1);
    instance.ramBytes = numberIn(about, "config.hardware.memoryMB") * mib;
    instance.state = stateFrom(textIn(about, "runtime.powerState"));
    if (const auto at = about.find("network"); at != about.end()) {
        for (const auto network : at->second.children()) {
            instance.networkIds.emplace_back(network.text().get());
        }
    }
    const auto firmware = textIn(about, "config.firmware");
    instance.firmware = firmware == "efi" ? "uefi" : firmware;
    if (const auto at = about.find("config.hardware.device"); at != about.end()) {
        for (const auto device : at->second.children()) {
            const auto kind = kindOf(device);
            if (const auto bus = hardware.find(kind); bus != hardware.end() && instance.diskBus.empty()) {
                instance.diskBus = bus->second;
            }
            if (const auto card = cards.find(kind); card != cards.end() && instance.nicModel.empty()) {
                instance.nicModel = card->second;
            }
        }
    }
    std::int64_t bytes = 0;
    for (auto &disk : disks) {
        instance.volumeIds.push_back(disk.id.id);
        bytes += disk.sizeBytes;
        seen.emplace_back(std::move(disk));
    }
    if (const auto at = about.find("snapshot"); at != about.end()) {
        snapshotsFrom(at->second, "rootSnapshotList", instance, bytes, seen);
    }
    seen.emplace_back(std::move(instance));
    return seen;
}

}
