// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// portulanctl orders a test boot and waits for what becomes of it; a gateway is played over real mutual TLS.
#include "proto/wire.h"
#include "tests/app/programrun.h"
#include "tests/fakes/fakegateway.h"
#include "tests/fakes/papers.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;
using namespace portulan::test;

class TestCtlTestBoot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_gateway.reset(); }
    void itWaitsUntilTheCopyHasBooted();
    void itSaysWhyTheCopyDidNotBoot();
    void anEarlierOneIsNotTakenForIt();
    void withoutWaitingItEndsAtOnce();
    void aRefusalIsItsAnswer();

private:
    Answer run(const QStringList &more) const
    {
        return runCtl(
            QStringList {QStringLiteral("--federation"), m_federation, QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("--output"),
                QStringLiteral("json"), QStringLiteral("operation"), QStringLiteral("testboot"), QStringLiteral("lyon/operation/op-1")}
            + more);
    }
    static QJsonObject bootIn(const Answer &answer)
    {
        return QJsonDocument::fromJson(answer.out.toUtf8()).object().value(QStringLiteral("test_boot")).toObject();
    }
    static Operation moving(const TestBoot &boot)
    {
        Operation operation;
        operation.id = {"lyon", ObjectKind::Operation, "op-1"};
        operation.kind = "migrate";
        operation.object = {"lyon", ObjectKind::Instance, "i-1"};
        operation.objectName = "Web";
        operation.state = OperationState::Running;
        operation.phase = "reserved";
        operation.mode = "warm";
        operation.testBoot = boot;
        return operation;
    }
    static Instant at(int seconds) { return Instant(std::chrono::seconds(1'790'000'000 + seconds)); }
    /// Ordered now, it is soon so; first everybody is told of one that was before.
    void answerWith(const TestBoot &end)
    {
        m_gateway->testBoot = [this, end] {
            auto begun = moving({"running", at(60), {}, {}, {}});
            m_gateway->tell(watching::changes({moving(earlier)}, 2));
            m_gateway->tell(watching::changes({moving(end)}, 3));
            return wire::toWire(begun);
        };
    }

    const TestBoot earlier {"booted", at(0), at(30), "an earlier one", {}};
    QTemporaryDir m_folder;
    QString m_federation;
    KeyAndCertificate m_authority;
    KeyAndCertificate m_site;
    std::unique_ptr<FakeGateway> m_gateway;
};

void TestCtlTestBoot::initTestCase()
{
    m_authority = papers::authority();
    m_site = papers::site(m_authority, "lyon");
    const auto user = papers::user(m_authority, "alice");
    for (const auto &[name, text] :
        {std::pair("authority.pem", m_authority.certificatePem), {"user.pem", user.certificatePem}, {"user.key", user.keyPem}}) {
        const auto path = writeIn(m_folder.path(), QString::fromLatin1(name), QByteArray::fromStdString(text));
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    }
}

void TestCtlTestBoot::init()
{
    m_gateway = std::make_unique<FakeGateway>();
    m_gateway->script = watching::snapshot({moving(earlier)});
    m_gateway->start(m_site, m_authority.certificatePem);
    m_federation = writeIn(m_folder.path(), QStringLiteral("federation.json"),
        R"({"federation": "Test", "authority": "authority.pem", "client": {"certificate": "user.pem", "key": "user.key"},
        "sites": [{"id": "lyon", "name": "Lyon", "endpoint": ")"
            + QByteArray::fromStdString(m_gateway->endpoint()) + R"("}]})");
}

void TestCtlTestBoot::itWaitsUntilTheCopyHasBooted()
{
    answerWith({"booted", at(60), at(120), "Debian GNU/Linux\nlogin:", {}});
    const auto answer = run({QStringLiteral("--wait")});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(bootIn(answer).value(QStringLiteral("state")).toString(), QStringLiteral("booted"));
    QCOMPARE(bootIn(answer).value(QStringLiteral("console")).toString(), QStringLiteral("Debian GNU/Linux\nlogin:"));
    QVERIFY(m_gateway->lastRequest().find("sites/lyon/operations/op-1") != std::string::npos);
}

void TestCtlTestBoot::itSaysWhyTheCopyDidNotBoot()
{
    answerWith({"failed", at(60), at(61), "", {Reason::NoCapacity, {{"resource", "ram_bytes"}, {"free", "1000"}, {"wanted", "2000"}}, {}}});
    const auto answer = run({QStringLiteral("--wait")});
    QVERIFY2(answer.code > 0, qPrintable(answer.err));
    QCOMPARE(bootIn(answer).value(QStringLiteral("problem")).toObject().value(QStringLiteral("reason")).toString(), QStringLiteral("NO_CAPACITY"));
    QVERIFY2(!answer.err.isEmpty(), "in words, too");
}

void TestCtlTestBoot::anEarlierOneIsNotTakenForIt()
{
    answerWith({"booted", at(60), at(120), "the later one", {}});
    QCOMPARE(bootIn(run({QStringLiteral("--wait")})).value(QStringLiteral("console")).toString(), QStringLiteral("the later one"));
}

void TestCtlTestBoot::withoutWaitingItEndsAtOnce()
{
    answerWith(earlier);
    const auto answer = run({});
    QCOMPARE(answer.code, 0);
    QCOMPARE(bootIn(answer).value(QStringLiteral("state")).toString(), QStringLiteral("running"));
}

void TestCtlTestBoot::aRefusalIsItsAnswer()
{
    m_gateway->problem = Problem {Reason::Unsupported, {{"what", "migrate.testboot"}}, {}};
    const auto answer = run({QStringLiteral("--wait")});
    QVERIFY(answer.code > 0 && !answer.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestCtlTestBoot)
#include "tst_ctltestboot.moc"
