// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/workers.h"

namespace portulan::site {

Workers::Workers(std::size_t threads)
{
    m_threads.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        m_threads.emplace_back([this] { serve(); });
    }
}

Workers::~Workers()
{
    std::deque<std::function<void()>> dropped; // destroyed without the lock: what work captured may be anything
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        dropped.swap(m_queue);
    }
    m_wake.notify_all();
    for (auto &thread : m_threads) {
        thread.join();
    }
}

void Workers::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing) {
            return;
        }
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
}

void Workers::serve()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_closing || !m_queue.empty(); });
        if (m_queue.empty()) {
            return;
        }
        {
            const auto work = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work();
        }
        lock.lock();
    }
}

}
