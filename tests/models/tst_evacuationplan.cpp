// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/evacuationplan.h"
#include "tests/models/consoleworld.h"

#include <QSignalSpy>

using namespace portulan;

class TestEvacuationPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingThatMayGoIsPlannedAndTheRestSaysWhyNot();
    void labelsKeepTogetherApartAndInOrder();
    void aLinkThatCannotBeMeasuredIsAssumedAndOneThatIsDownIsNone();
    void whatIsUnknownOrDownEndsIt();
    void onlyTheLastQuestionIsAnswered();

private:
    /// A site that answers: labels as given by id, a link of 100 MB/s to everywhere.
    static void answer(FakeLink &link, const std::map<std::string, std::map<std::string, std::string>> &labels = {});
    static std::optional<std::size_t> find(const EvacuationPlan &plan, const std::string &id);
    static EvacuationChoices from(const char *site) { return {QLatin1String(site), {}, 0, 3600, true, 12, 4}; }
};

void TestEvacuationPlan::answer(FakeLink &link, const std::map<std::string, std::map<std::string, std::string>> &labels)
{
    link.onObject = [labels](const ObjectId &id) {
        Instance thing;
        thing.id = id;
        if (const auto its = labels.find(id.id); its != labels.end()) {
            thing.labels = its->second;
        }
        return Result<Thing>(thing);
    };
    link.onPlan = [](const Migrate &) {
        MigrationAssessment assessment;
        assessment.linkBytesPerSecond = 100'000'000;
        return Result<MigrationAssessment>(assessment);
    };
}

std::optional<std::size_t> TestEvacuationPlan::find(const EvacuationPlan &plan, const std::string &id)
{
    const auto &all = plan.evacuation().movables;
    const auto at = std::ranges::find(all, id, [](const Movable &movable) { return movable.object.id; });
    return at == all.end() ? std::nullopt : std::optional(std::size_t(at - all.begin()));
}

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
    QVERIFY(plan.staying() >= 2);
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

QTEST_GUILESS_MAIN(TestEvacuationPlan)
#include "tst_evacuationplan.moc"
