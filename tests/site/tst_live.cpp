// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/livepair.h"

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

class Live : public LivePair { };

TEST_F(Live, aMachineGoesOnThereWithWhatItHadInMind)
{
    addThinkingWeb();
    std::atomic<int> starts = 0;
    target.driver.asked = [&](const std::string &call) {
        starts += call == "start" ? 1 : 0;
        return Result<>();
    };
    startBoth();
    const auto id = source.migrate(live());
    const auto done = awaitEnd(id);
    expectLive(done);
    EXPECT_EQ(starts, 0);
    EXPECT_TRUE(hasLine(id, "its memory is there"));
    const auto certificate = certificateOf(done);
    EXPECT_EQ(certificate.mode, "live");
    EXPECT_EQ(certificate.memory, "arrived");
    EXPECT_EQ(certificate.outage().count(), done.outageMs);
    EXPECT_GE(certificate.passes.size(), 1U);
}

TEST_F(Live, aSiteThatCannotMakeTheLikeOfItIsABlockerAndNothingHappens)
{
    addThinkingWeb();
    target.driver.mayTakeOnly = "another machine";
    startBoth();
    const auto refused = source.assess(live());
    ASSERT_EQ(refused.blockers.size(), 1U);
    EXPECT_EQ(refused.blockers[0].fact("what"), "migrate.live");
    EXPECT_EQ(refused.blockers[0].fact("there"), "machine of web");
    const auto done = awaitEnd(source.migrate(live()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.fact("what"), "migrate.live");
    expectAsBefore("web", PowerState::Running);
    EXPECT_FALSE(target.operationOf("migrate.incoming"));
    target.driver.mayTakeOnly.clear();
    await([&] { return source.assess(live()).blockers.empty(); }); // the destination has been told that nothing comes
    const auto good = source.assess(live());
    EXPECT_LT(good.outageSeconds, source.assess(warm()).outageSeconds);
}

TEST_F(Live, aManualCutOverWaitsForItsOrder)
{
    addThinkingWeb();
    source.patience.keepUp = 50ms;
    startBoth();
    const auto id = source.migrate(live(CutOver::Manual));
    await([&] { return source.operation(id)->passes.readySince != Instant {}; });
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    EXPECT_FALSE(hasLine(id, "sending its memory"));
    ASSERT_TRUE(source.steer(id, Steer::CutOver));
    expectLive(awaitEnd(id));
}

TEST_F(Live, aGuestThatNeverRestsIsPausedForLongerWhereThatIsBearable)
{
    addThinkingWeb();
    source.driver.fickle = true;
    source.patience.memoryRounds = 3;
    startBoth();
    const auto id = source.migrate(live());
    expectLive(awaitEnd(id));
    EXPECT_TRUE(hasLine(id, "too fast for a shorter pause than 500 ms"));
}

TEST_F(Live, elseItWaitsForAnOrder)
{
    addThinkingWeb();
    source.driver.fickle = true;
    source.patience.memoryRounds = 3;
    source.patience.longestMemoryPause = 100ms;
    source.patience.keepUp = 50ms;
    startBoth();
    const auto id = source.migrate(live());
    await([&] { return hasLine(id, "waiting for the order to cut over"); });
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    ASSERT_TRUE(source.steer(id, Steer::CutOver));
    expectLive(awaitEnd(id));
}

TEST_F(Live, memoryLostBeforeTheCommitMeansThatItGoesOnHere)
{
    addThinkingWeb();
    target.driver.asked = [this](const std::string &call) { return call == "peer.verify" ? target.driver.dropMemory(here("web")) : Result<>(); };
    startBoth();
    const auto done = awaitEnd(source.migrate(live()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.fact("what"), "memory");
    expectAsBefore("web", PowerState::Running);
    expectMemory(source);
}

TEST_F(Live, memoryLostAfterTheCommitMeansAStartFromItsDisksAndIsSaid)
{
    addThinkingWeb();
    target.driver.asked = [this](const std::string &call) { return call == "peer.activate" ? target.driver.dropMemory(here("web")) : Result<>(); };
    startBoth();
    const auto id = source.migrate(live());
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    expectMoved("web");
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
    EXPECT_EQ(target.driver.memoryOf("web"), "up");
    EXPECT_TRUE(hasLine(id, "as after a power cut"));
    EXPECT_EQ(certificateOf(done).memory, "lost");
    ASSERT_EQ(target.alerts().size(), 1U);
    EXPECT_EQ(target.alerts()[0].problem.fact("cause"), "memory-lost");
}

TEST_F(Live, aCancelledOneGoesOnHereWithWhatItHadInMind)
{
    addThinkingWeb();
    std::atomic<bool> reached = false;
    source.driver.asked = [&](const std::string &call) {
        reached = reached || call == "flow";
        return Result<>();
    };
    source.driver.fickle = true;
    startBoth();
    const auto id = source.migrate(live());
    await([&] { return reached.load(); });
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    expectAsBefore("web", PowerState::Running);
    expectMemory(source);
}

TEST_F(Live, aPauseLetsItGoOnHereUntilItIsResumed)
{
    addThinkingWeb();
    source.driver.fickle = true;
    startBoth();
    const auto id = source.migrate(live());
    await([&] { return hasLine(id, "memory, round"); });
    ASSERT_TRUE(source.steer(id, Steer::Pause));
    await([&] { return hasLine(id, "paused: nothing is sent"); });
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    source.driver.fickle = false;
    ASSERT_TRUE(source.steer(id, Steer::Resume));
    expectLive(awaitEnd(id));
}

TEST_F(Live, memoryThatNeverArrivesLeavesItWhereItIs)
{
    addThinkingWeb();
    source.patience.memoryTries = 3;
    std::atomic<int> tries = 0;
    target.driver.asked = [&](const std::string &call) {
        tries += call == "memory here" ? 1 : 0;
        return call == "memory here" ? refuse(Reason::Internal, {}, "as the test wants it") : Result<>();
    };
    startBoth();
    EXPECT_EQ(awaitEnd(source.migrate(live())).state, OperationState::Failed);
    EXPECT_EQ(tries, 3);
    expectAsBefore("web", PowerState::Running);
    expectMemory(source);
}

}
