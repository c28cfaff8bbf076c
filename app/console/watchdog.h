// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QApplication>

namespace portulan {

/// An application that measures the longest time one event kept the window from answering: processor time of the main thread while the
/// event was delivered, nested deliveries included. (On a busy machine wall time says little.)
class WatchedApplication : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override;

    double longestCpuMs() const { return m_longestCpuMs; }
    QString longestWhere() const { return m_longestWhere; } ///< class of the receiver and number of the event
    void reset();

private:
    int m_depth = 0;
    double m_longestCpuMs = 0;
    QString m_longestWhere;
};

}
