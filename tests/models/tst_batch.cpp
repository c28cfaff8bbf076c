// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Migrations of several objects in one go, each in its own way, and what is ordered again of them.
#include "models/migrationmoves.h"
#include "models/orderagain.h"
#include "models/roles.h"
#include "tests/models/consoleworld.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace portulan;

class TestBatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachObjectMayGoElsewhereAndOtherwise();
    void whatGoesElsewhereDoesNotCountWhereAllGo();
    void itsListSaysWhatIsOwnAndWhatIsAsAll();
    void whatIsRefusedIsKnown();
    void whatFailedIsOrderedAgainAsItWas();
    void ofWhatWasOrderedElsewhereTheModeAndTheDestinationAreKnown();

private:
    static inline const ObjectId one {"lyon", ObjectKind::Instance, "i-2"};
    static inline const ObjectId other {"lyon", ObjectKind::Instance, "i-3"};
    static MigrationChoices both()
    {
        MigrationChoices choices;
        choices.objects = {one, other};
        choices.toSite = QStringLiteral("brest");
        return choices;
    }
    static void accept(test::ConsoleWorld &console)
    {
        console.goLive();
        console.link("lyon").onPlan = [](const Migrate &) { return Result<MigrationAssessment>(MigrationAssessment {}); };
    }
    /// Of an operation that the link said yes to.
    static Operation failed(const ObjectId &id, const ObjectId &object)
    {
        Operation operation;
        operation.id = id;
        operation.kind = "migrate";
        operation.object = object;
        operation.fromSite = "lyon";
        operation.toSite = "dublin";
        operation.mode = "warm";
        operation.state = OperationState::Failed;
        return operation;
    }
};

void TestBatch::eachObjectMayGoElsewhereAndOtherwise()
{
    test::ConsoleWorld console;
    accept(console);
    MigrationPlan plan(console.federation);
    auto choices = both();
    choices.hourly = QStringLiteral("08:00-18:00=2MB");
    auto &its = choices.exceptions[other];
    its.to = QStringLiteral("dublin");
    its.how.mode = MoveMode::Warm;
    its.how.cutOver = CutOver::Manual;
    its.how.window = DayWindow {1320, 360};
    its.how.bandwidth = 1000;
    its.how.retentionSeconds = 0;
    plan.setChoices(choices);
    QTRY_VERIFY(plan.isReady());
    const auto usual = plan.order(one);
    QCOMPARE(usual.toSite, std::string("brest"));
    QVERIFY(usual.mode == MoveMode::Cold && usual.cutOver == CutOver::Automatic && usual.window.isAlways());
    QCOMPARE(usual.hourly.size(), std::size_t(1));
    const auto order = plan.order(other);
    QCOMPARE(order.toSite, std::string("dublin"));
    QCOMPARE(order.toEndpoint, std::string("127.0.0.1:1"));
    QVERIFY(order.mode == MoveMode::Warm && order.cutOver == CutOver::Manual && order.window == (DayWindow {1320, 360}));
    QCOMPARE(order.bandwidth, 1000);
    QVERIFY(order.hourly.empty());
    QCOMPARE(order.retentionSeconds, 0);
    QSignalSpy finished(&plan, &MigrationPlan::finished);
    plan.submit();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(console.link("lyon").requests.size(), std::size_t(2));
    choices.exceptions[other].to = QStringLiteral("lyon");
    plan.setChoices(choices);
    QTRY_VERIFY(!plan.isAssessing());
    QVERIFY(!plan.isReady()); // it is there
}

void TestBatch::whatGoesElsewhereDoesNotCountWhereAllGo()
{
    test::ConsoleWorld console;
    accept(console);
    MigrationPlan plan(console.federation);
    MigrationChoices choices;
    const ObjectId health {"lyon", ObjectKind::Instance, "i-1"};
    choices.objects = {one, health};
    choices.toSite = QStringLiteral("dublin");
    plan.setChoices(choices);
    QVERIFY(!plan.candidate(QStringLiteral("dublin"))->allowed); // health data may not
    choices.exceptions[health].to = QStringLiteral("brest");
    plan.setChoices(choices);
    QVERIFY(plan.candidate(QStringLiteral("dublin"))->allowed);
    QTRY_VERIFY(plan.isReady());
}

void TestBatch::itsListSaysWhatIsOwnAndWhatIsAsAll()
{
    test::ConsoleWorld console;
    accept(console);
    console.link("lyon").onPlan = [](const Migrate &order) {
        MigrationAssessment assessment;
        if (order.mode == MoveMode::Live) {
            assessment.blockers = {{Reason::Unsupported, {{"cause", "mode"}, {"what", "migrate.live"}}, {}}};
        }
        return Result<MigrationAssessment>(assessment);
    };
    MigrationPlan plan(console.federation);
    auto choices = both();
    plan.setChoices(choices);
    MigrationMoves moves(console.federation, plan);
    const QAbstractItemModelTester tester(&moves, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(moves.rowCount(), 2);
    QCOMPARE(moves.index(1, MigrationMoves::What).data().toString(), QStringLiteral("web-2"));
    QCOMPARE(moves.index(1, MigrationMoves::Mode).data().toString(), QStringLiteral("Cold"));
    QCOMPARE(moves.index(1, MigrationMoves::Mode).data(OwnRole).toBool(), false);
    QVERIFY(moves.index(1, MigrationMoves::Mode).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("as all")));
    choices.exceptions[other].how.mode = MoveMode::Live;
    plan.setChoices(choices);
    moves.refresh();
    QCOMPARE(moves.index(1, MigrationMoves::Mode).data().toString(), QStringLiteral("Live"));
    QCOMPARE(moves.index(1, MigrationMoves::Mode).data(OwnRole).toBool(), true);
    QCOMPARE(moves.index(0, MigrationMoves::Mode).data(OwnRole).toBool(), false);
    QCOMPARE(moves.differing(), 1);
    QTRY_VERIFY(!moves.index(1, MigrationMoves::Note).data().toString().isEmpty());
    QVERIFY(moves.index(0, MigrationMoves::Note).data().toString().isEmpty());
    choices.objects = {one};
    plan.setChoices(choices);
    moves.refresh();
    QCOMPARE(moves.rowCount(), 1);
}

void TestBatch::whatIsRefusedIsKnown()
{
    test::ConsoleWorld console;
    accept(console);
    console.link("lyon").onSubmit = [](const Request &request) -> Result<Operation> {
        const auto *order = std::get_if<Migrate>(&request.order);
        if (order != nullptr && order->object == other) {
            return refuse(Reason::Refused, {{"rule", "X"}});
        }
        Operation operation;
        operation.id = {"lyon", ObjectKind::Operation, "op-1"};
        return operation;
    };
    MigrationPlan plan(console.federation);
    plan.setChoices(both());
    QTRY_VERIFY(plan.isReady());
    QSignalSpy finished(&plan, &MigrationPlan::finished);
    plan.submit();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(plan.refused(), std::vector<ObjectId> {other});
    const auto kept = console.federation.ordered({"lyon", ObjectKind::Operation, "op-1"});
    QVERIFY(kept && kept->object == one);
}

void TestBatch::whatFailedIsOrderedAgainAsItWas()
{
    test::ConsoleWorld console;
    accept(console);
    const ObjectId first {"lyon", ObjectKind::Operation, "op-1"};
    const ObjectId second {"lyon", ObjectKind::Operation, "op-2"};
    MigrationPlan plan(console.federation);
    auto choices = both();
    choices.mode = MoveMode::Warm;
    choices.hours = QStringLiteral("22:00-06:00");
    choices.exceptions[other].how.cutOver = CutOver::Manual;
    choices.exceptions[other].to = QStringLiteral("dublin");
    plan.setChoices(choices);
    console.federation.keep(first, plan.order(one));
    console.federation.keep(second, plan.order(other));
    QVERIFY(mayOrderAgain(console.federation, failed(first, one)));
    auto done = failed(first, one);
    done.state = OperationState::Done;
    QVERIFY(!mayOrderAgain(console.federation, done));
    QVERIFY(!mayOrderAgain(console.federation, failed(first, {"lyon", ObjectKind::Instance, "gone"})));
    const auto again = choicesAgain(console.federation, {failed(first, one), failed(second, other), failed(first, one)});
    QCOMPARE(again.objects, choices.objects);
    QVERIFY(again.mode == MoveMode::Warm);
    QCOMPARE(again.hours, choices.hours);
    QCOMPARE(again.toSite, choices.toSite);
    QVERIFY(again.exceptions == choices.exceptions);
}

void TestBatch::ofWhatWasOrderedElsewhereTheModeAndTheDestinationAreKnown()
{
    test::ConsoleWorld console;
    accept(console);
    const auto again = choicesAgain(console.federation, {failed({"lyon", ObjectKind::Operation, "op-9"}, one)});
    QCOMPARE(again.toSite, QStringLiteral("dublin"));
    QVERIFY(again.mode == MoveMode::Warm);
    QVERIFY(again.exceptions.empty());
}

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
