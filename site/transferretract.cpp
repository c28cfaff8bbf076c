// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the destination takes back of a transfer: chunks whose machine has written them again since.
#include "site/transferpack.h"
#include "site/transferreceive.h"

#include <algorithm>

namespace portulan::site {

namespace {

bool isSet(std::span<const std::byte> bits, std::uint64_t i)
{
    return i / 8 < bits.size() && (bits[i / 8] >> (i % 8) & std::byte {1}) != std::byte {0};
}

}

void Receiving::forget(const NotedChunk &chunk)
{
    auto &disk = m_disks[chunk.parcel];
    auto &state = disk.chunks[chunk.chunk];
    const auto size = disk.manifest.sizeOf(chunk.chunk);
    m_done -= state == Chunk::Here ? size : 0;
    state = Chunk::Stale;
    disk.manifest.set(chunk.chunk, Manifest::zeros(size));
    const auto bit = std::byte {1} << (chunk.chunk % 8);
    disk.durableChunks -= isSet(disk.durable, chunk.chunk) ? 1 : 0;
    disk.durable[chunk.chunk / 8] &= ~bit;
}

Result<> Receiving::takeBack(std::vector<NotedChunk> chunks)
{
    // What is written is noted first, so that the log keeps the order in which things happened.
    auto done = checkpoint();
    done = done && !chunks.empty() ? m_log->append(chunks) : done;
    const std::scoped_lock lock(m_mutex);
    for (const auto &chunk : done ? chunks : std::vector<NotedChunk>()) {
        forget(chunk);
    }
    return done;
}

Result<> Receiving::takeBack(std::size_t parcel, std::span<const std::byte> bits)
{
    std::vector<NotedChunk> chunks;
    for (std::uint64_t chunk = 0; chunk < std::min<std::uint64_t>(m_disks[parcel].chunks.size(), bits.size() * 8); ++chunk) {
        if (isSet(bits, chunk)) {
            chunks.push_back({static_cast<std::uint32_t>(parcel), chunk, {}});
        }
    }
    return takeBack(std::move(chunks));
}

Result<std::vector<NotedChunk>> Receiving::notZero(std::size_t parcel)
{
    const auto writer = writerOf(parcel);
    if (!writer) {
        return unexpected(writer.error());
    }
    std::vector<NotedChunk> found;
    std::vector<std::byte> bytes;
    for (std::uint64_t chunk = 0; chunk < m_disks[parcel].chunks.size(); ++chunk) {
        bool counts = false;
        {
            const std::scoped_lock lock(m_mutex);
            counts = m_disks[parcel].chunks[chunk] != Chunk::Missing;
            bytes.resize(m_disks[parcel].manifest.sizeOf(chunk));
        }
        if (!counts) { // written by an earlier life of this gateway, perhaps, which had no time to note it
            if (auto got = (*writer)->read(chunk * Manifest::chunkBytes, bytes); !got) {
                return unexpected(got.error());
            }
        }
        if (counts || !ChunkPacker::isZero(bytes)) {
            found.push_back({static_cast<std::uint32_t>(parcel), chunk, {}});
        }
    }
    return found;
}

Result<> Receiving::takeBackAll()
{
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        auto chunks = notZero(parcel);
        auto done = chunks ? takeBack(std::move(*chunks)) : Result<>(unexpected(chunks.error()));
        if (!done) {
            return done;
        }
    }
    return {};
}

std::vector<std::byte> Receiving::stale(std::size_t parcel) const
{
    const std::scoped_lock lock(m_mutex);
    const auto &chunks = m_disks[parcel].chunks;
    std::vector<std::byte> bits;
    for (std::size_t chunk = 0; chunk < chunks.size(); ++chunk) {
        if (chunks[chunk] == Chunk::Stale) {
            bits.resize((chunks.size() + 7) / 8);
            bits[chunk / 8] |= std::byte {1} << (chunk % 8);
        }
    }
    return bits;
}

}
