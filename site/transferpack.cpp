// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferpack.h"

#include <cstdlib>
#include <cstring>
#include <zstd.h>

namespace portulan::site {

namespace {
constexpr std::size_t page = 4096;
constexpr std::size_t probeBytes = 64 << 10;
constexpr int level = -1;

std::size_t roundedUp(std::size_t bytes)
{
    return (bytes + page - 1) / page * page;
}
std::byte *pages(std::size_t bytes)
{
    return static_cast<std::byte *>(std::aligned_alloc(page, roundedUp(bytes)));
}
}

void ChunkPacker::FreeBytes::operator()(std::byte *bytes) const
{
    std::free(bytes);
}
void ChunkPacker::FreeContext::operator()(ZSTD_CCtx_s *context) const
{
    ZSTD_freeCCtx(context);
}

ChunkPacker::ChunkPacker()
    : m_plain(pages(page + Manifest::chunkBytes))
{
}

ChunkPacker::~ChunkPacker() = default;

std::span<std::byte> ChunkPacker::raw(std::size_t bytes)
{
    return {m_plain.get() + page, bytes};
}

bool ChunkPacker::isZero(std::span<const std::byte> bytes)
{
    // Compared with itself one byte on: libc's memcmp leaves at the first byte of data.
    return bytes.empty() || (bytes[0] == std::byte {0} && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

std::size_t ChunkPacker::squeeze(std::span<const std::byte> raw)
{
    if (!m_context) {
        m_context.reset(ZSTD_createCCtx());
        m_packed.reset(pages(page + ZSTD_compressBound(mostStoredBytes)));
    }
    auto *out = m_packed.get() + page;
    const auto room = ZSTD_compressBound(mostStoredBytes);
    if (raw.size() > 2 * probeBytes) {
        const auto probe = ZSTD_compressCCtx(m_context.get(), out, room, raw.data() + raw.size() / 2, probeBytes, level);
        if (ZSTD_isError(probe) || probe > probeBytes * 9 / 10) {
            return 0;
        }
    }
    const auto packed = ZSTD_compressCCtx(m_context.get(), out, room, raw.data(), raw.size(), level);
    return ZSTD_isError(packed) || packed > raw.size() * 9 / 10 ? 0 : packed;
}

std::span<const std::byte> ChunkPacker::frame(FrameHeader header, std::byte *body, std::size_t bytes, bool compress)
{
    const auto packed = compress ? squeeze({body, bytes}) : 0;
    header.codec = packed > 0 ? Codec::Zstd : Codec::None;
    header.storedBytes = static_cast<std::uint32_t>(packed > 0 ? packed : bytes);
    auto *frame = (packed > 0 ? m_packed.get() + page : body) - frameHeaderBytes;
    put(header, std::span<std::byte, frameHeaderBytes>(frame, frameHeaderBytes));
    return {frame, frameHeaderBytes + header.storedBytes};
}

std::span<const std::byte> ChunkPacker::pack(FrameHeader header, bool compress)
{
    return frame(header, m_plain.get() + page, header.rawBytes, compress);
}

std::span<const std::byte> ChunkPacker::zeros(FrameHeader header)
{
    header.codec = Codec::Zeros;
    header.storedBytes = 0;
    auto *frame = m_plain.get() + page - frameHeaderBytes;
    put(header, std::span<std::byte, frameHeaderBytes>(frame, frameHeaderBytes));
    return {frame, frameHeaderBytes};
}

std::span<const std::byte> ChunkPacker::patch(FrameHeader header, const Blocks &blocks, bool compress)
{
    if (!m_patch) {
        m_patch.reset(pages(page + mostStoredBytes));
    }
    const auto bytes = patchBytes(blocks, header.rawBytes);
    header.kind = FrameKind::Patch;
    putPatch(blocks, raw(header.rawBytes), {m_patch.get() + page, bytes});
    return frame(header, m_patch.get() + page, bytes, compress);
}

}
