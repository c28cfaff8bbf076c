// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/watcher.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace portulan::site::embedded {

Watcher::Watcher()
    : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_thread([this] { run(); })
{
}

Watcher::~Watcher()
{
    stop();
}

void Watcher::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    wake();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Watcher::wake()
{
    const std::uint64_t one = 1;
    (void)!::write(m_wake.get(), &one, sizeof one);
}

void Watcher::watch(int fd, std::function<bool()> ready)
{
    {
        const std::lock_guard lock(m_mutex);
        m_watched[fd] = std::move(ready);
    }
    wake();
}

void Watcher::forget(int fd)
{
    const std::lock_guard calling(m_calling);
    const std::lock_guard lock(m_mutex);
    m_watched.erase(fd);
}

void Watcher::every(std::chrono::milliseconds period, std::function<void()> tick)
{
    {
        const std::lock_guard lock(m_mutex);
        m_period = period;
        m_tick = std::move(tick);
    }
    wake();
}

void Watcher::run()
{
    auto next = std::chrono::steady_clock::now();
    for (;;) {
        std::vector<pollfd> fds {{m_wake.get(), POLLIN, 0}};
        int patience = -1;
        {
            const std::lock_guard lock(m_mutex);
            if (m_closing) {
                return;
            }
            for (const auto &[fd, ready] : m_watched) {
                fds.push_back({fd, POLLIN, 0});
            }
            if (m_tick) {
                const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - std::chrono::steady_clock::now()).count();
                patience = static_cast<int>(std::max<std::int64_t>(left, 0));
            }
        }
        ::poll(fds.data(), fds.size(), patience);
        std::uint64_t count = 0;
        (void)!::read(m_wake.get(), &count, sizeof count);
        for (std::size_t i = 1; i < fds.size(); ++i) {
            if (fds[i].revents == 0) {
                continue;
            }
            const std::lock_guard calling(m_calling);
            std::function<bool()> ready;
            {
                const std::lock_guard lock(m_mutex);
                const auto at = m_watched.find(fds[i].fd);
                if (at == m_watched.end() || m_closing) {
                    continue;
                }
                ready = at->second;
            }
            if (!ready()) {
                forget(fds[i].fd);
            }
        }
        if (patience >= 0 && std::chrono::steady_clock::now() >= next) {
            next = std::chrono::steady_clock::now() + m_period;
            const std::lock_guard calling(m_calling);
            m_tick();
        }
    }
}

}
