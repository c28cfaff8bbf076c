// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/manifest.h"

#include <bitset>
#include <functional>

namespace portulan::site {

// A chunk in blocks, the smallest part of it that travels alone.
inline constexpr std::uint32_t blockBytes = 4096;
inline constexpr std::size_t chunkBlocks = Manifest::chunkBytes / blockBytes;
using Blocks = std::bitset<chunkBlocks>;

inline std::size_t blocksOf(std::size_t chunkSize)
{
    return (chunkSize + blockBytes - 1) / blockBytes;
}
/// Of that block; the last one of a disk may be shorter.
inline std::size_t blockSize(std::size_t block, std::size_t chunkSize)
{
    return std::min<std::size_t>(blockBytes, chunkSize - block * blockBytes);
}

/// Which blocks of a chunk differ is found by fingerprints (XXH3-128): quick, and no proof of anything. What is made of it is proven by the
/// SHA-256 of the whole chunk.
inline constexpr std::size_t printBytes = 16;
std::vector<std::byte> fingerprintsOf(std::span<const std::byte> chunk); ///< empty of zeros
/// The blocks of a chunk that are not what these fingerprints are of. Empty ones stand for zeros, too few for nothing known.
Blocks differing(std::span<const std::byte> chunk, std::span<const std::byte> prints);

// A patch: which blocks of a chunk differ from what is there, a bit each, least significant first, then their bytes in order.
inline constexpr std::size_t patchMapBytes = chunkBlocks / 8;
std::size_t patchBytes(const Blocks &blocks, std::size_t chunkSize);
void putPatch(const Blocks &blocks, std::span<const std::byte> chunk, std::span<std::byte> into); ///< patchBytes() long
/// The blocks it names; Malformed unless they are all there, no more, and within the chunk.
Result<Blocks> patchedBlocks(std::span<const std::byte> patch, std::size_t chunkSize);
/// Tells of each run of neighbouring blocks where in the chunk it belongs, until one is refused. `blocks`: those of patchedBlocks().
using PatchWrite = std::function<Result<>(std::size_t offset, std::span<const std::byte> bytes)>;
Result<> applyPatch(const Blocks &blocks, std::span<const std::byte> patch, std::size_t chunkSize, const PatchWrite &write);

}
