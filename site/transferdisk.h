// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/transfersend.h"

#include <algorithm>
#include <unordered_map>

namespace portulan::site {

/// What the source knows of one disk, chunk by chunk, while it sends it. Locked by its owner.
struct Sending::Disk {
    Disk(std::uint64_t size, const std::string &asideIn)
        : manifest(size, asideIn)
        , data(manifest.chunks())
        , known(manifest.chunks())
        , doubted(manifest.chunks())
        , pending(manifest.chunks())
        , have(manifest.chunks())
        , stale(manifest.chunks())
        , tried(manifest.chunks())
    {
    }
    bool isThere(std::uint64_t chunk) const { return have.contains(chunk); }
    bool isZero(std::uint64_t chunk) const { return manifest.digest(chunk) == Manifest::zeros(manifest.sizeOf(chunk)); }
    /// Nothing of it has to be read or sent.
    bool isDone(std::uint64_t chunk) const { return known.contains(chunk) && (isThere(chunk) || (isZero(chunk) && isBlankThere(chunk))); }
    /// The zeros a fresh disk reads as: never sent, and held by no older copy.
    bool isBlankThere(std::uint64_t chunk) const { return !stale.contains(chunk) && !tried.contains(chunk); }
    void add(const Extent &extent)
    {
        const auto end = extent.offset + extent.length;
        data.put(extent.offset / Manifest::chunkBytes, (end + Manifest::chunkBytes - 1) / Manifest::chunkBytes, extent.length > 0);
    }
    std::int64_t bytesIn(const ChunkSet &set, std::uint64_t first, std::uint64_t end) const;
    /// Past all that is known and there: a pass over a large disk must not look at each chunk of it.
    std::uint64_t skipSettled(std::uint64_t chunk) const;
    void noteWritten(const Extent &extent);

    Manifest manifest;
    ChunkSet data; ///< may hold other than zeros
    ChunkSet known; ///< digested as it is now
    ChunkSet doubted; ///< digested as it was once
    ChunkSet pending; ///< the destination has to take them back
    ChunkSet have; ///< there
    ChunkSet stale; ///< there, but does not count: to be sent even if it is zeros
    ChunkSet tried; ///< sent once, and not taken back since: may lie there though nobody noted it
    /// Of chunks that were sent as they were once: what was written since.
    std::unordered_map<std::uint64_t, Blocks> written;
    static constexpr std::size_t mostWritten = 200'000; ///< beyond, the destination is asked what it holds
    bool sure = false; ///< what is known is there: the last send() said so at its end
    bool mapped = false;
    std::uint64_t next = 0;
    std::shared_ptr<BlockReader> reader;
};

}
