// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Gaps between two statements that the model of the protocol (tests/protocol) names: each is a rule that can be taken away there.
#include "tests/site/movingpair.h"

#include <barrier>

using namespace portulan;
using namespace portulan::test;

namespace {

class MoverGaps : public MovingPair {
protected:
    /// From its n-th such call on nothing of that gateway reaches its cloud.
    void dieAt(MovingSite &site, std::string call, int nth, Reason says)
    {
        site.driver.asked = [this, call = std::move(call), nth, says](const std::string &what) -> Result<> {
            dead = dead || (what == call && ++calls == nth);
            return dead ? refuse(says) : Result<>();
        };
    }
    std::atomic<bool> dead = false, mute = false;
    std::atomic<int> calls = 0;
};

TEST_F(MoverGaps, twoOrdersAtOnceMoveItOnce)
{
    constexpr int objects = 12;
    for (int i = 0; i < objects; ++i) {
        source.driver.addInstance("web" + std::to_string(i), PowerState::Stopped, {MemoryDisk::sparse(64 << 10, 1, unsigned(i))});
    }
    startBoth();
    std::array<std::array<ObjectId, objects>, 2> orders;
    std::barrier together(2);
    const auto order = [&](std::size_t who) {
        for (int i = 0; i < objects; ++i) {
            together.arrive_and_wait();
            orders.at(who).at(std::size_t(i)) = source.migrate(there("web" + std::to_string(i)), "nice");
        }
    };
    std::thread other(order, 1);
    order(0);
    other.join();
    for (std::size_t i = 0; i < objects; ++i) {
        const auto first = awaitEnd(orders[0][i]), second = awaitEnd(orders[1][i]);
        const auto &refused = first.state == OperationState::Done ? second : first;
        EXPECT_NE(first.state == OperationState::Done, second.state == OperationState::Done) << i;
        EXPECT_TRUE(refused.problem.reason == Reason::Conflict || refused.problem.reason == Reason::NotReady) << describe(refused.problem);
    }
}

TEST_F(MoverGaps, aCloudThatDoesNotSayWhetherItIsFencedIsAskedAgain)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 1)});
    source.config().linkBytesPerSecond = MiB;
    source.driver.asked
        = [this](const std::string &call) { return mute && call == "find" && calls++ < 5 ? Result<>(refuse(Reason::Unreachable)) : Result<>(); };
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return source.operation(id)->bytesDone > 0; });
    mute = true;
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    EXPECT_GE(calls, 5);
    expectAsBefore("web", PowerState::Running);
}

TEST_F(MoverGaps, aRetentionThatEndedBeforeItWasJournalledIsNotMissed)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(MiB, 1, 2)});
    dieAt(source, "custody retained done", 2, Reason::Cancelled);
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return dead.load(); });
    source.die();
    source.driver.asked = {};
    ASSERT_TRUE(source.driver.erase(there("web")));
    source.start();
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Owner);
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
}

TEST_F(MoverGaps, aCopyHalfDroppedByItsOwnDecisionIsNotTakenUpAgain)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 3)});
    source.config().linkBytesPerSecond = 2 * MiB;
    target.patience.silence = target.patience.unheard = std::chrono::milliseconds(100);
    dieAt(target, "drop done", 1, Reason::Unreachable);
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return source.operation(id)->bytesDone > 0; });
    source.die();
    await([&] { return dead.load(); });
    target.die();
    target.driver.asked = {};
    EXPECT_FALSE(target.driver.custody(here("web")));
    target.start();
    await([&] { return target.operationOf("migrate.incoming")->phase == "aborted"; });
    source.start();
    EXPECT_EQ(awaitEnd(id).problem.reason, Reason::Conflict);
    expectAsBefore("web", PowerState::Running);
}

TEST_F(MoverGaps, aCloudThatCannotSayWhetherItMadeRoomIsAskedAgain)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(MiB, 1, 4)});
    source.patience.giveUp = std::chrono::milliseconds(200);
    dieAt(target, "receive done", 1, Reason::Unreachable); // room is made and nobody hears of it
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    EXPECT_EQ(awaitEnd(id).state, OperationState::Failed);
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Incoming);
    dead = false;
    expectAsBefore("web", PowerState::Stopped);
}

TEST_F(MoverGaps, aSecondOrderDoesNotWaitUntilTheDestinationKnowsOfTheFirstsEnd)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(4 * MiB, 1, 4)});
    source.config().linkBytesPerSecond = MiB;
    target.patience.silence = std::chrono::minutes(10); // it does not ask by itself
    startBoth();
    const auto first = source.migrate(there("web"), "nice");
    await([&] { return source.operation(first)->bytesDone > 0; });
    target.deaf = true;
    source.cancel(first);
    EXPECT_EQ(awaitEnd(first).state, OperationState::Cancelled);
    source.config().linkBytesPerSecond = 0;
    const auto second = source.migrate(there("web"), "nice");
    await([&] { return source.operation(second)->phase == "planned" && target.unheard > 1; });
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Incoming) << "of the first";
    target.deaf = false;
    EXPECT_EQ(awaitEnd(second).state, OperationState::Done) << describe(source.operation(second)->problem);
    expectMoved("web"); // under its own name: room was not made twice
    EXPECT_EQ(source.operation(first)->state, OperationState::Cancelled);
}

TEST_F(MoverGaps, whatIsUndoneIsNotUndoneUnderTheNextOrder)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(4 * MiB, 1, 4)});
    source.config().linkBytesPerSecond = MiB;
    startBoth();
    const auto first = source.migrate(there("web"), "nice");
    await([&] { return source.operation(first)->bytesDone > 0; });
    mute = true;
    source.driver.asked = [this](const std::string &call) { return mute && call == "custody owner" ? refuse(Reason::Unreachable) : Result<>(); };
    source.cancel(first);
    await([&] { return source.operation(first)->waiting.reason == Reason::Unreachable; });
    const auto second = source.migrate(there("web"), "nice");
    const auto waits = [&] { return source.operation(second) && source.operation(second)->waiting.fact("cause") == "ending"; };
    await(waits);
    EXPECT_EQ(source.operation(second)->waiting.fact("operation"), first.text());
    EXPECT_EQ(source.operation(second)->waiting.fact("migration"), source.operation(first)->migration);
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice")).problem.fact("operation"), second.text()) << "one waits, no more";
    source.die();
    source.config().linkBytesPerSecond = 0;
    source.start();
    await(waits);
    mute = false;
    EXPECT_EQ(awaitEnd(first).state, OperationState::Cancelled);
    EXPECT_EQ(awaitEnd(second).state, OperationState::Done) << describe(source.operation(second)->problem);
    expectMoved("web");
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
    source.die();
    source.driver.asked = {};
}

}
