// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/lookout.h"

#include <algorithm>

namespace portulan::site::cloud {

using namespace std::chrono_literals;

namespace {
constexpr int changesOnly = 10; ///< looks between two at all there is…
constexpr int sharesOfTime = 20; ///< …which together take no more than this part of the time: a large cloud has other work
}

Lookout::Lookout(Cloud &cloud, Registry &registry, std::chrono::milliseconds interval)
    : m_cloud(cloud)
    , m_registry(registry)
    , m_interval(interval)
{
}

Lookout::~Lookout()
{
    end();
}

void Lookout::begin()
{
    m_thread = std::thread([this] { run(); });
}

void Lookout::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_wake.notify_all();
    m_over.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Lookout::stir()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stirred = true;
    }
    m_wake.notify_all();
}

Result<> Lookout::look(std::chrono::seconds patience)
{
    std::unique_lock lock(m_mutex);
    const auto wanted = m_begun + 1;
    m_stirred = true;
    m_wake.notify_all();
    if (!m_over.wait_for(lock, patience, [&] { return m_ends || m_done >= wanted; })) {
        return refuse(Reason::TimedOut);
    }
    return m_done >= wanted ? m_last : refuse(Reason::Cancelled);
}

Result<> Lookout::once(bool isWhole)
{
    m_registry.beginLook();
    return m_cloud.look(isWhole).and_then([&](const Sightings &found) { return m_registry.observe(found); });
}

void Lookout::run()
{
    auto whole = std::chrono::steady_clock::time_point {};
    auto patience = 1000ms;
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        m_stirred = false;
        ++m_begun;
        const auto now = std::chrono::steady_clock::now();
        const bool isWhole = now >= whole;
        lock.unlock();
        auto result = once(isWhole);
        lock.lock();
        if (result && isWhole) {
            const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - now);
            whole = now + (m_cloud.tellsChanges() ? std::max<std::chrono::milliseconds>(changesOnly * m_interval, sharesOfTime * took) : m_interval);
        }
        patience = result ? 1000ms : std::min(patience * 2, std::max(m_interval, 1000ms));
        m_last = std::move(result);
        m_done = m_begun;
        m_over.notify_all();
        m_wake.wait_for(lock, m_last ? m_interval : patience, [&] { return m_ends || m_stirred; });
    }
}

}
