// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/evacuationrig.h"

using namespace portulan;
using namespace portulan::site;
using EvacuationsTest = portulan::test::EvacuationRig;

namespace {

TEST_F(EvacuationsTest, aWaveBeginsWhenTheOneBeforeIsOver)
{
    auto one = evacuation({move("a", "nice", 1), move("b", "nice", 0), move("c", "nice", 0)});
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "b c");
    EXPECT_EQ(parts(), (Parts {3, 0, 0, 2, 1, 2}));
    arrives("b");
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "b c");
    moving("c")->fail({Reason::Quota, {}, {}}); // over is over
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "b c a");
    EXPECT_EQ(parts(), (Parts {3, 1, 1, 1, 2, 2}));
    arrives("a");
    EXPECT_TRUE(step(one));
    const auto over = std::get<Operation>(*life->broadcast.find(one.operation()));
    EXPECT_EQ(over.state, OperationState::Failed);
    EXPECT_EQ(over.problem.reason, Reason::Quota);
    EXPECT_EQ(over.problem.fact("failed"), "1");
    EXPECT_EQ(over.problem.fact("done"), "2");
    EXPECT_TRUE(life->journal->openEvacuations()->empty());
}

TEST_F(EvacuationsTest, noMoreThanSoManyAreUnderWayAndToOneSite)
{
    auto one = evacuation({move("a", "nice"), move("b", "nice"), move("c", "nice"), move("d", "brest"), move("e", "metz"), move("f", "metz")}, 4, 2);
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "a b d e");
    arrives("d");
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "a b d e f") << "nice has its two";
}

TEST_F(EvacuationsTest, whatComesAfterWaitsAndStaysWithWhatItComesAfter)
{
    auto one = evacuation({move("web", "nice", 0, {machine("db")}), move("db", "nice"), move("report", "nice", 1, {machine("lake")}),
        move("lake", "nice", 0, {machine("gone")})});
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "db lake") << "what is not of this evacuation is waited for by nobody";
    arrives("db");
    moving("lake")->fail({Reason::Refused, {{"rule", "X"}}, {}});
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "db lake web");
    arrives("web");
    step(one);
    EXPECT_TRUE(step(one));
    EXPECT_EQ(begun, "db lake web");
    EXPECT_EQ(parts().failed, 2);
}

TEST_F(EvacuationsTest, thingsThatWaitForEachOtherFailInsteadOfHanging)
{
    auto one = evacuation({move("hen", "nice", 0, {machine("egg")}), move("egg", "nice", 0, {machine("hen")})});
    EXPECT_TRUE(step(one));
    EXPECT_EQ(parts().failed, 2);
}

TEST_F(EvacuationsTest, aSilentDestinationIsTriedAgainAndARefusalIsNot)
{
    refusals["b"] = {Reason::Refused, {{"rule", "EU"}}, {}};
    auto one = evacuation({move("a", "nice"), move("b", "nice")});
    EXPECT_FALSE(step(one));
    EXPECT_EQ(parts().failed, 1);
    moving("a")->fail({Reason::Unreachable, {{"site", "nice"}}, {}});
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "a a");
    moving("a")->fail({Reason::TimedOut, {{"site", "nice"}}, {}});
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "a a a");
    moving("a")->fail({Reason::Unreachable, {{"site", "nice"}}, {}});
    EXPECT_TRUE(step(one)) << "three attempts, no more";
    EXPECT_EQ(parts().failed, 2);
}

TEST_F(EvacuationsTest, cancelledItEndsWhatRunsAndBeginsNothing)
{
    auto one = evacuation({move("a", "nice"), move("b", "nice")}, 1);
    EXPECT_FALSE(step(one));
    EXPECT_TRUE(life->operations.cancel(one.operation()));
    EXPECT_FALSE(step(one)) << "a still moves";
    arrives("a");
    EXPECT_TRUE(step(one));
    EXPECT_EQ(begun, "a");
    const auto over = std::get<Operation>(*life->broadcast.find(one.operation()));
    EXPECT_EQ(over.state, OperationState::Cancelled);
    EXPECT_EQ(over.problem.fact("left"), "1");
}

TEST_F(EvacuationsTest, whatMovedAlthoughItsOperationIsForgottenCountsAsMoved)
{
    Instance there;
    there.id = machine("a");
    there.custody = Custody::Retained;
    there.movedTo = "nice";
    life->broadcast.announce(there);
    refusals["a"] = {Reason::NotReady, {{"state", "retained"}}, {}};
    auto one = evacuation({move("a", "nice")});
    EXPECT_TRUE(step(one));
    EXPECT_EQ(std::get<Operation>(*life->broadcast.find(one.operation())).state, OperationState::Done);
}

TEST_F(EvacuationsTest, aRestartInTheMiddleGoesOnAndBeginsNothingTwice)
{
    std::mutex mutex; // submit() is called from the evacuations' thread
    std::condition_variable tick;
    const auto locked = [&](const std::string &who, const Request &request) {
        const std::lock_guard lock(mutex);
        return submit(who, request);
    };
    const auto await = [&](auto condition) {
        std::unique_lock lock(mutex);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!condition() && std::chrono::steady_clock::now() < until) {
            tick.wait_for(lock, std::chrono::milliseconds(5));
        }
        return condition();
    };
    ObjectId id;
    {
        Evacuations all(life->context, locked);
        auto its = ordered();
        id = its->operation().id;
        all.begin({{"lyon", ObjectKind::Site, {}}, {move("a", "nice"), move("b", "nice", 1), move("c", "nice", 1)}, 1, 1}, std::move(its));
        ASSERT_TRUE(await([&] { return begun == "a"; }));
        arrives("a");
        ASSERT_TRUE(await([&] { return begun == "a b"; }));
    }
    life.emplace(scratch.path("journal.db")); // it died; b is still under way
    {
        Evacuations all(life->context, locked);
        ASSERT_TRUE(life->operations.find(id)) << "taken up before anybody can ask";
        ASSERT_TRUE(await([&] { return moving("b") != nullptr; }));
        arrives("b");
        ASSERT_TRUE(await([&] { return begun == "a b c"; }));
        arrives("c");
        ASSERT_TRUE(await([&] { return std::get<Operation>(*life->broadcast.find(id)).state == OperationState::Done; }));
    }
    EXPECT_EQ(begun, "a b c");
    EXPECT_TRUE(life->journal->openEvacuations()->empty());
}

TEST_F(EvacuationsTest, anEvacuationThatNeverGotAnOrderFailsAtTheNextStart)
{
    const auto id = ordered()->operation().id;
    life.emplace(scratch.path("journal.db"));
    const Evacuations all(life->context, [](const std::string &, const Request &) { return Result<Operation>(refuse(Reason::Internal)); });
    const auto over = std::get<Operation>(*life->broadcast.find(id));
    EXPECT_EQ(over.state, OperationState::Failed);
    EXPECT_EQ(over.problem.fact("cause"), "restarted");
}

TEST_F(EvacuationsTest, theBarGoesByBytesAndNeverBack)
{
    auto moves = std::vector {move("small", "nice"), move("large", "nice")};
    moves[0].bytes = 100'000'000;
    moves[1].bytes = 900'000'000;
    auto one = evacuation(moves);
    EXPECT_FALSE(step(one));
    arrives("small");
    EXPECT_FALSE(step(one));
    EXPECT_EQ(running->operation().permille, 100);
    moving("large")->update([](Operation &operation) { operation.permille = 500; }, false);
    EXPECT_FALSE(step(one));
    EXPECT_EQ(running->operation().permille, 550);
    EXPECT_EQ(running->operation().bytesDone, 550'000'000);
    EXPECT_EQ(running->operation().bytesTotal, 1'000'000'000);
    moving("large")->fail({Reason::Unreachable, {}, {}}); // it is begun anew
    EXPECT_FALSE(step(one));
    EXPECT_EQ(running->operation().permille, 550);
    arrives("large");
    EXPECT_TRUE(step(one));
    EXPECT_EQ(std::get<Operation>(*life->broadcast.find(one.operation())).permille, 1000);
}

TEST_F(EvacuationsTest, aMoveForLaterHoldsUpNothingElse)
{
    auto moves = std::vector {move("a", "nice"), move("b", "nice")};
    moves[0].order.notBefore = life->clock() + std::chrono::hours(1);
    auto one = evacuation(moves, 1);
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "b");
    arrives("b");
    life->context.clock = [clock = life->clock] { return clock() + std::chrono::hours(2); };
    EXPECT_FALSE(step(one));
    EXPECT_EQ(begun, "b a");
    arrives("a");
    EXPECT_TRUE(step(one));
}

TEST_F(EvacuationsTest, whatFailedIsOrderedAgainAsItWasAndOnlyThat)
{
    std::mutex mutex; // submit() is called from the evacuations' thread
    refusals["b"] = {Reason::Refused, {{"rule", "PTL-LOC-001"}}, {}};
    const auto locked = [&](const std::string &who, const Request &request) {
        const std::lock_guard lock(mutex);
        return submit(who, request);
    };
    Evacuations all(life->context, locked);
    auto its = ordered();
    const auto id = its->operation().id;
    Evacuate order {{"lyon", ObjectKind::Site, {}}, {move("a", "nice"), move("b", "nice"), move("c", "nice", 1, {machine("b")})}, 2, 2};
    order.moves[0].bytes = 300;
    order.moves[1].bytes = 100;
    order.moves[1].order.bandwidth = 77;
    order.forecast = {400, 4000, 400, 0, 0};
    all.begin(order, its);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const auto await = [&](auto condition) {
        while (!condition() && std::chrono::steady_clock::now() < until) {
            std::this_thread::yield();
        }
        return condition();
    };
    const auto over = [&] { return isOver(std::get<Operation>(*life->broadcast.find(id)).state); };
    Evacuate again {{"lyon", ObjectKind::Site, {}}, {}};
    again.retryOf = id.id;
    ASSERT_TRUE(await([&] { return moving("a") != nullptr; }));
    EXPECT_EQ(all.wholeOf(again).error().reason, Reason::NotReady) << "it runs";
    arrives("a");
    ASSERT_TRUE(await(over));
    EXPECT_EQ(std::get<Operation>(*life->broadcast.find(id)).forecast.bytes, 400);
    const auto whole = all.wholeOf(again);
    ASSERT_TRUE(whole) << describe(whole.error());
    ASSERT_EQ(whole->moves.size(), 2u);
    EXPECT_EQ(whole->moves[0].order.object, machine("b"));
    EXPECT_EQ(whole->moves[0].order.bandwidth, 77);
    EXPECT_EQ(whole->moves[1].after, std::vector {machine("b")});
    EXPECT_EQ(whole->forecast.bytes, 100);
    EXPECT_EQ(whole->forecast.durationMs, 1000);
    again.retryOf = "op-none";
    EXPECT_EQ(all.wholeOf(again).error().reason, Reason::NotFound);
}

TEST_F(EvacuationsTest, whereEverythingMovedThereIsNothingToRetry)
{
    const Evacuate order {{"lyon", ObjectKind::Site, {}}, {move("a", "nice")}, 2, 2};
    std::mutex mutex;
    Evacuations all(life->context, [&](const std::string &who, const Request &request) {
        const std::lock_guard lock(mutex);
        return submit(who, request);
    });
    auto its = ordered();
    const auto id = its->operation().id;
    all.begin(order, std::move(its));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!moving("a") && std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
    }
    arrives("a");
    while (!isOver(std::get<Operation>(*life->broadcast.find(id)).state) && std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
    }
    Evacuate again {{"lyon", ObjectKind::Site, {}}, {}};
    again.retryOf = id.id;
    const auto nothing = all.wholeOf(again);
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().fact("cause"), "nothing-to-retry");
}

}
