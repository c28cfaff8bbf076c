// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/layers.h"

#include <algorithm>
#include <zlib.h>
#include <zstd.h>

namespace portulan::site {

namespace {

bool inflateCluster(std::span<const std::byte> packed, std::span<std::byte> into)
{
    z_stream stream {};
    if (inflateInit2(&stream, -12) != Z_OK) { // raw deflate, window of 4 KiB, as QEMU writes it
        return false;
    }
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<std::byte *>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef *>(into.data());
    stream.avail_out = static_cast<uInt>(into.size());
    const int result = inflate(&stream, Z_FINISH);
    const bool whole = stream.avail_out == 0 && (result == Z_STREAM_END || result == Z_BUF_ERROR);
    inflateEnd(&stream);
    return whole;
}

bool unzstdCluster(std::span<const std::byte> packed, std::span<std::byte> into)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    ZSTD_inBuffer in {packed.data(), packed.size(), 0};
    ZSTD_outBuffer out {into.data(), into.size(), 0};
    while (out.pos < out.size) { // the last sector is padded, so the end of input says nothing
        const std::size_t before = out.pos, taken = in.pos;
        if (ZSTD_isError(ZSTD_decompressStream(context.get(), &out, &in)) != 0 || (out.pos == before && in.pos == taken)) {
            return false;
        }
    }
    return true;
}

}

Result<> fetch(const Piece &piece, std::span<std::byte> into)
{
    switch (piece.kind) {
    case Piece::Zero:
        std::ranges::fill(into, std::byte {0});
        return {};
    case Piece::Plain:
        return readAt(piece.file, piece.fileOffset, into);
    case Piece::Packed:
        break;
    }
    std::vector<std::byte> packed(static_cast<std::size_t>(piece.packedBytes)), whole(static_cast<std::size_t>(piece.clusterBytes));
    if (auto done = readAt(piece.file, piece.fileOffset, packed); !done) {
        return done;
    }
    if (!(piece.packing == qcow2::Packing::Zstd ? unzstdCluster(packed, whole) : inflateCluster(packed, whole))) {
        return refuse(Reason::Integrity, {{"where", "compressed cluster"}, {"expected", "data that unpacks"}});
    }
    std::ranges::copy(std::span(whole).subspan(static_cast<std::size_t>(piece.within), into.size()), into.begin());
    return {};
}

}
