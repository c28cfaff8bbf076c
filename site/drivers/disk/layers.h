// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/qcow2format.h"

namespace portulan::site {

/// Where a run of a disk's bytes is to be found.
struct Piece {
    enum Kind { Zero, Plain, Packed } kind = Zero;
    std::uint64_t length = 0; ///< bytes of the disk
    int file = -1;
    std::uint64_t fileOffset = 0;
    // A compressed cluster: where it lies, how long it is, where in it the run begins.
    std::uint64_t packedBytes = 0;
    std::uint64_t clusterBytes = 0;
    std::uint64_t within = 0;
    qcow2::Packing packing = qcow2::Packing::Deflate;
};

/// One image of a chain. Thread safe.
class Layer {
public:
    virtual ~Layer() = default;
    virtual std::uint64_t sizeBytes() const = 0;
    /// A run from `offset`, 1 to `most` bytes long, all of one kind. `offset` lies within the disk.
    virtual Result<Piece> locate(std::uint64_t offset, std::uint64_t most) = 0;
};

Result<std::unique_ptr<Layer>> openQcow2Layer(const std::string &path, const Trust &trust);
Result<std::unique_ptr<Layer>> openRawLayer(const std::string &path);

/// The bytes of a piece; `into` is as long as the piece. Integrity if a compressed cluster does not unpack.
Result<> fetch(const Piece &piece, std::span<std::byte> into);

}
