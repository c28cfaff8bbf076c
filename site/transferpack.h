// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/transferframe.h"

#include <memory>

struct ZSTD_CCtx_s;

namespace portulan::site {

/// Where a chunk is read to and becomes a frame: header and bytes lie next to each other, the bytes page-aligned. One a connection.
class ChunkPacker {
public:
    ChunkPacker();
    ~ChunkPacker();
    ChunkPacker(const ChunkPacker &) = delete;
    ChunkPacker &operator=(const ChunkPacker &) = delete;

    std::span<std::byte> raw(std::size_t bytes); ///< read the chunk into this
    static bool isZero(std::span<const std::byte> bytes);
    // The frame of what lies in raw(), compressed if that is wanted and worth it (a probe of 64 KiB decides). Good until the next call.
    std::span<const std::byte> pack(FrameHeader header, bool compress);
    std::span<const std::byte> zeros(FrameHeader header); ///< that it is nothing else
    std::span<const std::byte> patch(FrameHeader header, const Blocks &blocks, bool compress); ///< only these blocks of it

private:
    struct FreeBytes {
        void operator()(std::byte *bytes) const;
    };
    struct FreeContext {
        void operator()(ZSTD_CCtx_s *context) const;
    };
    std::size_t squeeze(std::span<const std::byte> raw); ///< 0: not worth it
    std::span<const std::byte> frame(FrameHeader header, std::byte *body, std::size_t bytes, bool compress);
    std::unique_ptr<std::byte, FreeBytes> m_plain;
    std::unique_ptr<std::byte, FreeBytes> m_patch;
    std::unique_ptr<std::byte, FreeBytes> m_packed;
    std::unique_ptr<ZSTD_CCtx_s, FreeContext> m_context;
};

}
