// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// portulanctl and a migration certificate, with nothing but two files: what an auditor has, years later.
#include "tests/app/programrun.h"
#include "tests/fakes/signedmove.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

class TestCertificates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aGenuineOneIsShownInBothLanguages();
    void aScriptReadsIt();
    void aChangedByteIsRefused();
    void anotherFederationDoesNotVouch();
    void whatIsNotThereOrNoneIsSaidSo();

private:
    static Answer run(const QStringList &arguments) { return runCtl(arguments); }
    QString write(const QString &name, const std::string &text) { return writeIn(m_folder.path(), name, QByteArray::fromStdString(text)); }
    QTemporaryDir m_folder;
    std::string m_text;
    QString m_file;
    QString m_authority;
};

void TestCertificates::initTestCase()
{
    const auto moved = world::signedMove();
    m_text = moved.text;
    m_file = write(QStringLiteral("certificate.json"), m_text);
    m_authority = write(QStringLiteral("authority.pem"), moved.authorityPem);
}

void TestCertificates::aGenuineOneIsShownInBothLanguages()
{
    const auto arguments = [this](const char *language) {
        return QStringList {QStringLiteral("--lang"), QString::fromLatin1(language), QStringLiteral("certificate"), QStringLiteral("show"), m_file,
            QStringLiteral("--authority"), m_authority};
    };
    const auto english = run(arguments("en"));
    QCOMPARE(english.code, 0);
    QVERIFY2(english.out.contains(QStringLiteral("Non-compliant (PTL-CRT-002)")) && english.out.contains(QStringLiteral("Dublin Docklands")),
        qPrintable(english.out));
    QVERIFY2(english.err.contains(QStringLiteral("Genuine")), qPrintable(english.err));
    const auto french = run(arguments("fr"));
    QCOMPARE(french.code, 0);
    QVERIFY2(
        french.out.contains(QStringLiteral("Non conforme (PTL-CRT-002)")) && french.out.contains(QStringLiteral("Irlande")), qPrintable(french.out));
}

void TestCertificates::aScriptReadsIt()
{
    const auto answer = run({QStringLiteral("--output"), QStringLiteral("json"), QStringLiteral("certificate"), QStringLiteral("verify"), m_file,
        QStringLiteral("--authority"), m_authority});
    const auto json = QJsonDocument::fromJson(answer.out.toUtf8()).object();
    QCOMPARE(answer.code, 0);
    QCOMPARE(json.value(QStringLiteral("valid")).toBool(), true);
    QCOMPARE(json.value(QStringLiteral("arrived")).toString(), QStringLiteral("lyon/instance/triage-1"));
    QCOMPARE(json.value(QStringLiteral("outage_ms")).toInt(), 1000); // from Stopped to Activated
}

void TestCertificates::aChangedByteIsRefused()
{
    for (const std::size_t at : {m_text.find("payload") + 40, m_text.find("\"protected\"") + 60, m_text.rfind("signature") + 20}) {
        auto changed = m_text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        const auto file = write(QStringLiteral("changed.json"), changed);
        const auto answer = run({QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("certificate"), QStringLiteral("verify"), file,
            QStringLiteral("--authority"), m_authority});
        QCOMPARE(answer.code, 1);
        QVERIFY(!answer.err.isEmpty() && answer.out.isEmpty());
    }
}

void TestCertificates::anotherFederationDoesNotVouch()
{
    const Instant begin = instantFrom("2026-11-22T00:00:00Z").value();
    const auto other = write(QStringLiteral("other.pem"), makeAuthority("Other", begin, begin + 24h * 365).value().certificatePem);
    const auto answer = run({QStringLiteral("--output"), QStringLiteral("json"), QStringLiteral("certificate"), QStringLiteral("verify"), m_file,
        QStringLiteral("--authority"), other});
    QCOMPARE(answer.code, 1);
    QCOMPARE(QJsonDocument::fromJson(answer.out.toUtf8()).object().value(QStringLiteral("valid")).toBool(true), false);
}

void TestCertificates::whatIsNotThereOrNoneIsSaidSo()
{
    const auto none = write(QStringLiteral("none.json"), "{}");
    for (const auto &file : {m_folder.filePath(QStringLiteral("missing.json")), none, m_authority}) {
        const auto answer = run({QStringLiteral("certificate"), QStringLiteral("show"), file, QStringLiteral("--authority"), m_authority});
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.out.isEmpty() && !answer.err.isEmpty());
    }
    QCOMPARE(run({QStringLiteral("certificate"), QStringLiteral("verify")}).code, 2);
}

QTEST_GUILESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
