// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/fingerprint.h"

#include <string>

namespace portulan::site {

// The data plane's bytes, inside mutually authenticated TLS 1.3 with ALPN "portulan-data/1". Integers are big-endian.
//
//   source → destination   Opening   "PTLD", version u32 = 1, token of the reservation (32 bytes)
//   destination → source   Answer    u8 0: go on · 1: a problem follows, length u32 <= 4096, JSON {"reason","facts","detail"}
//   source → destination   Frame*    kind u8, codec u8, zero u16, disk u32, chunk u64, raw length u32, stored length u32,
//                                    SHA-256 of the raw bytes (32), then the stored bytes
//                              kind 1: a chunk
//                              kind 3: a patch (site/fingerprint.h) that makes a chunk of what the destination holds in its place; length and
//                                      SHA-256 are the whole chunk's
//   source → destination   End       the same header with kind u8 2 and all else zero
//   destination → source   Answer    0: all that came over this connection is durable and was read back as what it was sent as; a problem of
//                                    reason INTEGRITY with the fact what: patch: all but patches that did not fit, which do not count
//
// The destination may answer with a problem at any time; the source looks before each frame.

inline constexpr std::size_t tokenBytes = 32;
using Token = std::array<std::byte, tokenBytes>;

inline constexpr std::size_t openingBytes = 40;
std::array<std::byte, openingBytes> opening(const Token &token);
Result<Token> tokenFrom(std::span<const std::byte, openingBytes> bytes); ///< Malformed, Version

enum class FrameKind : std::uint8_t { Chunk = 1, End = 2, Patch = 3 };
enum class Codec : std::uint8_t { None = 0, Zstd = 1, Zeros = 2 }; ///< Zeros: of a chunk, nothing follows

/// What precedes a chunk. `disk` counts in the order of the reservation, `chunk` in Manifest::chunkBytes.
struct FrameHeader {
    FrameKind kind = FrameKind::Chunk;
    Codec codec = Codec::None;
    std::uint32_t disk = 0;
    std::uint64_t chunk = 0;
    std::uint32_t rawBytes = 0; ///< 1 … Manifest::chunkBytes
    std::uint32_t storedBytes = 0; ///< as it travels; of a chunk rawBytes when Codec::None, less otherwise
    Digest digest {}; ///< of the raw bytes
    bool operator==(const FrameHeader &) const = default;
};
inline constexpr std::size_t frameHeaderBytes = 56;
inline constexpr std::size_t mostStoredBytes = Manifest::chunkBytes + patchMapBytes;
void put(const FrameHeader &header, std::span<std::byte, frameHeaderBytes> into);
/// Malformed on anything out of bounds, so that a reader never allocates or reads more than a chunk.
Result<FrameHeader> frameHeaderFrom(std::span<const std::byte, frameHeaderBytes> bytes);

inline constexpr std::size_t maxProblemBytes = 4096;
std::vector<std::byte> answer(const Result<> &result); ///< facts and detail are shortened until it fits
/// The problem in the JSON of an answer; what cannot be read is Malformed itself.
Problem problemFrom(std::span<const std::byte> json);

}
