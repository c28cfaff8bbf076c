// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/manifest.h"

#include <functional>
#include <memory>
#include <optional>
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
    std::uint64_t records() const; ///< later ones of a chunk and earlier ones
    /// Only what `next` tells, until it tells nothing, is noted from now on: the same in fewer records. Durable on return.
    Result<> rewrite(const std::function<std::optional<NotedChunk>()> &next);

private:
    TransferLog(int file, std::string path, const Digest &subject)
        : m_file(file)
        , m_path(std::move(path))
        , m_subject(subject)
    {
    }
    Result<> load(const std::function<void(const NotedChunk &)> &earlier);
    Result<> syncName();
    int m_file;
    const std::string m_path;
    const Digest m_subject;
    bool m_isNamed = true; ///< durably: what is noted in a file that a crash puts another in the place of, would be lost
    std::uint64_t m_end = 0;
};

}
