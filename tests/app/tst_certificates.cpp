// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// portulanctl and a migration certificate, with nothing but two files: what an auditor has, years later.
#include "core/manifest.h"
#include "core/migrationcertificate.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;
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
    struct Answer {
        int code;
        QString out;
        QString err;
    };
    Answer run(const QStringList &arguments);
    QString write(const QString &name, const std::string &text);
    QTemporaryDir m_folder;
    std::string m_text;
    QString m_file;
    QString m_authority;
};

TestCertificates::Answer TestCertificates::run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(PORTULAN_BINARY_DIR "/app/ctl/portulanctl"), arguments);
    const bool ended = process.waitForFinished(60'000);
    return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

QString TestCertificates::write(const QString &name, const std::string &text)
{
    QFile file(m_folder.filePath(name));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QByteArray::fromStdString(text));
    }
    return file.fileName();
}

void TestCertificates::initTestCase()
{
    const Instant begin = instantFrom("2026-11-22T00:00:00Z").value();
    const auto authority = makeAuthority("Test", begin, begin + 24h * 365).value();
    const auto site = [&](const char *id) { return issue(authority, {Bearer::Kind::Site, id}, begin, begin + 24h * 30).value(); };
    MigrationCertificate c;
    c.migration = "7e1f7a52-6f0e-4f3e-9a41-0a1b2c3d4e5f";
    c.object = {"dublin", ObjectKind::Instance, "triage-1"};
    c.arrived = {"lyon", ObjectKind::Instance, "triage-1"};
    c.name = "Triage";
    c.from = {"dublin", "Dublin Docklands", "Emerald", "IE", "US"};
    c.to = {"lyon", "Lyon Confluence", "Nuage", "FR", ""};
    c.orderedBy = "user/marie";
    for (auto step = int(MigrationStep::Planned); step <= int(MigrationStep::Released); ++step) {
        c.steps.push_back({MigrationStep(step), begin + 1h + 250ms * step});
    }
    c.whole = toHex(Manifest(4096).root());
    c.disks = {{"v-1", 4096, c.whole}};
    c.diskCount = 1;
    c.ran = true;
    c.before = {Status::NonCompliant, {"PTL-CRT-002"}, "0.1.0"};
    c.after = {Status::Compliant, {}, "0.1.0"};
    c.issuedAt = begin + 2h;
    const auto payload = statementOf(c);
    m_text = certificateText(payload, {signJws(site("dublin"), payload).value(), signJws(site("lyon"), payload).value()});
    m_file = write(QStringLiteral("certificate.json"), m_text);
    m_authority = write(QStringLiteral("authority.pem"), authority.certificatePem);
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
