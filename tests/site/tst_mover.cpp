// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/movingpair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

class Mover : public MovingPair { };

TEST_F(Mover, aRunningMachineArrivesWholeAndRunsThere)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(5 * MiB + 512, 0.3, 1), MemoryDisk::sparse(2 * MiB, 1, 2)});
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    EXPECT_EQ(done.phase, "released");
    EXPECT_EQ(done.object, here("web"));
    EXPECT_EQ(done.digests.size(), 2U);
    EXPECT_GT(done.bytesOnWire, 0);
    EXPECT_FALSE(done.cancellable);
    expectMoved("web");
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
    const auto left = *source.driver.instance("web");
    EXPECT_EQ(left.state, PowerState::Stopped);
    EXPECT_EQ(left.movedTo, "nice");
    EXPECT_NEAR(double((left.retainedUntil - now()).count()), 3600e3, 60e3);
    const auto incoming = *target.operationOf("migrate.incoming");
    EXPECT_EQ(incoming.migration, done.migration);
    EXPECT_EQ(incoming.state, OperationState::Done);
    EXPECT_EQ(incoming.digests, done.digests);
}

TEST_F(Mover, aStoppedMachineStaysStopped)
{
    source.driver.addInstance("idle", PowerState::Stopped, {MemoryDisk::sparse(MiB, 0.5, 3)});
    startBoth();
    EXPECT_EQ(awaitEnd(source.migrate(there("idle"), "nice")).state, OperationState::Done);
    expectMoved("idle");
    EXPECT_EQ(target.driver.instance("idle")->state, PowerState::Stopped);
}

TEST_F(Mover, aGuestThatWillNotShutDownIsStoppedHard)
{
    source.driver.addInstance("deaf", PowerState::Running, {MemoryDisk::sparse(MiB, 0.5, 4)});
    source.driver.ignoresShutdown = true;
    startBoth();
    const auto done = awaitEnd(source.migrate(there("deaf"), "nice"));
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    expectMoved("deaf");
}

TEST_F(Mover, aVolumeAndADataSetMoveToo)
{
    source.driver.addVolume("spare", MemoryDisk::sparse(3 * MiB, 0.4, 5));
    std::map<std::string, MovingDriver::Disk> objects;
    for (unsigned i = 0; i < 80; ++i) {
        objects["dossier/" + std::to_string(i)] = MemoryDisk::sparse(i * 1000, 1, i);
    }
    source.driver.addDataSet("records", objects);
    startBoth();
    const ObjectId volume {"lyon", ObjectKind::Volume, "spare"}, set {"lyon", ObjectKind::DataSet, "records"};
    const auto first = source.migrate(volume, "nice"), second = source.migrate(set, "nice");
    EXPECT_EQ(awaitEnd(first).state, OperationState::Done);
    EXPECT_EQ(awaitEnd(second).state, OperationState::Done);
    EXPECT_EQ(target.driver.custody({"nice", ObjectKind::Volume, "spare"}), Custody::Owner);
    EXPECT_EQ(target.driver.custody({"nice", ObjectKind::DataSet, "records"}), Custody::Owner);
    EXPECT_TRUE(target.driver.disk("spare")->bytes == source.driver.disk("spare")->bytes);
    for (const auto &[key, disk] : objects) {
        EXPECT_TRUE(target.driver.disk("records", key)->bytes == disk->bytes) << key;
    }
}

TEST_F(Mover, anImageMovesAsAVolumeDoes)
{
    source.driver.addImage("debian", MemoryDisk::sparse(3 * MiB, 0.4, 8));
    startBoth();
    const ObjectId image {"lyon", ObjectKind::Image, "debian"};
    Migrate warm; // nothing of an image runs
    warm.object = image;
    warm.toSite = "nice";
    warm.mode = MoveMode::Warm;
    warm.retentionSeconds = 0;
    const auto bytes = source.driver.disk("debian")->bytes;
    const auto assessment = source.assess(warm);
    EXPECT_TRUE(assessment.blockers.empty());
    EXPECT_FALSE(assessment.warnings.empty()) << "it will be moved cold, and that is said";
    const auto done = awaitEnd(source.migrate(warm));
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    EXPECT_EQ(target.driver.custody({"nice", ObjectKind::Image, "debian"}), Custody::Owner);
    EXPECT_TRUE(target.driver.disk("debian")->bytes == bytes);
    await([&] { return !source.driver.custody(image); });
    await([&] { return source.certificate(done.migration).has_value(); });
}

TEST_F(Mover, whatPolicyForbidsThereStaysAsItWas)
{
    source.driver.addInstance("patients", PowerState::Running, {MemoryDisk::sparse(MiB, 0.5, 6)}, Classification::HealthFr);
    target.rules = Rulebook::fromJson(R"({"version":"1","cert_orders":{},"rules":[{"id":"NO-HEALTH","severity":"blocker","on_false":"fail",
        "title":{"en":"E","fr":"F"},"source":{"name":"S","ref":"1"},"applies_when":{"eq":[{"var":"dataset.class"},"health_fr"]},
        "condition":{"eq":[{"var":"site.country"},"XX"]},"attested_by":[]}]})")
                       .value();
    target.self.place.country = "FR";
    startBoth();
    const auto assessment = source.assess(order("patients"));
    ASSERT_EQ(assessment.blockers.size(), 1U);
    EXPECT_EQ(assessment.blockers[0].reason, Reason::Refused) << describe(assessment.blockers[0]);
    EXPECT_EQ(assessment.verdict.status, Status::NonCompliant);
    const auto done = awaitEnd(source.migrate(there("patients"), "nice"));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Refused);
    EXPECT_EQ(done.problem.fact("rule"), "NO-HEALTH");
    expectAsBefore("patients", PowerState::Running);
}

TEST_F(Mover, aProjectThatIsNotThereIsSaidBeforeAnythingStops)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(MiB, 0.5, 7)});
    target.project = "other";
    startBoth();
    const auto done = awaitEnd(source.migrate(there("web"), "nice"));
    EXPECT_EQ(done.problem.reason, Reason::NotFound);
    EXPECT_EQ(done.problem.fact("project"), "care");
    expectAsBefore("web", PowerState::Running);
}

TEST_F(Mover, aFullDiskThereEndsAsBefore)
{
    source.driver.addInstance("big", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 8)});
    target.driver.room = 3 * MiB;
    startBoth();
    const auto done = awaitEnd(source.migrate(there("big"), "nice"));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::DiskFull);
    expectAsBefore("big", PowerState::Running);
    await([&] { return target.operationOf("migrate.incoming")->state == OperationState::Cancelled; });
}

TEST_F(Mover, aCancelledMigrationEndsAsBefore)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 9)});
    source.config().linkBytesPerSecond = MiB;
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return source.operation(id)->bytesDone > 0; });
    source.cancel(id);
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Cancelled);
    EXPECT_EQ(done.phase, "aborted");
    expectAsBefore("web", PowerState::Running);
}

TEST_F(Mover, anAbsentDestinationIsWaitedFor)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(MiB, 0.5, 10)});
    startBoth();
    target.die();
    const auto id = source.migrate(there("web"), "nice");
    await([&] {
        const auto lines = source.operation(id)->log;
        return std::any_of(lines.begin(), lines.end(), [](const auto &line) { return line.find("waiting: UNREACHABLE") != std::string::npos; });
    });
    target.start();
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("web");
}

TEST_F(Mover, oneObjectMovesOnceAtATime)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(4 * MiB, 1, 11)});
    source.config().linkBytesPerSecond = 2 * MiB;
    startBoth();
    const auto first = source.migrate(there("web"), "nice");
    await([&] { return source.driver.custody(there("web")) == Custody::Leaving; });
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice")).problem.reason, Reason::Conflict);
    EXPECT_EQ(awaitEnd(first).state, OperationState::Done);
}

TEST_F(Mover, whatWasHandedOverIsErasedWhenItsTimeIsUpAndNotBefore)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(MiB, 0.5, 12)});
    startBoth();
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice", 600)).state, OperationState::Done);
    source.clockOffsetSeconds = 500;
    EXPECT_EQ(source.assess(order("web")).blockers.at(0).reason, Reason::NotReady);
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Retained);
    EXPECT_EQ(source.driver.erased, 0);
    source.clockOffsetSeconds = 700;
    await([&] { return !source.driver.custody(there("web")); });
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Owner);
}

TEST_F(Mover, preflightCountsBytesAndNamesWhatIsInTheWay)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(4 * MiB, 0.25, 13)});
    source.driver.addInstance("busy", PowerState::Running, {MemoryDisk::sparse(MiB, 0.5, 14)});
    startBoth();
    const auto good = source.assess(order("web"));
    EXPECT_TRUE(good.blockers.empty()) << describe(good.blockers.at(0));
    EXPECT_EQ(good.diskBytes, std::int64_t(4 * MiB));
    EXPECT_GT(good.bytes, 0);
    EXPECT_LT(good.bytes, std::int64_t(3 * MiB));
    EXPECT_GT(good.linkBytesPerSecond, 0);
    EXPECT_EQ(good.steps.size(), 7U);
    auto nowhere = order("web");
    nowhere.toSite = "atlantis";
    EXPECT_EQ(source.assess(nowhere).blockers.at(0).reason, Reason::NotFound);
    auto attached = order("busy");
    attached.object = {"lyon", ObjectKind::Volume, "busy-disk0"};
    EXPECT_EQ(source.assess(attached).blockers.at(0).reason, Reason::NotReady);
    target.die();
    EXPECT_EQ(source.assess(order("web")).blockers.at(0).reason, Reason::Unreachable);
}

}
