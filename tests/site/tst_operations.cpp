// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/operations.h"

#include "site/workers.h"
#include "tests/site/scratch.h"

#include <future>
#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;

class OperationsTest : public testing::Test {
protected:
    test::Scratch scratch;
    std::unique_ptr<Journal> journal = std::move(*Journal::open(scratch.path("journal.db")));
    Broadcast broadcast {"e1"};
    Instant now {std::chrono::milliseconds(1'000'000)};
    Operations operations {"lyon", *journal, broadcast, [this] { return now; }};

    static Operation draft(const std::string &request = "r-1")
    {
        Operation o;
        o.kind = "volume.create";
        o.project = "p1";
        o.requestedBy = "user/alice";
        o.requestId = request;
        o.cancellable = true;
        return o;
    }
    Operation announced(const ObjectId &id) { return std::get<Operation>(*broadcast.find(id)); }
};

TEST_F(OperationsTest, aBegunOperationRunsIsJournalledAndAnnounced)
{
    const auto ticket = operations.begin(draft());
    ASSERT_TRUE(ticket && ticket->running);
    const auto o = ticket->running->operation();
    EXPECT_EQ(o.state, OperationState::Running);
    EXPECT_EQ(o.startedAt, now);
    EXPECT_EQ(announced(o.id), o);
    EXPECT_EQ(journal->operations()->front(), o);
    EXPECT_EQ(operations.find(o.id), ticket->running);
}

TEST_F(OperationsTest, theSameRequestActsOnce)
{
    const auto first = operations.begin(draft());
    const auto again = operations.begin(draft());
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->running);
    EXPECT_EQ(again->earlier->id, first->running->operation().id);
    auto other = draft();
    other.requestedBy = "user/bob";
    EXPECT_TRUE(operations.begin(other)->running) << "another caller's request id is another request";
}

TEST_F(OperationsTest, theSameRequestFromManyThreadsActsOnce)
{
    std::atomic<int> begun = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] { begun += operations.begin(draft())->running ? 1 : 0; });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(begun, 1);
}

TEST_F(OperationsTest, successNamesTheObjectAndEndsOnce)
{
    const auto running = operations.begin(draft())->running;
    now += std::chrono::seconds(2);
    running->succeed({"lyon", ObjectKind::Volume, "v-1"});
    running->fail({Reason::Internal, {}, {}});
    running->phase("late");
    const auto o = announced(running->operation().id);
    EXPECT_EQ(o.state, OperationState::Done);
    EXPECT_EQ(o.object.id, "v-1");
    EXPECT_EQ(o.endedAt, now);
    EXPECT_EQ(o.phase, "");
    EXPECT_FALSE(o.cancellable);
    EXPECT_FALSE(operations.find(o.id));
    EXPECT_EQ(journal->operations()->front(), o);
}

TEST_F(OperationsTest, failureKeepsItsProblemAndCancellingIsNotFailing)
{
    const auto failed = operations.begin(draft("r-1"))->running;
    failed->fail({Reason::DiskFull, {{"file", "x"}}, {}});
    EXPECT_EQ(announced(failed->operation().id).state, OperationState::Failed);
    EXPECT_EQ(announced(failed->operation().id).problem.reason, Reason::DiskFull);
    const auto cancelled = operations.begin(draft("r-2"))->running;
    const auto id = cancelled->operation().id;
    ASSERT_TRUE(operations.cancel(id));
    EXPECT_TRUE(cancelled->isCancelled());
    cancelled->fail({Reason::Cancelled, {}, {}});
    EXPECT_EQ(announced(id).state, OperationState::Cancelled);
    EXPECT_EQ(operations.cancel(id).error().reason, Reason::NotReady);
    EXPECT_EQ(operations.cancel({"lyon", ObjectKind::Operation, "op-none"}).error().reason, Reason::NotFound);
}

TEST_F(OperationsTest, pastThePointOfNoReturnThereIsNoCancelling)
{
    const auto running = operations.begin(draft())->running;
    running->update(
        [](Operation &o) {
            o.cancellable = false;
            o.phase = "committed";
        },
        true);
    const auto refused = operations.cancel(running->operation().id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fact("state"), "committed");
    EXPECT_FALSE(running->isCancelled());
}

TEST_F(OperationsTest, aTestBootIsShownUntilItIsOverAndNeverOutlivesItsMigration)
{
    auto migration = draft("r-1");
    migration.kind = "migrate";
    migration.object = {"lyon", ObjectKind::Instance, "i-1"};
    migration.mode = "warm";
    migration.phase = "reserved";
    migration.passes.bytes = {1};
    const auto running = operations.begin(migration)->running;
    const auto id = running->operation().id;
    ASSERT_TRUE(operations.steer(id, Operations::Steer::TestBoot));
    EXPECT_TRUE(running->isTestOrdered());
    EXPECT_EQ(announced(id).testBoot.state, "running");
    const auto began = now;
    now += std::chrono::seconds(5);
    running->tested({"booted", {}, {}, "login:", {}});
    EXPECT_FALSE(running->isTestOrdered());
    EXPECT_EQ(announced(id).testBoot, (TestBoot {"booted", began, now, "login:", {}}));
    EXPECT_EQ(journal->operations()->front(), announced(id));

    ASSERT_TRUE(operations.steer(id, Operations::Steer::TestBoot));
    const auto resumed = operations.resume(announced(id)); // by the next life of the gateway
    EXPECT_EQ(announced(id).testBoot.state, "failed");
    EXPECT_EQ(announced(id).testBoot.problem.fact("cause"), "restarted");
    ASSERT_TRUE(operations.steer(id, Operations::Steer::TestBoot));
    resumed->fail({Reason::Cancelled, {}, {}});
    EXPECT_EQ(announced(id).testBoot.state, "failed");
    EXPECT_EQ(announced(id).testBoot.endedAt, now);
}

TEST_F(OperationsTest, bytesAreAnnouncedFourTimesASecondAtMost)
{
    const auto running = operations.begin(draft())->running;
    const auto before = broadcast.revision();
    for (int i = 1; i <= 1000; ++i) {
        now += std::chrono::milliseconds(1);
        running->bytes(i, 1000);
    }
    const auto announcements = broadcast.revision() - before;
    EXPECT_GE(announcements, 4u);
    EXPECT_LE(announcements, 5u);
    EXPECT_EQ(running->operation().bytesDone, 1000);
}

TEST_F(OperationsTest, whatWorkMayNotChangeStays)
{
    const auto running = operations.begin(draft())->running;
    const auto before = running->operation();
    running->update(
        [](Operation &o) {
            o.id.id = "op-other";
            o.state = OperationState::Done;
            o.startedAt = {};
            o.toSite = "porto";
        },
        true);
    const auto after = running->operation();
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.state, OperationState::Running);
    EXPECT_EQ(after.startedAt, before.startedAt);
    EXPECT_EQ(after.toSite, "porto");
}

TEST_F(OperationsTest, theLogKeepsItsLastLines)
{
    const auto running = operations.begin(draft())->running;
    for (int i = 0; i < 100; ++i) {
        running->log("line " + std::to_string(i));
    }
    const auto log = running->operation().log;
    ASSERT_EQ(log.size(), 64u);
    EXPECT_EQ(log.back(), "line 99");
}

TEST_F(OperationsTest, afterARestartInterruptedOrdersHaveFailedAndMigrationsGoOn)
{
    const auto order = operations.begin(draft("r-1"))->running->operation().id;
    auto move = draft("r-2");
    move.kind = "migrate";
    const auto migration = operations.begin(move)->running->operation().id;
    Broadcast after("e2");
    Operations reborn("lyon", *journal, after, [this] { return now; });
    ASSERT_TRUE(reborn.recover());
    const auto failed = std::get<Operation>(*after.find(order));
    EXPECT_EQ(failed.state, OperationState::Failed);
    EXPECT_EQ(failed.problem.fact("cause"), "restarted");
    EXPECT_EQ(std::get<Operation>(*after.find(migration)).state, OperationState::Running);
    EXPECT_EQ(reborn.begin(draft("r-1"))->earlier->id, order) << "a retry after the restart learns what became of it";
}

TEST(Workers, workIsDoneByOtherThreadsAndWhatRunsMayEnd)
{
    std::atomic<int> done = 0;
    std::promise<void> begun;
    std::promise<void> go;
    std::thread closing;
    {
        Workers workers(1);
        workers.post([&] {
            begun.set_value();
            go.get_future().wait();
            ++done;
        });
        begun.get_future().wait();
        for (int i = 0; i < 3; ++i) {
            workers.post([&] { done += 100; });
        }
        closing = std::thread([&] { go.set_value(); });
    }
    closing.join();
    EXPECT_EQ(done % 100, 1) << "what ran has ended";
    Workers four(4);
    std::vector<std::promise<std::thread::id>> answers(4);
    for (auto &answer : answers) {
        four.post([&] { answer.set_value(std::this_thread::get_id()); });
    }
    for (auto &answer : answers) {
        EXPECT_NE(answer.get_future().get(), std::this_thread::get_id());
    }
}
