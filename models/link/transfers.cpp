// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/transfers.h"

#include <utility>

namespace portulan {

Transfers::Transfers(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(maxAtOnce);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &Transfers::look);
}

Transfers::~Transfers()
{
    for (const auto &watched : m_watched) {
        watched.transfer->context.TryCancel(); // a context cancelled before its call begins ends that call at once
    }
}

void Transfers::run(const QString &path, std::function<void(Transfer &)> work)
{
    auto transfer = std::make_shared<Transfer>(path);
    m_watched.push_back({transfer, -1, std::chrono::steady_clock::now()});
    m_timer.start();
    m_pool.start([transfer, work = std::move(work)] {
        transfer->begun = true;
        work(*transfer);
        transfer->over = true;
    });
}

void Transfers::look()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<Transfer>> moved;
    std::erase_if(m_watched, [&](Watched &watched) {
        const bool over = watched.transfer->over; // first, so that the last count is seen
        if (const qint64 done = watched.transfer->done; done != watched.seen) {
            watched.seen = done;
            watched.moved = now;
            moved.push_back(watched.transfer);
        } else if (!watched.transfer->begun) {
            watched.moved = now; // waits its turn
        } else if (now - watched.moved > maxStandstill) {
            watched.transfer->context.TryCancel();
        }
        return over;
    });
    if (m_watched.empty()) {
        m_timer.stop();
    }
    for (const auto &transfer : moved) {
        Q_EMIT progress(transfer->path, transfer->done, transfer->total);
    }
}

}
