// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

namespace portulan::site {

/// An export of QEMU's NBD server, read over a socket in a machine's directory. Thread safe.
class NbdReader final : public BlockReader {
public:
    struct Place {
        std::string directory;
        std::string socket; ///< its name there
        std::string name; ///< of the export
        std::string bitmap; ///< of it; empty: none
    };
    /// Unreachable, Internal with libnbd's words.
    static Result<std::shared_ptr<NbdReader>> open(Place place);
    ~NbdReader() override;

    std::uint64_t sizeBytes() const override { return m_size; }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override;
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override;
    /// What the bitmap marks, ascending; if that is scattered wide, with what lies between.
    Result<std::vector<Extent>> marked();

private:
    struct Line; ///< one connection
    explicit NbdReader(Place place);
    Result<std::unique_ptr<Line>> take();
    void giveBack(std::unique_ptr<Line> line);
    Result<std::vector<Extent>> map(const std::string &context, std::uint64_t offset, std::uint64_t length);

    const Place m_place;
    std::uint64_t m_size = 0;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Line>> m_idle;
};

}
