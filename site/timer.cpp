// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/timer.h"

namespace portulan::site {

Timer::Timer()
    : m_thread([this] { serve(); })
{
}

Timer::~Timer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

Timer::Ticket Timer::after(std::chrono::milliseconds delay, std::function<void()> call)
{
    auto ticket = std::make_shared<Call>(std::move(call));
    const auto due = std::chrono::steady_clock::now() + delay;
    const std::lock_guard lock(m_mutex);
    const auto at = m_calls.emplace(due, ticket);
    if (at == m_calls.begin()) {
        m_wake.notify_all();
    }
    return ticket;
}

void Timer::serve()
{
    std::unique_lock lock(m_mutex);
    while (!m_closing) {
        if (m_calls.empty()) {
            m_wake.wait(lock);
            continue;
        }
        const auto first = m_calls.begin();
        if (first->second.expired()) {
            m_calls.erase(first);
        } else if (const auto due = first->first; due > std::chrono::steady_clock::now()) {
            m_wake.wait_until(lock, due);
        } else {
            auto call = first->second.lock();
            m_calls.erase(first);
            lock.unlock();
            if (call) {
                (*call)();
            }
            call.reset(); // whatever it holds goes without the lock
            lock.lock();
        }
    }
}

}
