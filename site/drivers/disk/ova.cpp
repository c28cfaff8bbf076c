// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/ova.h"

#include "core/hasher.h"
#include "core/manifest.h"
#include "site/drivers/disk/fd.h"

#include <algorithm>
#include <optional>
#include <pugixml.hpp>
#include <sstream>

namespace portulan::site {

namespace {

constexpr std::uint64_t block = 512;
constexpr std::size_t mostParts = 1000, longestText = 1 << 20;

tl::unexpected<Problem> malformed(std::string_view expected)
{
    return refuse(Reason::Malformed, {{"file", "OVA"}, {"expected", std::string(expected)}});
}

/// Octal digits, or, with the first bit set, a number in base 256.
std::optional<std::uint64_t> numberIn(std::span<const std::byte> field)
{
    std::uint64_t number = 0;
    if ((std::to_integer<unsigned>(field[0]) & 0x80U) != 0) {
        for (std::size_t i = 1; i < field.size(); ++i) {
            if (number >> 56 != 0) {
                return std::nullopt;
            }
            number = number << 8 | std::to_integer<std::uint64_t>(field[i]);
        }
        return number;
    }
    for (const auto byte : field) {
        const auto c = std::to_integer<char>(byte);
        if (c == '\0' || c == ' ') {
            continue;
        }
        if (c < '0' || c > '7') {
            return std::nullopt;
        }
        number = number * 8 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

/// POSIX.1-1988 (ustar): the sum of the header's bytes, its own field read as blanks.
bool isSumRight(std::span<const std::byte> header)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
        sum += i >= 148 && i < 156 ? ' ' : std::to_integer<std::uint64_t>(header[i]);
    }
    return numberIn(header.subspan(148, 8)) == sum;
}

std::string wordIn(std::span<const std::byte> field)
{
    const std::string_view text(reinterpret_cast<const char *>(field.data()), field.size());
    return std::string(text.substr(0, text.find('\0')));
}

/// A file of the archive itself, not of a folder, let alone of one outside.
bool isPlainName(const std::string &name)
{
    return !name.empty() && name != "." && name != ".." && name.find_first_of("/\\") == std::string::npos;
}

Result<std::string> textOf(int fd, const ArchivePart &part)
{
    if (part.bytes > longestText) {
        return refuse(Reason::TooLarge, {{"what", part.name}, {"limit", std::to_string(longestText)}, {"size", std::to_string(part.bytes)}});
    }
    std::string text(part.bytes, '\0');
    return readAt(fd, part.offset, std::as_writable_bytes(std::span(text))).map([&] { return text; });
}

std::string localName(pugi::xml_node node)
{
    const std::string_view name(node.name());
    return std::string(name.substr(name.rfind(':') + 1));
}

std::string attribute(pugi::xml_node node, std::string_view wanted)
{
    for (const auto each : node.attributes()) {
        const std::string_view name(each.name());
        if (name.substr(name.rfind(':') + 1) == wanted) {
            return each.value();
        }
    }
    return {};
}

pugi::xml_node child(pugi::xml_node parent, std::string_view wanted)
{
    return parent.find_child([&](pugi::xml_node node) { return localName(node) == wanted; });
}

std::string textIn(pugi::xml_node parent, std::string_view name)
{
    return child(parent, name).text().get();
}

/// Lines such as "SHA256(disk.vmdk)= 9f86…".
Result<> checkManifest(int fd, const std::vector<ArchivePart> &parts, const ArchivePart &manifest)
{
    const auto text = textOf(fd, manifest);
    if (!text) {
        return tl::unexpected(text.error());
    }
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        const auto open = line.find('('), close = line.find(")=", open);
        if (!line.starts_with("SHA256") || open == std::string::npos || close == std::string::npos) {
            continue;
        }
        const auto name = line.substr(open + 1, close - open - 1);
        std::string digest = line.substr(close + 2);
        std::erase_if(digest, [](unsigned char c) { return std::isspace(c) != 0; });
        const auto part = std::ranges::find(parts, name, &ArchivePart::name);
        if (part == parts.end()) {
            return malformed("the file " + name.substr(0, 100));
        }
        Hasher hasher;
        std::vector<std::byte> piece(1 << 20);
        for (std::uint64_t at = 0; at < part->bytes; at += piece.size()) {
            const auto some = std::span(piece).first(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), part->bytes - at)));
            if (auto read = readAt(fd, part->offset + at, some); !read) {
                return read;
            }
            hasher.add(some);
        }
        if (const auto found = toHex(hasher.end()); found != digest) {
            return refuse(Reason::Integrity, {{"where", name}, {"expected", digest.substr(0, 64)}, {"found", found}});
        }
    }
    return {};
}

/// The hardware a virtual system asks for: CIM resource types 3 (processors) and 4 (memory).
void readHardware(pugi::xml_node system, Ova &ova)
{
    for (const auto item : child(system, "VirtualHardwareSection").children()) {
        const auto type = textIn(item, "ResourceType");
        const auto quantity = std::clamp<std::int64_t>(child(item, "VirtualQuantity").text().as_llong(), 0, std::int64_t(1) << 40);
        if (type == "3") {
            ova.vcpus = std::min<std::int64_t>(quantity, 4096);
        } else if (type == "4") {
            const auto units = textIn(item, "AllocationUnits");
            const bool isGib = units.find("2^30") != std::string::npos || units.find("GigaBytes") != std::string::npos;
            const bool isKib = units.find("2^10") != std::string::npos || units.find("KiloBytes") != std::string::npos;
            const auto unit = std::int64_t(1) << (isGib ? 30 : isKib ? 10 : 20);
            ova.ramBytes = std::min(quantity, (std::int64_t(1) << 50) / unit) * unit;
        }
    }
}

}

bool isArchive(int fd)
{
    std::vector<std::byte> header(block);
    return readAt(fd, 0, header) && wordIn(std::span(header).subspan(257, 5)) == "ustar" && isSumRight(header);
}

Result<std::vector<ArchivePart>> readArchive(int fd)
{
    const auto size = fileSize(fd);
    if (!size) {
        return tl::unexpected(size.error());
    }
    std::vector<ArchivePart> parts;
    std::vector<std::byte> header(block);
    for (std::uint64_t at = 0; at + block <= *size;) {
        if (auto read = readAt(fd, at, header); !read) {
            return tl::unexpected(read.error());
        }
        if (isZero(header)) {
            break;
        }
        const auto length = numberIn(std::span(header).subspan(124, 12));
        if (!isSumRight(header) || !length) {
            return malformed("headers with right sums");
        }
        at += block;
        if (*length > *size - at) {
            return malformed("all the bytes that its headers say");
        }
        const auto kind = std::to_integer<char>(header[156]);
        auto name = wordIn(std::span(header).first(100));
        name = name.starts_with("./") ? name.substr(2) : name;
        if (kind == '0' || kind == '\0') {
            if (!isPlainName(name) || !wordIn(std::span(header).subspan(345, 155)).empty()) {
                return malformed("names that stay inside it");
            }
            if (parts.size() >= mostParts) {
                return refuse(Reason::TooLarge, {{"what", "OVA"}, {"limit", std::to_string(mostParts)}});
            }
            parts.push_back({name, at, *length});
        } else if (kind != 'x' && kind != 'g' && kind != '5') { // links, devices
            return malformed("plain files only");
        }
        at += (*length + block - 1) / block * block;
    }
    return parts;
}

Result<Ova> readOva(int fd)
{
    const auto parts = readArchive(fd);
    if (!parts) {
        return tl::unexpected(parts.error());
    }
    const auto ending
        = [&](std::string_view end) { return std::ranges::find_if(*parts, [&](const ArchivePart &part) { return part.name.ends_with(end); }); };
    const auto description = ending(".ovf"), manifest = ending(".mf");
    if (description == parts->end()) {
        return malformed("a description, .ovf");
    }
    const auto text = textOf(fd, *description);
    if (auto checked = !text           ? tl::unexpected(text.error())
            : manifest == parts->end() ? Result<>()
                                       : checkManifest(fd, *parts, *manifest);
        !checked) {
        return tl::unexpected(checked.error());
    }
    pugi::xml_document document; // no entity but XML's own is expanded
    if (!document.load_buffer(text->data(), text->size())) {
        return malformed("XML in its description");
    }
    const auto root = child(document, "Envelope");
    Ova ova;
    const auto system = child(root, "VirtualSystem");
    ova.name = textIn(system, "Name");
    readHardware(system, ova);
    for (const auto disk : child(root, "DiskSection").children()) {
        if (localName(disk) != "Disk") {
            continue;
        }
        const auto reference = attribute(disk, "fileRef");
        const auto file = child(root, "References").find_child([&](pugi::xml_node node) { return attribute(node, "id") == reference; });
        if (!attribute(file, "compression").empty()) {
            return refuse(Reason::Unsupported, {{"what", "compressed OVA"}});
        }
        const auto part = std::ranges::find(*parts, attribute(file, "href"), &ArchivePart::name);
        if (part == parts->end()) {
            return malformed("the disks its description names");
        }
        ova.disks.push_back(*part);
    }
    return ova.disks.empty() ? Result<Ova>(malformed("a disk")) : ova;
}

}
