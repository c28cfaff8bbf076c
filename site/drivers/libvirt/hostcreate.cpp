// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/describe.h"
#include "site/drivers/libvirt/host.h"
#include "site/drivers/libvirt/xml.h"

#include <set>
#include <string_view>

namespace portulan::site::libvirt {

using cloud::NewInstance, cloud::Ref;

namespace {

void add(pugi::xml_node parent, const char *name, std::initializer_list<std::pair<const char *, std::string>> attributes)
{
    auto node = parent.append_child(name);
    for (const auto &[key, value] : attributes) {
        node.append_attribute(key) = value.c_str();
    }
}

/// Kind of machine and emulator the host offers best, by libvirt's own word.
struct Offer {
    std::string type = "qemu";
    std::string emulator;
    bool hasUefi = false;
};
Offer offerOf(virConnectPtr connection)
{
    pugi::xml_document document;
    const auto xml = textOf(::virConnectGetDomainCapabilities(connection, nullptr, nullptr, nullptr, nullptr, 0));
    if (!document.load_string(xml.c_str())) { // not every hypervisor's driver knows that question
        const auto host = textOf(::virConnectGetCapabilities(connection));
        const auto known = document.load_string(host.c_str());
        const auto domain = document.child("capabilities").child("guest").child("arch").child("domain");
        return {known ? domain.attribute("type").as_string("qemu") : "qemu", {}, false};
    }
    const auto capabilities = document.child("domainCapabilities");
    const auto firmware = capabilities.child("os").find_child_by_attribute("enum", "name", "firmware");
    const bool hasUefi = bool(firmware.find_child([](const pugi::xml_node &value) { return std::string_view(value.text().get()) == "efi"; }));
    return {capabilities.child("domain").text().as_string("qemu"), capabilities.child_value("path"), hasUefi};
}

/// What QEMU has a guest of elsewhere most likely starts with: its own, or what needs no driver of a vendor.
std::string busFor(const cloud::Hardware &hardware)
{
    static const std::set<std::string> kept {"virtio", "scsi", "sata"};
    const bool isUefi = hardware.firmware == "uefi"; // on q35, which has no IDE
    return hardware.diskBus.empty()                                                 ? "virtio"
        : kept.contains(hardware.diskBus) || (hardware.diskBus == "ide" && !isUefi) ? hardware.diskBus
                                                                                    : "sata";
}

std::string nicFor(const cloud::Hardware &hardware)
{
    static const std::set<std::string> kept {"virtio", "e1000", "e1000e", "rtl8139", "vmxnet3"};
    return hardware.nicModel.empty() ? "virtio" : kept.contains(hardware.nicModel) ? hardware.nicModel : "e1000";
}

}

Foresight Host::foresee(const Arrival &arrival)
{
    Foresight foresight;
    const auto line = arrival.instance ? this->line() : Result<Line>(refuse(Reason::Unsupported));
    if (!line) {
        return foresight;
    }
    const cloud::Hardware hardware {arrival.instance->firmware, arrival.instance->diskBus, arrival.instance->nicModel};
    if (hardware.firmware == "uefi" && !offerOf(line->get()).hasUefi) {
        foresight.obstacles.push_back({Reason::Unsupported, {{"cause", "firmware"}, {"what", "uefi"}}, {}});
    }
    const auto change = [&](const char *cause, const std::string &from, const std::string &to) {
        if (!from.empty() && from != to) {
            foresight.changes.push_back({Reason::Unsupported, {{"cause", cause}, {"from", from}, {"to", to}}, {}});
        }
    };
    change("other-bus", hardware.diskBus, busFor(hardware));
    change("other-nic", hardware.nicModel, nicFor(hardware));
    return foresight;
}

std::vector<Problem> Host::leftBehind(const std::string &uuid)
{
    std::vector<Problem> left;
    const auto found = domain(uuid);
    const auto facts = found ? domainFrom(textOf(::virDomainGetXMLDesc(found->get(), 0))) : tl::unexpected(found.error());
    for (const auto &[what, which] : facts ? facts->tied : std::vector<std::pair<std::string, std::string>>()) {
        left.push_back({Reason::Unsupported, {{"cause", "left-behind"}, {"what", what}, {"id", which}}, {}});
    }
    return left;
}

/// A disk of its own, a full copy of the image if there is one.
Result<StorageVolume> Host::makeDisk(const Line &line, const NewInstance &wanted, const std::string &name)
{
    const Pool pool(::virStoragePoolLookupByName(line.get(), m_places.pool.c_str()));
    if (!pool) {
        return lastRefusal("pool");
    }
    if (wanted.image.empty()) {
        StorageVolume blank(::virStorageVolCreateXML(pool.get(), volumeXml(name, wanted.diskBytes).c_str(), 0));
        return blank ? Result<StorageVolume>(std::move(blank)) : lastRefusal("volume");
    }
    const auto image = volume(wanted.image);
    virStorageVolInfo info {};
    if (!image || ::virStorageVolGetInfo(image->get(), &info) != 0) {
        return image ? Result<StorageVolume>(lastRefusal("image")) : tl::unexpected(image.error());
    }
    const auto least = static_cast<std::int64_t>(info.capacity);
    StorageVolume copy(::virStorageVolCreateXMLFrom(pool.get(), volumeXml(name, least).c_str(), image->get(), 0));
    if (!copy) {
        return lastRefusal("volume");
    }
    if (wanted.diskBytes > least && ::virStorageVolResize(copy.get(), static_cast<unsigned long long>(wanted.diskBytes), 0) != 0) {
        auto problem = lastProblem("volume.resize");
        (void)::virStorageVolDelete(copy.get(), 0);
        return tl::unexpected(problem);
    }
    return copy;
}

Result<std::string> Host::domainXml(const Line &line, const NewInstance &wanted, const std::string &name, const std::vector<std::string> &disks)
{
    const auto offer = offerOf(line.get());
    pugi::xml_document document;
    auto domain = document.append_child("domain");
    domain.append_attribute("type") = offer.type.c_str();
    put(domain, "name", name);
    put(domain, "title", wanted.name);
    put(domain, "memory", std::to_string(wanted.ramBytes / 1024));
    put(domain, "vcpu", std::to_string(wanted.vcpus));
    auto os = domain.append_child("os");
    put(os, "type", "hvm");
    os.child("type").append_attribute("arch") = "x86_64";
    const bool isUefi = wanted.hardware.firmware == "uefi";
    os.child("type").append_attribute("machine") = isUefi ? "q35" : "pc";
    if (isUefi) {
        os.append_attribute("firmware") = "efi";
    }
    auto features = domain.append_child("features");
    features.append_child("acpi");
    features.append_child("apic");
    auto devices = domain.append_child("devices");
    if (!offer.emulator.empty()) {
        put(devices, "emulator", offer.emulator);
    }
    const auto bus = busFor(wanted.hardware);
    if (bus == "scsi") {
        add(devices, "controller", {{"type", "scsi"}, {"model", "virtio-scsi"}});
    }
    for (std::size_t i = 0; i < disks.size(); ++i) {
        auto node = devices.append_child("disk");
        node.append_attribute("type") = "file";
        node.append_attribute("device") = "disk";
        add(node, "driver", {{"name", "qemu"}, {"type", "qcow2"}, {"discard", "unmap"}});
        add(node, "source", {{"file", disks[i]}});
        const std::string prefix = bus == "virtio" ? "vd" : bus == "ide" ? "hd" : "sd";
        add(node, "target", {{"dev", prefix + static_cast<char>('a' + i)}, {"bus", bus}});
    }
    for (const auto &word : wanted.networks) {
        const HostNetwork network(::virNetworkLookupByUUIDString(line.get(), word.c_str()));
        if (!network) {
            return lastRefusal("network");
        }
        auto node = devices.append_child("interface");
        node.append_attribute("type") = "network";
        add(node, "source", {{"network", ::virNetworkGetName(network.get())}});
        add(node, "model", {{"type", nicFor(wanted.hardware)}});
    }
    auto serial = devices.append_child("serial");
    serial.append_attribute("type") = "pty";
    if (!m_places.consoleDirectory.empty()) {
        add(serial, "log", {{"file", m_places.consoleDirectory + '/' + name + ".log"}, {"append", "on"}});
    }
    add(devices, "rng", {{"model", "virtio"}});
    devices.child("rng").append_child("backend").text().set("/dev/urandom");
    devices.child("rng").child("backend").append_attribute("model") = "random";
    return textOf(document);
}

/// A name that no domain has. One with a tag is this making's alone: what an earlier try left under it goes.
Result<std::string> Host::freeName(const Line &line, const NewInstance &wanted)
{
    const auto name = nameFor(wanted.id, "i-") + (wanted.tag.empty() ? "" : '-' + wanted.tag);
    const Domain there(::virDomainLookupByName(line.get(), name.c_str()));
    if (there && wanted.tag.empty()) {
        return refuse(Reason::AlreadyExists, {{"id", name}});
    }
    return !there || ::virDomainUndefineFlags(there.get(), VIR_DOMAIN_UNDEFINE_NVRAM) == 0 ? Result<std::string>(name) : lastRefusal("undefine");
}

Result<Ref> Host::createInstance(const NewInstance &wanted)
{
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    constexpr std::size_t mostDisks = 26; // vda to vdz
    if (wanted.volumes.size() > mostDisks) {
        return refuse(Reason::TooLarge, {{"what", "volumes"}, {"limit", std::to_string(mostDisks)}});
    }
    const auto free = freeName(*line, wanted);
    if (!free) {
        return tl::unexpected(free.error());
    }
    const auto &name = *free;
    StorageVolume disk;
    std::vector<std::string> paths;
    for (const auto &word : wanted.volumes) {
        paths.push_back(word.substr(word.find(':') + 1));
    }
    if (paths.empty() && (!wanted.image.empty() || wanted.diskBytes > 0)) {
        auto made = makeDisk(*line, wanted, name + ".qcow2");
        if (!made) {
            return tl::unexpected(made.error());
        }
        disk = std::move(*made);
        paths.push_back(textOf(::virStorageVolGetPath(disk.get())));
    }
    auto defined = domainXml(*line, wanted, name, paths).and_then([&](const std::string &xml) -> Result<Ref> {
        const Domain domain(::virDomainDefineXML(line->get(), xml.c_str()));
        char uuid[VIR_UUID_STRING_BUFLEN] = "";
        if (!domain || ::virDomainGetUUIDString(domain.get(), uuid) != 0) {
            return lastRefusal("domain");
        }
        return Ref {ObjectKind::Instance, uuid};
    });
    if (!defined && disk) {
        (void)::virStorageVolDelete(disk.get(), 0);
    }
    return defined;
}

}
