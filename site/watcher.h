// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "gateway.pb.h"
#include "site/authority.h"
#include "site/broadcast.h"
#include "site/calls.h"

#include <atomic>
#include <google/protobuf/arena.h>

namespace portulan::site {

/// One watch: the snapshot in pages, then changes as they are announced, a keep-alive every five seconds. It reads from the broadcast at the
/// watcher's own pace and keeps no queue: one that falls too far behind gets a fresh snapshot.
class Watcher final : public grpc::ServerWriteReactor<v1::WatchResponse>, public std::enable_shared_from_this<Watcher> {
public:
    static constexpr auto keepAlive = std::chrono::seconds(5);

    struct Wish {
        Sight sight;
        std::string resume;
        std::size_t pageSize = 500;
    };
    /// The reactor of a new watch; it keeps itself until gRPC is done with it.
    static Watcher *begin(Broadcast &broadcast, Calls &calls, Calls::Place place, Wish wish);

    void OnWriteDone(bool ok) override;
    void OnCancel() override;
    void OnDone() override;

private:
    Watcher(Broadcast &broadcast, Calls &calls, Calls::Place place, Wish wish);
    void start();
    void wake();
    void pump();
    void scheduleKeepAlive();
    bool compose(); ///< fills *m_message with what is next; false if there is nothing
    void clear();
    bool composePage();
    bool composeChanges();
    void seal(v1::WatchResponse::Phase phase);
    void add(const Broadcast::Shared &change);

    Broadcast &m_broadcast;
    Calls &m_calls;
    Calls::Place m_place;
    const Wish m_wish;
    std::shared_ptr<Watcher> m_self;
    Broadcast::Ticket m_listening;

    std::atomic<bool> m_woken = false;
    std::mutex m_mutex;
    Timer::Ticket m_timer;
    bool m_writing = false;
    bool m_finished = false;
    bool m_cancelled = false;
    bool m_keepAliveDue = false;
    std::optional<Broadcast::Snapshot> m_snapshot;
    std::size_t m_position = 0; ///< in the snapshot
    std::uint64_t m_revision = 0; ///< told up to here
    google::protobuf::Arena m_arena; ///< a page is made of thousands of parts, and dropped whole
    v1::WatchResponse *m_message = nullptr; ///< in the arena; gRPC's while m_writing
    std::size_t m_messageBytes = 0; ///< of its changes
};

}
