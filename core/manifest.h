// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/digestpages.h"
#include "core/hasher.h"
#include "core/result.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

namespace portulan {

std::string toHex(const Digest &digest);
Result<Digest> digestFrom(std::string_view hex); ///< 64 lower-case digits, as toHex() writes; InvalidArgument otherwise

/// Digest tree of a block device or file as the guest sees it: SHA-256 of each 32 KiB block, over those of a 1 MiB chunk (the last of either may
/// be shorter), and a root over size, chunk size, block size and all chunk digests. Blocks are digested side by side, which halves the processor
/// time. Independent of the disk format; holes count as the zeros they read as.
class Manifest {
public:
    static constexpr std::uint32_t chunkBytes = 1u << 20;
    static constexpr std::uint32_t blockBytes = 1u << 15;
    /// How all this is named where digests are told: two that name another one have nothing to compare.
    static constexpr std::string_view algorithm = "sha256-32KiB-1MiB";
    /// SHA-256 over the SHA-256 of each block, of at most chunkBytes.
    static Digest digestOf(std::span<const std::byte> chunk);

    /// All zeros. With `asideIn`, a directory, what of the digests does not fit two MiB lies there, in a file without a name.
    explicit Manifest(std::uint64_t sizeBytes = 0, std::string asideIn = {});
    std::uint64_t sizeBytes() const { return m_size; }
    std::size_t chunks() const { return std::size_t(m_size / chunkBytes + (m_size % chunkBytes == 0 ? 0 : 1)); }
    std::uint32_t sizeOf(std::size_t chunk) const;
    Digest digest(std::size_t chunk) const;
    void set(std::size_t chunk, const Digest &digest);
    /// SHA-256 over the size (8 bytes, big-endian), chunkBytes and blockBytes (4 bytes each, big-endian) and the chunk digests in order.
    Digest root() const;
    /// Digest of `bytes` zeros, bytes <= chunkBytes; cached for the full chunk.
    static Digest zeros(std::uint32_t bytes);
    bool operator==(const Manifest &other) const;

private:
    static constexpr std::size_t pageChunks = DigestPages::pageDigests;
    static const Digest &zeroChunk();
    std::size_t inPage(std::size_t page) const { return std::min(pageChunks, chunks() - page * pageChunks); }
    const Digest &zerosAt(std::size_t chunk) const { return chunk + 1 < chunks() ? zeroChunk() : m_lastZeros; }
    std::uint64_t m_size = 0;
    Digest m_lastZeros; ///< of the last one
    DigestPages m_pages; ///< one that was never made is all zeros, so that an empty disk of any size costs next to nothing
};

}
