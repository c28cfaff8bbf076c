// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/models/consoleworld.h"

#include <QSignalSpy>

using namespace portulan;

class TestFederation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatSitesSayIsInTheInventory();
    void aSiteSpeaksForItselfOnly();
    void aTurnAnnouncesOnce();
    void manyFactsAreAppliedInShortTurns();
    void aFreshSnapshotAnnouncesOnlyTrueDifferences();
    void aLostSiteKeepsItsLastState();
    void aRemovedSiteIsForgotten();
    void rowsAreJudgedAndJudgedAgainWhenTheSiteChanges();
    void aProjectsPolicyChangesItsVerdicts();
    void anExpiredCertificateCountsFromTheNextDayOn();
    void anOrderTravelsOnceWithItsOwnRequestId();
    void anOrderToAnUnknownSiteIsRefused();
    void factsWaitWhileSomebodyReads();
};

namespace {
Status statusOf(const Federation &federation, const ObjectId &id)
{
    return federation.inventory().rows(id.kind)[federation.inventory().find(id)].verdict;
}
}

void TestFederation::whatSitesSayIsInTheInventory()
{
    test::ConsoleWorld console;
    console.goLive();
    QCOMPARE(console.federation.siteIds(), QStringList({QStringLiteral("brest"), QStringLiteral("dublin"), QStringLiteral("lyon")}));
    QCOMPARE(console.federation.inventory().count(ObjectKind::Instance), std::size_t(5));
    QCOMPARE(console.federation.siteName(QStringLiteral("lyon")), QStringLiteral("Lyon Confluence"));
    QVERIFY(console.federation.standing(QStringLiteral("lyon")).isLive());
}

void TestFederation::aSiteSpeaksForItselfOnly()
{
    test::ConsoleWorld console;
    console.goLive();
    console.link("dublin").tell({world::instance("lyon", "i-99", "intruder"), Vanished {{"lyon", ObjectKind::Instance, "i-1"}}});
    console.settle();
    QCOMPARE(console.federation.inventory().find({"lyon", ObjectKind::Instance, "i-99"}), noSlot);
    QVERIFY(console.federation.inventory().find({"lyon", ObjectKind::Instance, "i-1"}) != noSlot);
}

void TestFederation::aTurnAnnouncesOnce()
{
    test::ConsoleWorld console;
    console.goLive();
    int announced = 0;
    std::size_t touched = 0;
    connect(&console.federation, &Federation::differed, this, [&](const Differences &what) {
        ++announced;
        touched += what.of(ObjectKind::Instance).touched.size();
    });
    for (int i = 0; i < 20; ++i) {
        console.link("lyon").tell({world::instance("lyon", "n-" + std::to_string(i), "new")});
    }
    console.settle();
    QCOMPARE(announced, 1);
    QCOMPARE(touched, std::size_t(20));
    console.link("lyon").tell({world::instance("lyon", "n-3", "new")}); // nothing new
    console.settle();
    QCOMPARE(announced, 1);
}

void TestFederation::manyFactsAreAppliedInShortTurns()
{
    test::ConsoleWorld console;
    console.goLive();
    std::vector<Thing> things;
    for (int i = 0; i < 60'000; ++i) {
        things.emplace_back(world::instance("lyon", "m-" + std::to_string(i), "machine " + std::to_string(i)));
    }
    int turns = 0;
    connect(&console.federation, &Federation::differed, this, [&turns] { ++turns; });
    console.link("lyon").tell(things);
    QTRY_VERIFY_WITH_TIMEOUT(console.federation.isCaughtUp(), 30'000);
    QCOMPARE(console.federation.inventory().count(ObjectKind::Instance), std::size_t(60'005));
    QVERIFY2(turns > 1, "sixty thousand facts in a single turn would hold up the window");
}

void TestFederation::aFreshSnapshotAnnouncesOnlyTrueDifferences()
{
    test::ConsoleWorld console;
    console.goLive();
    std::set<std::size_t> kinds;
    std::size_t touched = 0;
    connect(&console.federation, &Federation::differed, this, [&](const Differences &what) {
        for (const auto &rows : what.rows) {
            touched += rows.touched.size();
            kinds.insert(rows.swept ? 1 : 0);
        }
    });
    console.link("lyon").goLive(world::things("lyon"));
    console.settle();
    QCOMPARE(touched, std::size_t(0));
    QVERIFY(!kinds.contains(1));
    auto fewer = world::things("lyon");
    std::erase_if(fewer, [](const Thing &thing) { return idOf(thing).id == "i-3"; });
    console.link("lyon").goLive(fewer);
    console.settle();
    QVERIFY(kinds.contains(1));
    QCOMPARE(console.federation.inventory().find({"lyon", ObjectKind::Instance, "i-3"}), noSlot);
}

void TestFederation::aLostSiteKeepsItsLastState()
{
    test::ConsoleWorld console;
    console.goLive();
    QSignalSpy announced(&console.federation, &Federation::caughtUp);
    console.link("lyon").lose();
    QTRY_VERIFY(announced.count() > 0);
    const auto standing = console.federation.standing(QStringLiteral("lyon"));
    QVERIFY(standing.state == LinkState::Stale);
    QVERIFY(standing.problem.reason == Reason::Unreachable);
    QCOMPARE(standing.lastHeard, world::now());
    QCOMPARE(console.federation.inventory().count(ObjectKind::Instance), std::size_t(5));
}

void TestFederation::aRemovedSiteIsForgotten()
{
    test::ConsoleWorld console;
    console.goLive();
    console.federation.remove(QStringLiteral("lyon"));
    console.settle();
    QCOMPARE(console.federation.inventory().count(ObjectKind::Instance), std::size_t(2));
    QVERIFY(console.federation.link(QStringLiteral("lyon")) == nullptr);
    QVERIFY(console.federation.site(QStringLiteral("lyon")) == nullptr);
}

void TestFederation::rowsAreJudgedAndJudgedAgainWhenTheSiteChanges()
{
    test::ConsoleWorld console;
    console.goLive();
    const ObjectId record {"lyon", ObjectKind::Instance, "i-1"};
    const auto before = console.federation.judge(record).value().status;
    QVERIFY(statusOf(console.federation, record) == before);
    auto lyon = world::lyon();
    lyon.certificates.clear();
    console.link("lyon").tell({lyon});
    console.settle();
    const auto after = console.federation.judge(record).value().status;
    QVERIFY(statusOf(console.federation, record) == after);
    QVERIFY2(before != after, "health data without HDS and SecNumCloud cannot stand as it stood with them");
}

void TestFederation::aProjectsPolicyChangesItsVerdicts()
{
    test::ConsoleWorld console;
    console.goLive();
    const ObjectId tickets {"dublin", ObjectKind::Instance, "i-1"};
    auto project = world::project("dublin", "transports");
    project.policy.allowedCountries = {"FR"};
    console.link("dublin").tell({project});
    console.settle();
    QVERIFY(statusOf(console.federation, tickets) == Status::NonCompliant);
}

void TestFederation::anExpiredCertificateCountsFromTheNextDayOn()
{
    test::ConsoleWorld console;
    console.goLive();
    const ObjectId record {"lyon", ObjectKind::Instance, "i-1"};
    const auto today = console.federation.judge(record).value().status;
    console.now += std::chrono::days(2000);
    const auto later = console.federation.judge(record).value().status;
    QVERIFY(today != later);
    QVERIFY(console.federation.judge(record, QStringLiteral("nowhere")).error().reason == Reason::NotFound);
}

void TestFederation::anOrderTravelsOnceWithItsOwnRequestId()
{
    test::ConsoleWorld console;
    console.goLive();
    const ObjectId web {"lyon", ObjectKind::Instance, "i-2"};
    auto first = console.federation.submit(QStringLiteral("lyon"), StartInstance {web}, QStringLiteral("e-1"));
    auto second = console.federation.submit(QStringLiteral("lyon"), StartInstance {web});
    QTRY_VERIFY(first.isFinished() && second.isFinished());
    const auto &requests = console.link("lyon").requests;
    QCOMPARE(requests.size(), std::size_t(2));
    QCOMPARE(requests[0].requestId.size(), std::size_t(36));
    QVERIFY(requests[0].requestId != requests[1].requestId);
    QCOMPARE(requests[0].etag, std::string("e-1"));
    QCOMPARE(kindOf(requests[0].order), std::string_view("instance.start"));
}

void TestFederation::anOrderToAnUnknownSiteIsRefused()
{
    test::ConsoleWorld console;
    const auto answer = console.federation.submit(QStringLiteral("atlantis"), StartInstance {});
    QVERIFY(answer.isFinished());
    QVERIFY(answer.resultAt(0).error().reason == Reason::NotFound);
}

void TestFederation::factsWaitWhileSomebodyReads()
{
    test::ConsoleWorld console;
    console.goLive();
    QSignalSpy caughtUp(&console.federation, &Federation::caughtUp);
    {
        const auto reading = console.federation.reading();
        console.link("lyon").tell({world::instance("lyon", "late", "late")});
        QElapsedTimer waited;
        waited.start();
        QTRY_VERIFY(waited.elapsed() > 30);
        QCOMPARE(reading.inventory->find({"lyon", ObjectKind::Instance, "late"}), noSlot);
    }
    QTRY_VERIFY(caughtUp.count() > 0);
    QVERIFY(console.federation.inventory().find({"lyon", ObjectKind::Instance, "late"}) != noSlot);
}

QTEST_GUILESS_MAIN(TestFederation)
#include "tst_federation.moc"
