// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What an evacuation takes along and how: images, machines that move live, things that come after another site's; and what it cannot.
#include "tests/models/planning.h"

#include <QSignalSpy>

using namespace portulan;
using namespace portulan::test;

class TestEvacuationKinds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatComesAfterAThingOfAnotherSiteAwaitsIt();
    void imagesMoveLikeVolumesAndWhatCannotSaysWhy();
    void whatIsToMoveLiveIsAskedWhetherItCan();
};

void TestEvacuationKinds::whatComesAfterAThingOfAnotherSiteAwaitsIt()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"), {{"i-2", {{"move-after", "brest/instance/i-1"}}}});
    answer(console.link("brest"));
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    auto choices = from("lyon");
    choices.others = QStringList {QStringLiteral("brest")};
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    const ObjectId sensors {"brest", ObjectKind::Instance, "i-1"};
    const auto order = plan.order(QStringLiteral("lyon"));
    const auto web = std::ranges::find(order.moves, "i-2", [](const auto &move) { return move.order.object.id; });
    const auto awaited = std::ranges::find(order.moves, sensors, [](const auto &move) { return move.order.object; });
    QVERIFY(web != order.moves.end() && awaited != order.moves.end());
    QCOMPARE(web->after, std::vector {sensors});
    QVERIFY(isAwaited(order, *awaited));
    QCOMPARE(awaited->order.toSite, std::string("brest"));
    QCOMPARE(awaited->order.toEndpoint, std::string("127.0.0.1:1")); // where it is asked
    QVERIFY(awaited->wave <= web->wave);
    const auto there = plan.order(QStringLiteral("brest"));
    QVERIFY(std::ranges::none_of(there.moves, [&there](const auto &move) { return isAwaited(there, move); }));
}

void TestEvacuationKinds::imagesMoveLikeVolumesAndWhatCannotSaysWhy()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    Image base;
    base.id = {"lyon", ObjectKind::Image, "base"};
    base.name = "Base";
    base.project = "transports";
    base.sizeBytes = std::int64_t(8) << 30;
    base.fileBytes = std::int64_t(1) << 30;
    auto hospital = base;
    hospital.id.id = "scanner";
    hospital.project = "hospices"; // may be in France only
    auto large = base;
    large.id.id = "large";
    large.sizeBytes = std::int64_t(1) << 50; // there is no such room
    auto leaving = base;
    leaving.id.id = "leaving";
    leaving.custody = Custody::Leaving;
    console.link("lyon").tell({base, hospital, large, leaving});
    console.settle();
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    plan.prepare(from("lyon"));
    QTRY_COMPARE(planned.count(), 1);
    const auto image = find(plan, "base");
    const auto scanner = find(plan, "scanner");
    const auto huge = find(plan, "large");
    QVERIFY(image && scanner && huge && !find(plan, "leaving"));
    QCOMPARE(plan.busy(), 1);
    const auto &its = plan.thing(*image);
    QVERIFY((its.need.amounts == Amounts {0, 0, base.sizeBytes}));
    QCOMPARE(its.bytes, base.fileBytes);
    QCOMPARE(its.volumes + its.instances, 0);
    QVERIFY(!plan.destinationOf(*image).isEmpty());
    QCOMPARE(plan.destinationOf(*scanner), QStringLiteral("brest"));
    const auto elsewhere = plan.plan().alternatives(*scanner);
    QVERIFY(std::ranges::find(elsewhere, "dublin", &Alternative::site)->why == NotTaken::Forbidden);
    QVERIFY(plan.destinationOf(*huge).isEmpty());
    QVERIFY(plan.obstacleOf(*huge).reason == Reason::NoCapacity || plan.obstacleOf(*huge).reason == Reason::Quota);
    const auto order = plan.order();
    const auto sent = std::ranges::find(order.moves, base.id, [](const auto &move) { return move.order.object; });
    QVERIFY(sent != order.moves.end());
    QVERIFY(sent->order.mode == MoveMode::Cold);
    std::map<std::string, std::string> causes;
    for (const auto &[thing, why] : plan.staying()) {
        causes.emplace(thing.object.text(), why.fact("cause"));
    }
    QCOMPARE(causes, (std::map<std::string, std::string> {{"lyon/image/debian-12", "projectless"}, {"lyon/snapshot/s-1", "snapshot"}}));
    auto choices = from("lyon");
    choices.toProject = QStringLiteral("transports"); // then it is known where that one belongs
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 2);
    QVERIFY(find(plan, "debian-12"));
    QCOMPARE(plan.staying().size(), std::size_t(1));
}

void TestEvacuationKinds::whatIsToMoveLiveIsAskedWhetherItCan()
{
    test::ConsoleWorld console;
    console.goLive();
    answer(console.link("lyon"));
    console.link("lyon").onPlan = [](const Migrate &order) {
        MigrationAssessment assessment;
        assessment.linkBytesPerSecond = 100'000'000;
        if (order.mode == MoveMode::Live && order.object.id == "i-2") {
            assessment.blockers = {{Reason::Quota, {}, {}},
                {Reason::Unsupported, {{"what", "migrate.live"}, {"cause", "other-version"}, {"here", "8"}, {"there", "7"}}, {}}};
        }
        return Result<MigrationAssessment>(assessment);
    };
    EvacuationPlan plan(console.federation);
    QSignalSpy planned(&plan, &EvacuationPlan::planned);
    bool checked = false;
    connect(&plan, &EvacuationPlan::progressed, this, [&] { checked = checked || plan.doing() == EvacuationPlan::Doing::Checking; });
    auto choices = from("lyon");
    choices.mode = MoveMode::Live;
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 1);
    QVERIFY(checked);
    QCOMPARE(plan.hindered(), 1);
    const auto web = find(plan, "i-2");
    QVERIFY(web && plan.hindranceOf(*web));
    QCOMPARE(plan.hindranceOf(*web)->fact("cause"), std::string("other-version"));
    QVERIFY(!plan.hindranceOf(*find(plan, "i-3")));
    QVERIFY(!plan.hindranceOf(*find(plan, "imagerie"))); // copied, whatever machines do
    const auto asked = console.link("lyon").questions.size();
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 2);
    QCOMPARE(console.link("lyon").questions.size(), asked + 1); // only what was hindered
    choices.exceptions[{"lyon", ObjectKind::Instance, "i-2"}].mode = {MoveMode::Warm, CutOver::Automatic};
    plan.prepare(choices);
    QTRY_COMPARE(planned.count(), 3);
    QCOMPARE(plan.hindered(), 0);
    choices.start = false;
    QSignalSpy failed(&plan, &EvacuationPlan::failed);
    plan.prepare(choices);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.takeLast().at(0).value<Problem>().reason == Reason::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestEvacuationKinds)
#include "tst_evacuationkinds.moc"
