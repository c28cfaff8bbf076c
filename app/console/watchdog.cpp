// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/console/watchdog.h"

#include <QEvent>
#include <ctime>

namespace portulan {

namespace {
double threadCpuMs()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (m_depth > 0) {
        return QApplication::notify(receiver, event);
    }
    const QString where = QStringLiteral("%1 %2").arg(QString::fromLatin1(receiver->metaObject()->className())).arg(int(event->type()));
    const double before = threadCpuMs();
    ++m_depth;
    const bool done = QApplication::notify(receiver, event);
    --m_depth;
    const double took = threadCpuMs() - before;
    if (took > m_longestCpuMs) {
        m_longestCpuMs = took;
        m_longestWhere = where;
    }
    return done;
}

void WatchedApplication::reset()
{
    m_longestCpuMs = 0;
    m_longestWhere.clear();
}

}
