// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/watchreader.h"
#include "tests/fakes/fakegateway.h"
#include "tests/fakes/world.h"

#include <QTest>

using namespace portulan;

namespace {

using Kind = WatchPage::Kind;

std::vector<Thing> disks(int count)
{
    std::vector<Thing> things;
    for (int i = 0; i < count; ++i) {
        things.push_back(world::volume("lyon", "v-" + std::to_string(i), 1));
    }
    return things;
}

}

/// The order a watch stream must keep, message by message.
class TestWatchReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSnapshotIsOnlyResumableOnceComplete()
    {
        WatchReader reader("lyon", {}, 100);
        const auto first = reader.read(watching::page(disks(3), "e1:9"));
        QVERIFY(first && first->kind == Kind::Snapshot && first->things.size() == 3);
        QCOMPARE(first->resume, std::string());
        const auto last = reader.read(watching::end("e1:9"));
        QVERIFY(last && last->kind == Kind::SnapshotEnd);
        QCOMPARE(last->resume, std::string("e1:9"));
        QVERIFY(last->at > Instant {});
    }

    void pagesOfASnapshotNeedNotSayWhereTheyStand()
    {
        WatchReader reader("lyon", "e1:4", 100);
        QVERIFY(reader.read(watching::page(disks(3), {})));
        QVERIFY(reader.read(watching::page(disks(3), {})));
        const auto last = reader.read(watching::end("e2:9"));
        QVERIFY(last);
        QCOMPARE(last->resume, std::string("e2:9"));
        QVERIFY(reader.read(watching::changes(disks(1), 10, "e2")));
    }

    void changesRiseFromTheSnapshotsPlace()
    {
        WatchReader reader("lyon", {}, 100);
        QVERIFY(reader.read(watching::end("e1:9")));
        QVERIFY(!reader.read(watching::changes(disks(1), 9)));
        QVERIFY(reader.read(watching::changes(disks(2), 10)));
        QVERIFY(reader.read(watching::changes(disks(1), 15))); // others' projects lie between
        const auto repeated = reader.read(watching::changes(disks(1), 15));
        QVERIFY(!repeated);
        QVERIFY(repeated.error().reason == Reason::Malformed);
    }

    void aResumedStreamGoesOnWhereItWas()
    {
        WatchReader reader("lyon", "e1:20", 100);
        const auto more = reader.read(watching::changes(disks(1), 21));
        QVERIFY(more);
        QCOMPARE(more->resume, std::string("e1:21"));
    }

    void aResumedStreamMayNotGoBackNorChangeItsEpoch()
    {
        QVERIFY(!WatchReader("lyon", "e1:20", 100).read(watching::changes(disks(1), 20)));
        QVERIFY(!WatchReader("lyon", "e1:20", 100).read(watching::changes(disks(1), 21, "e2")));
        QVERIFY(!WatchReader("lyon", "e1:20", 100).read(watching::keepAlive("e1:19")));
    }

    void aResumedStreamMayStartAnewInAnotherEpoch()
    {
        WatchReader reader("lyon", "e1:20", 100);
        QVERIFY(reader.read(watching::page(disks(1), "e2:3")));
        QVERIFY(reader.read(watching::end("e2:3")));
        const auto more = reader.read(watching::changes(disks(1), 4, "e2"));
        QVERIFY(more);
        QCOMPARE(more->resume, std::string("e2:4"));
    }

    void aSlowWatcherMayBeSentASecondSnapshot()
    {
        WatchReader reader("lyon", {}, 100);
        QVERIFY(reader.read(watching::end("e1:9")));
        QVERIFY(reader.read(watching::page(disks(90), "e1:50")));
        QVERIFY(reader.read(watching::end("e1:50")));
        QVERIFY(reader.read(watching::page(disks(90), "e1:70"))); // each snapshot has its own count
        QVERIFY(!reader.read(watching::changes(disks(1), 71))); // not before its end
    }

    void aSnapshotKeepsToOneEpoch()
    {
        WatchReader reader("lyon", {}, 100);
        QVERIFY(reader.read(watching::page(disks(1), "e1:1")));
        QVERIFY(!reader.read(watching::page(disks(1), "e2:1")));
    }

    void aSnapshotMayNotGrowWithoutEnd()
    {
        WatchReader reader("lyon", {}, 100);
        QVERIFY(reader.read(watching::page(disks(60))));
        const auto more = reader.read(watching::page(disks(60)));
        QVERIFY(!more);
        QVERIFY(more.error().reason == Reason::TooLarge);
        QCOMPARE(more.error().fact("what"), std::string("snapshot"));
    }

    void kindsOfANewerVersionArePassedOver()
    {
        WatchReader reader("lyon", {}, 100);
        auto page = watching::page(disks(1));
        page.add_changes()->set_revision(3);
        const auto read = reader.read(page);
        QVERIFY(read);
        QCOMPARE(read->things.size(), 1);
    }

    void aPlaceIsAnEpochAndARevision_data()
    {
        QTest::addColumn<QString>("place");
        for (const char *place : {"", ":", "e1", "e1:", ":1", "e1:-1", "e1:1x", "e1:99999999999999999999", "e 1:1", "e1:1:"}) {
            QTest::newRow(place) << QString::fromLatin1(place);
        }
        QTest::newRow("long") << QString(200, QLatin1Char('e')) + QStringLiteral(":1");
    }
    void aPlaceIsAnEpochAndARevision()
    {
        QFETCH(QString, place);
        const auto page = WatchReader("lyon", {}, 100).read(watching::end(place.toStdString()));
        QVERIFY(!page);
        QVERIFY(page.error().reason == Reason::Malformed);
    }
};
QTEST_GUILESS_MAIN(TestWatchReader)
#include "tst_watchreader.moc"
