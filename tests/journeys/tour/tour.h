// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/console/console.h"
#include "app/console/watchdog.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <functional>

namespace portulan {

/// Drives the console through its main job as a person would: finds controls by their names, types, presses, and looks. Leaves a numbered
/// picture of each step in both languages and both appearances, and a summary.
class Tour {
public:
    Tour(Console &console, WatchedApplication &watchdog, const QDir &out, const QStringList &languages);

    /// A site whose gateway is suspended for a while near the end, as a link that comes and goes would do.
    void setFlakySite(const QString &site, qint64 gatewayProcess);
    /// The whole job. False at the first step that cannot be done; the summary says which and why.
    bool run();

private:
    using Pose = std::function<void(MainWindow &)>;
    bool look();
    bool findTheOffender();
    bool provision();
    bool beRefused();
    bool migrate();
    bool seeItCompliant();
    bool holdTheProof();
    bool emptyASite();
    bool followTheWaves(const QString &evacuation);
    bool readTheTrail();
    bool loseASite();

    bool step(const QString &name, bool done, const QString &why = {});
    bool until(const std::function<bool()> &condition, int milliseconds);
    /// Poses the window in every language and appearance and takes its picture, with any open dialog over it.
    void shoot(const QString &name, const Pose &pose);
    static void grab(MainWindow &window, const QString &file);
    bool summarise(bool done);
    const Row *row(const ObjectId &id) const;

    Console &m_console;
    QDir m_out;
    QStringList m_languages;
    WatchedApplication &m_watchdog;
    QElapsedTimer m_clock;
    QJsonArray m_steps;
    QString m_flakySite;
    qint64 m_flakyProcess = 0;
    int m_number = 0;
    double m_longestCpuMs = 0;
    QString m_longestWhere;
};

}
