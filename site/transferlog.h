// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/manifest.h"

#include <functional>
#include <memory>
#include <string>

namespace portulan::site {

/// A chunk that is durable at the destination; without a digest one that was, and whose bytes no longer count.
struct NotedChunk {
    std::uint32_t parcel = 0;
    std::uint64_t chunk = 0;
    Digest digest {};
    bool isTakenBack() const { return digest == Digest {}; }
    bool operator==(const NotedChunk &) const = default;
};

/// Which chunks of a transfer are durable: an append-only file, each record with a check of its own, so that a torn end is recognised.
/// Later records of a chunk count.
class TransferLog {
public:
    /// `subject` says whose chunks they are; a file about another subject begins anew. `earlier` is told what it held. DiskFull, Internal.
    static Result<std::unique_ptr<TransferLog>> open(
        const std::string &file, const Digest &subject, const std::function<void(const NotedChunk &)> &earlier);
    ~TransferLog();
    TransferLog(const TransferLog &) = delete;
    TransferLog &operator=(const TransferLog &) = delete;

    /// Durable on return.
    Result<> append(std::span<const NotedChunk> chunks);

private:
    explicit TransferLog(int file)
        : m_file(file)
    {
    }
    Result<> load(const Digest &subject, const std::function<void(const NotedChunk &)> &earlier);
    int m_file;
    std::uint64_t m_end = 0;
};

}
