// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QString>
#include <memory>
#include <span>

namespace portulan::ctl {

/// The bytes of a disk as its guest sees them. Blocks.
class DiskImage {
public:
    virtual ~DiskImage() = default;
    virtual std::uint64_t sizeBytes() const = 0;
    /// Where bytes other than zero may begin, at or after `offset`; the size if nowhere.
    virtual Result<std::uint64_t> dataFrom(std::uint64_t offset) = 0;
    virtual Result<> read(std::uint64_t offset, std::span<std::byte> into) = 0;
};

/// An image of a format that QEMU knows, served by qemu-nbd on a socket of its own, to us alone and read-only.
class NbdImage final : public DiskImage {
public:
    /// Unsupported{what} without QEMU's tools; Malformed{file, expected} if they cannot read it.
    static Result<std::unique_ptr<NbdImage>> open(const QString &path, const QString &format);
    ~NbdImage() override;

    std::uint64_t sizeBytes() const override;
    Result<std::uint64_t> dataFrom(std::uint64_t offset) override;
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override;

private:
    struct Data;
    explicit NbdImage(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

}
