// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The desktop's keychain as it is found: answering, absent, or mute. Each function needs a desktop of its own and is run by itself
// (CMakeLists.txt, keyring.sh).
#include "app/console/keychain.h"
#include "models/await.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <optional>

using namespace portulan;

namespace {

const QString name = QStringLiteral("user/alice");
const QByteArray secret = QByteArray("-----BEGIN PRIVATE KEY-----\nclé\n-----END PRIVATE KEY-----\n");

template <typename T>
std::optional<Result<T>> answer(const QFuture<Result<T>> &future, QObject &who, int milliseconds = 20'000)
{
    std::optional<Result<T>> given;
    await(future, &who, [&given](const Result<T> &result) { given = result; });
    (void)QTest::qWaitFor([&] { return given.has_value(); }, milliseconds);
    return given;
}

/// Owns the keychain's name on the bus and never says a word, as one that waits for its user to unlock it.
class Mute : public QDBusVirtualObject {
    Q_OBJECT
public:
    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        message.setDelayedReply(true);
        ++asked;
        return true;
    }
    int asked = 0;
};

}

class TestKeychain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSecretIsKeptUntilItIsRemoved();
    void withoutAKeychainSecretsLiveForThisSession();
    void aMuteKeychainIsGivenUpInTime();
};

void TestKeychain::aSecretIsKeptUntilItIsRemoved()
{
    {
        Keychain keychain;
        QVERIFY(answer(keychain.write(name, secret), keychain).value().has_value());
    }
    Keychain another; // the next session
    const auto read = answer(another.read(name), another).value();
    QVERIFY(read.has_value());
    QCOMPARE(*read, secret);
    QVERIFY(answer(another.remove(name), another).value().has_value());
    const auto gone = answer(another.read(name), another).value();
    QVERIFY(!gone.has_value());
    QVERIFY(gone.error().reason == Reason::NotFound);
    QVERIFY(another.remembers());
}

void TestKeychain::withoutAKeychainSecretsLiveForThisSession()
{
    Keychain keychain;
    QSignalSpy lost(&keychain, &Keychain::lost);
    QVERIFY(keychain.remembers()); // nobody has asked yet
    const auto refused = answer(keychain.write(name, secret), keychain).value();
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().reason == Reason::NoKeychain);
    QCOMPARE(lost.size(), 1);
    QVERIFY(!keychain.remembers());
    QVERIFY(answer(keychain.write(name, secret), keychain).value().has_value());
    QCOMPARE(answer(keychain.read(name), keychain).value().value(), secret);
    Keychain another;
    QVERIFY(!answer(another.read(name), another).value().has_value());
}

void TestKeychain::aMuteKeychainIsGivenUpInTime()
{
    auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("mute"));
    Mute mute;
    QVERIFY(bus.registerVirtualObject(QStringLiteral("/"), &mute, QDBusConnection::SubPath));
    QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.secrets")));
    Keychain keychain(400);
    QSignalSpy lost(&keychain, &Keychain::lost);
    QElapsedTimer clock;
    clock.start();
    const auto refused = answer(keychain.read(name), keychain).value();
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().reason == Reason::NoKeychain);
    QVERIFY(clock.elapsed() < 15'000);
    QVERIFY(mute.asked > 0);
    QCOMPARE(lost.size(), 1);
    QVERIFY(!keychain.remembers());
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
