// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Something comes back to the site that still keeps a copy of it: only what changed travels, and nothing of the copy is believed.
#include "core/erasurerecord.h"
#include "tests/site/movingpair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

class Return : public MovingPair {
protected:
    static constexpr std::uint64_t diskBytes = 8 * MiB;

    /// "web" with a disk full of noise has moved from lyon to nice and runs there.
    void haveMoved()
    {
        source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(diskBytes, 1, 1), MemoryDisk::sparse(MiB, 1, 2)});
        startBoth();
        const auto done = awaitEnd(source.migrate(there("web"), "nice", 3600));
        ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
        first = done.migration;
        kept = source.driver.disk("web-disk0")->bytes;
    }
    void change(std::uint64_t at, std::uint64_t length) { target.driver.disk("web-disk0")->guestWrites(at, length, std::byte {0x5a}); }
    static Migrate back()
    {
        Migrate migrate;
        migrate.object = here("web");
        migrate.toSite = "lyon";
        migrate.retentionSeconds = 3600;
        return migrate;
    }
    Operation awaitBack(const ObjectId &id)
    {
        await([&] {
            const auto operation = target.operation(id);
            return operation && isOver(operation->state);
        });
        return *target.operation(id);
    }
    Operation bringBack() { return awaitBack(target.migrate(back())); }
    /// It is lyon's again, under a new id, with every byte; the copy of the first move is as it was.
    void expectBack(const Operation &done)
    {
        ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
        EXPECT_EQ(done.object, there("web-again"));
        EXPECT_EQ(source.driver.custody(there("web-again")), Custody::Owner);
        EXPECT_EQ(target.driver.custody(here("web")), Custody::Retained);
        const auto instance = source.driver.instance("web-again");
        ASSERT_TRUE(instance);
        EXPECT_EQ(instance->name, "web");
        EXPECT_EQ(instance->state, PowerState::Running);
        EXPECT_TRUE(source.driver.disk(instance->volumeIds.at(0))->bytes == target.driver.disk("web-disk0")->bytes);
        EXPECT_TRUE(source.driver.disk(instance->volumeIds.at(1))->bytes == target.driver.disk("web-disk1")->bytes);
    }
    void expectCopyAsItWas()
    {
        EXPECT_EQ(source.driver.custody(there("web")), Custody::Retained);
        EXPECT_TRUE(source.driver.disk("web-disk0")->bytes == kept);
    }
    std::string first;
    std::vector<std::byte> kept;
};

TEST_F(Return, onlyWhatChangedTravels)
{
    haveMoved();
    change(3 * MiB + 5000, 3000);
    const auto done = bringBack();
    expectBack(done);
    expectCopyAsItWas();
    EXPECT_EQ(source.driver.filled, 2);
    EXPECT_LT(done.bytesOnWire, std::int64_t(MiB) + 100'000) << "of nine";
    EXPECT_NE(done.migration, first);
}

TEST_F(Return, whatDidNotChangeNeedNotTravelAtAll)
{
    haveMoved();
    const auto done = bringBack();
    expectBack(done);
    EXPECT_LT(done.bytesOnWire, 100'000);
}

TEST_F(Return, bothMovesAreCertified)
{
    haveMoved();
    const auto done = bringBack();
    expectBack(done);
    await([&] {
        return source.certificate(first) && target.certificate(first) && source.certificate(done.migration) && target.certificate(done.migration);
    });
}

TEST_F(Return, aDamagedCopyCostsBytesAndNothingElse)
{
    haveMoved();
    auto &damaged = source.driver.disk("web-disk0")->bytes;
    damaged[MiB + 17] ^= std::byte {1};
    kept = damaged;
    const auto done = bringBack();
    expectBack(done);
    expectCopyAsItWas();
    EXPECT_GT(done.bytesOnWire, 0);
    EXPECT_LT(done.bytesOnWire, std::int64_t(MiB) + 100'000);
}

TEST_F(Return, aCopyThatIsGoneIsNotMissed)
{
    haveMoved();
    source.clockOffsetSeconds = 7200;
    await([&] { return !source.driver.custody(there("web")); });
    const auto done = bringBack();
    ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
    EXPECT_EQ(source.driver.filled, 0);
    EXPECT_GT(done.bytesOnWire, std::int64_t(diskBytes)) << "all of it";
}

TEST_F(Return, aCopyErasedWhileItIsOnItsWayDoesNoHarm)
{
    haveMoved();
    change(0, diskBytes);
    target.config().linkBytesPerSecond = 4 * MiB;
    target.die();
    target.start();
    const auto id = target.migrate(back());
    await([&] { return target.operation(id)->bytesDone > 0; });
    source.clockOffsetSeconds = 7200;
    await([&] { return !source.driver.custody(there("web")); });
    expectBack(awaitBack(id));
}

TEST_F(Return, givenUpOnItsWayItLeavesTheCopyAsItWas)
{
    haveMoved();
    change(0, diskBytes);
    target.config().linkBytesPerSecond = 2 * MiB;
    target.die();
    target.start();
    const auto id = target.migrate(back());
    await([&] { return target.operation(id)->bytesDone > 0; });
    target.cancel(id);
    EXPECT_EQ(awaitBack(id).state, OperationState::Cancelled);
    await([&] { return !source.driver.custody(there("web-again")); });
    expectCopyAsItWas();
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Owner);
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
    await([&] { return target.assess(back()).blockers.empty(); });
    const auto again = bringBack();
    ASSERT_EQ(again.state, OperationState::Done) << describe(again.problem);
}

TEST_F(Return, anotherObjectOfThatNameIsNotTakenForIt)
{
    haveMoved();
    target.driver.addInstance("big", PowerState::Stopped, {target.driver.disk("web-disk0")});
    auto other = back();
    other.object = here("big");
    const auto done = awaitBack(target.migrate(other));
    ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
    EXPECT_EQ(source.driver.filled, 0);
}

/// Cold it comes at once; while it is written, lot by lot.
class ReturnOfPapers : public Return, public testing::WithParamInterface<MoveMode> { };

TEST_P(ReturnOfPapers, onlyTheObjectsThatChangedAreSent)
{
    source.driver.addDataSet("papers", {{"a", MemoryDisk::sparse(2 * MiB, 1, 3)}, {"b", MemoryDisk::sparse(2 * MiB, 1, 4)}});
    startBoth();
    ASSERT_EQ(awaitEnd(source.migrate({"lyon", ObjectKind::DataSet, "papers"}, "nice")).state, OperationState::Done);
    target.driver.disk("papers", "b")->guestWrites(0, 2 * MiB, std::byte {7});
    auto order = back();
    order.object = {"nice", ObjectKind::DataSet, "papers"};
    order.mode = GetParam();
    const auto done = awaitBack(target.migrate(order));
    ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
    EXPECT_EQ(source.driver.filled, 1);
    EXPECT_LT(done.bytesOnWire, std::int64_t(3 * MiB)) << "of four";
    EXPECT_TRUE(source.driver.disk("papers-again", "a")->bytes == target.driver.disk("papers", "a")->bytes);
    EXPECT_TRUE(source.driver.disk("papers-again", "b")->bytes == target.driver.disk("papers", "b")->bytes);
}
INSTANTIATE_TEST_SUITE_P(AtOnceAndInLots, ReturnOfPapers, testing::Values(MoveMode::Cold, MoveMode::Warm));

/// Every moment of a return × a death of either gateway: the copy is as it was, and one site owns every byte.
struct Death {
    const char *call;
    bool atFormer; ///< lyon, to which it comes back
};
class ReturnDeath : public Return, public testing::WithParamInterface<Death> { };

TEST_P(ReturnDeath, leavesOneOwnerWithEveryByteAndTheCopyAsItWas)
{
    haveMoved();
    change(5 * MiB, 2 * MiB);
    auto &dying = GetParam().atFormer ? source : target;
    std::atomic<bool> dead = false;
    dying.driver.asked = [&](const std::string &call) {
        dead = dead || call == GetParam().call;
        return dead ? Result<>(refuse(GetParam().atFormer ? Reason::Unreachable : Reason::Cancelled)) : Result<>();
    };
    const auto id = target.migrate(back());
    await([&] { return dead.load(); });
    dying.die();
    dying.driver.asked = {};
    dead = false;
    dying.start();
    expectBack(awaitBack(id));
    expectCopyAsItWas();
}

INSTANTIATE_TEST_SUITE_P(Everywhere, ReturnDeath,
    testing::Values(Death {"receive", true}, Death {"receive done", true}, Death {"open for write", true}, Death {"peer.progress", true},
        Death {"peer.verify", true}, Death {"peer.activate", true}, Death {"adopt", true}, Death {"adopt done", true}, Death {"start done", true},
        Death {"stop done", false}, Death {"open for read", false}, Death {"custody retained", false}, Death {"custody retained done", false}),
    [](const auto &test) {
        std::string name = std::string(test.param.atFormer ? "former_" : "owner_") + test.param.call;
        std::ranges::replace_if(
            name, [](char c) { return c == ' ' || c == '.'; }, '_');
        return name;
    });

}
