// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QObject>

namespace portulan {

/// Measures how long one turn of the main thread's event loop keeps the window from answering: processor time of that thread between
/// waking and blocking again. Wall time is kept too, for the log; on a busy machine it says little.
class Watchdog : public QObject {
    Q_OBJECT
public:
    explicit Watchdog(QObject *parent = nullptr);

    double longestCpuMs() const { return m_longestCpuMs; }
    double longestWallMs() const { return m_longestWallMs; }
    /// Forgets what was measured so far (start-up is measured apart).
    void reset();

private:
    void wake();
    void block();

    bool m_awake = false;
    double m_cpuAtWake = 0;
    double m_wallAtWake = 0;
    double m_longestCpuMs = 0;
    double m_longestWallMs = 0;
};

}
