// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What becomes of domains that are there: another size, other disks, a fence; and the networks of the host.
#include "site/drivers/libvirt/describe.h"
#include "site/drivers/libvirt/host.h"
#include "site/drivers/libvirt/xml.h"

#include <algorithm>
#include <arpa/inet.h>
#include <thread>

namespace portulan::site::libvirt {

using cloud::Ref;
using namespace std::chrono_literals;

namespace {

constexpr auto patienceGuest = 20s;
constexpr auto ownSpace = "https://portulan.eu/libvirt/1"; ///< namespace of what is noted in a domain

std::string pathOf(const std::string &word)
{
    return word.substr(word.find(':') + 1);
}

Result<> describe(virDomainPtr domain, unsigned flags, pugi::xml_document &into)
{
    const auto xml = textOf(::virDomainGetXMLDesc(domain, flags));
    return into.load_string(xml.c_str()) ? Result<>() : lastRefusal("domain");
}

pugi::xml_node diskAt(const pugi::xml_document &document, const std::string &path)
{
    for (const auto disk : document.child("domain").child("devices").children("disk")) {
        const auto source = disk.child("source");
        if (path == source.attribute("file").value() || path == source.attribute("dev").value()) {
            return disk;
        }
    }
    return {};
}

std::string elementOf(const pugi::xml_node &node)
{
    pugi::xml_document document;
    document.append_copy(node);
    return textOf(document);
}

/// First address of an IPv4 network and how many it has; 0 for what is none, or of less than four.
std::pair<std::uint32_t, std::uint32_t> addressesOf(const std::string &cidr)
{
    const auto slash = cidr.find('/');
    const int prefix = slash == std::string::npos ? 0 : std::atoi(cidr.c_str() + slash + 1);
    in_addr address {};
    if (prefix < 8 || prefix > 30 || ::inet_pton(AF_INET, cidr.substr(0, slash).c_str(), &address) != 1) {
        return {};
    }
    const auto size = std::uint32_t(1) << (32 - prefix);
    return {ntohl(address.s_addr) & ~(size - 1), size};
}

std::string dotted(std::uint32_t address)
{
    char text[INET_ADDRSTRLEN] = "";
    const in_addr raw {htonl(address)};
    return ::inet_ntop(AF_INET, &raw, text, sizeof text);
}

}

Result<> Host::resizeInstance(const std::string &uuid, std::int64_t vcpus, std::int64_t ramBytes)
{
    pugi::xml_document document;
    const auto found = domain(uuid);
    auto done = found ? describe(found->get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE, document) : tl::unexpected(found.error());
    if (!done) {
        return done;
    }
    auto root = document.child("domain");
    if (vcpus > 0) {
        root.child("vcpu").remove_attribute("current");
        root.child("vcpu").text().set(static_cast<long long>(vcpus));
        root.remove_child("vcpus"); // the old ones by name
        root.child("cpu").remove_child("topology"); // of the old number
    }
    if (ramBytes > 0) {
        for (const char *name : {"memory", "currentMemory"}) {
            auto node = root.child(name);
            node.remove_attribute("unit");
            node.text().set(static_cast<long long>(ramBytes / 1024));
        }
    }
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    const Domain defined(::virDomainDefineXML(line->get(), textOf(document).c_str()));
    return defined ? Result<>() : lastRefusal("domain");
}

/// On the bus of its first disk, if that takes disks while it runs.
Result<> Host::attachVolume(const std::string &uuid, const std::string &word)
{
    pugi::xml_document document;
    const auto found = domain(uuid);
    const auto disk = found ? volume(word) : tl::unexpected(found.error());
    const auto about = disk ? volumeFrom(textOf(::virStorageVolGetXMLDesc(disk->get(), 0))) : tl::unexpected(disk.error());
    auto done = about ? describe(found->get(), 0, document) : tl::unexpected(about.error());
    if (!done) {
        return done;
    }
    std::string bus;
    std::vector<std::string> taken;
    for (const auto each : document.child("domain").child("devices").children("disk")) {
        const auto target = each.child("target");
        taken.emplace_back(target.attribute("dev").value());
        bus = bus.empty() && std::string_view(each.attribute("device").as_string("disk")) == "disk" ? target.attribute("bus").value() : bus;
    }
    bus = bus == "scsi" ? bus : "virtio";
    std::string name = bus == "scsi" ? "sda" : "vda";
    while (std::ranges::count(taken, name) > 0 && name.back() < 'z') {
        ++name.back();
    }
    if (std::ranges::count(taken, name) > 0) {
        return refuse(Reason::TooLarge, {{"what", "disks"}, {"limit", "26"}});
    }
    pugi::xml_document form;
    auto node = form.append_child("disk");
    node.append_attribute("type") = "file";
    node.append_attribute("device") = "disk";
    auto driver = node.append_child("driver");
    driver.append_attribute("name") = "qemu";
    driver.append_attribute("type") = about->format.c_str();
    node.append_child("source").append_attribute("file") = about->path.c_str();
    auto target = node.append_child("target");
    target.append_attribute("dev") = name.c_str();
    target.append_attribute("bus") = bus.c_str();
    const unsigned flags = VIR_DOMAIN_AFFECT_CONFIG | (::virDomainIsActive(found->get()) == 1 ? unsigned(VIR_DOMAIN_AFFECT_LIVE) : 0U);
    return ::virDomainAttachDeviceFlags(found->get(), textOf(form).c_str(), flags) == 0 ? Result<>() : lastRefusal("volume.attach");
}

/// From the guest first: what it does not let go of, it keeps.
Result<> Host::detachVolume(const std::string &uuid, const std::string &word)
{
    const auto found = domain(uuid);
    if (!found) {
        return tl::unexpected(found.error());
    }
    const auto path = pathOf(word);
    for (const unsigned where : {unsigned(VIR_DOMAIN_AFFECT_LIVE), unsigned(VIR_DOMAIN_AFFECT_CONFIG)}) {
        const bool isLive = where == VIR_DOMAIN_AFFECT_LIVE;
        if (isLive && ::virDomainIsActive(found->get()) != 1) {
            continue;
        }
        pugi::xml_document document;
        if (auto known = describe(found->get(), isLive ? 0 : unsigned(VIR_DOMAIN_XML_INACTIVE), document); !known) {
            return known;
        }
        const auto disk = diskAt(document, path);
        if (disk && ::virDomainDetachDeviceFlags(found->get(), elementOf(disk).c_str(), where) != 0) {
            return lastRefusal("volume.detach");
        }
        for (const auto deadline = std::chrono::steady_clock::now() + patienceGuest; isLive && diskAt(document, path);) {
            if (std::chrono::steady_clock::now() > deadline) {
                return refuse(Reason::TimedOut, {}, "the guest does not let go of the disk");
            }
            std::this_thread::sleep_for(100ms);
            if (auto known = describe(found->get(), 0, document); !known) {
                return known;
            }
        }
    }
    return {};
}

/// libvirt has no lock; what it has is a note, and it does not start the machine by itself any more.
Result<> Host::fence(const std::string &uuid, const std::string &movedTo)
{
    const auto found = this->domain(uuid);
    if (!found) {
        return tl::unexpected(found.error());
    }
    auto *domain = found->get();
    const auto before = textOf(::virDomainGetMetadata(domain, VIR_DOMAIN_METADATA_ELEMENT, ownSpace, VIR_DOMAIN_AFFECT_CONFIG));
    if (movedTo.empty() && before.empty()) {
        return {};
    }
    int starts = 0;
    (void)::virDomainGetAutostart(domain, &starts);
    pugi::xml_document note;
    auto moved = note.append_child("moved");
    moved.append_attribute("to") = movedTo.c_str();
    moved.append_attribute("autostart") = starts;
    pugi::xml_document old;
    if (!before.empty() && old.load_string(before.c_str())) {
        starts = old.first_child().attribute("autostart").as_int();
        moved.attribute("autostart") = starts;
    }
    const auto text = textOf(note);
    const int noted = ::virDomainSetMetadata(
        domain, VIR_DOMAIN_METADATA_ELEMENT, movedTo.empty() ? nullptr : text.c_str(), "portulan", ownSpace, VIR_DOMAIN_AFFECT_CONFIG);
    const int told = ::virDomainSetAutostart(domain, movedTo.empty() ? starts : 0);
    return noted == 0 && (told == 0 || starts == 0) ? Result<>() : lastRefusal("domain");
}

Result<Ref> Host::createNetwork(const CreateNetwork &order)
{
    const bool isRouted = order.kind == "nat";
    if (!order.kind.empty() && order.kind != "isolated" && !isRouted) {
        return refuse(Reason::Unsupported, {{"what", "networks of kind " + order.kind.substr(0, 32)}}, "isolated or nat");
    }
    const auto [first, size] = addressesOf(order.cidr);
    if (!order.cidr.empty() && size == 0) {
        return refuse(Reason::InvalidArgument, {{"field", "cidr"}, {"value", order.cidr.substr(0, 64)}, {"expected", "an IPv4 network, /8 to /30"}});
    }
    pugi::xml_document form;
    auto root = form.append_child("network");
    put(root, "name", nameFor(order.id, "n-"));
    if (isRouted) {
        root.append_child("forward").append_attribute("mode") = "nat";
    }
    if (size > 0) {
        auto ip = root.append_child("ip");
        ip.append_attribute("address") = dotted(first + 1).c_str();
        ip.append_attribute("prefix") = std::atoi(order.cidr.c_str() + order.cidr.find('/') + 1);
        auto range = ip.append_child("dhcp").append_child("range");
        range.append_attribute("start") = dotted(first + 2).c_str();
        range.append_attribute("end") = dotted(first + size - 2).c_str();
    }
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    const HostNetwork made(::virNetworkDefineXML(line->get(), textOf(form).c_str()));
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    if (!made || ::virNetworkGetUUIDString(made.get(), uuid) != 0) {
        return lastRefusal("network");
    }
    if (::virNetworkCreate(made.get()) != 0 || ::virNetworkSetAutostart(made.get(), 1) != 0) {
        auto problem = lastProblem("network");
        (void)::virNetworkDestroy(made.get());
        (void)::virNetworkUndefine(made.get());
        return tl::unexpected(std::move(problem));
    }
    return Ref {ObjectKind::Network, uuid};
}

Result<> Host::deleteNetwork(const std::string &uuid)
{
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    const HostNetwork network(::virNetworkLookupByUUIDString(line->get(), uuid.c_str()));
    if (!network || (::virNetworkIsActive(network.get()) == 1 && ::virNetworkDestroy(network.get()) != 0)) {
        return lastRefusal("network");
    }
    return ::virNetworkIsPersistent(network.get()) != 1 || ::virNetworkUndefine(network.get()) == 0 ? Result<>() : lastRefusal("network");
}

}
