// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/world.h"
#include "tests/models/heard.h"
#include "tests/models/linking.h"

#include <QTest>
#include <QThread>

using namespace portulan;
using namespace std::chrono_literals;

namespace {

std::vector<Thing> volumes(int from, int count)
{
    std::vector<Thing> things;
    for (int i = from; i < from + count; ++i) {
        things.push_back(world::volume("lyon", "v-" + std::to_string(i), 1 << 20));
    }
    return things;
}

}

/// Facts: the watch stream over real mutual TLS.
class TestWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSnapshotComesWholeAndThenTheSiteIsLive()
    {
        const auto things = world::things("lyon");
        Linked linked([&](FakeGateway &gateway) { gateway.script = watching::snapshot(things); });
        Heard heard(*linked.link);
        linked.link->open();
        QVERIFY(linked.link->state() == LinkState::Connecting);
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        const QStringList expected {
            QStringLiteral("connecting"), QStringLiteral("began"), QString::number(things.size()), QStringLiteral("ended"), QStringLiteral("live")};
        QCOMPARE(heard.words, expected);
        QVERIFY(std::equal(things.begin(), things.end(), heard.things.begin(), heard.things.end()));
        QVERIFY(linked.link->lastHeard() > papers::now() - 1min);
        QVERIFY(std::abs(linked.link->clockSkewMs()) < 60'000);
    }

    void changesFollowInOrder()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); });
        Heard heard(*linked.link);
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        heard.things.clear();
        std::uint64_t revision = 2;
        for (int i = 0; i < 50; ++i) {
            linked.gateway.tell(watching::changes(volumes(i * 10, 10), revision));
            revision += 10;
        }
        QTRY_COMPARE(heard.things.size(), 500);
        const auto expected = volumes(0, 500);
        QVERIFY(std::equal(expected.begin(), expected.end(), heard.things.begin()));
    }

    void aBigSnapshotLeavesTheEventLoopItsTurns()
    {
        Linked linked([](FakeGateway &gateway) {
            std::vector<v1::WatchResponse> pages;
            for (int i = 0; i < 20; ++i) {
                pages.push_back(watching::page(volumes(i * 1000, 1000)));
            }
            pages.push_back(watching::end());
            gateway.script = watching::all(std::move(pages));
        });
        int things = 0;
        int turns = 0;
        int thisTurn = 0;
        int most = 0;
        connect(linked.link.get(), &SiteLink::changed, this, [&](const QVector<Thing> &some) {
            things += static_cast<int>(some.size());
            thisTurn += static_cast<int>(some.size());
            most = std::max(most, thisTurn);
            QThread::usleep(1000); // a listener with much to do
        });
        QTimer loop;
        connect(&loop, &QTimer::timeout, this, [&] {
            ++turns;
            thisTurn = 0;
        });
        loop.start(0);
        linked.link->open();
        QTRY_VERIFY_WITH_TIMEOUT(linked.link->state() == LinkState::Live, 30'000);
        QCOMPARE(things, 20'000);
        QVERIFY2(most <= 1000, qPrintable(QString::number(most)));
        QVERIFY2(turns > 40, qPrintable(QString::number(turns)));
    }

    void aLostStreamIsTakenUpWhereItStopped()
    {
        Linked linked([](FakeGateway &gateway) {
            gateway.script = [](const std::string &resume, int n) -> std::optional<v1::WatchResponse> {
                if (resume.empty()) {
                    return watching::snapshot({world::lyon()})(resume, n);
                }
                return n == 0 ? std::optional(watching::keepAlive(resume)) : std::nullopt;
            };
        });
        Heard heard(*linked.link);
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        linked.gateway.tell(watching::changes(volumes(0, 3), 2));
        QTRY_COMPARE(heard.things.size(), 4);
        linked.gateway.cut();
        QTRY_VERIFY(heard.contains("stale"));
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        const std::vector<std::string> asked {"", "e1:4"};
        QCOMPARE(linked.gateway.resumes(), asked);
        QCOMPARE(heard.words.count(QStringLiteral("began")), 1);
        linked.gateway.tell(watching::changes(volumes(9, 1), 5));
        QTRY_COMPARE(heard.things.size(), 5);
    }

    void aSiteThatForgotWhereWeWereSendsItselfAnew()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); });
        Heard heard(*linked.link);
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        linked.gateway.cut();
        QTRY_COMPARE(heard.words.count(QStringLiteral("live")), 2);
        QCOMPARE(heard.words.count(QStringLiteral("began")), 2);
    }

    void aSilentSiteGoesStaleAndIsAskedAgain()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); });
        Heard heard(*linked.link);
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        QTRY_VERIFY(heard.contains("stale"));
        QTRY_VERIFY(linked.gateway.resumes().size() >= 2);
    }

    void keepAlivesKeepItLive()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); });
        Heard heard(*linked.link);
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        QTimer pulse;
        int beats = 0;
        connect(&pulse, &QTimer::timeout, this, [&] {
            linked.gateway.tell(watching::keepAlive("e1:1"));
            ++beats;
        });
        pulse.start(100);
        QTRY_VERIFY(beats >= 12); // twice as long as silence is borne
        QVERIFY(!heard.contains("stale"));
    }

    void aDeadSiteIsTriedAgainUntilItAnswers()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); });
        const int port = linked.gateway.port();
        linked.gateway.stop();
        Heard heard(*linked.link);
        linked.link->open();
        QTRY_VERIFY(linked.link->state() == LinkState::Stale);
        QVERIFY(linked.link->problem().reason == Reason::Unreachable);
        linked.gateway.start(linked.site, linked.authority.certificatePem, port);
        QTRY_VERIFY(linked.link->state() == LinkState::Live);
        QVERIFY(linked.link->problem() == Problem {});
    }

    void aLinkMayDieMidStream()
    {
        Linked linked([](FakeGateway &gateway) {
            gateway.script = [](const std::string &, int n) { return std::optional(watching::page(volumes(n * 10 % 5000, 10))); };
        });
        linked.link.reset();
        qint64 slowest = 0;
        for (int i = 0; i < 200; ++i) {
            auto link = std::make_unique<GrpcLink>(linked.target());
            int parts = 0;
            connect(link.get(), &SiteLink::changed, this, [&] { ++parts; });
            link->open();
            if (i % 4 != 0) { // some die while they dial, some after a few pages
                QTRY_VERIFY(parts >= i % 4);
            }
            QElapsedTimer dying;
            dying.start();
            link.reset();
            slowest = std::max(slowest, dying.nsecsElapsed() / 1000);
        }
        qInfo() << "200 deaths, the slowest took" << slowest << "us";
        QVERIFY(slowest < 1'000'000);
        QTRY_COMPARE(linked.gateway.watches(), 0);
    }

    void aListenerMayDropOrCloseTheLinkItHears()
    {
        Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot(volumes(0, 500)); });
        for (int i = 0; i < 30; ++i) {
            auto *link = new GrpcLink(linked.target());
            bool gone = false;
            const auto drop = [&, link] {
                gone = true;
                delete link;
            };
            switch (i % 4) {
            case 0:
                connect(link, &SiteLink::changed, this, drop);
                break;
            case 1:
                connect(link, &SiteLink::snapshotBegan, this, drop);
                break;
            case 2:
                connect(link, &SiteLink::snapshotEnded, this, drop);
                break;
            default:
                connect(link, &SiteLink::changed, this, [&, link] {
                    link->close();
                    gone = true;
                });
            }
            link->open();
            QTRY_VERIFY(gone);
            if (i % 4 == 3) {
                QVERIFY(link->state() == LinkState::Idle);
                delete link;
            }
        }
    }
};
QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
