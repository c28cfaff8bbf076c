// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/describe.h"

#include <arpa/inet.h>
#include <bit>
#include <pugixml.hpp>
#include <string_view>

namespace portulan::site::libvirt {

namespace {

constexpr std::size_t largestDocument = 4 << 20;

tl::unexpected<Problem> malformed(std::string_view what)
{
    return refuse(Reason::Malformed, {{"file", "libvirt"}, {"expected", std::string(what)}});
}

Result<> parse(pugi::xml_document &document, const std::string &xml, const char *root)
{
    // No DTD is read: entities of a document's own are not expanded.
    if (xml.size() > largestDocument || !document.load_buffer(xml.data(), xml.size()) || !document.child(root)) {
        return malformed(root);
    }
    return {};
}

/// Bytes of an element with an attribute `unit`, as libvirt scales (libvirt's docs, formatdomain, "Memory Allocation").
std::int64_t bytesOf(const pugi::xml_node &node, std::string_view unitless)
{
    const std::string_view given = node.attribute("unit").value();
    const std::string_view unit = given.empty() ? unitless : given;
    constexpr std::pair<std::string_view, std::int64_t> units[]
        = {{"b", 1}, {"bytes", 1}, {"B", 1}, {"KB", 1000}, {"k", 1024}, {"KiB", 1024}, {"MB", 1'000'000}, {"M", 1 << 20}, {"MiB", 1 << 20},
            {"GB", 1'000'000'000}, {"G", 1 << 30}, {"GiB", 1 << 30}, {"T", std::int64_t(1) << 40}, {"TiB", std::int64_t(1) << 40}};
    for (const auto &[word, factor] : units) {
        if (word == unit) {
            std::int64_t bytes = 0;
            return __builtin_mul_overflow(node.text().as_llong(), factor, &bytes) ? 0 : bytes;
        }
    }
    return 0;
}

std::string cidrOf(const pugi::xml_node &ip)
{
    const std::string address = ip.attribute("address").value();
    const std::string prefix = ip.attribute("prefix").value();
    in_addr mask {};
    if (prefix.empty() && ::inet_pton(AF_INET, ip.attribute("netmask").value(), &mask) == 1) {
        return address + '/' + std::to_string(std::popcount(mask.s_addr));
    }
    return address.empty() || prefix.empty() ? address : address + '/' + prefix;
}

}

Result<DomainFacts> domainFrom(const std::string &xml)
{
    pugi::xml_document document;
    if (auto parsed = parse(document, xml, "domain"); !parsed) {
        return tl::unexpected(parsed.error());
    }
    const auto domain = document.child("domain");
    DomainFacts facts;
    facts.uuid = domain.child_value("uuid");
    facts.name = domain.child("title") ? domain.child_value("title") : domain.child_value("name");
    const auto vcpu = domain.child("vcpu");
    facts.vcpus = vcpu.attribute("current") ? vcpu.attribute("current").as_llong() : vcpu.text().as_llong(1);
    facts.ramBytes = bytesOf(domain.child("currentMemory") ? domain.child("currentMemory") : domain.child("memory"), "KiB");
    const auto devices = domain.child("devices");
    for (const auto &disk : devices.children("disk")) {
        const std::string_view device = disk.attribute("device").as_string("disk");
        const auto source = disk.child("source");
        for (const char *attribute : {"file", "dev"}) {
            if (device == "disk" && source.attribute(attribute)) {
                facts.disks.emplace_back(source.attribute(attribute).value());
            }
        }
    }
    for (const auto &disk : devices.children("disk")) {
        const std::string_view device = disk.attribute("device").as_string("disk");
        if (device == "disk" && facts.diskBus.empty()) {
            facts.diskBus = disk.child("target").attribute("bus").value();
        } else if (device == "cdrom" && disk.child("source").first_attribute()) {
            facts.tied.emplace_back("cdrom", disk.child("source").first_attribute().value());
        }
    }
    facts.nicModel = devices.child("interface").child("model").attribute("type").value();
    const auto os = domain.child("os");
    const bool isUefi
        = std::string_view(os.attribute("firmware").value()) == "efi" || std::string_view(os.child("loader").attribute("type").value()) == "pflash";
    facts.firmware = isUefi ? "uefi" : "bios";
    for (const auto &[element, word] : {std::pair("hostdev", "passthrough"), std::pair("tpm", "tpm"), std::pair("filesystem", "share")}) {
        for (const auto &device : devices.children(element)) {
            const auto target = device.child("target").attribute("dir");
            facts.tied.emplace_back(word, target ? target.value() : device.attribute("type").as_string(device.attribute("model").value()));
        }
    }
    for (const auto &card : devices.children("interface")) {
        if (const auto network = card.child("source").attribute("network")) {
            facts.networks.emplace_back(network.value());
        }
    }
    for (const auto &serial : devices.children("serial")) {
        const std::string log = serial.child("log").attribute("file").value();
        const bool isFile = std::string_view(serial.attribute("type").value()) == "file";
        facts.console = !log.empty() ? log : isFile ? serial.child("source").attribute("path").value() : facts.console;
        if (!facts.console.empty()) {
            break;
        }
    }
    return facts.uuid.empty() ? Result<DomainFacts>(malformed("domain/uuid")) : facts;
}

PowerState powerStateOf(int state)
{
    switch (state) {
    case VIR_DOMAIN_RUNNING:
    case VIR_DOMAIN_BLOCKED:
        return PowerState::Running;
    case VIR_DOMAIN_PAUSED:
    case VIR_DOMAIN_PMSUSPENDED:
        return PowerState::Paused;
    case VIR_DOMAIN_SHUTDOWN:
        return PowerState::Stopping;
    case VIR_DOMAIN_CRASHED:
        return PowerState::Failed;
    default:
        return PowerState::Stopped;
    }
}

Result<VolumeFacts> volumeFrom(const std::string &xml)
{
    pugi::xml_document document;
    if (auto parsed = parse(document, xml, "volume"); !parsed) {
        return tl::unexpected(parsed.error());
    }
    const auto volume = document.child("volume");
    VolumeFacts facts;
    facts.name = volume.child_value("name");
    facts.path = volume.child("target").child_value("path");
    facts.format = volume.child("target").child("format").attribute("type").value();
    facts.isLayered = volume.child("backingStore").child("path").text().as_string()[0] != '\0';
    facts.sizeBytes = bytesOf(volume.child("capacity"), "bytes");
    facts.allocatedBytes = bytesOf(volume.child("allocation"), "bytes");
    return facts.path.empty() ? Result<VolumeFacts>(malformed("volume/target/path")) : facts;
}

Result<NetworkFacts> networkFrom(const std::string &xml)
{
    pugi::xml_document document;
    if (auto parsed = parse(document, xml, "network"); !parsed) {
        return tl::unexpected(parsed.error());
    }
    const auto network = document.child("network");
    NetworkFacts facts;
    facts.uuid = network.child_value("uuid");
    facts.name = network.child("title") ? network.child_value("title") : network.child_value("name");
    facts.kind = network.child("forward") ? network.child("forward").attribute("mode").as_string("nat") : "isolated";
    facts.cidr = cidrOf(network.child("ip"));
    return facts.uuid.empty() ? Result<NetworkFacts>(malformed("network/uuid")) : facts;
}

}
