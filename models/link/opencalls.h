// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace grpc {
class ClientContext;
}

namespace portulan {

/// The calls of one link that are under way. Dropping it ends them all and returns once gRPC has let go of them (milliseconds). What they hold of
/// a connection is dropped by the link's thread only: one of gRPC's own, dropping the last connection there is, would wait for itself.
class OpenCalls {
public:
    OpenCalls() = default;
    ~OpenCalls();
    OpenCalls(const OpenCalls &) = delete;
    OpenCalls &operator=(const OpenCalls &) = delete;

    /// Before a call begins; one that begins while everything ends is cancelled at once.
    void begin(grpc::ClientContext *context);
    /// The last thing a call does in gRPC's thread; `rest`, all that is left of it, is kept for sweep().
    void end(grpc::ClientContext *context, std::shared_ptr<void> rest);
    /// Drops what is left of calls, when none is under way; from the link's thread.
    void sweep();

private:
    std::mutex m_mutex;
    std::condition_variable m_over;
    std::set<grpc::ClientContext *> m_open;
    std::vector<std::shared_ptr<void>> m_spent;
    bool m_closing = false;
};

}
