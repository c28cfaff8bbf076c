// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/movingpair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

/// Where a gateway dies: just before (or, "… done", just after) its n-th call of that name to the cloud.
struct Death {
    const char *who;
    const char *call;
    int nth = 1;
};
void PrintTo(const Death &death, std::ostream *out)
{
    *out << death.who << " at " << death.call << " #" << death.nth;
}

class MoverDeath : public MovingPair, public testing::WithParamInterface<Death> {
protected:
    /// From the fatal call on nothing of that gateway reaches its cloud, until revive().
    void plan(MovingSite &site, const Death &death, Reason says)
    {
        site.driver.asked = [this, death, says](const std::string &call) -> Result<> {
            if (call == death.call && ++calls == death.nth) {
                dead = true;
            }
            return dead ? refuse(says) : Result<>();
        };
    }
    void revive(MovingSite &site)
    {
        site.die();
        site.driver.asked = {};
        dead = false;
        site.start();
    }
    std::atomic<bool> dead = false;
    std::atomic<int> calls = 0;
};

TEST_P(MoverDeath, oneOwnerAndNoByteLost)
{
    const auto death = GetParam();
    const bool ofSource = death.who == std::string("source");
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(6 * MiB, 0.6, 1), MemoryDisk::sparse(MiB + 77, 1, 2)});
    startBoth();
    plan(ofSource ? source : target, death, ofSource ? Reason::Cancelled : Reason::Unreachable);
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return dead.load(); });
    revive(ofSource ? source : target);
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    expectMoved("web");
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
    EXPECT_EQ(target.operationOf("migrate.incoming")->state, OperationState::Done);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, MoverDeath,
    testing::Values(Death {"source", "custody leaving"}, Death {"source", "custody leaving done"}, Death {"source", "stop"},
        Death {"source", "stop done"}, Death {"source", "custody retained"}, Death {"source", "custody retained done"},
        Death {"source", "custody retained", 2}, Death {"source", "custody retained done", 2}, Death {"target", "receive"},
        Death {"target", "receive done"}, Death {"target", "open for write"}, Death {"target", "open for write", 2}, Death {"target", "adopt"},
        Death {"target", "adopt done"}, Death {"target", "start"}, Death {"target", "start done"}));

/// Dies in the middle of the copy, before any of its own calls.
TEST_F(MoverDeath, aCopyCutInTheMiddleGoesOnWhereItWas)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 3)});
    source.config().linkBytesPerSecond = 4 * MiB;
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return source.operation(id)->bytesDone >= std::int64_t(3 * MiB); });
    revive(target);
    await([&] { return target.operationOf("migrate.incoming").has_value() && source.operation(id)->bytesDone >= std::int64_t(5 * MiB); });
    revive(source);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("web");
    EXPECT_LE(target.driver.disk("web-disk0")->written, 8 * MiB + 4 * MiB) << "little was sent twice";
}

TEST_F(MoverDeath, aDestinationInDoubtWaitsForTheSourceAndObeys)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(2 * MiB, 1, 4)});
    startBoth();
    plan(source, {"source", "custody retained"}, Reason::Cancelled); // committed, not yet handed over
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return dead.load(); });
    EXPECT_EQ(target.operationOf("migrate.incoming")->phase, "verified");
    source.die();
    revive(target);
    await([&] { return target.operationOf("migrate.incoming").has_value(); });
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Incoming) << "it does not decide by itself";
    revive(source);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("web");
}

TEST_F(MoverDeath, aCancelSurvivesTheSourcesDeath)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 5)});
    source.config().linkBytesPerSecond = MiB;
    startBoth();
    plan(source, {"source", "custody owner"}, Reason::Cancelled);
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return source.operation(id)->bytesDone > 0; });
    source.cancel(id);
    await([&] { return dead.load(); });
    revive(source);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    expectAsBefore("web", PowerState::Running);
}

TEST_F(MoverDeath, aDestinationThatNeverComesBackIsGivenUp)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(8 * MiB, 1, 6)});
    source.config().linkBytesPerSecond = 2 * MiB;
    source.patience.giveUp = std::chrono::milliseconds(500);
    startBoth();
    const auto id = source.migrate(there("web"), "nice");
    await([&] { return source.operation(id)->bytesDone > 0; });
    target.die();
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Unreachable);
    EXPECT_EQ(source.driver.custody(there("web")), Custody::Owner);
    EXPECT_EQ(source.driver.instance("web")->state, PowerState::Running);
    target.start(); // and asks what became of it
    await([&] { return !target.driver.custody(here("web")); });
}

}
