// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/transfersend.h"

#include <algorithm>

namespace portulan::site {

/// What the source knows of one disk, chunk by chunk, while it sends it. Locked by its owner.
struct Sending::Disk {
    explicit Disk(std::uint64_t size)
        : manifest(size)
        , states(manifest.chunks(), State::Unread)
        , pending(manifest.chunks())
    {
    }
    enum class State : std::uint8_t { Unread, Known, Doubted }; ///< Known: digested as it is now; Doubted: as it was once
    static bool isSet(const std::vector<std::byte> &bits, std::uint64_t i)
    {
        return i / 8 < bits.size() && (bits[i / 8] >> (i % 8) & std::byte {1}) != std::byte {0};
    }
    bool isThere(std::uint64_t chunk) const { return isSet(have, chunk); }
    bool isKnown(std::uint64_t chunk) const { return states[chunk] == State::Known; }
    bool isZero(std::uint64_t chunk) const { return manifest.digest(chunk) == Manifest::zeros(manifest.sizeOf(chunk)); }
    /// Nothing of it has to be read or sent.
    bool isDone(std::uint64_t chunk) const { return isKnown(chunk) && (isThere(chunk) || (isZero(chunk) && !isSet(stale, chunk))); }
    void add(std::uint64_t first, std::uint64_t end)
    {
        for (auto chunk = first; chunk < std::min<std::uint64_t>(end, manifest.chunks()); ++chunk) {
            chunks.push_back(chunk);
        }
    }
    void order()
    {
        std::ranges::sort(chunks);
        chunks.erase(std::unique(chunks.begin(), chunks.end()), chunks.end());
    }

    Manifest manifest;
    std::vector<State> states;
    std::vector<bool> pending; ///< the destination has to take them back
    std::vector<std::byte> have;
    std::vector<std::byte> stale; ///< have to be sent even if they are zeros
    std::vector<std::uint64_t> chunks; ///< those that may hold data
    bool mapped = false;
    std::size_t next = 0;
    std::shared_ptr<BlockReader> reader;
};

}
