// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "gateway.pb.h"
#include "site/calls.h"
#include "site/depot.h"

#include <atomic>

namespace portulan::site {

/// Hands a file out, chunk by chunk at the reader's pace; the last chunk carries the SHA-256 of the whole. There is at most one step under
/// way, so nothing needs a lock.
class Outlet final : public grpc::ServerWriteReactor<v1::ContentChunk>, private Progress {
public:
    using Open = std::function<Result<std::unique_ptr<Download>>(const std::string &who, Progress &progress)>;
    Outlet(grpc::CallbackServerContext *context, Calls &calls, Workers &porters, Open open);

    void OnWriteDone(bool ok) override;
    void OnCancel() override { m_cancelled = true; }
    void OnDone() override { delete this; }

private:
    void begin();
    void next();
    void finish(const grpc::Status &status);
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return m_cancelled; }

    Workers &m_porters;
    Open m_open;
    Calls::Caller m_caller;
    std::unique_ptr<Download> m_download;
    Hasher m_digest;
    v1::ContentChunk m_chunk;
    bool m_last = false;
    std::atomic<bool> m_cancelled = false;
};

}
