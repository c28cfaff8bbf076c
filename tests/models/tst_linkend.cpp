// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/transport.h"
#include "tests/fakes/rawlistener.h"
#include "tests/fakes/world.h"
#include "tests/models/linking.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace portulan;
using namespace std::chrono_literals;

namespace {

/// A port that neither takes nor refuses a connection: its queue is full and nobody empties it.
class DeadPort {
public:
    DeadPort()
    {
        m_sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_sockets.front(), plain, size) == 0 && ::listen(m_sockets.front(), 0) == 0
            && ::getsockname(m_sockets.front(), plain, &size) == 0) {
            m_port = ntohs(address.sin_port);
        }
        for (int i = 0; i < 8; ++i) {
            m_sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            ::connect(m_sockets.back(), plain, size);
        }
    }
    ~DeadPort()
    {
        for (const int socket : m_sockets) {
            ::close(socket);
        }
    }
    DeadPort(const DeadPort &) = delete;
    DeadPort &operator=(const DeadPort &) = delete;
    int port() const { return m_port; }

private:
    std::vector<int> m_sockets;
    int m_port = 0;
};

}

/// Links that go while they still dial, ask and send: at once, and with all that is theirs.
class TestLinkEnd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLinkGoesAtOnceHoweverItsSiteBehaves_data()
    {
        QTest::addColumn<int>("port");
        QTest::newRow("dead") << m_dead.port();
        QTest::newRow("mute") << m_mute.port();
        QTest::newRow("refusing") << RawListener::deadPort();
        QTest::newRow("babbling") << m_babbler.port();
    }
    void aLinkGoesAtOnceHoweverItsSiteBehaves()
    {
        QFETCH(int, port);
        auto target = m_linked.target();
        target.endpoint = QStringLiteral("127.0.0.1:%1").arg(port);
        target.pace.connect = 60s; // far beyond what a slow machine, or a sanitizer, makes of milliseconds
        qint64 longest = 0;
        const QTemporaryDir scratch;
        for (int round = 0; round < 50; ++round) {
            auto link = std::make_unique<GrpcLink>(target);
            link->open();
            const auto identity = link->whoAmI();
            const auto objects = link->dataObjects({"lyon", ObjectKind::DataSet, "d"});
            const auto content = link->getObject({"lyon", ObjectKind::DataSet, "d"}, QStringLiteral("k"), scratch.filePath(QStringLiteral("k")));
            QElapsedTimer life;
            life.start();
            do { // each a little later in its dialling
                QCoreApplication::processEvents();
            } while (life.elapsed() < round % 10);
            QElapsedTimer end;
            end.start();
            link.reset();
            longest = std::max(longest, end.elapsed());
            QVERIFY2(identity.isFinished() && objects.isFinished() && content.isFinished(), "nothing of it goes on");
        }
        qInfo("the longest took %lld ms", longest);
        QVERIFY2(longest < target.pace.connect.count() / 4, "nobody waited for a time-out");
    }

    void aLiveLinkGoesWhileItIsAsking()
    {
        for (int round = 0; round < 50; ++round) {
            Linked linked([](FakeGateway &gateway) { gateway.script = watching::snapshot({world::lyon()}); });
            linked.link->open();
            const auto identity = linked.link->whoAmI();
            if (round % 2 == 0) {
                QTRY_VERIFY(linked.link->state() == LinkState::Live);
            }
            linked.link.reset();
            QVERIFY(identity.isFinished());
        }
    }

private:
    const Transport m_transport;
    const Linked m_linked;
    const DeadPort m_dead;
    const RawListener m_mute;
    const RawListener m_babbler {std::string(100'000, '\x16')};
};
QTEST_GUILESS_MAIN(TestLinkEnd)
#include "tst_linkend.moc"
