// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/fd.h"

#include <bit>
#include <cstring>
#include <string>

namespace portulan::site {

/// The qcow2 format (QEMU's docs/interop/qcow2.txt), versions 2 and 3, as far as it is spoken here. All fields are big-endian on disk.
namespace qcow2 {
constexpr std::uint64_t magic = 0x514649FB; ///< "QFI\xfb"
constexpr std::uint64_t copied = std::uint64_t(1) << 63; ///< refcount is exactly one
constexpr std::uint64_t packed = std::uint64_t(1) << 62; ///< a compressed cluster
constexpr std::uint64_t zero = 1; ///< version 3: reads as zeros
constexpr std::uint64_t offsetMask = 0x00FFFFFFFFFFFE00;
constexpr std::uint64_t largestDisk = std::uint64_t(64) << 40; ///< 64 TiB; beyond is taken for an attack
constexpr std::uint32_t largestL1 = (32u << 20) / 8; ///< entries, QEMU's own limit

enum class Packing { Deflate, Zstd };

struct Header {
    std::uint32_t version = 3;
    std::uint32_t clusterBits = 16;
    std::uint64_t size = 0; ///< bytes, as the guest sees them
    std::uint32_t l1Entries = 0;
    std::uint64_t l1Offset = 0;
    std::uint64_t refcountOffset = 0;
    std::uint32_t refcountClusters = 1;
    std::uint32_t snapshots = 0;
    std::uint64_t snapshotsOffset = 0;
    std::uint32_t refcountOrder = 4; ///< 16 bits
    std::uint64_t features = 0; ///< incompatible ones
    Packing packing = Packing::Deflate;
    std::string backingFile; ///< as written, empty: none
    std::string backingFormat; ///< "raw", "qcow2", empty: not said

    std::uint64_t clusterBytes() const { return std::uint64_t(1) << clusterBits; }
    std::uint64_t l2Entries() const { return clusterBytes() / 8; }
    /// L1 entries a disk of `bytes` needs.
    std::uint64_t l1Needed(std::uint64_t bytes) const;
};

/// Reads and checks every field against the file: Malformed{expected} if it is not a sane image, Unsupported{what} for features not spoken
/// (encryption, external data file, extended L2 entries). `path` is for messages.
Result<Header> readHeader(int fd, const std::string &path);
/// The first cluster of a new image.
std::vector<std::byte> headerCluster(const Header &header);

template <typename T>
T fromBig(T value)
{
    if constexpr (std::endian::native == std::endian::big || sizeof(T) == 1) {
        return value;
    } else if constexpr (sizeof(T) == 8) {
        return static_cast<T>(__builtin_bswap64(value));
    } else if constexpr (sizeof(T) == 4) {
        return static_cast<T>(__builtin_bswap32(value));
    } else {
        return static_cast<T>(__builtin_bswap16(value));
    }
}
template <typename T>
T bigAt(std::span<const std::byte> bytes, std::size_t offset)
{
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return fromBig(value);
}
template <typename T>
void putBig(std::span<std::byte> bytes, std::size_t offset, T value)
{
    value = fromBig(value);
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}
/// A table of big-endian 64-bit entries.
Result<std::vector<std::uint64_t>> readTable(int fd, std::uint64_t offset, std::size_t entries);
std::vector<std::byte> tableBytes(std::span<const std::uint64_t> entries);
}

}
