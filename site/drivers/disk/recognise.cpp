// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/recognise.h"

#include "site/drivers/disk/qcow2format.h"

#include <algorithm>
#include <cctype>

namespace portulan::site {

namespace {

std::uint64_t littleAt(std::span<const std::byte> bytes, std::size_t offset)
{
    return __builtin_bswap64(qcow2::bigAt<std::uint64_t>(bytes, offset));
}

/// A VMDK of one file holds its description inside. QEMU follows what it says, so it may only say harmless things.
Result<std::string> judgeVmdk(int fd, std::uint64_t offset, std::uint64_t size, std::span<const std::byte> head)
{
    constexpr std::uint64_t sector = 512, longest = 2048;
    const std::uint64_t capacity = littleAt(head, 12), at = littleAt(head, 28), length = littleAt(head, 36);
    if (capacity == 0) { // QEMU would open the files the description names
        return refuse(Reason::Unsupported, {{"what", "VMDK descriptions of other files"}});
    }
    if (at == 0 || length == 0 || length > longest || at > size / sector || length > size / sector - at) {
        return refuse(Reason::Malformed, {{"expected", "a VMDK of one file, with its description"}});
    }
    std::string text(length * sector, '\0');
    if (auto done = readAt(fd, offset + at * sector, std::as_writable_bytes(std::span(text))); !done) {
        return tl::unexpected(done.error());
    }
    std::string words;
    for (const char c : text) {
        if (!std::isspace(static_cast<unsigned char>(c))) {
            words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    const bool oneFile
        = words.find("createtype=\"monolithicsparse\"") != std::string::npos || words.find("createtype=\"streamoptimized\"") != std::string::npos;
    if (!oneFile) {
        return refuse(Reason::Unsupported, {{"what", "VMDK files of this type"}}, "monolithicSparse or streamOptimized only");
    }
    if (words.find("parentfilenamehint") != std::string::npos) {
        return refuse(Reason::Unsupported, {{"what", "VMDK files with a parent"}});
    }
    return "vmdk";
}

}

Result<std::string> recogniseFormat(int fd)
{
    return fileSize(fd).and_then([&](std::uint64_t size) { return recogniseFormat(fd, 0, size); });
}

Result<std::string> recogniseFormat(int fd, std::uint64_t offset, std::uint64_t bytes)
{
    std::vector<std::byte> head(512);
    if (auto done = readAt(fd, offset, head); !done) {
        return tl::unexpected(done.error());
    }
    const std::string_view text(reinterpret_cast<const char *>(head.data()), head.size());
    if (qcow2::bigAt<std::uint32_t>(head, 0) == qcow2::magic) {
        return "qcow2";
    }
    if (text.starts_with("KDMV")) {
        return judgeVmdk(fd, offset, bytes, head);
    }
    if (text.starts_with("# Disk DescriptorFile") || text.starts_with("COWD")) {
        return refuse(Reason::Unsupported, {{"what", "VMDK descriptions of other files"}});
    }
    if (text.starts_with("vhdxfile")) {
        return "vhdx";
    }
    return text.substr(64, 4) == "\x7f\x10\xda\xbe" ? "vdi" : "raw";
}

}
