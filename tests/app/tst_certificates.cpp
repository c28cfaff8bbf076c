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
    void theErasureIsCheckedAloneBesideOrWithinTheSameFile();
    void whatHasBecomeOfTheCopyIsSaidInWords();
    void aChangedByteIsRefused();
    void anotherFederationDoesNotVouch();
    void whatIsNotThereOrNoneIsSaidSo();

private:
    static Answer run(const QStringList &arguments) { return runCtl(arguments); }
    QString write(const QString &name, const std::string &text) { return writeIn(m_folder.path(), name, QByteArray::fromStdString(text)); }
    QTemporaryDir m_folder;
    std::string m_text;
    std::string m_erasure;
    QString m_file;
    QString m_authority;
};

void TestCertificates::initTestCase()
{
    const auto moved = world::signedMove();
    m_text = moved.text;
    m_erasure = moved.erasure;
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

void TestCertificates::theErasureIsCheckedAloneBesideOrWithinTheSameFile()
{
    const auto erasure = write(QStringLiteral("erasure.json"), m_erasure);
    const auto both = write(QStringLiteral("both.json"), proofText(m_text, m_erasure));
    for (const auto &files : {QStringList {erasure}, QStringList {m_file, erasure}, QStringList {both}}) {
        const auto answer
            = run(QStringList {QStringLiteral("--output"), QStringLiteral("json"), QStringLiteral("certificate"), QStringLiteral("verify")} + files
                + QStringList {QStringLiteral("--authority"), m_authority});
        const auto json = QJsonDocument::fromJson(answer.out.toUtf8()).object();
        QCOMPARE(answer.code, 0);
        QCOMPARE(json.value(QStringLiteral("valid")).toBool(), true);
        QCOMPARE(json.value(QStringLiteral("source_copy")).toString(), QStringLiteral("erased"));
        const auto record = files.front() == erasure ? json : json.value(QStringLiteral("erasure")).toObject();
        QCOMPARE(record.value(QStringLiteral("method")).toString(), QStringLiteral("files_removed"));
        QCOMPARE(record.value(QStringLiteral("object")).toString(), QStringLiteral("dublin/instance/triage-1"));
    }
    for (const std::size_t at : {m_erasure.find("payload") + 40, m_erasure.rfind("signature") + 20}) {
        auto changed = m_erasure;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        const auto lie = write(QStringLiteral("lie.json"), changed);
        for (const auto &files : {QStringList {lie}, QStringList {m_file, lie}}) {
            const auto answer = run(QStringList {QStringLiteral("certificate"), QStringLiteral("verify")} + files
                + QStringList {QStringLiteral("--authority"), m_authority});
            QCOMPARE(answer.code, 1);
        }
    }
}

void TestCertificates::whatHasBecomeOfTheCopyIsSaidInWords()
{
    const auto both = write(QStringLiteral("both.json"), proofText(m_text, m_erasure));
    const auto shown = [this](const char *language, const QString &file) {
        return run({QStringLiteral("--lang"), QString::fromLatin1(language), QStringLiteral("certificate"), QStringLiteral("show"), file,
            QStringLiteral("--authority"), m_authority});
    };
    const auto english = shown("en", both);
    QCOMPARE(english.code, 0);
    QVERIFY2(english.err.contains(QStringLiteral("was erased at 2026-11-29T")), qPrintable(english.err));
    QVERIFY2(english.out.contains(QStringLiteral("nothing was overwritten")), qPrintable(english.out));
    const auto french = shown("fr", both);
    QVERIFY2(french.err.contains(QStringLiteral("effacée")) && french.out.contains(QStringLiteral("rien n’a été écrasé")), qPrintable(french.out));
    const auto alone = shown("en", m_file);
    QVERIFY2(alone.err.contains(QStringLiteral("2026-11-29T")), qPrintable(alone.err)); // kept until then, or that was to be
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
