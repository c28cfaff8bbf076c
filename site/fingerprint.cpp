// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/fingerprint.h"

#include "site/transferpack.h"

#include <algorithm>
#include <cstring>
#include <xxhash.h>

namespace portulan::site {

namespace {

void print(std::span<const std::byte> block, std::byte *into)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(block.data(), block.size()));
    std::memcpy(into, canonical.digest, printBytes);
}

std::span<const std::byte> blockIn(std::span<const std::byte> chunk, std::size_t block)
{
    return chunk.subspan(block * blockBytes, blockSize(block, chunk.size()));
}

}

std::vector<std::byte> fingerprintsOf(std::span<const std::byte> chunk)
{
    if (ChunkPacker::isZero(chunk)) {
        return {};
    }
    std::vector<std::byte> prints(blocksOf(chunk.size()) * printBytes);
    for (std::size_t block = 0; block < blocksOf(chunk.size()); ++block) {
        print(blockIn(chunk, block), &prints[block * printBytes]);
    }
    return prints;
}

Blocks differing(std::span<const std::byte> chunk, std::span<const std::byte> prints)
{
    Blocks found;
    const bool known = prints.size() == blocksOf(chunk.size()) * printBytes;
    for (std::size_t block = 0; block < blocksOf(chunk.size()); ++block) {
        const auto bytes = blockIn(chunk, block);
        std::array<std::byte, printBytes> own;
        if (prints.empty()) {
            found[block] = !ChunkPacker::isZero(bytes);
        } else if (known) {
            print(bytes, own.data());
            found[block] = std::memcmp(own.data(), &prints[block * printBytes], printBytes) != 0;
        } else {
            found[block] = true;
        }
    }
    return found;
}

std::size_t patchBytes(const Blocks &blocks, std::size_t chunkSize)
{
    const auto last = blocksOf(chunkSize) - 1;
    return patchMapBytes + blocks.count() * blockBytes - (blocks[last] ? blockBytes - blockSize(last, chunkSize) : 0);
}

void putPatch(const Blocks &blocks, std::span<const std::byte> chunk, std::span<std::byte> into)
{
    std::ranges::fill(into.first(patchMapBytes), std::byte {0});
    auto *at = into.data() + patchMapBytes;
    for (std::size_t block = 0; block < blocksOf(chunk.size()); ++block) {
        if (blocks[block]) {
            into[block / 8] |= std::byte {1} << (block % 8);
            const auto bytes = blockIn(chunk, block);
            std::memcpy(at, bytes.data(), bytes.size());
            at += bytes.size();
        }
    }
}

Result<Blocks> patchedBlocks(std::span<const std::byte> patch, std::size_t chunkSize)
{
    Blocks blocks;
    for (std::size_t block = 0; patch.size() >= patchMapBytes && block < chunkBlocks; ++block) {
        blocks[block] = (patch[block / 8] >> (block % 8) & std::byte {1}) != std::byte {0};
    }
    const bool within = chunkSize > 0 && (blocks >> blocksOf(chunkSize)).none();
    if (patch.size() < patchMapBytes || !within || patch.size() != patchBytes(blocks, chunkSize)) {
        return refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "a patch of its chunk"}});
    }
    return blocks;
}

Result<> applyPatch(const Blocks &blocks, std::span<const std::byte> patch, std::size_t chunkSize, const PatchWrite &write)
{
    Result<> done;
    patch = patch.subspan(patchMapBytes);
    for (std::size_t block = 0; done && block < blocksOf(chunkSize); ++block) {
        const auto first = block;
        while (block < blocksOf(chunkSize) && blocks[block]) {
            ++block;
        }
        if (block > first) {
            const auto offset = first * blockBytes, length = std::min<std::size_t>(block * blockBytes, chunkSize) - offset;
            done = write(offset, patch.first(length));
            patch = patch.subspan(length);
        }
    }
    return done;
}

}
