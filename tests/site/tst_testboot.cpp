// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A copy of a machine under way boots at its destination, as a test, before the cut-over.
#include "site/peerlink.h"
#include "tests/site/warmpair.h"

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

using Look = site::TestMachine::Look;

class TestBoots : public WarmPair {
protected:
    void SetUp() override
    {
        source.config().testBootSeconds = 1;
        source.patience.keepUp = 200ms;
        source.driver.asked = [this](const std::string &call) -> Result<> {
            if (call == "still") {
                atThatInstant = disk->copy()->bytes;
            }
            const auto now = hook(onCall);
            return now ? now(call) : Result<>();
        };
        target.driver.asked = [this](const std::string &call) -> Result<> {
            const auto now = hook(onCallThere);
            return now ? now(call) : Result<>();
        };
    }
    void TearDown() override
    {
        EXPECT_FALSE(target.driver.disturbed) << "what a test boots from was touched while it ran";
        EXPECT_EQ(target.driver.testing, 0);
    }
    ObjectId ready(CutOver cutOver = CutOver::Manual)
    {
        addWeb();
        startBoth();
        const auto id = source.migrate(warm(cutOver));
        await([&] { return source.operation(id)->passes.readySince != Instant {}; });
        return id;
    }
    ObjectId heldCold()
    {
        source.driver.addInstance("idle", PowerState::Stopped, {MemoryDisk::sparse(4 * MiB, 0.5, 3)});
        startBoth();
        auto cold = order("idle");
        cold.cutOver = CutOver::Manual;
        const auto id = source.migrate(cold);
        await([&] { return hasLine(id, "verified: waiting for the order"); });
        return id;
    }
    TestBoot tested(const ObjectId &id)
    {
        await([&] { return source.operation(id)->testBoot.endedAt != Instant {}; });
        return source.operation(id)->testBoot;
    }
    /// Ordered, and its machine runs.
    void begin(const ObjectId &id)
    {
        const int before = target.driver.tested;
        ASSERT_TRUE(source.steer(id, Steer::TestBoot));
        await([&] { return target.driver.tested > before; });
    }
    void expectCutOver(const ObjectId &id)
    {
        ASSERT_TRUE(source.steer(id, Steer::CutOver));
        expectWarm(awaitEnd(id));
    }

    using Hook = std::function<Result<>(const std::string &call)>;
    void set(Hook &which, Hook what)
    {
        const std::scoped_lock lock(hooks);
        which = std::move(what);
    }
    Hook hook(const Hook &which)
    {
        const std::scoped_lock lock(hooks);
        return which;
    }
    std::mutex hooks;
    Hook onCall;
    Hook onCallThere;
    std::vector<std::byte> atThatInstant;
};

TEST_F(TestBoots, aCopyOfOneInstantBootsWhileItsMachineGoesOn)
{
    const auto id = ready();
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(source.operation(id)->testBoot.state, "running");
    const auto boot = tested(id);
    EXPECT_EQ(boot.state, "booted") << describe(boot.problem);
    EXPECT_EQ(boot.console, "it is up\n");
    EXPECT_GE(boot.endedAt - boot.startedAt, 1s);
    EXPECT_TRUE(target.driver.booted == atThatInstant);
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Incoming);
    const auto turn = turns.load();
    await([&] { return turns > turn; });
    expectCutOver(id);
    EXPECT_EQ(source.operation(id)->testBoot, boot) << "kept with the migration";
}

TEST_F(TestBoots, oneThatIsOrderedDuringThePassesHoldsUpTheCutOver)
{
    addWeb();
    source.patience.lastPass = 0ms; // whatever is left is worth another pass, however fast this machine is
    startBoth();
    ObjectId id;
    int views = 0;
    std::atomic<bool> known = false;
    set(onCall, [&](const std::string &call) -> Result<> {
        if (call == "view" && ++views == 2) {
            await([&] { return known.load(); });
            EXPECT_TRUE(source.steer(id, Steer::TestBoot));
        }
        return {};
    });
    id = source.migrate(warm());
    known = true;
    const auto done = awaitEnd(id);
    expectWarm(done);
    EXPECT_EQ(done.testBoot.state, "booted") << describe(done.testBoot.problem);
    EXPECT_TRUE(target.driver.booted == atThatInstant);
}

TEST_F(TestBoots, oneThatPowersItselfOffHasBootedBeforeItsTime)
{
    const auto id = ready();
    source.config().testBootSeconds = 600;
    target.driver.testGuest = [] { return Look {"\x1b[1mgood\x1b[0m bye\r\n\xff", true, {}}; };
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    const auto boot = tested(id);
    EXPECT_EQ(boot.state, "booted");
    EXPECT_EQ(boot.console, "good bye\n\uFFFD");
    expectCutOver(id);
}

TEST_F(TestBoots, oneThatPrintsNothingOrCrashesHasNotBooted)
{
    const auto id = ready();
    target.driver.testGuest = [] { return Look {}; };
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(tested(id).problem.reason, Reason::TimedOut);
    target.driver.testGuest = [] { return Look {"kernel panic", false, Problem {Reason::Internal, {{"what", "boot"}}, "it crashed"}}; };
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    await([&] { return source.operation(id)->testBoot.console == "kernel panic"; });
    EXPECT_EQ(tested(id).state, "failed");
    EXPECT_EQ(tested(id).problem.detail, "it crashed");
    target.driver.testGuest = {};
    expectCutOver(id);
}

TEST_F(TestBoots, aDestinationThatCannotSaysWhyAndTheMoveGoesOn)
{
    const auto id = ready();
    set(onCallThere, [](const std::string &call) -> Result<> {
        return call == "test boot" ? refuse(Reason::NoCapacity, {{"resource", "ram_bytes"}, {"free", "1"}, {"wanted", "2"}}) : Result<>();
    });
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(tested(id).problem.fact("resource"), "ram_bytes");
    expectCutOver(id);
}

TEST_F(TestBoots, aSourceWithoutRoomForACopyOfOneInstantFollowsOn)
{
    const auto id = ready();
    std::atomic<int> followed = 0;
    set(onCall, [&](const std::string &call) -> Result<> {
        if (call == "follow") {
            ++followed;
        }
        return call == "still" ? refuse(Reason::DiskFull) : Result<>();
    });
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(tested(id).problem.reason, Reason::DiskFull);
    expectCutOver(id);
    EXPECT_EQ(followed, 0) << "nothing was lost sight of";
}

TEST_F(TestBoots, aMachineLostSightOfInTheMiddleIsFollowedAnew)
{
    const auto id = ready();
    std::atomic<int> failures = 0;
    set(onCall, [&](const std::string &call) -> Result<> {
        return call == "still done" && failures++ == 0 ? refuse(Reason::Internal, {}, "QEMU stumbles") : Result<>();
    });
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(tested(id).state, "booted") << describe(tested(id).problem);
    EXPECT_TRUE(target.driver.booted == atThatInstant);
    expectCutOver(id);
}

TEST_F(TestBoots, aCutOverEndsTheTestFirst)
{
    const auto id = ready();
    source.config().testBootSeconds = 600;
    begin(id);
    expectCutOver(id);
    EXPECT_EQ(source.operation(id)->testBoot.state, "failed");
    EXPECT_EQ(source.operation(id)->testBoot.problem.reason, Reason::Cancelled);
}

TEST_F(TestBoots, aCancelledMoveEndsItsTest)
{
    const auto id = ready();
    source.config().testBootSeconds = 600;
    begin(id);
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).testBoot.state, "failed");
    expectAsBefore("web", PowerState::Running);
    await([&] { return target.driver.testing == 0; });
}

TEST_F(TestBoots, aPauseLetsTheTestGoOn)
{
    const auto id = ready();
    begin(id);
    ASSERT_TRUE(source.steer(id, Steer::Pause));
    EXPECT_EQ(tested(id).state, "booted");
    EXPECT_EQ(source.steer(id, Steer::TestBoot).error().reason, Reason::NotReady) << "paused";
    ASSERT_TRUE(source.steer(id, Steer::Resume));
    expectCutOver(id);
}

TEST_F(TestBoots, aSourceThatRestartsInTheMiddleSaysSoAndGoesOn)
{
    const auto id = ready();
    source.config().testBootSeconds = 600;
    begin(id);
    source.die();
    source.start();
    await([&] { return source.operation(id).has_value(); });
    EXPECT_EQ(source.operation(id)->testBoot.state, "failed");
    EXPECT_EQ(source.operation(id)->testBoot.problem.fact("cause"), "restarted");
    await([&] { return target.driver.testing == 0; }); // its next reservation ends it
    expectCutOver(id);
}

TEST_F(TestBoots, aDestinationThatRestartsInTheMiddleHasEndedIt)
{
    const auto id = ready();
    source.config().testBootSeconds = 600;
    begin(id);
    target.die();
    EXPECT_EQ(target.driver.testing, 0);
    target.start();
    EXPECT_EQ(tested(id).state, "failed");
    EXPECT_EQ(tested(id).problem.reason, Reason::Unreachable);
    EXPECT_EQ(target.driver.testing, 0);
    expectCutOver(id);
}

TEST_F(TestBoots, aDestinationWhoseSourceFellSilentEndsItByItself)
{
    const auto id = ready();
    begin(id);
    source.die();
    await([&] { return target.driver.testing == 0; });
    source.start();
    expectCutOver(id);
}

TEST_F(TestBoots, itIsRefusedBeforeThereIsACopyAndWhileOneRuns)
{
    addWeb(12 * MiB);
    source.driver.addVolume("spare", MemoryDisk::sparse(MiB, 0.4, 5));
    source.config().linkBytesPerSecond = 4 * MiB;
    startBoth();
    const auto id = source.migrate(warm(CutOver::Manual));
    EXPECT_EQ(source.steer(id, Steer::TestBoot).error().reason, Reason::NotReady);
    await([&] { return source.operation(id)->passes.readySince != Instant {}; });
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(source.steer(id, Steer::TestBoot).error().reason, Reason::NotReady);
    (void)tested(id);
    expectCutOver(id);
    EXPECT_EQ(source.steer(id, Steer::TestBoot).error().reason, Reason::NotReady);
    auto volume = order("web");
    volume.object = {"lyon", ObjectKind::Volume, "spare"};
    volume.cutOver = CutOver::Manual;
    const auto spare = source.migrate(volume);
    await([&] { return hasLine(spare, "verified: waiting for the order"); });
    EXPECT_EQ(source.steer(spare, Steer::TestBoot).error().reason, Reason::Unsupported) << "a volume does not boot";
    ASSERT_TRUE(source.steer(spare, Steer::CutOver));
    EXPECT_EQ(awaitEnd(spare).state, OperationState::Done);
}

TEST_F(TestBoots, aColdMoveMayBeHeldUntilItsOrderAndTested)
{
    const auto id = heldCold();
    EXPECT_EQ(source.driver.custody(there("idle")), Custody::Leaving);
    ASSERT_TRUE(source.steer(id, Steer::TestBoot));
    EXPECT_EQ(tested(id).state, "booted") << describe(tested(id).problem);
    EXPECT_TRUE(target.driver.booted == source.driver.disk("idle-disk0")->bytes);
    EXPECT_EQ(source.operation(id)->phase, "verified");
    source.die();
    source.start();
    await([&] { return hasLine(id, "taken up again") && source.operation(id)->log.back().find("waiting for the order") != std::string::npos; });
    EXPECT_EQ(source.operation(id)->phase, "verified") << "it waits as before";
    ASSERT_TRUE(source.steer(id, Steer::CutOver));
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("idle");
}

TEST_F(TestBoots, aColdMoveThatIsHeldMayStillBeCancelled)
{
    const auto id = heldCold();
    source.config().testBootSeconds = 600;
    begin(id);
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    expectAsBefore("idle", PowerState::Stopped);
    await([&] { return target.driver.testing == 0; });
}

TEST_F(TestBoots, nobodyButTheSourceHasOneMadeAndOfNothingElse)
{
    MovingSite metz(papers, scratch.path("metz"), "metz");
    const auto id = ready();
    v1::TestBootRequest request;
    request.set_migration(source.operation(id)->migration);
    request.set_run("r1");
    request.set_whole(std::string(32, 'x'));
    const auto reason = [&](MovingSite &caller) {
        const auto link = site::PeerLink::to(caller.config(), "nice", target.endpoint()).value();
        const auto answer = link->testBoot(request);
        return answer ? std::string("done") : std::string(toString(answer.error().reason));
    };
    EXPECT_EQ(reason(metz), toString(Reason::NotFound));
    EXPECT_EQ(reason(source), toString(Reason::Integrity)) << "other bytes than are there";
    request.clear_whole();
    EXPECT_EQ(reason(source), toString(Reason::NotFound)) << "a run nobody began";
    request.set_run({});
    EXPECT_EQ(reason(source), toString(Reason::InvalidArgument));
    EXPECT_EQ(target.driver.tested, 0);
    expectCutOver(id);
}

}
