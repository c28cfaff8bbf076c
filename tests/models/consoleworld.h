// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"
#include "tests/fakes/fakelink.h"
#include "tests/fakes/world.h"

#include <QFile>
#include <QTest>

namespace portulan::test {

/// The rules that ship.
inline Rulebook rules()
{
    QFile file(QStringLiteral(PORTULAN_SOURCE_DIR "/resources/rules/sovereignty.json"));
    return file.open(QIODevice::ReadOnly) ? Rulebook::fromJson(file.readAll().toStdString()).value() : Rulebook();
}

/// A federation of fake links, at the world's hour.
class ConsoleWorld {
public:
    explicit ConsoleWorld(Rulebook rulebook = rules())
        : federation(
            std::move(rulebook),
            [this](const Profile &site) {
                auto link = std::make_unique<FakeLink>(site.id);
                link->setClock(now);
                links[site.id] = link.get();
                return link;
            },
            [this] { return now; })
    {
    }
    /// Lyon, Brest and Dublin, live.
    void goLive()
    {
        for (const auto &site : world::sites()) {
            const auto id = QString::fromStdString(site.id);
            federation.add({id, QString::fromStdString(site.name), QStringLiteral("127.0.0.1:1")});
        }
        federation.open();
        for (const auto &site : world::sites()) {
            links[QString::fromStdString(site.id)]->goLive(world::things(site.id));
        }
        settle();
    }
    FakeLink &link(const char *site) { return *links.at(QLatin1String(site)); }
    /// Until everything said is known and judged.
    void settle() { QTRY_VERIFY(federation.isCaughtUp()); }

    Instant now = world::now();
    std::map<QString, FakeLink *> links;
    Federation federation;
};

}
