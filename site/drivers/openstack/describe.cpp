// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/openstack/describe.h"

#include <set>

namespace portulan::site::openstack {

namespace {

constexpr std::int64_t mib = 1 << 20, gib = 1 << 30;

/// OpenStack Compute API, "Server concepts": status tells what it is, task_state what is being done to it.
PowerState stateOf(const Json &server)
{
    const auto status = wordIn(server, "status"), task = wordIn(server, "OS-EXT-STS:task_state");
    if (status == "BUILD" || task == "powering-on" || task.starts_with("reboot") || task == "spawning" || task == "scheduling") {
        return PowerState::Starting;
    }
    if (task == "powering-off" || task == "deleting" || task == "soft-deleting") {
        return PowerState::Stopping;
    }
    if (status == "ERROR" || status == "UNKNOWN") {
        return PowerState::Failed;
    }
    if (status == "PAUSED") {
        return PowerState::Paused;
    }
    static const std::set<std::string> down {"SHUTOFF", "SUSPENDED", "SHELVED", "SHELVED_OFFLOADED", "DELETED", "SOFT_DELETED"};
    return down.contains(status) ? PowerState::Stopped : PowerState::Running; // also while it is resized, migrated, rebooted
}

template <typename T>
T named(const Json &json, ObjectKind kind)
{
    T thing;
    thing.id = {{}, kind, wordIn(json, "id")};
    thing.name = wordIn(json, "name");
    if (thing.name.empty()) {
        thing.name = thing.id.id;
    }
    return thing;
}

}

Instance instanceFrom(const Json &server, const std::map<std::string, std::string> &networks)
{
    auto instance = named<Instance>(server, ObjectKind::Instance);
    const auto &flavor = in(server, "flavor");
    instance.flavor = wordIn(flavor, "original_name");
    instance.vcpus = std::max<std::int64_t>(numberIn(flavor, "vcpus"), 1);
    instance.ramBytes = numberIn(flavor, "ram") * mib;
    instance.state = stateOf(server);
    if (instance.state == PowerState::Failed) {
        instance.stateNote = wordIn(in(server, "fault"), "message");
    }
    instance.imageId = wordIn(in(server, "image"), "id"); // a string if it boots from a volume
    for (const auto &volume : listIn(server, "os-extended-volumes:volumes_attached")) {
        instance.volumeIds.push_back(wordIn(volume, "id"));
    }
    if (const auto &addresses = in(server, "addresses"); addresses.is_object()) {
        for (const auto &[name, list] : addresses.items()) {
            if (const auto at = networks.find(name); at != networks.end()) {
                instance.networkIds.push_back(at->second);
            }
        }
    }
    return instance;
}

bool isDeleted(const Json &server)
{
    const auto status = wordIn(server, "status");
    return status == "DELETED" || status == "SOFT_DELETED";
}

bool isBusy(const Json &server)
{
    return wordIn(server, "status") == "BUILD" || !wordIn(server, "OS-EXT-STS:task_state").empty();
}

Volume volumeFrom(const Json &json)
{
    auto volume = named<Volume>(json, ObjectKind::Volume);
    volume.sizeBytes = volume.allocatedBytes = numberIn(json, "size") * gib; // what it takes is not told
    volume.format = "raw";
    return volume;
}

Snapshot snapshotFrom(const Json &json)
{
    auto snapshot = named<Snapshot>(json, ObjectKind::Snapshot);
    snapshot.volumeId = wordIn(json, "volume_id");
    snapshot.sizeBytes = numberIn(json, "size") * gib;
    return snapshot;
}

Image imageFrom(const Json &json)
{
    auto image = named<Image>(json, ObjectKind::Image);
    image.format = wordIn(json, "disk_format");
    image.fileBytes = numberIn(json, "size");
    image.sizeBytes = std::max(numberIn(json, "virtual_size"), image.format == "raw" ? image.fileBytes : std::int64_t(0));
    image.os = wordIn(json, "os_distro");
    return image;
}

Network networkFrom(const Json &json)
{
    auto network = named<Network>(json, ObjectKind::Network);
    network.kind = wordIn(json, "provider:network_type");
    return network;
}

std::string plainName(std::string_view name)
{
    constexpr std::size_t most = 255;
    std::string plain;
    for (std::size_t i = 0; i < name.size();) {
        const auto lead = static_cast<unsigned char>(name[i]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        const auto letter = name.substr(i, length);
        i += length;
        if (plain.size() + letter.size() > most) {
            break;
        }
        plain += length == 4 ? std::string_view("?") : lead < 0x20 || lead == 0x7F ? std::string_view(" ") : letter;
    }
    const auto first = plain.find_first_not_of(' '), last = plain.find_last_not_of(' ');
    return first == std::string::npos ? "?" : plain.substr(first, last - first + 1);
}

std::int64_t wholeGib(std::int64_t bytes)
{
    return std::max<std::int64_t>((bytes + gib - 1) / gib, 1);
}

}
