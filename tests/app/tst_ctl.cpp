// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// portulanctl as a script sees it: what it prints where, and how it ends. No site answers here; the journeys have sites.
#include "tests/app/programrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan::test;

class TestCtl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void helpIsInBothLanguages();
    void everyCommandHasUsage();
    void mistakesOnTheLineEndWithTwo_data();
    void mistakesOnTheLineEndWithTwo();
    void halfACommandShowsWhatBeginsSo();
    void aMissingFederationFileSaysHowToNameOne();
    void aFederationIsLaidOutWithItsSecretsKept();
    void layingOutTwiceIsRefused();
    void aBadTemplateNamesItsMistake();
    void aFederationFileIsChecked();
    void aListAnswersAlthoughNobodyElseDoes();
    void aNeededSiteThatIsDownEndsWithFour();
    void itEndsCleanlyWhileItStillDials();
    void anUnknownWayToMigrateNamesTheKnownOnes();
    void completionKnowsTheCommands();
    void aBrokenFileToApplyIsNamed();

private:
    static Answer run(const QStringList &arguments) { return runCtl(arguments); }
    QString write(const QString &name, const QByteArray &text) { return writeIn(m_folder.path(), name, text); }
    QString federation() const { return m_folder.filePath(QStringLiteral("fed/federation.json")); }
    QTemporaryDir m_folder;
};

void TestCtl::initTestCase()
{
    QTcpServer free; // ports that nobody listens on, once this one is closed
    QVERIFY(free.listen(QHostAddress::LocalHost));
    const auto plan = write(QStringLiteral("template.json"),
        R"({"federation": "Test", "demonstration": true,
      "grants": [{"who": "user/alice", "role": "administrator", "project": "*"}], "users": [{"name": "alice"}, {"name": "bob"}],
      "sites": [{"id": "lyon", "name": "Lyon", "listen": "127.0.0.1:)"
            + QByteArray::number(free.serverPort()) + R"(", "identity": {"name": "Lyon \"C\""},
        "driver": {"qemu": "none"}, "limits": {"workers": 2}}]})");
    const auto answer = run({QStringLiteral("federation"), QStringLiteral("init"), QStringLiteral("--template"), plan, QStringLiteral("--dir"),
        m_folder.filePath(QStringLiteral("fed"))});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(answer.out.isEmpty());
}

void TestCtl::helpIsInBothLanguages()
{
    const auto english = run({QStringLiteral("--help"), QStringLiteral("--lang"), QStringLiteral("en")});
    const auto french = run({QStringLiteral("--help"), QStringLiteral("--lang=fr")});
    QCOMPARE(english.code, 0);
    QCOMPARE(french.code, 0);
    QVERIFY(english.out.contains(QStringLiteral("Exit codes")));
    QVERIFY(french.out.contains(QStringLiteral("Codes de sortie")));
    QVERIFY(english.err.isEmpty() && french.err.isEmpty());
    QCOMPARE(english.out.count(QStringLiteral("\n  ")), french.out.count(QStringLiteral("\n  ")));
}

void TestCtl::everyCommandHasUsage()
{
    for (const char *command : {"site list", "instance create", "volume import", "dataset put", "migrate", "plan migrate", "evacuate",
             "operation watch", "verdict", "audit verify", "apply"}) {
        const auto answer
            = run(QString::fromLatin1(command).split(u' ') + QStringList {QStringLiteral("--help"), QStringLiteral("--lang"), QStringLiteral("fr")});
        QVERIFY2(answer.code == 0 && answer.out.contains(QString::fromLatin1(command)), command);
    }
}

void TestCtl::mistakesOnTheLineEndWithTwo_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"", "sing", "instance", "instance sing", "site show", "site show a b", "site list --colour blue",
             "instance list --query", "--lang de site list", "--output xml site list", "--timeout soon site list", "--timeout", "federation init",
             "federation init --template x --dir y --base-port 0", "instance list --query colour:blue",
             "volume create --site lyon --size many --name v --project p", "instance create --name x", "instance create --site lyon --auto --name x",
             "verdict lyon", "verdict lyon --class secret", "migrate x", "migrate x --to lyon --mode teleport", "plan migrate x", "evacuate",
             "migrate", "migrate x --from-file plan.json", "migrate x --to lyon --bandwidth-at 8-18=2MB", "migrate x --to lyon --not-before tonight",
             "migrate x --to lyon --cutover perhaps", "evacuate lyon --operator op", "evacuate --plan plan.json", "evacuate lyon --retry op-1",
             "evacuate lyon --wave-size 0", "evacuate lyon --bandwidth much", "volume import --site lyon", "operation watch"}) {
        QTest::newRow(*line == 0 ? "nothing" : line) << QString::fromLatin1(line);
    }
}

void TestCtl::mistakesOnTheLineEndWithTwo()
{
    QFETCH(QString, line);
    const auto answer = run(QStringList {QStringLiteral("--federation"), federation(), QStringLiteral("--lang"), QStringLiteral("en")}
        + line.split(u' ', Qt::SkipEmptyParts));
    QVERIFY2(answer.code == 2, qPrintable(QString::number(answer.code) + answer.err));
    QVERIFY(!answer.err.isEmpty());
    QVERIFY(answer.out.isEmpty());
}

void TestCtl::halfACommandShowsWhatBeginsSo()
{
    const auto half = run({QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("snapshot")});
    QCOMPARE(half.code, 2);
    QVERIFY2(half.err.contains(QStringLiteral("snapshot revert")) && !half.err.contains(QStringLiteral("volume list")), qPrintable(half.err));
    const auto help = run({QStringLiteral("help"), QStringLiteral("snapshot")});
    QVERIFY2(help.code == 0 && help.out.contains(QStringLiteral("snapshot revert")) && !help.out.contains(QStringLiteral("volume list")),
        qPrintable(help.out));
}

void TestCtl::aMissingFederationFileSaysHowToNameOne()
{
    const auto answer
        = run({QStringLiteral("--federation"), QStringLiteral("/nowhere/federation.json"), QStringLiteral("site"), QStringLiteral("list")});
    QCOMPARE(answer.code, 1);
    QVERIFY2(
        answer.err.contains(QStringLiteral("--federation")) && answer.err.contains(QStringLiteral("PORTULAN_FEDERATION")), qPrintable(answer.err));
}

void TestCtl::aFederationIsLaidOutWithItsSecretsKept()
{
    const QDir folder(m_folder.filePath(QStringLiteral("fed")));
    constexpr auto secret = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    for (const char *key : {"authority.key", "users/alice.key", "users/bob.key", "sites/lyon/site.key"}) {
        QVERIFY2(QFile::permissions(folder.filePath(QLatin1String(key))) == secret, key);
    }
    QFile toml(folder.filePath(QStringLiteral("sites/lyon/site.toml")));
    QVERIFY(toml.open(QIODevice::ReadOnly));
    const auto text = toml.readAll();
    QVERIFY(
        text.contains("id = \"lyon\"") && text.contains("qemu = \"none\"") && text.contains("workers = 2") && text.contains("who = \"user/alice\""));
    QFile identity(folder.filePath(QStringLiteral("sites/lyon/identity.json")));
    QVERIFY(identity.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(identity.readAll()).object().value(QStringLiteral("name")).toString(), QStringLiteral("Lyon \"C\""));
}

void TestCtl::layingOutTwiceIsRefused()
{
    const auto answer = run({QStringLiteral("federation"), QStringLiteral("init"), QStringLiteral("--template"),
        m_folder.filePath(QStringLiteral("template.json")), QStringLiteral("--dir"), m_folder.filePath(QStringLiteral("fed"))});
    QCOMPARE(answer.code, 1);
    QVERIFY(answer.err.contains(QStringLiteral("federation.json")));
}

void TestCtl::aBadTemplateNamesItsMistake()
{
    const QByteArray cases[][2] = {{"{", "1"}, {"[]", "{}"}, {R"({"federation": "T"})", "users"},
        {R"({"federation": "T", "users": [{"name": "A b"}]})", "users.name"}, {R"({"federation": "T", "users": [{"name": "a"}]})", "sites"},
        {R"({"federation": "T", "users": [{"name": "a"}], "sites": [{"id": "x"}]})", "sites[0].identity"},
        {R"({"federation": 7, "users": 3})", "federation"}};
    int number = 0;
    for (const auto &[text, names] : cases) {
        const auto folder = m_folder.filePath(QStringLiteral("bad%1").arg(number++));
        const auto answer = run({QStringLiteral("federation"), QStringLiteral("init"), QStringLiteral("--template"),
            write(QStringLiteral("bad.json"), text), QStringLiteral("--dir"), folder});
        QVERIFY2(answer.code == 1 && answer.err.contains(QLatin1String(names)), qPrintable(QString(QString::fromUtf8(text) + answer.err)));
        QVERIFY(!QFile::exists(folder + QStringLiteral("/federation.json")));
    }
}

void TestCtl::aFederationFileIsChecked()
{
    const auto answer
        = run({QStringLiteral("--output"), QStringLiteral("json"), QStringLiteral("federation"), QStringLiteral("check"), federation()});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const auto json = QJsonDocument::fromJson(answer.out.toUtf8()).object();
    QCOMPARE(json.value(QStringLiteral("identity")).toString(), QStringLiteral("user/alice"));
    QCOMPARE(json.value(QStringLiteral("sites")).toArray().size(), 1);
    QCOMPARE(run({QStringLiteral("federation"), QStringLiteral("check"), m_folder.filePath(QStringLiteral("nowhere"))}).code, 1);
}

void TestCtl::aListAnswersAlthoughNobodyElseDoes()
{
    for (const char *kind : {"site", "instance", "volume", "image", "dataset", "network", "snapshot", "project", "operation"}) {
        const auto answer = run({QStringLiteral("--federation"), federation(), QStringLiteral("--output"), QStringLiteral("json"),
            QLatin1String(kind), QStringLiteral("list")});
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
        const auto json = QJsonDocument::fromJson(answer.out.toUtf8()).object();
        const auto sites = json.value(QStringLiteral("sites")).toArray();
        QCOMPARE(sites.size(), 1);
        QCOMPARE(sites.at(0).toObject().value(QStringLiteral("id")).toString(), QStringLiteral("lyon"));
        QCOMPARE(sites.at(0).toObject().value(QStringLiteral("problem")).toObject().value(QStringLiteral("reason")).toString(),
            QStringLiteral("UNREACHABLE"));
        QVERIFY(json.value(QStringLiteral("items")).isArray());
    }
}

/// Links that still dial, ask and retry go with the program; a crash on the way out would show as another end than a normal one.
void TestCtl::itEndsCleanlyWhileItStillDials()
{
    QTcpServer mute; // takes connections and says nothing
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    QFile file(federation());
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto document = QJsonDocument::fromJson(file.readAll()).object();
    auto sites = document.value(QStringLiteral("sites")).toArray();
    for (int i = 0; i < 6; ++i) {
        sites.append(QJsonObject {{QStringLiteral("id"), QStringLiteral("mute-%1").arg(i)}, {QStringLiteral("name"), QStringLiteral("Mute")},
            {QStringLiteral("endpoint"), QStringLiteral("127.0.0.1:%1").arg(mute.serverPort())}});
    }
    document.insert(QStringLiteral("sites"), sites);
    const auto path = write(QStringLiteral("fed/mute.json"), QJsonDocument(document).toJson());
    for (int round = 0; round < 10; ++round) {
        const auto answer = run({QStringLiteral("--federation"), path, QStringLiteral("--timeout"), QStringLiteral("1"), QStringLiteral("--output"),
            QStringLiteral("json"), QStringLiteral("site"), QStringLiteral("list")});
        QVERIFY2(answer.code == 0, qPrintable(QString::number(answer.code) + answer.err));
        QVERIFY2(answer.err.isEmpty(), qPrintable(answer.err));
    }
}

void TestCtl::aNeededSiteThatIsDownEndsWithFour()
{
    for (const char *line : {"site check lyon", "site show lyon", "instance start lyon/instance/i-1", "instance show i-1",
             "verdict lyon --class open", "migrate lyon/instance/i-1 --to lyon"}) {
        const auto answer = run(QStringList {QStringLiteral("--federation"), federation()} + QString::fromLatin1(line).split(u' '));
        QVERIFY2(answer.code == 4, qPrintable(QString::fromLatin1(line) + u": " + QString::number(answer.code) + answer.err));
        QVERIFY(answer.out.isEmpty());
    }
}

void TestCtl::anUnknownWayToMigrateNamesTheKnownOnes()
{
    const auto answer = run({QStringLiteral("--federation"), federation(), QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("migrate"),
        QStringLiteral("x"), QStringLiteral("--to"), QStringLiteral("lyon"), QStringLiteral("--mode"), QStringLiteral("beam")});
    QCOMPARE(answer.code, 2);
    QVERIFY(answer.err.contains(QStringLiteral("cold, warm, live")));
}

void TestCtl::completionKnowsTheCommands()
{
    const auto script = write(QStringLiteral("completion.bash"), run({QStringLiteral("completion"), QStringLiteral("bash")}).out.toUtf8());
    QProcess bash;
    bash.start(QStringLiteral("bash"),
        {QStringLiteral("-c"),
            QStringLiteral("source \"$0\"; COMP_WORDS=(portulanctl instance st); COMP_CWORD=2; _portulanctl; echo \"${COMPREPLY[@]}\";"
                           "COMP_WORDS=(portulanctl migrate x --); COMP_CWORD=3; _portulanctl; echo \"${COMPREPLY[@]}\""),
            script});
    QVERIFY(bash.waitForFinished(30'000));
    const auto lines = QString::fromUtf8(bash.readAllStandardOutput()).split(u'\n');
    QCOMPARE(lines.value(0), QStringLiteral("start stop"));
    QVERIFY2(lines.value(1).contains(QStringLiteral("--to")), qPrintable(lines.join(u'|')));
}

void TestCtl::aBrokenFileToApplyIsNamed()
{
    const QByteArray cases[][2] = {{"[", "1"}, {R"({"volumes": [{"site": "atlantis", "id": "v"}]})", "volumes[0].site"},
        {R"({"volumes": [{"site": "lyon", "id": "V!"}]})", "volumes[0].id"},
        {R"({"instances": [{"site": "*", "id": "i", "class": "secret"}]})", "instances[0].class"},
        {R"({"projects": [{"site": ["lyon"], "id": "p", "quota": {"ram": "much"}}]})", "projects[0]"}, {R"({"datasets": [{"id": "d"}]})", "site"}};
    for (const auto &[text, names] : cases) {
        const auto answer = run({QStringLiteral("--federation"), federation(), QStringLiteral("apply"), write(QStringLiteral("apply.json"), text)});
        QVERIFY2(answer.code == 1 && answer.err.contains(QLatin1String(names)), qPrintable(QString(QString::fromUtf8(text) + answer.err)));
    }
    const auto down = run({QStringLiteral("--federation"), federation(), QStringLiteral("apply"),
        write(QStringLiteral("apply.json"), R"({"networks": [{"site": "*", "id": "n", "project": "p"}]})")});
    QCOMPARE(down.code, 4);
}

QTEST_GUILESS_MAIN(TestCtl)
#include "tst_ctl.moc"
