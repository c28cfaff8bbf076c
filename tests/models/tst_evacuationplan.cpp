// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/waveplanmodel.h"
#include "tests/models/planning.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace portulan;
using namespace portulan::test;

class TestEvacuationPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingThatMayGoIsPlannedAndTheRestSaysWhyNot();
    void labelsKeepTogetherApartAndInOrder();
    void aLinkThatCannotBeMeasuredIsAssumedAndOneThatIsDownIsNone();
    void whatIsUnknownOrDownEndsIt();
    void onlyTheLastQuestionIsAnswered();
    void oneThingMayGoElsewhereOtherwiseOrNotAtAll();
    void planningAnewAsksNothingAgain();
    void itCanBeStopped();
    void allSitesOfAnOperatorAreEmptiedTogether();
    void whatIsOrderedIsRemembered();
    void itsTableShowsWavesAndWhatHasNoPlace();
};

void TestEvacuationPlan::everythingThatMayGoIsPlannedAndTheRestSaysWhyNot()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    QTRY_COMPARE(planned.count(), 1);
    QCOMPARE(plan.evacuation().movables.size(), std::size_t(4)); // three machines and a data set; disks go with their machines
    const auto health = find(plan, "i-1");
    const auto web = find(plan, "i-2");
    QVERIFY(health && web);
    QVERIFY(plan.destinationOf(*health).isEmpty());
    QVERIFY(plan.obstacleOf(*health).reason == Reason::Refused);
    QCOMPARE(plan.waveOf(*health), 0);
    QVERIFY(!plan.destinationOf(*web).isEmpty());
    const auto order = plan.order();
    QCOMPARE(order.site.text(), std::string("lyon"));
    QVERIFY(std::ranges::none_of(order.moves, [](const auto &move) { return move.order.object.id == "i-1"; }));
    const auto sent = std::ranges::find(order.moves, "i-2", [](const auto &move) { return move.order.object.id; });
    QVERIFY(sent != order.moves.end());
    QCOMPARE(QString::fromStdString(sent->order.toSite), plan.destinationOf(*web));
    QCOMPARE(sent->order.toEndpoint, std::string("127.0.0.1:1"));
    QCOMPARE(sent->order.retentionSeconds, 3600);
    QCOMPARE(sent->wave + 1, plan.waveOf(*web));
}

void TestEvacuationPlan::labelsKeepTogetherApartAndInOrder()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"), {{"i-2", {{"anti-affinity", "web"}, {"move-after", "instance/i-3"}}}, {"i-3", {{"anti-affinity", "web"}}}});
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    QTRY_COMPARE(planned.count(), 1);
    const auto second = find(plan, "i-2");
    const auto first = find(plan, "i-3");
    QVERIFY(first && second);
    QVERIFY(plan.destinationOf(*first) != plan.destinationOf(*second));
    QVERIFY(plan.waveOf(*first) < plan.waveOf(*second));
    for (const auto &move : plan.order().moves) {
        QCOMPARE(move.after.size(), move.order.object.id == "i-2" ? std::size_t(1) : std::size_t(0));
    }
}

void TestEvacuationPlan::aLinkThatCannotBeMeasuredIsAssumedAndOneThatIsDownIsNone()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    console.link("lyon").onPlan = [](const Migrate &order) {
        MigrationAssessment assessment;
        if (order.toSite == "brest") {
            assessment.blockers = {{Reason::Unreachable, {{"site", "brest"}}, {}}};
        }
        return Result<MigrationAssessment>(assessment);
    };
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    QTRY_COMPARE(planned.count(), 1);
    QCOMPARE(plan.assumed(), QStringList {QStringLiteral("dublin")});
    const auto web = find(plan, "i-2");
    QVERIFY(web);
    QCOMPARE(plan.destinationOf(*web), QStringLiteral("dublin"));
    const auto alternatives = plan.plan().alternatives(*web);
    QVERIFY(std::ranges::find(alternatives, "brest", &Alternative::site)->why == NotTaken::NoLink);
}

void TestEvacuationPlan::whatIsUnknownOrDownEndsIt()
{
    test::ConsoleWorld console;
    console.goLive();
    EvacuationPlan plan(console.federation);
    QSignalSpy failed(&plan, &EvacuationPlan::failed);
    const auto reasonOf = [&failed] { return failed.takeLast().at(0).value<Problem>().reason; };
    plan.prepare(from("atlantis"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(reasonOf() == Reason::NotFound);
    auto choices = from("lyon");
    choices.to = QStringList {QStringLiteral("atlantis")};
    plan.prepare(choices);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(reasonOf() == Reason::NotFound);
    console.link("lyon").onObject = [](const ObjectId &) { return Result<Thing>(refuse(Reason::NotAuthorised)); };
    plan.prepare(from("lyon"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(reasonOf() == Reason::NotAuthorised);
    console.link("lyon").lose();
    plan.prepare(from("lyon"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(reasonOf() == Reason::Unreachable);
}

void TestEvacuationPlan::onlyTheLastQuestionIsAnswered()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    answer(console.link("dublin"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    plan.prepare(from("dublin"));
    QTRY_COMPARE(planned.count(), 1);
    QCOMPARE(plan.choices().site, QStringLiteral("dublin"));
    QVERIFY(std::ranges::all_of(plan.evacuation().movables, [](const Movable &movable) { return movable.object.site == "dublin"; }));
}

void TestEvacuationPlan::oneThingMayGoElsewhereOtherwiseOrNotAtAll()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    auto choices = from("lyon");
    choices.mode = MoveMode::Warm;
    const ObjectId web {"lyon", ObjectKind::Instance, "i-2"};
    const ObjectId other {"lyon", ObjectKind::Instance, "i-3"};
    for (const char *site : {"brest", "dublin"}) {
        choices.exceptions = {{web, {QLatin1String(site), std::pair(MoveMode::Cold, CutOver::Automatic), false}}, {other, {{}, {}, true}}};
        plan.prepare(choices);
        QTRY_COMPARE(planned.count(), 1);
        planned.clear();
        const auto number = find(plan, "i-2");
        QVERIFY(number);
        QVERIFY(plan.isPinned(*number));
        QCOMPARE(plan.destinationOf(*number), QLatin1String(site));
    }
    QVERIFY(!find(plan, "i-3"));
    const auto left = plan.evacuation().movables.size();
    QCOMPARE(plan.things(), left + 1 + plan.staying().size());
    QVERIFY(plan.stays(left) && !plan.cannotMove(left));
    QVERIFY(plan.thing(left).object == other);
    for (const auto &move : plan.order().moves) {
        QVERIFY(move.order.object != other);
        QVERIFY(move.order.mode == (move.order.object == web ? MoveMode::Cold : MoveMode::Warm));
    }
    const ObjectId health {"lyon", ObjectKind::Instance, "i-1"};
    choices.exceptions = {{health, {QStringLiteral("dublin"), {}, false}}}; // where it may not be
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    const auto number = find(plan, "i-1");
    QVERIFY(number && plan.destinationOf(*number).isEmpty());
    QVERIFY(plan.obstacleOf(*number).reason == Reason::Refused);
}

void TestEvacuationPlan::planningAnewAsksNothingAgain()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    QVERIFY(!plan.isReady());
    QTRY_COMPARE(planned.count(), 1);
    QVERIFY(plan.isReady());
    const auto asked = console.link("lyon").questions.size();
    QVERIFY(asked > 0);
    auto choices = from("lyon");
    choices.waveSize = 1;
    plan.prepare(choices);
    QVERIFY(!plan.isReady()); // what is shown is not what is chosen
    QVERIFY(plan.hasPlan());
    QTRY_COMPARE(planned.count(), 2);
    QCOMPARE(console.link("lyon").questions.size(), asked);
    auto renamed = world::instance("lyon", "i-3", "web-3", Classification::Open);
    console.link("lyon").tell({renamed});
    console.settle();
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 3);
    QCOMPARE(console.link("lyon").questions.size(), asked + 1); // of what has changed
}

void TestEvacuationPlan::itCanBeStopped()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    console.link("lyon").holdAnswers();
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    QSignalSpy failed(&plan, &EvacuationPlan::failed);
    plan.prepare(from("lyon"));
    QVERIFY(plan.doing() == EvacuationPlan::Doing::Asking);
    QCOMPARE(plan.answered(), std::pair(0, 4));
    plan.stop();
    QVERIFY(plan.doing() == EvacuationPlan::Doing::Nothing);
    console.link("lyon").releaseAnswers();
    plan.prepare(from("brest"));
    QTRY_VERIFY(!planned.isEmpty() || !failed.isEmpty());
    QCOMPARE(planned.count() + failed.count(), 1);
}

void TestEvacuationPlan::allSitesOfAnOperatorAreEmptiedTogether()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    answer(console.link("brest"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    auto choices = from("lyon");
    choices.others = QStringList {QStringLiteral("brest")};
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    std::set<std::string> sources;
    for (std::size_t i = 0; i < plan.evacuation().movables.size(); ++i) {
        sources.insert(plan.evacuation().movables[i].object.site);
        QVERIFY(plan.destinationOf(i).isEmpty() || plan.destinationOf(i) == QStringLiteral("dublin"));
    }
    QCOMPARE(sources, (std::set<std::string> {"brest", "lyon"}));
    for (const char *site : {"lyon", "brest"}) {
        const auto order = plan.order(QLatin1String(site));
        QVERIFY(!order.moves.empty());
        QCOMPARE(order.moves.front().wave, 0);
        QVERIFY(std::ranges::all_of(order.moves, [site](const auto &move) { return move.order.object.site == site; }));
    }
    QSignalSpy finished(&plan, &EvacuationPlan::finished);
    plan.submit();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(std::holds_alternative<Evacuate>(console.link("lyon").requests.back().order));
    QVERIFY(std::holds_alternative<Evacuate>(console.link("brest").requests.back().order));
}

void TestEvacuationPlan::whatIsOrderedIsRemembered()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    QTRY_COMPARE(planned.count(), 1);
    ObjectId operation;
    connect(&plan, &EvacuationPlan::submitted, this, [&operation](const QString &, const Result<Operation> &answer) { operation = answer->id; });
    plan.submit();
    QTRY_VERIFY(!operation.id.empty());
    const auto kept = console.federation.planned(operation);
    QVERIFY(kept != nullptr);
    QCOMPARE(kept->order.moves.size(), plan.order().moves.size());
    QCOMPARE(kept->names.at({"lyon", ObjectKind::Instance, "i-2"}), std::string("web-1"));
    QVERIFY(kept->seconds > 0);
    QVERIFY(console.federation.planned({"lyon", ObjectKind::Operation, "another"}) == nullptr);
}

void TestEvacuationPlan::itsTableShowsWavesAndWhatHasNoPlace()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    EvacuationPlan plan(console.federation);
    WavePlanModel model(console.federation, plan);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    connect(&plan, &EvacuationPlan::planned, &model, &WavePlanModel::refresh);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    auto choices = from("lyon");
    choices.exceptions = {{{"lyon", ObjectKind::Instance, "i-3"}, {{}, {}, true}}};
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    std::map<WavePlanModel::Group, int> groups;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto group = model.index(row, 0);
        groups[model.groupOf(group)] += model.rowCount(group);
    }
    QCOMPARE(groups[WavePlanModel::Group::LeftOut], 1);
    QCOMPARE(groups[WavePlanModel::Group::CannotMove], int(plan.staying().size()));
    const auto snapshot = model.indexOf({"lyon", ObjectKind::Snapshot, "s-1"});
    QVERIFY(model.groupOf(snapshot) == WavePlanModel::Group::CannotMove);
    QVERIFY(snapshot.siblingAtColumn(WavePlanModel::Why).data().toString().contains(QStringLiteral("v-1")));
    QCOMPARE(groups[WavePlanModel::Group::NoPlace], int(plan.plan().unplaced));
    QCOMPARE(groups[WavePlanModel::Group::Wave], int(plan.evacuation().movables.size() - plan.plan().unplaced));
    const auto health = model.indexOf({"lyon", ObjectKind::Instance, "i-1"});
    QVERIFY(model.groupOf(health) == WavePlanModel::Group::NoPlace);
    QVERIFY(!health.siblingAtColumn(WavePlanModel::Why).data().toString().isEmpty());
    QVERIFY(model.index(0, 0).data().toString().startsWith(QStringLiteral("No place"))); // first: it wants a decision
    const auto none = plan.receptionAt(QStringLiteral("dublin"));
    QVERIFY(none.allowed < plan.evacuation().movables.size());
    QVERIFY(none.obstacle.has_value());
}

QTEST_GUILESS_MAIN(TestEvacuationPlan)
#include "tst_evacuationplan.moc"
