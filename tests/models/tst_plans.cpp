// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/migrationplan.h"
#include "models/provisionplan.h"
#include "tests/models/consoleworld.h"

#include <QSignalSpy>
#include <cmath>

using namespace portulan;

class TestPlans : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyPlanIsNotReadyAndSaysWhy();
    void theBestAllowedSiteIsChosenAndTheOthersSayWhyNot();
    void aSiteWithoutTheImageIsNoCandidate();
    void aLostSiteDropsOutOfTheRanking();
    void aReadyPlanSendsTheOrderToItsSite();
    void aMigrationIsRankedAndAssessed();
    void aBlockerOfTheSourceHoldsThePlan();
    void anAnswerToAnOlderQuestionIsDropped();
    void severalObjectsAreOneOrderEach();
    void hoursLimitsAndADayGoWithTheOrderOrHoldThePlan();

private:
    static ProvisionChoices web();
};

ProvisionChoices TestPlans::web()
{
    ProvisionChoices choices;
    choices.name = QStringLiteral("web-3");
    choices.project = QStringLiteral("hospices");
    choices.classification = Classification::HealthFr;
    choices.imageId = QStringLiteral("debian-12");
    return choices;
}

void TestPlans::anEmptyPlanIsNotReadyAndSaysWhy()
{
    test::ConsoleWorld console;
    console.goLive();
    ProvisionPlan plan(console.federation);
    QVERIFY(!plan.isReady());
    QVERIFY(plan.mistakes().size() >= 2);
    const auto answer = plan.submit();
    QVERIFY(answer.isFinished());
    QVERIFY(answer.resultAt(0).error().reason == Reason::InvalidArgument);
    QVERIFY(console.link("lyon").requests.empty());
}

void TestPlans::theBestAllowedSiteIsChosenAndTheOthersSayWhyNot()
{
    test::ConsoleWorld console;
    console.goLive();
    ProvisionPlan plan(console.federation);
    plan.setChoices(web());
    QCOMPARE(plan.candidates().size(), std::size_t(3));
    QVERIFY(plan.chosen() != nullptr);
    QCOMPARE(plan.chosen()->site, std::string("lyon"));
    const auto dublin = std::ranges::find(plan.candidates(), "dublin", &Candidate::site);
    QVERIFY(!dublin->allowed);
    QVERIFY(std::ranges::any_of(dublin->obstacles, [](const Problem &problem) { return problem.reason == Reason::Refused; }));
}

void TestPlans::aSiteWithoutTheImageIsNoCandidate()
{
    test::ConsoleWorld console;
    console.goLive();
    ProvisionPlan plan(console.federation);
    auto choices = web();
    choices.site = QStringLiteral("brest");
    choices.classification = Classification::Open;
    plan.setChoices(choices);
    QVERIFY(!plan.isReady());
    QVERIFY(std::ranges::any_of(
        plan.obstacles(), [](const Problem &problem) { return problem.reason == Reason::NotFound && problem.fact("what") == "image"; }));
    QCOMPARE(plan.images().size(), std::size_t(1));
    QCOMPARE(plan.projects().size(), std::size_t(2));
}

void TestPlans::aLostSiteDropsOutOfTheRanking()
{
    test::ConsoleWorld console;
    console.goLive();
    ProvisionPlan plan(console.federation);
    plan.setChoices(web());
    QVERIFY(plan.isReady());
    console.link("lyon").lose();
    QTRY_VERIFY(!plan.isReady());
}

void TestPlans::aReadyPlanSendsTheOrderToItsSite()
{
    test::ConsoleWorld console;
    console.goLive();
    ProvisionPlan plan(console.federation);
    plan.setChoices(web());
    QVERIFY(plan.isReady());
    auto answer = plan.submit();
    QTRY_VERIFY(answer.isFinished());
    QCOMPARE(console.link("lyon").requests.size(), std::size_t(1));
    const auto *order = std::get_if<CreateInstance>(&console.link("lyon").requests.front().order);
    QVERIFY(order != nullptr);
    QCOMPARE(order->name, std::string("web-3"));
    QVERIFY(order->classification == Classification::HealthFr);
}

void TestPlans::aMigrationIsRankedAndAssessed()
{
    test::ConsoleWorld console;
    console.goLive();
    console.link("lyon").onPlan = [](const Migrate &) {
        MigrationAssessment assessment;
        assessment.bytes = 5'000;
        assessment.seconds = 12;
        assessment.outageSeconds = 9;
        return Result<MigrationAssessment>(assessment);
    };
    MigrationPlan plan(console.federation);
    const ObjectId web {"lyon", ObjectKind::Instance, "i-3"};
    plan.setChoices({{web}, {}, {}, 0});
    QCOMPARE(plan.candidates().size(), std::size_t(2)); // not where it is
    QVERIFY(!plan.isReady());
    plan.setChoices({{web}, QStringLiteral("brest"), {}, 0});
    QVERIFY(plan.isAssessing());
    QTRY_VERIFY(!plan.isAssessing());
    QCOMPARE(plan.bytes(), 5'000);
    QCOMPARE(plan.outageSeconds(), 9.0);
    const auto blockers = plan.blockers();
    QVERIFY2(blockers.empty(), blockers.empty() ? "" : describe(blockers.front()).c_str());
    QVERIFY(plan.isReady());
}

void TestPlans::aBlockerOfTheSourceHoldsThePlan()
{
    test::ConsoleWorld console;
    console.goLive();
    console.link("lyon").onPlan = [](const Migrate &) {
        MigrationAssessment assessment;
        assessment.blockers = {{Reason::Quota, {{"resource", "vcpus"}}, {}}};
        return Result<MigrationAssessment>(assessment);
    };
    MigrationPlan plan(console.federation);
    plan.setChoices({{{"lyon", ObjectKind::Instance, "i-3"}}, QStringLiteral("brest"), {}, 0});
    QTRY_VERIFY(!plan.isAssessing());
    QVERIFY(!plan.isReady());
    QVERIFY(std::ranges::any_of(plan.blockers(), [](const Problem &problem) { return problem.reason == Reason::Quota; }));
    plan.submit();
    QVERIFY(console.link("lyon").requests.empty());
}

void TestPlans::anAnswerToAnOlderQuestionIsDropped()
{
    test::ConsoleWorld console;
    console.goLive();
    console.link("lyon").onPlan = [](const Migrate &order) {
        MigrationAssessment assessment;
        assessment.bytes = order.toSite == "brest" ? 1 : 2;
        return Result<MigrationAssessment>(assessment);
    };
    MigrationPlan plan(console.federation);
    const ObjectId web {"lyon", ObjectKind::Instance, "i-3"};
    console.link("lyon").holdAnswers();
    plan.setChoices({{web}, QStringLiteral("brest"), {}, 0});
    plan.setChoices({{web}, QStringLiteral("dublin"), {}, 0});
    console.link("lyon").releaseAnswers();
    QTRY_VERIFY(!plan.isAssessing());
    QCOMPARE(plan.bytes(), 2);
}

void TestPlans::severalObjectsAreOneOrderEach()
{
    test::ConsoleWorld console;
    console.goLive();
    console.link("lyon").onPlan = [](const Migrate &) { return Result<MigrationAssessment>(MigrationAssessment {}); };
    MigrationPlan plan(console.federation);
    plan.setChoices({{{"lyon", ObjectKind::Instance, "i-2"}, {"lyon", ObjectKind::Instance, "i-3"}}, QStringLiteral("brest"), {}, 0});
    QTRY_VERIFY(plan.isReady());
    QSignalSpy submitted(&plan, &MigrationPlan::submitted);
    QSignalSpy finished(&plan, &MigrationPlan::finished);
    plan.submit();
    plan.submit(); // a second press of the button
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(submitted.count(), 2);
    QCOMPARE(console.link("lyon").requests.size(), std::size_t(2));
}

void TestPlans::hoursLimitsAndADayGoWithTheOrderOrHoldThePlan()
{
    test::ConsoleWorld console;
    console.goLive();
    console.link("lyon").onPlan = [](const Migrate &) {
        MigrationAssessment assessment;
        assessment.seconds = 3;
        assessment.secondsError = 4;
        assessment.outageSeconds = 2;
        assessment.outageSecondsError = 0.5;
        assessment.learnedFrom = 5;
        return Result<MigrationAssessment>(assessment);
    };
    MigrationPlan plan(console.federation);
    MigrationChoices choices;
    choices.objects = {{"lyon", ObjectKind::Instance, "i-2"}, {"lyon", ObjectKind::Instance, "i-3"}};
    choices.toSite = QStringLiteral("brest");
    choices.hourly = QStringLiteral("08:00-18:00=2MB");
    choices.notBefore = QStringLiteral("2026-11-26T22:00:00Z");
    plan.setChoices(choices);
    QTRY_VERIFY(!plan.isAssessing());
    const auto order = plan.order(choices.objects.front());
    QVERIFY((order.hourly == std::vector<HourlyRate> {{{480, 1080}, 2'000'000}}));
    QVERIFY(order.notBefore == *instantFrom("2026-11-26T22:00:00Z"));
    QCOMPARE(plan.seconds(), 6.0);
    QVERIFY(std::abs(plan.secondsError() - std::sqrt(32.0)) < 1e-9);
    QCOMPARE(plan.outageSecondsError(), 0.5);
    QCOMPARE(plan.learnedFrom(), 5);
    const auto fieldOf = [&plan] {
        for (const auto &blocker : plan.blockers()) {
            if (blocker.reason == Reason::InvalidArgument) {
                return blocker.fact("field");
            }
        }
        return std::string();
    };
    QCOMPARE(fieldOf(), std::string());
    choices.hourly = QStringLiteral("always=2MB");
    plan.setChoices(choices);
    QCOMPARE(fieldOf(), std::string("bandwidth"));
    QVERIFY(!plan.isReady());
    choices.hourly.clear();
    choices.notBefore = QStringLiteral("tonight");
    plan.setChoices(choices);
    QCOMPARE(fieldOf(), std::string("not_before"));
}

QTEST_GUILESS_MAIN(TestPlans)
#include "tst_plans.moc"
