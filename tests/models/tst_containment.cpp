// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/rawlistener.h"
#include "tests/fakes/world.h"
#include "tests/models/heard.h"
#include "tests/models/linking.h"

#include <QTest>

using namespace portulan;
using namespace std::chrono_literals;

namespace {

using Message = v1::WatchResponse;

Message raw(Message::Phase phase, const std::string &resume)
{
    Message message;
    message.set_phase(phase);
    message.set_resume(resume);
    return message;
}

Message stranger()
{
    auto message = raw(Message::SNAPSHOT, "e1:1");
    message.add_changes()->mutable_volume()->mutable_common()->set_name("sites/brest/volumes/v-1");
    return message;
}

Message huge(int things)
{
    auto message = raw(Message::SNAPSHOT, "e1:1");
    for (int i = 0; i < things; ++i) {
        message.add_changes()->mutable_volume()->mutable_common()->set_name("sites/lyon/volumes/v-" + std::to_string(i));
    }
    return message;
}

Message oversized()
{
    auto message = raw(Message::SNAPSHOT, "e1:1");
    message.add_changes()->mutable_instance()->set_state_note(std::string(5 << 20, 'x'));
    return message;
}

Message nonsense()
{
    auto message = raw(Message::SNAPSHOT, "e1:1");
    message.add_changes()->mutable_volume()->mutable_common()->set_name("sites/lyon/volumes/V 1!");
    return message;
}

}

/// Sites that lie, flood, dawdle or are not who they should be: each loses its own link and nothing else.
class TestContainment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatALyingSiteSaysIsNotFollowed_data()
    {
        QTest::addColumn<std::function<Message()>>("message");
        QTest::addColumn<Reason>("reason");
        using Maker = std::function<Message()>;
        QTest::newRow("a thing of another site") << Maker(stranger) << Reason::Malformed;
        QTest::newRow("more things than a page holds") << Maker([] { return huge(1001); }) << Reason::TooLarge;
        QTest::newRow("a message above the limit") << Maker(oversized) << Reason::TooLarge;
        QTest::newRow("an id that is none") << Maker(nonsense) << Reason::InvalidArgument;
        QTest::newRow("changes before a snapshot") << Maker([] { return watching::changes({world::lyon()}, 1); }) << Reason::Malformed;
        QTest::newRow("a place that is none") << Maker([] { return raw(Message::SNAPSHOT, "here"); }) << Reason::Malformed;
        QTest::newRow("no phase") << Maker([] { return raw(Message::PHASE_UNSPECIFIED, "e1:1"); }) << Reason::Malformed;
    }
    void whatALyingSiteSaysIsNotFollowed()
    {
        QFETCH(std::function<Message()>, message);
        QFETCH(Reason, reason);
        const Message lie = message();
        Linked liar([&](FakeGateway &gateway) { gateway.script = watching::all({lie}); });
        Linked honest([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); }, {});
        Heard heard(*liar.link);
        liar.link->open();
        honest.link->open();
        QTRY_VERIFY(liar.link->state() == LinkState::Stale);
        QVERIFY2(liar.link->problem().reason == reason, describe(liar.link->problem()).c_str());
        QVERIFY(heard.things.isEmpty());
        QTRY_VERIFY(honest.link->state() == LinkState::Live);
    }

    void aSnapshotWithoutEndIsCutOff()
    {
        const Message page = huge(1000);
        Linked liar([&](FakeGateway &gateway) { gateway.script = [&](const std::string &, int) { return std::optional(page); }; });
        auto target = liar.target({});
        QCOMPARE(target.maxThings, qint64(2'000'000));
        target.maxThings = 20'000;
        GrpcLink link(target);
        qint64 things = 0;
        connect(&link, &SiteLink::changed, this, [&](const QVector<Thing> &some) { things += some.size(); });
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Stale);
        QVERIFY(link.problem().reason == Reason::TooLarge);
        QCOMPARE(things, qint64(20'000));
    }

    void aFloodOfChangesLeavesTheWindowMostOfItsTime()
    {
        Linked liar(
            [&](FakeGateway &gateway) {
                gateway.script = [](const std::string &, int n) -> std::optional<Message> {
                    if (n < 2) {
                        return watching::snapshot({world::lyon()})({}, n);
                    }
                    std::vector<Thing> things(1000, world::volume("lyon", "v-1", n));
                    return watching::changes(things, 2 + 1000 * static_cast<std::uint64_t>(n - 2));
                };
            },
            {});
        QElapsedTimer clock;
        qint64 working = 0;
        connect(liar.link.get(), &SiteLink::changed, this, [&](const QVector<Thing> &) {
            QElapsedTimer work;
            work.start();
            while (work.nsecsElapsed() < 500'000) { } // what a busy model does
            working += work.nsecsElapsed();
        });
        liar.link->open();
        QTRY_VERIFY(liar.link->state() == LinkState::Live);
        working = 0;
        clock.start();
        QTRY_VERIFY(clock.hasExpired(1500));
        QVERIFY2(working < clock.nsecsElapsed() / 2, qPrintable(QString::number(working / 1'000'000)));
        QVERIFY(working > 0);
    }

    void aSiteThatAcceptsAndNeverAnswersTimesOut()
    {
        const RawListener mute;
        Linked linked;
        auto target = linked.target();
        target.endpoint = QStringLiteral("127.0.0.1:%1").arg(mute.port());
        target.pace.connect = 300ms;
        GrpcLink link(target);
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Stale);
        QVERIFY(link.problem().reason == Reason::TimedOut || link.problem().reason == Reason::Unreachable);
        QVERIFY(mute.connections() > 0);
    }

    void aSiteThatSpeaksGarbageIsStale()
    {
        const RawListener babbler(std::string(100'000, '\x16'));
        Linked linked;
        auto target = linked.target();
        target.endpoint = QStringLiteral("127.0.0.1:%1").arg(babbler.port());
        GrpcLink link(target);
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Stale);
    }

    void aSiteOfAnotherNameIsRefused()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({}); });
        auto target = linked.target();
        target.siteId = QStringLiteral("brest");
        GrpcLink link(target);
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Refused);
        QVERIFY(link.problem().reason == Reason::Untrusted);
        QCOMPARE(link.problem().fact("what"), std::string("name"));
    }

    void aSiteOfAnotherAuthorityIsRefused()
    {
        Linked linked;
        linked.gateway.stop();
        const auto foreign = papers::authority("foreign");
        linked.gateway.start(papers::site(foreign, "lyon"), linked.authority.certificatePem);
        GrpcLink link(linked.target());
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Refused);
        QVERIFY(link.problem().reason == Reason::Untrusted);
    }

    void aSiteWithAnExpiredCertificateIsRefused()
    {
        Linked linked;
        linked.gateway.stop();
        linked.gateway.start(papers::expiredSite(linked.authority, "lyon"), linked.authority.certificatePem);
        GrpcLink link(linked.target());
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Refused);
        QVERIFY(link.problem().reason == Reason::Untrusted);
    }

    void aCertificateTheSiteDoesNotTrustIsRefused()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({}); });
        auto target = linked.target();
        const auto foreign = papers::user(papers::authority("foreign"), "mallory");
        target.credentials.certificatePem = foreign.certificatePem;
        target.credentials.keyPem = foreign.keyPem;
        GrpcLink link(target);
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Refused);
        QVERIFY(link.problem().reason == Reason::Unauthenticated);
        QCOMPARE(linked.gateway.watches(), 0);
    }

    void ourOwnExpiredCertificateIsNotEvenShown()
    {
        Linked linked;
        auto target = linked.target();
        const auto expired = papers::expiredUser(linked.authority, "alice");
        target.credentials.certificatePem = expired.certificatePem;
        target.credentials.keyPem = expired.keyPem;
        GrpcLink link(target);
        link.open();
        QTRY_VERIFY(link.state() == LinkState::Refused);
        QVERIFY(link.problem().reason == Reason::Expired);
        QCOMPARE(link.problem().fact("what"), std::string("user/alice"));
    }

    void aSiteThatDoesNotWantUsIsRefused()
    {
        Linked linked([](FakeGateway &gateway) { gateway.watchEnd = grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "no role here"); });
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Refused);
        QVERIFY(linked.link->problem().reason == Reason::NotAuthorised);
        linked.gateway.stop();
        linked.link->open(); // only when asked to
        QTRY_VERIFY(linked.link->state() == LinkState::Stale);
    }
};
QTEST_GUILESS_MAIN(TestContainment)
#include "tst_containment.moc"
