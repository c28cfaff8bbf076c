// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/machineform.h"

#include "core/manifest.h"
#include <algorithm>
#include <fstream>
#include <set>

namespace portulan::site::embedded {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kind = "qemu-pc/1";
constexpr std::size_t mostDisks = 32, longestSerial = 20, longestWord = 100;
constexpr int firstSlot = 2, lastSlot = 31; // before them sit the bridges

constexpr int ofDisks = 0x0100, ofCards = 0x0200; // PCI classes
constexpr std::int64_t mostVcpus = 255, mostMib = std::int64_t(64) << 20;

tl::unexpected<Problem> malformed(std::string detail)
{
    return refuse(Reason::Malformed, {{"file", "machine"}, {"expected", std::string(kind)}}, std::move(detail));
}

tl::unexpected<Problem> differs(std::string_view what, const std::string &here, const std::string &there)
{
    return refuse(Reason::Unsupported, {{"what", "migrate.live"}, {"cause", "other-" + std::string(what)}, {"here", here}, {"there", there}});
}

bool isPlain(const std::string &text, std::size_t longest)
{
    return text.size() <= longest && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_';
    });
}

/// Model and features, which `-cpu host` shows to the guest.
std::string processorOf(const std::string &accelerator)
{
    if (accelerator != "kvm") {
        return "max";
    }
    Hasher hasher;
    std::set<std::string> seen;
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line);) {
        const auto key = line.substr(0, line.find_first_of("\t:"));
        if ((key == "vendor_id" || key == "model name" || key == "flags") && seen.insert(key).second) {
            hasher.add(line);
        }
    }
    return toHex(hasher.end());
}

/// "7.2.22" → "7.2": within a family machines are the same.
std::string familyOf(const std::string &version)
{
    return version.substr(0, version.find('.', version.find('.') + 1));
}

std::int64_t freeMib()
{
    std::ifstream stream("/proc/meminfo");
    std::string word;
    for (std::int64_t kib = 0; stream >> word;) {
        if (word == "MemAvailable:" && stream >> kib) {
            return kib >> 10;
        }
    }
    return mostMib;
}

Result<> demandSound(const MachineForm &form)
{
    std::set<int> slots;
    std::ranges::for_each(form.disks, [&](const auto &disk) { slots.insert(disk.slot); });
    slots.insert(form.cards.begin(), form.cards.end());
    const bool placed = slots.size() == form.disks.size() + form.cards.size() && std::ranges::is_sorted(form.cards)
        && std::ranges::all_of(slots, [](int slot) { return slot >= firstSlot && slot <= lastSlot; });
    const bool plain = isPlain(form.version, longestWord) && isPlain(form.accelerator, longestWord) && isPlain(form.processor, longestWord)
        && std::ranges::all_of(form.disks, [](const auto &disk) { return isPlain(disk.serial, longestSerial); });
    const bool sized = form.vcpus >= 1 && form.vcpus <= mostVcpus && form.ramMib >= 1 && form.ramMib <= mostMib && form.disks.size() <= mostDisks;
    return placed && plain && sized ? Result<>() : Result<>(malformed(placed ? plain ? "size" : "word" : "slots"));
}

Result<Json> ask(Machine &machine, const std::string &command, Json arguments = Json::object())
{
    return machine.qmp().execute(command, std::move(arguments));
}

Result<> addDevices(Machine &machine, const std::vector<std::string> &volumes, MachineForm &form)
{
    const auto buses = ask(machine, "query-pci");
    if (!buses) {
        return tl::unexpected(buses.error());
    }
    form.disks.resize(volumes.size());
    for (const auto &device : (*buses).at(0).at("devices")) {
        const int slot = device.at("slot").get<int>();
        const int of = device.at("class_info").at("class").get<int>();
        const auto id = device.value("qdev_id", std::string());
        const auto volume = std::ranges::find_if(volumes, [&](const auto &v) { return id == "d-" + v; });
        if (volume != volumes.end() && of == ofDisks) {
            const auto serial = ask(machine, "qom-get", {{"path", "/machine/peripheral/" + id}, {"property", "serial"}});
            if (!serial) {
                return tl::unexpected(serial.error());
            }
            form.disks[std::size_t(volume - volumes.begin())] = {slot, serial->get<std::string>()};
        } else if (of == ofCards) {
            form.cards.push_back(slot);
        } else if (slot >= firstSlot) {
            return refuse(Reason::Unsupported, {{"what", "migrate.live"}, {"cause", "other-device"}, {"there", id}, {"here", ""}});
        }
    }
    std::ranges::sort(form.cards);
    return {};
}

}

std::string textOf(const MachineForm &form)
{
    auto disks = Json::array();
    for (const auto &disk : form.disks) {
        disks.push_back({{"slot", disk.slot}, {"serial", disk.serial}});
    }
    return Json {{"kind", kind}, {"version", form.version}, {"accelerator", form.accelerator}, {"processor", form.processor}, {"vcpus", form.vcpus},
        {"ram_mib", form.ramMib}, {"disks", disks}, {"cards", form.cards}}
        .dump();
}

Result<MachineForm> machineFormFrom(const std::string &text)
{
    MachineForm form;
    try {
        const auto json = Json::parse(text);
        if (json.at("kind").get<std::string>() != kind) {
            return differs("stack", std::string(kind), json.at("kind").get<std::string>().substr(0, longestWord));
        }
        form.version = json.at("version").get<std::string>();
        form.accelerator = json.at("accelerator").get<std::string>();
        form.processor = json.at("processor").get<std::string>();
        form.vcpus = json.at("vcpus").get<std::int64_t>();
        form.ramMib = json.at("ram_mib").get<std::int64_t>();
        for (const auto &disk : json.at("disks")) {
            form.disks.push_back({disk.at("slot").get<int>(), disk.at("serial").get<std::string>()});
        }
        form.cards = json.at("cards").get<std::vector<int>>();
    } catch (const Json::exception &error) {
        return malformed(error.what());
    }
    return demandSound(form).map([&] { return form; });
}

Result<MachineForm> formOf(Machine &machine, const std::vector<std::string> &volumes, const Hypervisor &hypervisor)
{
    const auto version = ask(machine, "query-version");
    const auto cpus = ask(machine, "query-cpus-fast");
    const auto memory = ask(machine, "query-memory-size-summary");
    for (const auto *answer : {&version, &cpus, &memory}) {
        if (!*answer) {
            return tl::unexpected(answer->error());
        }
    }
    try { // QEMU's answers, but nobody else's
        const auto &number = version->at("qemu");
        MachineForm form;
        form.version = std::to_string(number.at("major").get<int>()) + '.' + std::to_string(number.at("minor").get<int>()) + '.'
            + std::to_string(number.at("micro").get<int>());
        form.accelerator = hypervisor.accelerator;
        form.processor = processorOf(hypervisor.accelerator);
        form.vcpus = std::int64_t(cpus->size());
        form.ramMib = memory->at("base-memory").get<std::int64_t>() >> 20;
        return addDevices(machine, volumes, form).and_then([&] { return demandSound(form); }).map([&] { return form; });
    } catch (const Json::exception &error) {
        return refuse(Reason::Internal, {}, error.what());
    }
}

Result<> demandSame(const MachineForm &form, const Hypervisor &hypervisor)
{
    if (!hypervisor.isThere()) {
        return differs("stack", {}, "QEMU " + form.version);
    }
    if (familyOf(form.version) != familyOf(hypervisor.version)) {
        return differs("version", hypervisor.version, form.version);
    }
    if (form.accelerator != hypervisor.accelerator) {
        return differs("accelerator", hypervisor.accelerator, form.accelerator);
    }
    if (form.processor != processorOf(hypervisor.accelerator)) {
        return differs("processor", {}, {});
    }
    const auto room = freeMib();
    return form.ramMib <= room
        ? Result<>()
        : refuse(Reason::NoCapacity, {{"resource", "ram"}, {"free", std::to_string(room << 20)}, {"wanted", std::to_string(form.ramMib << 20)}});
}

std::vector<std::string> waitingLine(const MachineForm &form, const MachinePlan &plan, const Hypervisor &hypervisor)
{
    auto bare = plan;
    bare.vcpus = form.vcpus;
    bare.ramBytes = form.ramMib << 20;
    bare.disks.clear();
    bare.userNetworks = 0;
    auto line = commandLine(bare, hypervisor.qemu, hypervisor.accelerator, hypervisor.sandbox);
    const auto add = [&](std::initializer_list<std::string> more) { line.insert(line.end(), more); };
    const auto hex = [](int slot) { return std::string(1, "0123456789abcdef"[slot / 16]) + "0123456789abcdef"[slot % 16]; };
    for (std::size_t i = 0; i < form.disks.size(); ++i) {
        auto device = deviceOf(plan.disks[i].volume);
        device["bootindex"] = i;
        device["addr"] = hex(form.disks[i].slot);
        device["serial"] = form.disks[i].serial;
        add({"-blockdev", blockdevOf(plan.disks[i]).dump(), "-device", device.dump()});
    }
    for (std::size_t i = 0; i < form.cards.size(); ++i) {
        const std::string name = "net" + std::to_string(i);
        const bool reaches = i < plan.userNetworks; // a network that is not known here leaves its card without a cable
        if (reaches) {
            add({"-netdev", "user,id=" + name});
        }
        add({"-device", "virtio-net-pci," + (reaches ? "netdev=" + name + ',' : std::string()) + "addr=" + hex(form.cards[i]) + ",romfile="});
    }
    add({"-S", "-incoming", "defer"}); // it never runs by itself
    return line;
}

}
