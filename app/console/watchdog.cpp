// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/console/watchdog.h"

#include <QAbstractEventDispatcher>
#include <algorithm>
#include <ctime>

namespace portulan {

namespace {
double milliseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}
}

Watchdog::Watchdog(QObject *parent)
    : QObject(parent)
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &Watchdog::wake);
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &Watchdog::block);
}

void Watchdog::reset()
{
    m_longestCpuMs = 0;
    m_longestWallMs = 0;
    m_awake = false;
}

void Watchdog::wake()
{
    if (!m_awake) {
        m_awake = true;
        m_cpuAtWake = milliseconds(CLOCK_THREAD_CPUTIME_ID);
        m_wallAtWake = milliseconds(CLOCK_MONOTONIC);
    }
}

void Watchdog::block()
{
    if (m_awake) {
        m_awake = false;
        m_longestCpuMs = std::max(m_longestCpuMs, milliseconds(CLOCK_THREAD_CPUTIME_ID) - m_cpuAtWake);
        m_longestWallMs = std::max(m_longestWallMs, milliseconds(CLOCK_MONOTONIC) - m_wallAtWake);
    }
}

}
