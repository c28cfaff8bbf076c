// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How each thing is moved, as it is typed and as it stands in a plan's file.
#include "models/evacuationplan.h"
#include "models/moveoptions.h"
#include "tests/models/consoleworld.h"

#include <QSignalSpy>
#include <nlohmann/json.hpp>

using namespace portulan;

class TestMoveOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ratesByTheHourAreReadAsTheyAreTyped();
    void momentsAreLocalOrExact();
    void aPlanIsReadBackAsItWasWritten();
    void everyMistakeInAPlanNamesItsPlace_data();
    void everyMistakeInAPlanNamesItsPlace();
    void whatAnItemDoesNotSayIsTheCommandLines();
    void aColdMoveMayWaitForItsCutOver();
    void whatAnotherSiteHasToMoveFirstIsAwaited();
    void onlyAnEvacuationThatLeftSomethingIsRetried();
    void eachThingMayMoveInItsOwnWay();
    void sitesEmptiedTogetherSendNothingToEachOther();

private:
    /// Things without labels, a link of 100 MB/s to everywhere.
    static void answer(FakeLink &link)
    {
        link.onObject = [](const ObjectId &id) {
            Instance thing;
            thing.id = id;
            return Result<Thing>(thing);
        };
        link.onPlan = [](const Migrate &) {
            MigrationAssessment assessment;
            assessment.linkBytesPerSecond = 100'000'000;
            return Result<MigrationAssessment>(assessment);
        };
    }
    static Problem problemOf(const QByteArray &text)
    {
        const auto plan = plannedMovesFrom(text, QStringLiteral("plan.json"));
        return plan ? Problem {} : plan.error();
    }
};

void TestMoveOptions::ratesByTheHourAreReadAsTheyAreTyped()
{
    const auto rate = hourlyRateFrom(QStringLiteral("08:00-18:00=2MB/s"), QStringLiteral("--bandwidth-at"));
    QVERIFY(rate);
    QVERIFY((*rate == HourlyRate {{480, 1080}, 2'000'000}));
    const auto several = hourlyRatesFrom(QStringLiteral("22:00-06:00=0, 08:00-18:00=1.5 MB; 18:00-22:00=1GiB"), {});
    QVERIFY(several);
    QCOMPARE(several->size(), std::size_t(3));
    QCOMPARE(several->at(1).bytesPerSecond, 1'500'000);
    QVERIFY(*hourlyRatesFrom(toText(*several), {}) == *several);
    QVERIFY(hourlyRatesFrom({}, {})->empty());
    for (const auto *text : {"08:00-18:00", "2MB", "8-18=2MB", "08:00-08:00=2MB", "08:00-18:00=fast", "=2MB"}) {
        const auto wrong = hourlyRateFrom(QLatin1String(text), QStringLiteral("--bandwidth-at"));
        QVERIFY2(!wrong, text);
        QCOMPARE(wrong.error().fact("expected"), std::string("HH:MM-HH:MM=RATE"));
        QCOMPARE(wrong.error().fact("field"), std::string("--bandwidth-at"));
    }
}

void TestMoveOptions::momentsAreLocalOrExact()
{
    QVERIFY(*momentFrom(QStringLiteral("2026-11-26T22:00:00Z"), {}) == *instantFrom("2026-11-26T22:00:00Z"));
    const auto local = momentFrom(QStringLiteral("2026-11-26 22:00"), {});
    QVERIFY(local);
    QCOMPARE(QDateTime::fromMSecsSinceEpoch(local->time_since_epoch().count()).toString(QStringLiteral("yyyy-MM-dd HH:mm")),
        QStringLiteral("2026-11-26 22:00"));
    QVERIFY(*momentFrom({}, {}) == Instant {});
    QVERIFY(!momentFrom(QStringLiteral("tonight"), {}));
    QVERIFY(!momentFrom(QStringLiteral("2026-13-01 22:00"), {}));
}

void TestMoveOptions::aPlanIsReadBackAsItWasWritten()
{
    MoveOptions options;
    options.mode = MoveMode::Warm;
    options.cutOver = CutOver::Manual;
    options.window = {1320, 360};
    options.bandwidth = 5'000'000;
    options.hourly = {{{480, 1080}, 2'000'000}};
    options.notBefore = *instantFrom("2026-11-26T22:00:00Z");
    options.retentionSeconds = 0;
    options.start = false;
    options.toProject = QStringLiteral("care");
    const nlohmann::json file {{"site", "lyon"}, {"at_once", 7}, {"seconds", 600.5}, {"seconds_error", 60}, {"gap", 0.01}, {"waves", {1, 2}},
        {"items",
            {{{"object", "lyon/instance/web"}, {"name", "web"}, {"to", "brest"}, {"wave", 2}, {"bytes", 4096}, {"after", {"lyon/volume/data"}},
                 {"options", toJson(options)}, {"alternatives", {1}}, {"problem", nullptr}},
                {{"object", "lyon/volume/data"}, {"to", nullptr}, {"wave", nullptr}}}}};
    const auto plan = plannedMovesFrom(QByteArray::fromStdString(file.dump()), QStringLiteral("plan.json"));
    QVERIFY2(plan, plan ? "" : describe(plan.error()).c_str());
    QCOMPARE(plan->site, QStringLiteral("lyon"));
    QCOMPARE(plan->moves.size(), std::size_t(2));
    QVERIFY(plan->moves[0].options == options);
    QVERIFY(plan->moves[1].to.isEmpty());
    const auto order = evacuateBy(*plan, plan->site);
    QCOMPARE(order.atOnce, 7);
    QCOMPARE(order.moves.size(), std::size_t(1)); // what has no place stays
    QVERIFY(MoveOptions::of(order.moves[0].order) == options);
    QCOMPARE(order.moves[0].wave, 1);
    QCOMPARE(order.moves[0].bytes, 4096);
    QCOMPARE(order.moves[0].after.front().text(), std::string("lyon/volume/data"));
    QCOMPARE(order.forecast.bytes, 4096);
    QCOMPARE(order.forecast.durationMs, 600'500);
}

void TestMoveOptions::everyMistakeInAPlanNamesItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto item
        = [](const char *more) -> QByteArray { return QByteArray("{\"items\":[{\"object\":\"lyon/instance/web\",\"to\":\"brest\"") + more + "}]}"; };
    QTest::newRow("no JSON") << QByteArray("{") << QStringLiteral("JSON");
    QTest::newRow("no object") << QByteArray("[]") << QStringLiteral("an object");
    QTest::newRow("no items") << QByteArray("{}") << QStringLiteral("items: a list of 1 to 10000 moves");
    QTest::newRow("empty") << QByteArray("{\"items\":[]}") << QStringLiteral("items: a list of 1 to 10000 moves");
    QTest::newRow("no word") << QByteArray("{\"items\":[3]}") << QStringLiteral("items[0]: an object");
    QTest::newRow("unknown key") << item(",\"speed\":3") << QStringLiteral("items[0].speed: a known key");
    QTest::newRow("unknown option") << item(",\"options\":{\"speed\":3}") << QStringLiteral("items[0].options.speed: a known key");
    QTest::newRow("wave") << item(",\"wave\":0") << QStringLiteral("items[0].wave: 1 – 10000");
    QTest::newRow("fraction") << item(",\"wave\":1.5") << QStringLiteral("items[0].wave: 1 – 10000");
    QTest::newRow("mode") << item(",\"options\":{\"mode\":\"tepid\"}") << QStringLiteral("items[0].options.mode: cold, warm, live");
    QTest::newRow("cut-over") << item(",\"options\":{\"cut_over\":\"perhaps\"}") << QStringLiteral("items[0].options.cut_over: auto, manual");
    QTest::newRow("window") << item(",\"options\":{\"window\":\"night\"}") << QStringLiteral("items[0].options.window: HH:MM-HH:MM");
    QTest::newRow("bandwidth") << item(",\"options\":{\"bandwidth_bytes_per_second\":-1}")
                               << QStringLiteral("items[0].options.bandwidth_bytes_per_second: 0 – 1152921504606846976");
    QTest::newRow("rate") << item(",\"options\":{\"bandwidth_at\":[{\"bytes_per_second\":5}]}")
                          << QStringLiteral("items[0].options.bandwidth_at[0].hours: HH:MM-HH:MM");
    QTest::newRow("moment") << item(",\"options\":{\"not_before\":\"tonight\"}") << QStringLiteral("items[0].options.not_before: RFC 3339");
    QTest::newRow("start") << item(",\"options\":{\"start\":1}") << QStringLiteral("items[0].options.start: true or false");
    QTest::newRow("itself") << QByteArray("{\"items\":[{\"object\":\"lyon/instance/web\",\"to\":\"lyon\"}]}")
                            << QStringLiteral("items[0].to: another site");
    QTest::newRow("kind") << QByteArray("{\"items\":[{\"object\":\"lyon/snapshot/web\",\"to\":\"brest\"}]}")
                          << QStringLiteral("items[0].object: SITE/KIND/ID of an instance, a volume, an image or a data set");
    QTest::newRow("twice") << QByteArray(
        "{\"items\":[{\"object\":\"lyon/volume/v\",\"to\":\"brest\"},{\"object\":\"lyon/volume/v\",\"to\":\"dublin\"}]}")
                           << QStringLiteral("items[1].object: each object once");
    QTest::newRow("key twice") << item(",\"to\":\"dublin\"") << QStringLiteral("each key once, not \"to\" twice");
}

void TestMoveOptions::everyMistakeInAPlanNamesItsPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto problem = problemOf(text);
    QVERIFY(problem.reason == Reason::Malformed);
    QCOMPARE(QString::fromStdString(problem.fact("expected")), expected);
    QCOMPARE(problem.fact("file"), std::string("plan.json"));
}

void TestMoveOptions::whatAnItemDoesNotSayIsTheCommandLines()
{
    MoveOptions otherwise;
    otherwise.bandwidth = 77;
    otherwise.mode = MoveMode::Warm;
    const auto plan = plannedMovesFrom("{\"items\":[{\"object\":\"lyon/instance/web\",\"to\":\"brest\",\"options\":{\"mode\":\"cold\"}},"
                                       "{\"object\":\"lyon/instance/db\",\"to\":\"brest\"}]}",
        QStringLiteral("plan.json"), otherwise);
    QVERIFY(plan);
    QVERIFY(plan->moves[0].options.mode == MoveMode::Cold);
    QCOMPARE(plan->moves[0].options.bandwidth, 77);
    QVERIFY(plan->moves[1].options == otherwise);
}

void TestMoveOptions::aColdMoveMayWaitForItsCutOver()
{
    const auto plan
        = plannedMovesFrom("{\"items\":[{\"object\":\"lyon/image/base\",\"to\":\"brest\",\"options\":{\"mode\":\"cold\",\"cut_over\":\"manual\"}}]}",
            QStringLiteral("plan.json"));
    QVERIFY2(plan, plan ? "" : describe(plan.error()).c_str());
    const auto order = evacuateBy(*plan, QStringLiteral("lyon"));
    QVERIFY(order.moves.front().order.mode == MoveMode::Cold);
    QVERIFY(order.moves.front().order.cutOver == CutOver::Manual);
    QVERIFY(order.moves.front().order.object.kind == ObjectKind::Image);
}

void TestMoveOptions::whatAnotherSiteHasToMoveFirstIsAwaited()
{
    const auto plan
        = plannedMovesFrom("{\"items\":[{\"object\":\"lyon/instance/web\",\"to\":\"dublin\",\"wave\":3,\"after\":[\"brest/instance/db\"]},"
                           "{\"object\":\"lyon/instance/app\",\"to\":\"dublin\",\"wave\":2,\"after\":[\"brest/instance/db\",\"lyon/volume/v\"]}]}",
            QStringLiteral("plan.json"));
    QVERIFY2(plan, plan ? "" : describe(plan.error()).c_str());
    const auto order = evacuateBy(*plan, QStringLiteral("lyon"));
    QCOMPARE(order.moves.size(), std::size_t(3)); // once, whoever waits
    const auto &awaited = order.moves.back();
    QVERIFY(isAwaited(order, awaited));
    QCOMPARE(awaited.order.object.text(), std::string("brest/instance/db"));
    QCOMPARE(awaited.order.toSite, std::string("brest")); // who is asked
    QCOMPARE(awaited.wave, 1); // the first in which something waits
    QVERIFY(!isAwaited(order, order.moves.front()));
}

void TestMoveOptions::onlyAnEvacuationThatLeftSomethingIsRetried()
{
    Operation operation;
    operation.id = {"lyon", ObjectKind::Operation, "op-1"};
    operation.kind = "migrate";
    QVERIFY(retryOf(operation).error().reason == Reason::InvalidArgument);
    operation.kind = "evacuate";
    operation.state = OperationState::Running;
    QVERIFY(retryOf(operation).error().reason == Reason::NotReady);
    operation.state = OperationState::Done;
    operation.parts = {3, 3, 0, 0, 1, 1};
    QCOMPARE(retryOf(operation).error().fact("cause"), std::string("nothing-to-retry"));
    operation.state = OperationState::Failed;
    operation.parts = {3, 1, 2, 0, 1, 1};
    const auto order = retryOf(operation);
    QVERIFY(order);
    QCOMPARE(order->retryOf, std::string("op-1"));
    QCOMPARE(order->site.text(), std::string("lyon"));
    QVERIFY(order->moves.empty());
}

void TestMoveOptions::eachThingMayMoveInItsOwnWay()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    answer(console.link("brest"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    EvacuationChoices choices;
    choices.site = QStringLiteral("lyon");
    choices.mode = MoveMode::Warm;
    choices.bandwidth = 1000;
    choices.notBefore = console.now + std::chrono::hours(1);
    const ObjectId web {"lyon", ObjectKind::Instance, "i-2"};
    choices.exceptions[web].mode = {MoveMode::Cold, CutOver::Automatic};
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    QVERIFY(plan.optionsOf(web).mode == MoveMode::Cold);
    const auto order = plan.order();
    QVERIFY(!order.moves.empty());
    QVERIFY(order.forecast.durationMs > 0);
    for (const auto &move : order.moves) {
        const bool isWeb = move.order.object == web;
        QCOMPARE(move.order.bandwidth, 1000);
        QVERIFY((move.order.mode == MoveMode::Warm) == (!isWeb && move.order.object.kind == ObjectKind::Instance));
        QVERIFY(move.order.notBefore == choices.notBefore);
    }
}

void TestMoveOptions::sitesEmptiedTogetherSendNothingToEachOther()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    answer(console.link("brest"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    EvacuationChoices choices;
    choices.site = QStringLiteral("lyon");
    choices.others = QStringList {QStringLiteral("brest")};
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    for (const auto &order : plan.orders()) {
        for (const auto &move : order.moves) {
            QCOMPARE(move.order.object.site, order.site.site);
            QCOMPARE(move.order.toSite, std::string("dublin"));
        }
    }
}

QTEST_GUILESS_MAIN(TestMoveOptions)
#include "tst_moveoptions.moc"
