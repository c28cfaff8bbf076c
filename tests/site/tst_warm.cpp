// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/warmpair.h"

#include <fstream>

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

class Warm : public WarmPair { };

TEST_F(Warm, aMachineIsCopiedWhileItRunsAndArrivesWhole)
{
    addWeb();
    startBoth();
    const auto done = awaitEnd(source.migrate(warm()));
    expectWarm(done);
    EXPECT_GE(done.passes.bytes.front(), std::int64_t(2 * MiB)) << "the first pass carries all";
    EXPECT_GT(done.outageMs, 0);
    EXPECT_GE(turns, 3);
    await([&] { return source.certificate(done.migration).has_value(); });
    std::ifstream authority(source.config().authorityPem);
    const std::string pem {std::istreambuf_iterator<char>(authority), {}};
    const auto certificate = checkCertificate(source.certificate(done.migration).value(), pem).value().certificate;
    EXPECT_EQ(certificate.mode, "warm");
    EXPECT_EQ(certificate.passes, done.passes.bytes);
    EXPECT_EQ(certificate.outage().count(), done.outageMs);
}

TEST_F(Warm, passesGoOnWhileWhatIsLeftShrinks)
{
    addWeb();
    source.config().linkBytesPerSecond = 8 * MiB;
    source.patience.lastPass = 0ms; // never reached: it writes all the time
    source.patience.passes = 4;
    startBoth();
    const auto id = source.migrate(warm());
    expectWarm(awaitEnd(id));
    EXPECT_GE(source.operation(id)->passes.bytes.size(), 2U);
    EXPECT_LE(source.operation(id)->passes.bytes.size(), 4U);
    EXPECT_TRUE(hasLine(id, "writes too fast for a shorter last pass"));
}

TEST_F(Warm, aMachineThatWritesTooFastIsNotStoppedWithoutAnOrder)
{
    addWeb();
    source.config().linkBytesPerSecond = 8 * MiB;
    source.patience.lastPass = source.patience.longestLastPass = 0ms;
    source.patience.passes = 2;
    source.patience.keepUp = 100ms;
    startBoth();
    const auto id = source.migrate(warm());
    await([&] { return hasLine(id, "waiting for the order to cut over"); });
    await([&] { return source.operation(id)->passes.bytes.size() >= 4; });
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    EXPECT_NE(source.operation(id)->passes.readySince, Instant {});
    ASSERT_TRUE(source.steer(id, Steer::CutOver));
    expectWarm(awaitEnd(id));
}

TEST_F(Warm, whereThePortForBytesIsClosedTheyGoWithTheCalls)
{
    addWeb();
    source.patience.lastPass = 0ms;
    target.config().dataListen = "127.0.0.2:0"; // not where its calls are answered
    startBoth();
    const auto id = source.migrate(warm());
    expectWarm(awaitEnd(id));
    EXPECT_TRUE(hasLine(id, "the bytes went with the calls"));
}

TEST_F(Warm, aManualCutOverWaitsForItsOrder)
{
    addWeb();
    source.patience.keepUp = 50ms;
    startBoth();
    const auto id = source.migrate(warm(CutOver::Manual));
    EXPECT_EQ(source.steer(id, Steer::Resume).error().reason, Reason::NotReady);
    await([&] { return source.operation(id)->passes.readySince != Instant {}; });
    await([&] { return source.operation(id)->passes.bytes.size() >= 3; });
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    EXPECT_GT(source.operation(id)->passes.dirtyBytesPerSecond, 0);
    ASSERT_TRUE(source.steer(id, Steer::CutOver));
    expectWarm(awaitEnd(id));
    EXPECT_EQ(source.steer(id, Steer::CutOver).error().reason, Reason::NotReady);
}

TEST_F(Warm, aPauseSendsNothingAndOutlivesTheGateway)
{
    addWeb(12 * MiB);
    source.config().linkBytesPerSecond = 2 * MiB;
    startBoth();
    const auto id = source.migrate(warm());
    await([&] { return source.operation(id)->bytesDone > 0; });
    ASSERT_TRUE(source.steer(id, Steer::Pause));
    EXPECT_EQ(source.steer(id, Steer::Pause).error().reason, Reason::NotReady) << "paused already";
    await([&] { return hasLine(id, "paused"); });
    source.die();
    source.config().linkBytesPerSecond = 0;
    source.start();
    await([&] { return source.operation(id) && hasLine(id, "taken up again"); });
    EXPECT_EQ(source.operation(id)->state, OperationState::Paused);
    const auto before = source.operation(id)->bytesOnWire;
    await([&, until = std::chrono::steady_clock::now() + 500ms] { return std::chrono::steady_clock::now() > until; });
    EXPECT_EQ(source.operation(id)->bytesOnWire, before);
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    ASSERT_TRUE(source.steer(id, Steer::Resume));
    expectWarm(awaitEnd(id));
}

TEST_F(Warm, aColdCopyCanBePausedToo)
{
    source.driver.addInstance("idle", PowerState::Stopped, {MemoryDisk::sparse(8 * MiB, 1, 3)});
    source.config().linkBytesPerSecond = 2 * MiB;
    startBoth();
    const auto id = source.migrate(there("idle"), "nice");
    await([&] { return source.operation(id)->bytesDone > 0; });
    ASSERT_TRUE(source.steer(id, Steer::Pause));
    await([&] { return hasLine(id, "paused"); });
    EXPECT_EQ(source.steer(id, Steer::CutOver).error().reason, Reason::NotReady);
    ASSERT_TRUE(source.steer(id, Steer::Resume));
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("idle");
}

TEST_F(Warm, nothingIsSentAndNothingStoppedOutsideItsHours)
{
    addWeb();
    startBoth();
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm local {};
    ::localtime_r(&now, &local);
    const int minute = local.tm_hour * 60 + local.tm_min, day = 24 * 60;
    auto order = warm();
    order.window = {(minute + 120) % day, (minute + 240) % day};
    const auto id = source.migrate(order);
    await([&] { return hasLine(id, "waiting for its hours"); });
    EXPECT_EQ(source.operation(id)->bytesOnWire, 0);
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    source.clockOffsetSeconds = 130 * 60;
    expectWarm(awaitEnd(id));
}

TEST_F(Warm, whatASourceSentBeforeItRestartedNoLongerCounts)
{
    addWeb();
    source.config().linkBytesPerSecond = 4 * MiB;
    startBoth();
    const auto id = source.migrate(warm());
    await([&] { return source.operation(id)->bytesDone > std::int64_t(MiB); });
    source.die();
    for (int i = 0; i < 5; ++i) {
        write(); // and nobody takes note
    }
    disk->takeDirty();
    source.start();
    expectWarm(awaitEnd(id));
}

TEST_F(Warm, aDestinationThatRestartsGoesOnWithWhatItNoted)
{
    addWeb(12 * MiB);
    source.config().linkBytesPerSecond = 4 * MiB;
    startBoth();
    const auto id = source.migrate(warm());
    await([&] { return source.operation(id)->bytesDone > std::int64_t(2 * MiB); });
    target.die();
    target.start();
    expectWarm(awaitEnd(id));
}

TEST_F(Warm, aMachineThatGoesOffByItselfIsMovedAsItThenIs)
{
    addWeb();
    source.config().linkBytesPerSecond = 4 * MiB;
    startBoth();
    const auto id = source.migrate(warm(CutOver::Manual));
    await([&] { return source.operation(id)->passes.readySince != Instant {}; });
    write();
    disk->takeDirty(); // gone with its hypervisor
    source.driver.setState("web", PowerState::Stopped);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    EXPECT_TRUE(hasLine(id, "all is read again"));
    expectMoved("web");
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Stopped);
}

TEST_F(Warm, aCancelledOneEndsAsBefore)
{
    addWeb();
    startBoth();
    const auto id = source.migrate(warm(CutOver::Manual));
    await([&] { return source.operation(id)->passes.readySince != Instant {}; });
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    expectAsBefore("web", PowerState::Running);
}

TEST_F(Warm, whatDoesNotRunIsMovedColdAndSaysSo)
{
    addWeb();
    source.driver.setState("web", PowerState::Stopped);
    source.driver.addVolume("spare", MemoryDisk::sparse(MiB, 0.4, 5));
    startBoth();
    auto volume = warm();
    volume.object = {"lyon", ObjectKind::Volume, "spare"};
    for (const auto &id : {source.migrate(warm()), source.migrate(volume)}) {
        const auto done = awaitEnd(id);
        EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
        EXPECT_EQ(done.mode, "cold");
        EXPECT_TRUE(hasLine(id, "moved cold"));
        EXPECT_TRUE(done.passes.bytes.empty());
    }
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Stopped);
}

TEST_F(Warm, aGuestThatWillNotShutDownIsStoppedHard)
{
    addWeb();
    source.driver.ignoresShutdown = true;
    startBoth();
    const auto id = source.migrate(warm());
    expectWarm(awaitEnd(id));
    EXPECT_TRUE(hasLine(id, "does not shut down by itself"));
}

TEST_F(Warm, preflightRefusesWhatNoDriverCanDo)
{
    addWeb();
    startBoth();
    auto live = warm();
    live.mode = MoveMode::Live;
    const auto refused = source.assess(live);
    ASSERT_EQ(refused.blockers.size(), 1U);
    EXPECT_EQ(refused.blockers[0].fact("what"), "migrate.live");
    const auto good = source.assess(warm());
    EXPECT_TRUE(good.blockers.empty());
    EXPECT_LT(good.outageSeconds, 30);
}

}
