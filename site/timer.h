// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace portulan::site {

/// One thread that calls back later. What is called must not block.
class Timer {
public:
    /// Dropping it forgets the call, unless that has begun.
    using Ticket = std::shared_ptr<void>;

    Timer();
    ~Timer(); ///< forgets every call; one that has begun ends first
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;
    [[nodiscard]] Ticket after(std::chrono::milliseconds delay, std::function<void()> call);

private:
    using Call = std::function<void()>;
    void serve();
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::multimap<std::chrono::steady_clock::time_point, std::weak_ptr<Call>> m_calls;
    bool m_closing = false;
    std::thread m_thread;
};

}
