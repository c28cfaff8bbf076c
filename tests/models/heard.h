// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/sitelink.h"

namespace portulan {

/// Writes down what a link says, as words: "began", "5", "ended", "live", "stale"…
struct Heard {
    explicit Heard(SiteLink &link)
    {
        QObject::connect(&link, &SiteLink::snapshotBegan, &desk, [this] { words << QStringLiteral("began"); });
        QObject::connect(&link, &SiteLink::snapshotEnded, &desk, [this] { words << QStringLiteral("ended"); });
        QObject::connect(&link, &SiteLink::changed, &desk, [this](const QVector<Thing> &some) {
            things += some;
            words << QString::number(some.size());
        });
        QObject::connect(&link, &SiteLink::stateChanged, &desk, [this](LinkState state) {
            const auto word = toString(state);
            words << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        });
    }
    bool contains(const char *word) const { return words.contains(QString::fromLatin1(word)); }

    QStringList words;
    QVector<Thing> things;
    QObject desk;
};

}
