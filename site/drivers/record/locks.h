// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <vector>

namespace portulan::site {

/// One order at a time on one object. All of an order's objects are taken at once, so nobody waits holding some.
class Locks {
public:
    class Held {
    public:
        Held(Locks &locks, std::vector<ObjectId> ids)
            : m_locks(&locks)
            , m_ids(std::move(ids))
        {
        }
        Held(Held &&other) noexcept
            : m_locks(std::exchange(other.m_locks, nullptr))
            , m_ids(std::move(other.m_ids))
        {
        }
        Held &operator=(Held &&) = delete;
        ~Held();

    private:
        Locks *m_locks;
        std::vector<ObjectId> m_ids;
    };
    /// Conflict{id} if another order does not let go within `patience`.
    Result<Held> hold(std::vector<ObjectId> ids, std::chrono::milliseconds patience = std::chrono::seconds(30));

private:
    std::mutex m_mutex;
    std::condition_variable m_freed;
    std::set<ObjectId> m_held;
};

}
