// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

#include <atomic>

namespace portulan::site {

/// A disk that takes nothing in once what it holds is being compared.
class SealedWriter final : public BlockWriter {
public:
    SealedWriter(std::unique_ptr<BlockWriter> writer, const std::atomic<bool> &sealed)
        : m_writer(std::move(writer))
        , m_sealed(sealed)
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        return m_sealed ? refuse(Reason::Conflict, {{"state", "verified"}}, "it is verified, or about to be") : m_writer->write(offset, bytes);
    }
    Result<> flush() override { return m_writer->flush(); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_writer->read(offset, into); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_writer->extents(offset, length); }

private:
    std::unique_ptr<BlockWriter> m_writer;
    const std::atomic<bool> &m_sealed;
};

inline Result<std::unique_ptr<BlockWriter>> sealable(Result<std::unique_ptr<BlockWriter>> writer, const std::atomic<bool> &sealed)
{
    return writer ? std::make_unique<SealedWriter>(std::move(*writer), sealed) : std::move(writer);
}

}
