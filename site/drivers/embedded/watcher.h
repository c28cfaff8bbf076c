// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/fd.h"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace portulan::site::embedded {

/// The one thread that waits for sockets and processes. What it calls must not block on what only it can bring.
class Watcher {
public:
    Watcher();
    ~Watcher();
    Watcher(const Watcher &) = delete;
    Watcher &operator=(const Watcher &) = delete;

    /// Calls `ready` whenever `fd` can be read, until it answers false or the descriptor is forgotten.
    void watch(int fd, std::function<bool()> ready);
    /// On return `ready` is not running and will not run again; may be called from it.
    void forget(int fd);
    /// Calls `tick` every `period`.
    void every(std::chrono::milliseconds period, std::function<void()> tick);
    void stop(); ///< ends the thread; on return nothing is called any more

private:
    void run();
    void wake();

    Fd m_wake;
    std::mutex m_mutex; ///< m_watched, m_closing, m_tick
    std::recursive_mutex m_calling; ///< held while something is called
    std::map<int, std::function<bool()>> m_watched;
    std::function<void()> m_tick;
    std::chrono::milliseconds m_period {-1};
    bool m_closing = false;
    std::thread m_thread;
};

}
