// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What lies on the destination's disks and does not count: chunks whose machine has written them again since, older copies.
#include "site/transferpack.h"
#include "site/transferreceive.h"

#include <algorithm>

namespace portulan::site {

namespace {
constexpr std::size_t batch = 16384; // notes that are made durable at once
constexpr std::uint64_t leastRecords = 65536; // three MiB: not worth the trouble
constexpr std::uint64_t window = std::uint64_t(16) << 30; // of a disk's map

/// The chunks in which a disk may hold other than zeros.
Result<ChunkSet> occupied(BlockWriter &writer, const Manifest &manifest)
{
    ChunkSet chunks(manifest.chunks());
    for (std::uint64_t at = 0; at < manifest.sizeBytes(); at += window) {
        const auto extents = writer.extents(at, std::min(window, manifest.sizeBytes() - at));
        if (!extents) {
            return unexpected(extents.error());
        }
        for (const auto &extent : *extents) {
            const auto end = extent.offset + extent.length;
            chunks.put(extent.offset / Manifest::chunkBytes, (end + Manifest::chunkBytes - 1) / Manifest::chunkBytes, extent.length > 0);
        }
    }
    return chunks;
}
}

Result<> Receiving::markPrefilled()
{
    for (std::size_t parcel = 0; parcel < std::min(m_disks.size(), m_orders.prefilled.size()); ++parcel) {
        if (!m_orders.prefilled[parcel]) {
            continue;
        }
        const auto writer = m_orders.open(parcel);
        auto chunks = writer ? occupied(**writer, m_disks[parcel].manifest) : Result<ChunkSet>(unexpected(writer.error()));
        if (!chunks) {
            return unexpected(chunks.error());
        }
        m_disks[parcel].stale = std::move(*chunks);
    }
    return {};
}

void Receiving::forget(const NotedChunk &chunk)
{
    auto &disk = m_disks[chunk.parcel];
    const auto size = disk.manifest.sizeOf(chunk.chunk);
    m_done -= disk.here.contains(chunk.chunk) ? size : 0;
    disk.here.erase(chunk.chunk);
    disk.stale.insert(chunk.chunk);
    disk.manifest.set(chunk.chunk, Manifest::zeros(size));
    disk.durable.erase(chunk.chunk);
}

Result<> Receiving::takeBack(std::size_t parcel, const ChunkSet &chunks)
{
    // What is written is noted first, so that the log keeps the order in which things happened.
    auto done = checkpoint();
    done = done || done.error().reason != Reason::Integrity ? done : Result<>(); // what is wrong is stale by now
    std::vector<NotedChunk> noted;
    for (auto chunk = chunks.next(0); done && chunk < chunks.end();) {
        noted.clear();
        for (; chunk < chunks.end() && noted.size() < batch; chunk = chunks.next(chunk + 1)) {
            noted.push_back({static_cast<std::uint32_t>(parcel), chunk, {}});
        }
        done = m_log->append(noted);
        const std::scoped_lock lock(m_mutex);
        std::ranges::for_each(noted, [&](const auto &one) { done ? forget(one) : void(); });
    }
    return done.and_then([this] { return tidyLog(); });
}

/// A copy that follows its machine for weeks notes the same chunks again and again.
Result<> Receiving::tidyLog()
{
    const std::scoped_lock one(m_checkpointing);
    std::uint64_t known = 0;
    for (const auto &disk : m_disks) {
        known += disk.durable.count() + disk.stale.count();
    }
    if (m_log->records() < leastRecords + 4 * known) {
        return {};
    }
    std::uint32_t parcel = 0;
    std::uint64_t at = 0;
    return m_log->rewrite([&]() -> std::optional<NotedChunk> {
        const std::scoped_lock lock(m_mutex);
        for (; parcel < m_disks.size(); ++parcel, at = 0) {
            const auto &disk = m_disks[parcel];
            const auto chunk = std::min(disk.durable.next(at), disk.stale.next(at));
            if (chunk < disk.durable.end()) {
                at = chunk + 1;
                return NotedChunk {parcel, chunk, disk.durable.contains(chunk) ? disk.manifest.digest(chunk) : Digest {}};
            }
        }
        return std::nullopt;
    });
}

Result<> Receiving::takeBack(std::size_t parcel, std::span<const std::uint64_t> runs)
{
    ChunkSet chunks(m_disks[parcel].manifest.chunks());
    return chunks.add(0, runs) ? takeBack(parcel, chunks) : refuse(Reason::Malformed, {{"file", "reservation"}, {"expected", "chunks of the disk"}});
}

Result<ChunkSet> Receiving::notZero(std::size_t parcel)
{
    const auto writer = writerOf(parcel);
    auto found = writer ? occupied(**writer, m_disks[parcel].manifest) : Result<ChunkSet>(unexpected(writer.error()));
    if (!found) {
        return found;
    }
    std::vector<std::byte> bytes;
    const auto end = found->end();
    for (std::uint64_t chunk = 0; chunk < end; ++chunk) {
        bool counts = false, touched = false;
        {
            const std::scoped_lock lock(m_mutex);
            const auto &disk = m_disks[parcel];
            touched = disk.here.contains(chunk) || disk.stale.contains(chunk);
            counts = touched;
            bytes.resize(disk.manifest.sizeOf(chunk));
        }
        if (!touched && found->contains(chunk)) { // written by an earlier life of this gateway, perhaps, which had no time to note it
            if (auto got = (*writer)->read(chunk * Manifest::chunkBytes, bytes); !got) {
                return unexpected(got.error());
            }
            counts = !ChunkPacker::isZero(bytes);
        }
        found->put(chunk, chunk + 1, counts);
    }
    return found;
}

Result<> Receiving::takeBackAll()
{
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        auto chunks = notZero(parcel);
        auto done = chunks ? takeBack(parcel, *chunks) : Result<>(unexpected(chunks.error()));
        if (!done) {
            return done;
        }
    }
    return {};
}

Result<std::vector<Receiving::ChunkPrints>> Receiving::fingerprints(std::size_t parcel, std::uint64_t first, std::uint32_t count)
{
    std::vector<ChunkPrints> found;
    if (parcel >= m_disks.size() || count > mostPrints || first >= m_disks[parcel].manifest.chunks()) {
        return refuse(Reason::InvalidArgument, {{"field", "chunk"}, {"expected", "at most 128 chunks of a disk of the reservation"}});
    }
    const auto end = std::min<std::uint64_t>(first + count, m_disks[parcel].manifest.chunks());
    std::vector<std::byte> bytes;
    for (auto chunk = first; chunk < end; ++chunk) {
        {
            const std::scoped_lock lock(m_mutex);
            if (!m_disks[parcel].stale.contains(chunk)) {
                continue;
            }
            if (m_disks[parcel].lost.contains(chunk)) {
                found.push_back({chunk, {std::byte {0}}}); // nothing is known of it
                continue;
            }
            bytes.resize(m_disks[parcel].manifest.sizeOf(chunk));
        }
        const auto writer = writerOf(parcel);
        auto got = writer ? (*writer)->read(chunk * Manifest::chunkBytes, bytes) : Result<>(unexpected(writer.error()));
        if (!got) {
            return unexpected(got.error());
        }
        if (auto prints = fingerprintsOf(bytes); !prints.empty()) {
            found.push_back({chunk, std::move(prints)});
        }
    }
    return found;
}

}
