// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// An evacuation planned with hours, a day, limits by the hour, and things that have their own.
#include "models/phrases.h"
#include "models/waveplanmodel.h"
#include "tests/models/consoleworld.h"

#include <QSignalSpy>

using namespace portulan;
using namespace std::chrono_literals;

class TestEvacuationHours : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wavesBeginInTheirHours();
    void limitsByTheHourMakeItSlower();
    void aDayIsWaitedForAndCounted();
    void aMachineThatWouldBeDownPastItsHoursSaysWhatToDo();
    void oneThingHasItsOwnHoursLimitDayAndRetention();

private:
    static EvacuationChoices leaving() { return {QStringLiteral("lyon"), {}, 0, 3600, true, 12, 4}; }
    /// Of the day, so many after now.
    static int minuteIn(const test::ConsoleWorld &console, int minutes)
    {
        const auto time = QDateTime::fromMSecsSinceEpoch(console.now.time_since_epoch().count()).time();
        return (time.hour() * 60 + time.minute() + minutes) % (24 * 60);
    }
    static QString hoursIn(const test::ConsoleWorld &console, int from, int to)
    {
        return QString::fromStdString(toString(DayWindow {minuteIn(console, from), minuteIn(console, to)}));
    }
    static void answer(test::ConsoleWorld &console);
    static bool isPlanned(EvacuationPlan &plan, const EvacuationChoices &choices)
    {
        QSignalSpy planned(&plan, &EvacuationPlan::planned);
        plan.prepare(choices);
        return QTest::qWaitFor([&planned] { return planned.count() == 1; });
    }
    static std::size_t find(const EvacuationPlan &plan, const std::string &id)
    {
        const auto &all = plan.evacuation().movables;
        return std::size_t(std::ranges::find(all, id, [](const Movable &movable) { return movable.object.id; }) - all.begin());
    }
};

void TestEvacuationHours::answer(test::ConsoleWorld &console)
{
    console.goLive();
    console.link("lyon").onObject = [](const ObjectId &id) {
        Instance thing;
        thing.id = id;
        return Result<Thing>(thing);
    };
    console.link("lyon").onPlan = [](const Migrate &) {
        MigrationAssessment assessment;
        assessment.linkBytesPerSecond = 100'000'000;
        return Result<MigrationAssessment>(assessment);
    };
}

void TestEvacuationHours::wavesBeginInTheirHours()
{
    test::ConsoleWorld console;
    answer(console);
    EvacuationPlan plan(console.federation);
    QVERIFY(isPlanned(plan, leaving()));
    QVERIFY(!plan.keepsHours());
    const auto before = plan.forecast();
    auto choices = leaving();
    choices.hours = hoursIn(console, 120, 240);
    QVERIFY(isPlanned(plan, choices));
    QVERIFY(plan.keepsHours());
    const auto [begins, ends] = plan.timesOf(1);
    QVERIFY(begins > console.now + 118min && begins <= console.now + 120min);
    QVERIFY(ends > begins && ends < begins + 2h);
    QVERIFY(plan.forecast().durationMs > before.durationMs + 118 * 60 * 1000);
    WavePlanModel model(console.federation, plan);
    model.refresh();
    bool found = false;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto text = model.index(row, WavePlanModel::Why).data().toString();
        found
            |= model.groupOf(model.index(row, 0)) == WavePlanModel::Group::Wave && text.startsWith(QStringLiteral("from ")) && text.contains(u" to ");
    }
    QVERIFY(found);
}

void TestEvacuationHours::limitsByTheHourMakeItSlower()
{
    test::ConsoleWorld console;
    answer(console);
    EvacuationPlan plan(console.federation);
    QVERIFY(isPlanned(plan, leaving()));
    const double fast = plan.plan().transferSeconds;
    auto choices = leaving();
    choices.hourly = {{{minuteIn(console, 0), minuteIn(console, 60)}, 100'000}};
    QVERIFY(isPlanned(plan, choices));
    QVERIFY(plan.plan().transferSeconds > 58 * 60 && plan.plan().transferSeconds < 60 * 60 + fast);
    QVERIFY(plan.plan().leastTransferSeconds <= plan.plan().transferSeconds);
    QVERIFY(plan.plan().gap() < 0.05);
}

void TestEvacuationHours::aDayIsWaitedForAndCounted()
{
    test::ConsoleWorld console;
    answer(console);
    EvacuationPlan plan(console.federation);
    auto choices = leaving();
    choices.notBefore = console.now + 48h;
    QVERIFY(isPlanned(plan, choices));
    QVERIFY(plan.beginning() == choices.notBefore);
    QVERIFY(plan.keepsHours());
    QVERIFY(plan.timesOf(1).first == choices.notBefore);
    QVERIFY(plan.forecast().durationMs > 48LL * 3600 * 1000);
    QVERIFY(plan.plan().seconds < 3600);
}

void TestEvacuationHours::aMachineThatWouldBeDownPastItsHoursSaysWhatToDo()
{
    test::ConsoleWorld console;
    answer(console);
    EvacuationPlan plan(console.federation);
    auto choices = leaving();
    choices.hours = hoursIn(console, 60, 90);
    choices.bandwidth = 1'000'000; // five gibibytes take an hour and a half
    QVERIFY(isPlanned(plan, choices));
    const auto web = find(plan, "i-2");
    const auto problem = plan.overrunOf(web);
    QVERIFY(problem && problem->fact("cause") == "hours-overrun");
    const auto sentence = Phrases::sentence(*problem);
    QVERIFY2(sentence.contains(choices.hours) && sentence.contains(QStringLiteral("warm")), qPrintable(sentence));
    WavePlanModel model(console.federation, plan);
    model.refresh();
    QCOMPARE(model.indexOf(plan.thing(web).object).siblingAtColumn(WavePlanModel::Why).data().toString(), sentence);
    choices.mode = MoveMode::Warm;
    QVERIFY(isPlanned(plan, choices));
    QVERIFY(!plan.overrunOf(web));
    QVERIFY(plan.plan().overruns.empty());
}

void TestEvacuationHours::oneThingHasItsOwnHoursLimitDayAndRetention()
{
    test::ConsoleWorld console;
    answer(console);
    EvacuationPlan plan(console.federation);
    auto choices = leaving();
    const ObjectId web {"lyon", ObjectKind::Instance, "i-2"};
    auto &how = choices.exceptions[web].how;
    how.window = DayWindow {minuteIn(console, 300), minuteIn(console, 360)};
    how.bandwidth = 5'000'000;
    how.notBefore = console.now + 1h;
    how.retentionSeconds = 0;
    QVERIFY(isPlanned(plan, choices));
    const auto order = plan.order();
    for (const auto &move : order.moves) {
        const bool isIts = move.order.object == web;
        QCOMPARE(move.order.retentionSeconds, isIts ? 0 : 3600);
        QCOMPARE(move.order.bandwidth, isIts ? 5'000'000 : 0);
        QVERIFY(move.order.window.isAlways() != isIts);
        QVERIFY((move.order.notBefore == Instant {}) != isIts);
    }
    QVERIFY(plan.keepsHours());
    QVERIFY(plan.plan().seconds > 299 * 60);
}

QTEST_GUILESS_MAIN(TestEvacuationHours)
#include "tst_evacuationhours.moc"
