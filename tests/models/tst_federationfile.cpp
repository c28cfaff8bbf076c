// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/credentials.h"
#include "models/connectionplan.h"
#include "models/federationfile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;

class TestFederationFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aGoodFileIsRead();
    void unknownFieldsAreToleratedAndNamed();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void aKeyThatOthersMayReadIsRefused();
    void papersOfAnotherFederationAreRefused();
    void endpointsAreCheckedClosely();
    void aPlanChecksInTheBackground();
    void aPlanByHandWantsEverything();

private:
    QString write(const QString &name, const QByteArray &text, bool isSecret = false);
    QTemporaryDir m_folder;
    Instant m_now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
};

namespace {
const QByteArray good = R"({"federation": "Test", "demonstration": true, "authority": "authority.pem",
 "client": {"certificate": "alice.pem", "key": "alice.key"},
 "sites": [{"id": "lyon", "name": "Lyon", "endpoint": "127.0.0.1:7601"}]})";
}

QString TestFederationFile::write(const QString &name, const QByteArray &text, bool isSecret)
{
    QFile file(m_folder.filePath(name));
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        file.write(text);
    }
    file.setPermissions(isSecret ? QFile::ReadOwner | QFile::WriteOwner : QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    return file.fileName();
}

void TestFederationFile::initTestCase()
{
    const auto life = std::chrono::hours(1);
    for (const char *prefix : {"", "other-"}) {
        const auto authority = makeAuthority("Test", m_now - life, m_now + life).value();
        const auto alice = issue(authority, {Bearer::Kind::User, "alice"}, m_now - life, m_now + life).value();
        const auto stem = QString::fromLatin1(prefix);
        write(stem + QStringLiteral("authority.pem"), QByteArray::fromStdString(authority.certificatePem));
        write(stem + QStringLiteral("alice.pem"), QByteArray::fromStdString(alice.certificatePem));
        write(stem + QStringLiteral("alice.key"), QByteArray::fromStdString(alice.keyPem), true);
    }
}

void TestFederationFile::aGoodFileIsRead()
{
    const auto file = readFederationFile(write(QStringLiteral("good.json"), good));
    QVERIFY(file);
    QCOMPARE(file->name, QStringLiteral("Test"));
    QVERIFY(file->isDemonstration);
    QCOMPARE(file->identity, QStringLiteral("user/alice"));
    QCOMPARE(file->sites, (QVector<Profile> {{QStringLiteral("lyon"), QStringLiteral("Lyon"), QStringLiteral("127.0.0.1:7601")}}));
    QVERIFY(checkPapers(file->papers, m_now));
    QVERIFY(checkPapers(file->papers, m_now + std::chrono::hours(3)).error().reason == Reason::Expired);
}

void TestFederationFile::unknownFieldsAreToleratedAndNamed()
{
    auto text = good;
    text.replace("\"demonstration\"", "\"colour\": 1, \"demonstration\"").replace("\"endpoint\"", "\"flag\": \"fr\", \"endpoint\"");
    const auto file = readFederationFile(write(QStringLiteral("newer.json"), text));
    QVERIFY(file);
    QCOMPARE(file->unknownFields, QStringList({QStringLiteral("sites[0].flag"), QStringLiteral("colour")}));
}

void TestFederationFile::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("names");
    const auto row = [](const char *name, const char *from, const char *to, const char *names) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(names);
    };
    row("not JSON", "\"client\": {", "\"client\": [", "line");
    row("a list", good.constData(), "[]", "expected");
    row("no name", "\"federation\": \"Test\"", "\"federation\": 7", "federation");
    row("sites no list", "\"sites\": [", "\"sites\": {\"x\": [", "line");
    row("id", "\"id\": \"lyon\"", "\"id\": \"Lyon!\"", "sites[0].id");
    row("endpoint", "127.0.0.1:7601", "127.0.0.1", "sites[0].endpoint");
    row("twice", "[{\"id\"", "[{\"id\": \"lyon\", \"endpoint\": \"h:1\"}, {\"id\"", "sites[1].id");
    row("no authority", "\"authority\": \"authority.pem\",", "", "authority");
    row("no certificate", "\"certificate\": \"alice.pem\",", "", "client.certificate");
}

void TestFederationFile::mistakesAreNamed()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, names);
    auto text = good;
    QVERIFY(text.contains(from));
    const auto file = readFederationFile(write(QStringLiteral("bad.json"), text.replace(from, to)));
    QVERIFY(!file);
    QVERIFY(file.error().reason == Reason::Malformed);
    QVERIFY2(QByteArray::fromStdString(describe(file.error())).contains(names), describe(file.error()).c_str());
    QVERIFY(QByteArray::fromStdString(file.error().fact("file")).endsWith("bad.json"));
}

void TestFederationFile::aKeyThatOthersMayReadIsRefused()
{
    QFile key(m_folder.filePath(QStringLiteral("alice.key")));
    QVERIFY(key.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    const auto file = readFederationFile(write(QStringLiteral("good.json"), good));
    QVERIFY(key.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(!file);
    QVERIFY(file.error().reason == Reason::Untrusted);
    QCOMPARE(file.error().fact("expected"), std::string("mode 0600"));
    QVERIFY(readFederationFile(m_folder.filePath(QStringLiteral("nowhere.json"))).error().reason == Reason::NotFound);
}

void TestFederationFile::papersOfAnotherFederationAreRefused()
{
    const auto of = [this](const char *authority, const char *certificate, const char *key) {
        return readPapers(
            m_folder.filePath(QLatin1String(authority)), m_folder.filePath(QLatin1String(certificate)), m_folder.filePath(QLatin1String(key)))
            .value();
    };
    QVERIFY(checkPapers(of("authority.pem", "alice.pem", "alice.key"), m_now));
    QVERIFY(!checkPapers(of("other-authority.pem", "alice.pem", "alice.key"), m_now));
    QVERIFY(checkPapers(of("authority.pem", "alice.pem", "other-alice.key"), m_now).error().reason == Reason::Untrusted);
}

void TestFederationFile::endpointsAreCheckedClosely()
{
    for (const char *fine : {"127.0.0.1:1", "host.example:65535", "[::1]:7601"}) {
        QVERIFY2(isEndpoint(QLatin1String(fine)), fine);
    }
    for (const char *wrong : {"", ":1", "host", "host:", "host:0", "host:65536", "host:1x", "a b:1", "::1:7601", "http://host:1"}) {
        QVERIFY2(!isEndpoint(QLatin1String(wrong)), wrong);
    }
}

void TestFederationFile::aPlanChecksInTheBackground()
{
    ConnectionPlan plan([this] { return m_now; });
    QSignalSpy changed(&plan, &ConnectionPlan::changed);
    ConnectionChoices choices;
    choices.federationFile = write(QStringLiteral("good.json"), good);
    plan.setChoices(choices);
    QVERIFY(plan.isChecking() && !plan.isReady());
    QTRY_VERIFY(plan.isReady());
    QCOMPARE(plan.file().sites.size(), 1);
    choices.federationFile = m_folder.filePath(QStringLiteral("nowhere.json"));
    plan.setChoices(choices);
    QTRY_VERIFY(plan.problem() != nullptr);
    QVERIFY(plan.problem()->reason == Reason::NotFound);
    QVERIFY(changed.count() >= 4);
}

void TestFederationFile::aPlanByHandWantsEverything()
{
    ConnectionPlan plan([this] { return m_now; });
    ConnectionChoices choices {{}, QStringLiteral("lyon"), QStringLiteral("127.0.0.1"), m_folder.filePath(QStringLiteral("authority.pem")),
        m_folder.filePath(QStringLiteral("alice.pem")), {}};
    plan.setChoices(choices);
    QTRY_VERIFY(plan.problem() != nullptr);
    QCOMPARE(plan.problem()->fact("field"), std::string("endpoint"));
    choices.endpoint = QStringLiteral("127.0.0.1:7601");
    plan.setChoices(choices);
    QTRY_VERIFY(plan.isReady());
    QVERIFY(plan.file().papers.keyPem.isEmpty());
    QCOMPARE(plan.file().identity, QStringLiteral("user/alice"));
}

QTEST_GUILESS_MAIN(TestFederationFile)
#include "tst_federationfile.moc"
