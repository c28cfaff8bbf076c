// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What becomes of a move of which one side knows nothing any more, and who is told.
#include "site/moverjob.h"
#include "tests/site/movingpair.h"

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

class Doubt : public MovingPair {
protected:
    /// Leaves nice with a verified copy of "web" while lyon is dead, just before or just after its own copy is fenced for good.
    ObjectId leaveInDoubt(const std::string &fatal)
    {
        source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(2 * MiB, 1, 4)});
        target.patience.doubt = 100ms;
        startBoth();
        source.driver.asked = [this, fatal](const std::string &call) -> Result<> {
            if (call == fatal) {
                dead = true;
            }
            return dead ? refuse(Reason::Cancelled) : Result<>();
        };
        auto id = source.migrate(there("web"), "nice");
        await([&] { return dead.load(); });
        source.die();
        source.driver.asked = {};
        return id;
    }
    /// As if restored from an old copy, or lost: nothing of operations and moves is known.
    void loseJournal(MovingSite &site)
    {
        for (const auto *suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(site.config().directory + "/journal.db" + suffix);
        }
    }
    std::optional<Alert> alertOf(MovingSite &site)
    {
        const auto alerts = site.alerts();
        EXPECT_LE(alerts.size(), 1u);
        return alerts.empty() ? std::nullopt : std::optional(alerts.front());
    }
    bool isVerifiedThere() { return target.operationOf("migrate.incoming") && target.operationOf("migrate.incoming")->phase == "verified"; }
    std::atomic<bool> dead = false;
};

TEST_F(Doubt, aSourceThatIsSilentRaisesAnAlertUntilItAnswers)
{
    const auto id = leaveInDoubt("custody retained");
    await([&] { return alertOf(target).has_value(); });
    const auto alert = *alertOf(target);
    EXPECT_EQ(alert.severity, AlertSeverity::Warning);
    EXPECT_EQ(alert.problem.reason, Reason::Unreachable);
    EXPECT_EQ(alert.problem.fact("cause"), "in-doubt");
    EXPECT_EQ(alert.problem.fact("site"), "lyon");
    EXPECT_EQ(alert.project, "care");
    EXPECT_FALSE(target.operationOf("migrate.incoming")->cancellable) << "lyon may have committed";
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Incoming) << "it does not decide by itself";
    source.start();
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("web");
    await([&] { return !alertOf(target); });
}

TEST_F(Doubt, aSourceThatKnowsNothingRaisesAnAlertAndTheCopyMayBeDroppedByOrder)
{
    leaveInDoubt("custody retained");
    loseJournal(source);
    source.start();
    await([&] { return alertOf(target) && alertOf(target)->severity == AlertSeverity::Critical; });
    EXPECT_EQ(alertOf(target)->problem.reason, Reason::NotReady);
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Incoming) << "nothing is erased by itself";
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Owner) << "what was fenced for a move nobody knows of is its owner's again";
    await([&] { return target.operationOf("migrate.incoming")->cancellable; });
    target.cancel(target.operationOf("migrate.incoming")->id);
    await([&] { return !target.driver.custody(here("web")); });
    await([&] { return target.operationOf("migrate.incoming")->state == OperationState::Cancelled && !alertOf(target); });
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Owner);
}

TEST_F(Doubt, whatASourceHandedOverArrivesAlthoughItsJournalIsLost)
{
    leaveInDoubt("custody retained done");
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Retained);
    loseJournal(source);
    source.start();
    await([&] { return target.driver.custody(here("web")) == Custody::Owner; });
    expectMoved("web");
    await([&] { return !alertOf(target); });
}

TEST_F(Doubt, anotherSiteLearnsNothingOfWhatWasHandedOver)
{
    leaveInDoubt("custody retained done");
    loseJournal(source);
    source.start();
    EXPECT_EQ(source.decisionFor("porto", there("web")), "unknown");
    EXPECT_EQ(source.decisionFor("nice", there("other")), "unknown");
    EXPECT_EQ(source.decisionFor("nice", there("web")), "committed");
}

TEST_F(Doubt, aFenceThatAKnownMoveExplainsSaysNothingOfAnOlderOne)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(2 * MiB, 1, 4)});
    startBoth();
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice")).state, OperationState::Done);
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Retained);
    // A copy of an earlier move, whose record is lost, must not become a second owner.
    EXPECT_EQ(source.decisionFor("nice", there("web")), "unknown");
}

TEST_F(Doubt, aMachineThatDoesNotStartThereRaisesAnAlertUntilItRuns)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(MiB, 1, 4)});
    target.driver.asked = [](const std::string &call) -> Result<> {
        return call == "start" ? refuse(Reason::NoCapacity, {{"resource", "ram"}}) : Result<>();
    };
    startBoth();
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice")).state, OperationState::Done);
    expectMoved("web");
    await([&] { return alertOf(target).has_value(); });
    EXPECT_EQ(alertOf(target)->problem.reason, Reason::NoCapacity);
    EXPECT_EQ(alertOf(target)->problem.fact("cause"), "not-started");
    EXPECT_EQ(alertOf(target)->object, here("web").text());
    target.settleAlerts();
    EXPECT_TRUE(alertOf(target)) << "it is still down";
    target.driver.asked = {};
    site::Unseen unseen;
    ASSERT_TRUE(target.driver.perform(StartInstance {here("web")}, {}, unseen));
    target.settleAlerts();
    EXPECT_FALSE(alertOf(target));
}

TEST_F(Doubt, aMachineThatDoesNotStartAgainAfterAMoveGivenUpRaisesAnAlert)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(MiB, 1, 4)});
    target.driver.room = 0;
    source.driver.asked = [](const std::string &call) -> Result<> { return call == "start" ? refuse(Reason::NoCapacity) : Result<>(); };
    startBoth();
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice")).state, OperationState::Failed);
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Owner);
    await([&] { return alertOf(source).has_value(); });
    EXPECT_EQ(alertOf(source)->problem.fact("cause"), "not-started");
}

TEST_F(Doubt, anOperationWhoseMoveNeverBeganEndsAtTheNextStart)
{
    startBoth();
    const auto id = source.beginOnly(there("web"));
    source.die();
    source.start();
    const auto ended = awaitEnd(id);
    EXPECT_EQ(ended.state, OperationState::Failed);
    EXPECT_EQ(ended.problem.fact("cause"), "restarted");
}

}
