// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/formats.h"
#include "models/language.h"
#include "models/phrases.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <functional>

using namespace portulan;

class TestPhrases : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_language.load(QStringLiteral("en"))); }
    void everyReasonHasASentenceInBothLanguages();
    void sentencesNameWhatTheyAreAbout();
    void aRefusalNamesItsRuleInTheReadersLanguage();
    void whatWasExpectedIsInTheReadersLanguage();
    void everyExpectationInTheSourcesHasAPhrase();
    void movesThatStandStillSayWhatToDo();
    void whatWaitsAndWhatIsInTheWaySayWhatToDoInBothLanguages();
    void whatWasExpectedStandsBesideWhatHappened();
    void everyWordOfTheDomainIsInBothLanguages();
    void everyOrderHasWords();
    void unitsAreThoseOfTheReader();
    void sizesAreUnderstoodAsTyped();
    void agesAndDurationsReadWell();
    void countriesHaveNames();
    void pluralsFollowTheLanguage();

private:
    Language m_language;
};

namespace {

template <typename E>
QStringList wordsOf(std::initializer_list<E> values)
{
    QStringList words;
    for (const E value : values) {
        words.append(Phrases::of(value));
    }
    return words;
}

QStringList allWords()
{
    QStringList words;
    for (const auto c : allClassifications) {
        words.append(Phrases::of(c));
    }
    for (const auto kind : allObjectKinds) {
        words += {Phrases::of(kind), Phrases::plural(kind), Phrases::counted(kind, 3)};
    }
    for (const auto status : allStatuses) {
        words.append(Phrases::of(status));
    }
    using enum Outcome;
    words += wordsOf({Pass, PassAttested, Review, Fail, Outcome::Conflict, NotEvaluated, NotApplicable});
    words += wordsOf({Severity::Blocker, Severity::Major, Severity::Minor, Severity::Info});
    words += wordsOf({Truth::False, Truth::Unknown, Truth::True});
    words += wordsOf({Assurance::Declared, Assurance::Attested, Assurance::Measured});
    words += wordsOf({Custody::Owner, Custody::Leaving, Custody::Incoming, Custody::Retained});
    words += wordsOf({PowerState::Stopped, PowerState::Starting, PowerState::Running, PowerState::Stopping, PowerState::Paused, PowerState::Failed,
        PowerState::RecordedOnly});
    words += wordsOf({AlertSeverity::Info, AlertSeverity::Warning, AlertSeverity::Critical});
    words += wordsOf({SiteKind::Cloud, SiteKind::OnPremises, SiteKind::BareMetal, SiteKind::Edge});
    words += wordsOf({Stack::Embedded, Stack::Libvirt, Stack::OpenStack, Stack::OpenNebula, Stack::VMware});
    words += wordsOf({CertificateStatus::Confirmed, CertificateStatus::Declared, CertificateStatus::Unverified, CertificateStatus::Revoked});
    words += wordsOf({OperationState::Pending, OperationState::Running, OperationState::Paused, OperationState::Done, OperationState::Failed,
        OperationState::Cancelled});
    words += wordsOf({LinkState::Idle, LinkState::Connecting, LinkState::Live, LinkState::Stale, LinkState::Refused});
    for (int step = 0; step <= int(MigrationStep::Aborted); ++step) {
        words.append(Phrases::of(MigrationStep(step)));
    }
    return words;
}

}

void TestPhrases::everyReasonHasASentenceInBothLanguages()
{
    for (const Reason reason : allReasons) {
        QStringList sentences;
        QStringList titles;
        for (const auto &code : Language::codes()) {
            QVERIFY(m_language.load(code));
            sentences.append(Phrases::sentence({reason, {}, {}}));
            titles.append(Phrases::title(reason));
        }
        QVERIFY2(sentences.at(0).endsWith(u'.') && sentences.at(1).endsWith(u'.'), qPrintable(sentences.join(u'|')));
        QVERIFY2(sentences.at(0) != sentences.at(1), qPrintable(sentences.at(0)));
        QVERIFY2(!titles.at(0).isEmpty() && titles.at(0) != titles.at(1), qPrintable(titles.at(0)));
        QVERIFY2(!sentences.join(QString()).contains(u'%'), qPrintable(sentences.join(u'|')));
    }
}

void TestPhrases::sentencesNameWhatTheyAreAbout()
{
    const auto sentence = [](Reason reason, std::map<std::string, std::string> facts) { return Phrases::sentence({reason, std::move(facts), {}}); };
    QVERIFY(sentence(Reason::Unreachable, {{"site", "lyon"}}).contains(QStringLiteral("lyon")));
    QVERIFY(sentence(Reason::NotFound, {{"what", "instance"}, {"id", "i-7"}}).contains(QStringLiteral("i-7")));
    const auto quota
        = sentence(Reason::Quota, {{"resource", "ram_bytes"}, {"limit", "8589934592"}, {"used", "4294967296"}, {"wanted", "6442450944"}});
    QVERIFY2(quota.contains(QStringLiteral("8\u202FGiB")) && quota.contains(QStringLiteral("memory")), qPrintable(quota));
    const auto file = sentence(Reason::Malformed, {{"file", "federation.json"}, {"line", "3"}, {"expected", "JSON"}});
    QVERIFY(file.contains(QStringLiteral("federation.json")) && file.contains(u'3'));
    QVERIFY(sentence(Reason::InvalidArgument, {{"field", "name"}, {"expected", "UTF-8"}}).contains(QStringLiteral("UTF-8")));
}

void TestPhrases::aRefusalNamesItsRuleInTheReadersLanguage()
{
    const Problem refusal {Reason::Refused, {{"rule", "PTL-LOC-001"}, {"title_en", "Inside the EU"}, {"title_fr", "Dans l’UE"}}, {}};
    QVERIFY(Phrases::sentence(refusal).contains(QStringLiteral("Inside the EU")));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    const auto french = Phrases::sentence(refusal);
    QVERIFY(french.contains(QStringLiteral("Dans l’UE")) && french.contains(QStringLiteral("PTL-LOC-001")));
}

void TestPhrases::whatWasExpectedIsInTheReadersLanguage()
{
    const auto sentence = [](const char *expected) {
        return Phrases::sentence({Reason::Malformed, {{"file", "f.json"}, {"expected", expected}}, {}});
    };
    QVERIFY(sentence("sites: a list").endsWith(QStringLiteral("Expected: sites: a list.")));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    QVERIFY2(sentence("sites: a list").contains(QStringLiteral("sites\u00A0: une liste.")), qPrintable(sentence("sites: a list")));
    QVERIFY(sentence("1 to 4096").contains(QStringLiteral("1 à 4096")));
    QVERIFY(sentence("at most 64 terms").contains(QStringLiteral("au plus 64 termes")));
    QVERIFY2(sentence("HOST:PORT").contains(QStringLiteral("HOST:PORT")), "words of files stay");
    QVERIFY(sentence("no such key as \"%1\"").contains(QStringLiteral("«")));
}

/// Whoever adds a refusal adds its phrase: the sources are read for what they say was expected.
void TestPhrases::everyExpectationInTheSourcesHasAPhrase()
{
    QVERIFY(m_language.load(QStringLiteral("fr")));
    const QRegularExpression literal(
        QStringLiteral("(?:\"expected\", *|refuseField\\([^\"]*(?:\"[^\"]*\", *)?|malformed\\(path, [^\"]*(?:\"[^\"]*\", *)?)\"([^\"]+)\"\\s*[,})]"));
    const QRegularExpression words(QStringLiteral("^(an?|the|another|one|no|none|at|each|of) |\\b(of|with|without|and|or|before) "));
    int found = 0;
    QDirIterator files(
        QStringLiteral(PORTULAN_SOURCE_DIR), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto path = QDir(QStringLiteral(PORTULAN_SOURCE_DIR)).relativeFilePath(files.next());
        if (!path.startsWith(u"core/") && !path.startsWith(u"models/") && !path.startsWith(u"app/ctl/") && !path.startsWith(u"proto/")) {
            continue;
        }
        QFile file(files.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = QString::fromUtf8(file.readAll());
        for (auto match = literal.globalMatch(text); match.hasNext();) {
            const auto expected = match.next().captured(1);
            if (words.match(expected).hasMatch()) {
                ++found;
                QVERIFY2(Phrases::expectation(expected) != expected, qPrintable(path + u": " + expected));
            }
        }
    }
    QVERIFY(found > 20);
}

void TestPhrases::movesThatStandStillSayWhatToDo()
{
    const std::map<std::string, std::string> facts {{"cause", "in-doubt"}, {"site", "lyon"}, {"id", "nice/instance/web"}};
    const auto silent = Phrases::sentence({Reason::Unreachable, facts, {}});
    const auto unknown = Phrases::sentence({Reason::NotReady, facts, {}});
    QVERIFY2(silent.contains(QStringLiteral("bring lyon back")) && silent.contains(QStringLiteral("nice/instance/web")), qPrintable(silent));
    QVERIFY2(unknown.contains(QStringLiteral("cancel the operation")), qPrintable(unknown));
    const auto down = Phrases::sentence({Reason::NoCapacity, {{"cause", "not-started"}, {"id", "nice/instance/web"}}, {}});
    QVERIFY2(down.startsWith(QStringLiteral("nice/instance/web")) && down.contains(QStringLiteral("no room")), qPrintable(down));
    const auto lost = Phrases::sentence({Reason::Integrity, {{"cause", "memory-lost"}, {"id", "nice/instance/web"}}, {}});
    QVERIFY2(lost.contains(QStringLiteral("power cut")) && lost.contains(QStringLiteral("nice/instance/web")), qPrintable(lost));
    const auto other = Phrases::sentence(
        {Reason::Unsupported, {{"what", "migrate.live"}, {"cause", "other-version"}, {"here", "8.2.0"}, {"there", "7.2.22"}}, {}});
    QVERIFY2(other.contains(QStringLiteral("QEMU 8.2.0, not with QEMU 7.2.22")) && other.contains(QStringLiteral("warm")), qPrintable(other));
}

void TestPhrases::whatWaitsAndWhatIsInTheWaySayWhatToDoInBothLanguages()
{
    using Facts = std::map<std::string, std::string>;
    const auto with = [](const char *cause, Facts facts) {
        facts.emplace("cause", cause);
        facts.emplace("site", "nice");
        return facts;
    };
    const std::vector<std::pair<Reason, Facts>> all {
        {Reason::NotReady, with("not-before", {{"until", "2026-11-26T22:00:00Z"}})},
        {Reason::NotReady, {{"cause", "slot"}, {"limit", "4"}, {"before", "2"}}},
        {Reason::NotReady, with("slot", {{"limit", "1"}, {"before", "0"}})},
        {Reason::NotReady, with("turn", {{"limit", "8"}, {"before", "1"}})},
        {Reason::NotReady, with("hours", {{"window", "22:00-06:00"}})},
        {Reason::NotReady, with("paused", {})},
        {Reason::NotReady, with("cut-over", {})},
        {Reason::NotReady, with("nothing-to-retry", {{"id", "lyon/operation/op-1"}})},
        {Reason::NotFound, with("no-project", {{"id", "care"}})},
        {Reason::AlreadyExists, with("id-taken", {{"id", "instance/web"}})},
        {Reason::NotFound, with("dropped-network", {{"id", "n-1"}})},
        {Reason::NotFound, with("dropped-image", {{"id", "debian-12"}})},
        {Reason::Unsupported, with("snapshots", {{"count", "3"}})},
        {Reason::Unsupported, with("mode", {{"what", "migrate.live"}})},
        {Reason::NotReady, with("moved-cold", {})},
        {Reason::NotReady, with("clock-ahead", {{"seconds", "3600"}})},
        {Reason::NotReady, with("clock-behind", {{"seconds", "3600"}})},
        {Reason::Expired, with("certificate", {{"until", "2026-11-26T22:00:00Z"}})},
        {Reason::Expired, with("expires-meanwhile", {{"until", "2026-11-26T22:00:00Z"}, {"end", "2026-11-27T22:00:00Z"}})},
        {Reason::NotReady, with("hours-short", {{"window", "10:00-10:01"}, {"seconds", "90"}})},
        {Reason::NotReady, with("hours-overrun", {{"window", "22:00-06:00"}, {"seconds", "32420"}, {"hours_seconds", "28800"}})},
        {Reason::NotReady, with("hours-many", {{"window", "10:00-11:00"}, {"seconds", "7200"}, {"span_seconds", "90000"}})},
        {Reason::NotReady, with("limit-slow", {{"seconds", "900000"}, {"unlimited_seconds", "60"}})},
        {Reason::NotReady, with("no-retention", {{"id", "lyon/instance/web"}})},
    };
    QSet<QString> english;
    for (const auto &[reason, facts] : all) {
        QStringList sentences;
        for (const auto &code : Language::codes()) {
            QVERIFY(m_language.load(code));
            sentences.append(Phrases::sentence({reason, facts, {}}));
            QVERIFY2(sentences.last() != Phrases::sentence({reason, {}, {}}), facts.at("cause").c_str());
            QVERIFY2(sentences.last().endsWith(u'.') && !sentences.last().contains(u'%'), qPrintable(sentences.last()));
        }
        QVERIFY2(sentences.at(0) != sentences.at(1), qPrintable(sentences.at(0)));
        english.insert(sentences.at(0));
    }
    QCOMPARE(english.size(), qsizetype(all.size()));
}

void TestPhrases::whatWasExpectedStandsBesideWhatHappened()
{
    Operation operation;
    operation.kind = "migrate";
    operation.state = OperationState::Running;
    QVERIFY(Phrases::forecast(operation).isEmpty());
    operation.forecast = {1000, 720'000, 240'000, 400, 200};
    QCOMPARE(Phrases::forecast(operation),
        QStringList({QStringLiteral("expected 12\u202Fmin ± 4\u202Fmin"), QStringLiteral("outage expected 0.40\u202Fs ± 0.20\u202Fs")}));
    operation.state = OperationState::Done;
    operation.workedMs = 540'000;
    operation.outageMs = 90;
    QCOMPARE(Phrases::forecast(operation),
        QStringList({QStringLiteral("expected 12\u202Fmin ± 4\u202Fmin, took 9\u202Fmin"),
            QStringLiteral("outage expected 0.40\u202Fs ± 0.20\u202Fs, was 0.09\u202Fs")}));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    QVERIFY(Phrases::forecast(operation).at(1).contains(QStringLiteral("0,09\u202Fs")));
    operation.waiting = {Reason::NotReady, {{"cause", "paused"}}, {}};
    QVERIFY(Phrases::waiting(operation).isEmpty()); // it is over
    operation.state = OperationState::Paused;
    QVERIFY(!Phrases::waiting(operation).isEmpty());
}

void TestPhrases::everyWordOfTheDomainIsInBothLanguages()
{
    const auto english = allWords();
    QVERIFY(!english.contains(QString()));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    const auto french = allWords();
    QCOMPARE(french.size(), english.size());
    QVERIFY(!french.contains(QString()));
    int same = 0;
    for (qsizetype i = 0; i < french.size(); ++i) {
        same += french.at(i) == english.at(i) ? 1 : 0;
    }
    QVERIFY2(same < french.size() / 6, qPrintable(QString::number(same))); // volume, image, instance are the same in both
    QCOMPARE(Phrases::of(Status::Compliant), QStringLiteral("Conforme"));
    QCOMPARE(Phrases::of(Status::ToWatch), QStringLiteral("À surveiller"));
    QCOMPARE(Phrases::of(Status::NonCompliant), QStringLiteral("Non conforme"));
    QCOMPARE(Phrases::of(Status::NotEvaluated), QStringLiteral("Non évalué"));
    QCOMPARE(Phrases::of(Status::Conflict), QStringLiteral("Conflit"));
}

void TestPhrases::everyOrderHasWords()
{
    const Order orders[] = {CreateProject {}, UpdateProject {}, DeleteProject {}, CreateInstance {}, UpdateInstance {}, StartInstance {},
        StopInstance {}, RebootInstance {}, ResizeInstance {}, DeleteInstance {}, AttachVolume {}, DetachVolume {}, CreateVolume {}, ResizeVolume {},
        DeleteVolume {}, CreateSnapshot {}, RevertSnapshot {}, DeleteSnapshot {}, CreateImage {}, DeleteImage {}, CreateDataSet {}, UpdateDataSet {},
        DeleteDataSet {}, DeleteDataObject {}, CreateNetwork {}, DeleteNetwork {}, Migrate {}, CancelOperation {}, PauseOperation {},
        ResumeOperation {}, CutOverOperation {}, TestBootOperation {}, Evacuate {}};
    QCOMPARE(std::size(orders), std::variant_size_v<Order>);
    for (const auto &order : orders) {
        const auto kind = QString::fromUtf8(kindOf(order).data(), qsizetype(kindOf(order).size()));
        QVERIFY2(Phrases::operation(kind) != kind, qPrintable(kind));
    }
    QCOMPARE(Phrases::operation(QStringLiteral("tea.make")), QStringLiteral("tea.make"));
}

void TestPhrases::unitsAreThoseOfTheReader()
{
    QCOMPARE(Formats::bytes(1'500'000'000), QStringLiteral("1.5\u202FGB"));
    QCOMPARE(Formats::bytes(qint64(4) << 30, Formats::Binary), QStringLiteral("4\u202FGiB"));
    QCOMPARE(Formats::bytes(999), QStringLiteral("999\u202FB"));
    QCOMPARE(Formats::bytes(999'999), QStringLiteral("1\u202FMB"));
    QCOMPARE(Formats::number(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(Formats::percent(0.42), QStringLiteral("42%"));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    QCOMPARE(Formats::bytes(1'500'000'000), QStringLiteral("1,5\u202FGo"));
    QCOMPARE(Formats::bytes(qint64(4) << 30, Formats::Binary), QStringLiteral("4\u202FGio"));
    QCOMPARE(Formats::bytes(0), QStringLiteral("0\u202Fo"));
    QCOMPARE(Formats::number(1'234'567), QStringLiteral("1\u202F234\u202F567"));
    QCOMPARE(Formats::percent(0.42), QStringLiteral("42\u202F%"));
    QCOMPARE(Formats::rate(12e6), QStringLiteral("12\u202FMo/s"));
}

void TestPhrases::sizesAreUnderstoodAsTyped()
{
    const auto bytes = [](const char *text) { return bytesFrom(QString::fromUtf8(text), QStringLiteral("size")).value_or(-1); };
    QCOMPARE(bytes("1024"), 1024);
    QCOMPARE(bytes("4G"), 4'000'000'000);
    QCOMPARE(bytes("4 Go"), 4'000'000'000);
    QCOMPARE(bytes("4GiB"), qint64(4) << 30);
    QCOMPARE(bytes("1,5 TB"), 1'500'000'000'000);
    QCOMPARE(bytes("512m"), 512'000'000);
    for (const char *wrong : {"", "four", "4X", "-1", "4GG", "1e9", "99999999999T"}) {
        QVERIFY2(bytes(wrong) == -1, wrong);
    }
    QCOMPARE(bytesFrom(QStringLiteral("x"), QStringLiteral("--size")).error().fact("field"), std::string("--size"));
    const auto seconds = [](const char *text) { return secondsFrom(QString::fromUtf8(text), QStringLiteral("--retention")).value_or(-1); };
    QCOMPARE(seconds("0"), 0);
    QCOMPARE(seconds("90s"), 90);
    QCOMPARE(seconds("15 min"), 900);
    QCOMPARE(seconds("12h"), 43'200);
    QCOMPARE(seconds("7d"), 604'800);
    QCOMPARE(seconds("7j"), 604'800);
    for (const char *wrong : {"", "7", "-1d", "1.5h", "7 weeks", "99999999999d"}) {
        QCOMPARE(seconds(wrong), -1);
    }
}

void TestPhrases::agesAndDurationsReadWell()
{
    QCOMPARE(Formats::ago(500), QStringLiteral("just now"));
    QCOMPARE(Formats::ago(12'400), QStringLiteral("12\u202Fs ago"));
    QCOMPARE(Formats::duration(200), QStringLiteral("3\u202Fmin\u00A020\u202Fs"));
    QCOMPARE(Formats::duration(0.2), QStringLiteral("less than a second"));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    QCOMPARE(Formats::ago(12'400), QStringLiteral("il y a 12\u202Fs"));
    QCOMPARE(Formats::duration(100 * 3600), QStringLiteral("4\u202Fj\u00A04\u202Fh"));
    QCOMPARE(Formats::date(Date(std::chrono::year(2026) / 11 / 22)), QStringLiteral("22 nov. 2026"));
    QCOMPARE(Phrases::standing(LinkState::Stale, 180'000), QStringLiteral("Entendu pour la dernière fois il y a 3\u202Fmin"));
}

void TestPhrases::countriesHaveNames()
{
    QCOMPARE(Phrases::country("DE"), QStringLiteral("Germany"));
    QCOMPARE(Phrases::country("ZZ"), QStringLiteral("ZZ"));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    QCOMPARE(Phrases::country("DE"), QStringLiteral("Allemagne"));
    QCOMPARE(Phrases::value(portulan::Words {"FR", "US"}), QStringLiteral("France, États-Unis"));
}

void TestPhrases::pluralsFollowTheLanguage()
{
    QCOMPARE(Phrases::counted(ObjectKind::Site, 1), QStringLiteral("1 site"));
    QCOMPARE(Phrases::counted(ObjectKind::Site, 0), QStringLiteral("0 sites"));
    QCOMPARE(Phrases::counted(ObjectKind::Instance, 1200), QStringLiteral("1,200 instances"));
    QVERIFY(m_language.load(QStringLiteral("fr")));
    QCOMPARE(Phrases::counted(ObjectKind::Site, 0), QStringLiteral("0 site"));
    QCOMPARE(Phrases::counted(ObjectKind::Site, 2), QStringLiteral("2 sites"));
}

QTEST_GUILESS_MAIN(TestPhrases)
#include "tst_phrases.moc"
