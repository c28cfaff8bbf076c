// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/qcow2format.h"

namespace portulan::site::qcow2 {

namespace {

constexpr std::uint64_t dirtyFeature = 1, packingFeature = 8;
constexpr std::uint32_t backingFormatExtension = 0xE2792ACA;
constexpr std::uint32_t version3Bytes = 104;

/// Checks one header field after the other and keeps the first thing that is wrong.
struct Judge {
    const std::string &path;
    std::uint64_t fileBytes;
    Result<> verdict {};

    void demand(bool holds, const char *expected)
    {
        if (!holds && verdict) {
            verdict = refuse(Reason::Malformed, {{"file", path}, {"expected", expected}}, "qcow2 header");
        }
    }
    void speak(bool spoken, const char *what)
    {
        if (!spoken && verdict) {
            verdict = refuse(Reason::Unsupported, {{"what", what}}, path);
        }
    }
};

void readExtensions(std::span<const std::byte> head, std::size_t at, std::size_t end, Header &header, Judge &judge)
{
    while (at + 8 <= end) {
        const auto kind = bigAt<std::uint32_t>(head, at);
        const auto length = bigAt<std::uint32_t>(head, at + 4);
        if (kind == 0) {
            return;
        }
        judge.demand(length <= end - at - 8, "header extensions within the first cluster");
        if (!judge.verdict) {
            return;
        }
        if (kind == backingFormatExtension) {
            header.backingFormat.assign(reinterpret_cast<const char *>(head.data() + at + 8), length);
        }
        at += 8 + (std::size_t(length) + 7) / 8 * 8;
    }
}

/// What version 3 adds; answers how long the header is.
std::size_t readVersion3(std::span<const std::byte> head, Header &h, Judge &judge)
{
    h.features = bigAt<std::uint64_t>(head, 72);
    h.refcountOrder = bigAt<std::uint32_t>(head, 96);
    const std::size_t headerBytes = bigAt<std::uint32_t>(head, 100);
    judge.demand(headerBytes >= version3Bytes && headerBytes <= 1024 && headerBytes % 8 == 0, "a header of 104 to 1024 bytes");
    judge.demand(h.refcountOrder <= 6, "refcounts of at most 64 bits");
    judge.speak((h.features & ~(dirtyFeature | packingFeature)) == 0, "this image's features");
    if (judge.verdict && (h.features & packingFeature) != 0) {
        const auto packing = headerBytes > 104 ? std::to_integer<int>(head[104]) : 0;
        judge.speak(packing <= 1, "this image's compression");
        h.packing = packing == 1 ? Packing::Zstd : Packing::Deflate;
    }
    return headerBytes;
}

}

std::uint64_t Header::l1Needed(std::uint64_t bytes) const
{
    const std::uint64_t covered = clusterBytes() * l2Entries();
    return bytes / covered + (bytes % covered != 0 ? 1 : 0);
}

Result<Header> readHeader(int fd, const std::string &path)
{
    const auto fileBytes = fileSize(fd);
    if (!fileBytes) {
        return tl::unexpected(fileBytes.error());
    }
    std::vector<std::byte> head(4096);
    if (auto done = readAt(fd, 0, head); !done) {
        return tl::unexpected(done.error());
    }
    Judge judge {path, *fileBytes};
    Header h;
    h.version = bigAt<std::uint32_t>(head, 4);
    judge.demand(*fileBytes >= 72 && bigAt<std::uint32_t>(head, 0) == magic, "a qcow2 image");
    judge.demand(h.version == 2 || h.version == 3, "version 2 or 3");
    const auto backingOffset = bigAt<std::uint64_t>(head, 8);
    const auto backingLength = bigAt<std::uint32_t>(head, 16);
    h.clusterBits = bigAt<std::uint32_t>(head, 20);
    judge.demand(h.clusterBits >= 9 && h.clusterBits <= 21, "clusters of 512 bytes to 2 MiB");
    h.size = bigAt<std::uint64_t>(head, 24);
    judge.demand(h.size <= largestDisk, "a disk of at most 64 TiB");
    judge.speak(bigAt<std::uint32_t>(head, 32) == 0, "encrypted images");
    h.l1Entries = bigAt<std::uint32_t>(head, 36);
    h.l1Offset = bigAt<std::uint64_t>(head, 40);
    h.refcountOffset = bigAt<std::uint64_t>(head, 48);
    h.refcountClusters = bigAt<std::uint32_t>(head, 56);
    h.snapshots = bigAt<std::uint32_t>(head, 60);
    h.snapshotsOffset = bigAt<std::uint64_t>(head, 64);
    const std::size_t headerBytes = judge.verdict && h.version == 3 ? readVersion3(head, h, judge) : 72;
    if (!judge.verdict) {
        return tl::unexpected(judge.verdict.error());
    }
    judge.demand(h.l1Entries <= largestL1 && h.l1Entries >= h.l1Needed(h.size), "an L1 table that covers the disk");
    judge.demand(h.l1Offset % h.clusterBytes() == 0 && h.l1Offset <= *fileBytes && std::uint64_t(h.l1Entries) * 8 <= *fileBytes - h.l1Offset,
        "an L1 table within the file");
    judge.demand(h.snapshots <= 65536, "at most 65536 snapshots");
    if (judge.verdict) {
        readExtensions(head, headerBytes, std::min<std::size_t>(head.size(), h.clusterBytes()), h, judge);
    }
    if (backingOffset != 0) {
        judge.demand(backingLength >= 1 && backingLength <= 1023, "a backing file name of 1 to 1023 bytes");
        judge.demand(backingOffset + backingLength <= std::min<std::uint64_t>(head.size(), h.clusterBytes()),
            "the backing file's name within the first cluster");
        if (judge.verdict) {
            h.backingFile.assign(reinterpret_cast<const char *>(head.data() + backingOffset), backingLength);
        }
    }
    if (!judge.verdict) {
        return tl::unexpected(judge.verdict.error());
    }
    return h;
}

std::vector<std::byte> headerCluster(const Header &header)
{
    std::vector<std::byte> head(header.clusterBytes());
    const auto put32 = [&](std::size_t at, std::uint32_t value) { putBig(head, at, value); };
    const auto put64 = [&](std::size_t at, std::uint64_t value) { putBig(head, at, value); };
    put32(0, static_cast<std::uint32_t>(magic));
    put32(4, 3);
    put32(20, header.clusterBits);
    put64(24, header.size);
    put32(36, header.l1Entries);
    put64(40, header.l1Offset);
    put64(48, header.refcountOffset);
    put32(56, header.refcountClusters);
    put32(96, header.refcountOrder);
    put32(100, version3Bytes);
    std::size_t at = version3Bytes;
    const auto text = [&](const std::string &words) { std::memcpy(head.data() + at, words.data(), words.size()); };
    if (!header.backingFile.empty()) {
        put32(at, backingFormatExtension);
        put32(at + 4, static_cast<std::uint32_t>(header.backingFormat.size()));
        at += 8;
        text(header.backingFormat);
        at += (header.backingFormat.size() + 7) / 8 * 8 + 8;
        put64(8, at);
        put32(16, static_cast<std::uint32_t>(header.backingFile.size()));
        text(header.backingFile);
    }
    return head;
}

Result<std::vector<std::uint64_t>> readTable(int fd, std::uint64_t offset, std::size_t entries)
{
    std::vector<std::uint64_t> table(entries);
    if (auto done = readAt(fd, offset, std::as_writable_bytes(std::span(table))); !done) {
        return tl::unexpected(done.error());
    }
    for (auto &entry : table) {
        entry = fromBig(entry);
    }
    return table;
}

std::vector<std::byte> tableBytes(std::span<const std::uint64_t> entries)
{
    std::vector<std::byte> bytes(entries.size() * 8);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        putBig(std::span(bytes), i * 8, entries[i]);
    }
    return bytes;
}

}
