// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The console and the gateway as a shell sees them: what they answer to words and files that are not theirs.
#include "tests/app/programrun.h"

#include <QTemporaryDir>
#include <QTest>

using namespace portulan::test;

class TestPrograms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unknownFlagsAreRefusedWithUsage_data();
    void unknownFlagsAreRefusedWithUsage();
    void versionsAreSaid_data();
    void versionsAreSaid();
    void aConsoleRefusesABrokenFederationFile_data();
    void aConsoleRefusesABrokenFederationFile();
    void aGatewayRefusesABrokenConfiguration_data();
    void aGatewayRefusesABrokenConfiguration();

private:
    QString write(const QByteArray &text) { return writeIn(m_folder.path(), QStringLiteral("file"), text); }
    static QString console() { return QStringLiteral(PORTULAN_BINARY_DIR "/app/console/portulan"); }
    static QString gateway() { return QStringLiteral(PORTULAN_BINARY_DIR "/app/site/portulan-site"); }
    QTemporaryDir m_folder;
};

void TestPrograms::unknownFlagsAreRefusedWithUsage_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("line");
    QTest::newRow("console, unknown") << console() << QStringList {QStringLiteral("--colour")};
    QTest::newRow("console, no value") << console() << QStringList {QStringLiteral("--federation")};
    QTest::newRow("console, language") << console() << QStringList {QStringLiteral("--lang"), QStringLiteral("de")};
    QTest::newRow("console, look") << console() << QStringList {QStringLiteral("--theme"), QStringLiteral("pink")};
    QTest::newRow("gateway, nothing") << gateway() << QStringList {};
    QTest::newRow("gateway, unknown") << gateway() << QStringList {QStringLiteral("--colour")};
    QTest::newRow("gateway, no value") << gateway() << QStringList {QStringLiteral("--config")};
    QTest::newRow("gateway, format") << gateway() << QStringList {QStringLiteral("--log-format"), QStringLiteral("xml")};
}

void TestPrograms::unknownFlagsAreRefusedWithUsage()
{
    QFETCH(QString, program);
    QFETCH(QStringList, line);
    const auto answer = runProgram(program, line);
    QVERIFY2(answer.code == 2, qPrintable(QString::number(answer.code) + answer.err));
    QVERIFY(answer.out.isEmpty());
    QVERIFY2(answer.err.contains(QStringLiteral("portulan")), qPrintable(answer.err));
}

void TestPrograms::versionsAreSaid_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("console") << console();
    QTest::newRow("gateway") << gateway();
}

void TestPrograms::versionsAreSaid()
{
    QFETCH(QString, program);
    const auto answer = runProgram(program, {QStringLiteral("--version")});
    QCOMPARE(answer.code, 0);
    QVERIFY2(answer.out.contains(QStringLiteral(PORTULAN_VERSION)), qPrintable(answer.out));
}

void TestPrograms::aConsoleRefusesABrokenFederationFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{\"federation\": ");
    QTest::newRow("not UTF-8") << QByteArray("{\"federation\": \"\xff\xfe\"}");
    QTest::newRow("no sites") << QByteArray(
        "{\"federation\": \"x\", \"authority\": \"a.pem\", \"client\": {\"certificate\": \"c\", \"key\": \"k\"}}");
    QTest::newRow("nested without end") << QByteArray(100'000, '[');
}

void TestPrograms::aConsoleRefusesABrokenFederationFile()
{
    QFETCH(QByteArray, text);
    const auto answer = runProgram(console(), {QStringLiteral("--demo"), QStringLiteral("--federation"), write(text)});
    QVERIFY2(answer.code == 2, qPrintable(QString::number(answer.code) + answer.err));
    QVERIFY2(answer.err.contains(QStringLiteral("portulan: ")), qPrintable(answer.err)); // Qt may have said something before
}

void TestPrograms::aGatewayRefusesABrokenConfiguration_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("site");
    QTest::newRow("not TOML") << QByteArray("[site\nid = ") << QStringLiteral("line");
    QTest::newRow("not UTF-8") << QByteArray("[site]\nid = \"\xff\xfe\"\n") << QStringLiteral("line");
    QTest::newRow("unknown key") << QByteArray("[site]\nid = \"lyon\"\ndirectory = \"state\"\nidentity = \"i.json\"\ncolour = \"blue\"\n")
                                 << QStringLiteral("colour");
    QTest::newRow("no id of a site") << QByteArray("[site]\nid = \"../lyon\"\n") << QStringLiteral("site.id");
}

void TestPrograms::aGatewayRefusesABrokenConfiguration()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    const auto answer = runProgram(gateway(), {QStringLiteral("--config"), write(text)});
    QVERIFY2(answer.code == 1, qPrintable(QString::number(answer.code) + answer.err));
    QVERIFY2(answer.err.contains(named), qPrintable(answer.err));
}

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
