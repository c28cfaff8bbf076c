// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/journal.h"

#include "tests/site/scratch.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;

namespace {

Operation operation(const std::string &id, OperationState state, std::int64_t startedMs = 1'700'000'000'000)
{
    Operation o;
    o.id = {"lyon", ObjectKind::Operation, id};
    o.kind = "volume.create";
    o.project = "p1";
    o.object = {"lyon", ObjectKind::Volume, "v-1"};
    o.objectName = "données \"2026\"";
    o.state = state;
    o.phase = "copying";
    o.bytesDone = 5;
    o.bytesTotal = std::int64_t(1) << 45;
    o.bytesOnWire = 3;
    o.requestedBy = "user/alice";
    o.requestId = "request-" + id;
    o.fromSite = "lyon";
    o.toSite = "porto";
    o.migration = "m";
    o.startedAt = Instant(std::chrono::milliseconds(startedMs));
    o.changedAt = o.startedAt;
    o.cancellable = true;
    o.problem = {Reason::Quota, {{"resource", "vcpus"}}, "no"};
    o.log = {"a", "b"};
    o.digests = {"v-1 00ff"};
    o.mode = "warm";
    o.passes = {{7, 2}, 5, 3, 11, Instant(std::chrono::milliseconds(startedMs + 1))};
    o.outageMs = 12;
    return o;
}

}

class JournalTest : public testing::Test {
protected:
    test::Scratch scratch;
    std::unique_ptr<Journal> journal = open();
    std::unique_ptr<Journal> open() { return std::move(*Journal::open(scratch.path("journal.db"))); }
};

TEST_F(JournalTest, anOperationComesBackWhole)
{
    const auto put = operation("op-1", OperationState::Running);
    ASSERT_TRUE(journal->put(put));
    journal = open();
    const auto all = journal->operations();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1u);
    EXPECT_EQ(all->front(), put);
}

TEST_F(JournalTest, anOperationWithoutObjectKeepsItsKind)
{
    auto put = operation("op-1", OperationState::Failed);
    put.object = {{}, ObjectKind::DataSet, {}};
    ASSERT_TRUE(journal->put(put));
    EXPECT_EQ(journal->operations()->front(), put);
}

TEST_F(JournalTest, operationsComeNewestFirstAndTheLastStateCounts)
{
    ASSERT_TRUE(journal->put(operation("op-1", OperationState::Running, 1000)));
    ASSERT_TRUE(journal->put(operation("op-2", OperationState::Running, 2000)));
    ASSERT_TRUE(journal->put(operation("op-1", OperationState::Done, 1000)));
    const auto all = *journal->operations();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].id.id, "op-2");
    EXPECT_EQ(all[1].state, OperationState::Done);
}

TEST_F(JournalTest, aRequestIdFindsItsOperationForItsCallerOnly)
{
    ASSERT_TRUE(journal->put(operation("op-1", OperationState::Done)));
    EXPECT_EQ((*journal->byRequest("user/alice", "request-op-1"))->id.id, "op-1");
    EXPECT_FALSE(*journal->byRequest("user/bob", "request-op-1"));
    EXPECT_FALSE(*journal->byRequest("user/alice", "other"));
}

TEST_F(JournalTest, oldOperationsAreForgottenButNeverThoseUnderWayOrOfToday)
{
    const std::int64_t day = 24 * 3600 * 1000;
    ASSERT_TRUE(journal->put(operation("op-running", OperationState::Running, 1)));
    for (int i = 0; i < 1005; ++i) {
        auto o = operation("op-" + std::to_string(i), OperationState::Done, 1000 + i);
        o.endedAt = o.startedAt;
        ASSERT_TRUE(journal->put(o));
    }
    EXPECT_TRUE(*journal->byRequest("user/alice", "request-op-0")) << "less than a day old";
    auto late = operation("op-late", OperationState::Done, 3 * day);
    late.endedAt = late.startedAt;
    ASSERT_TRUE(journal->put(late));
    EXPECT_FALSE(*journal->byRequest("user/alice", "request-op-0"));
    EXPECT_TRUE(*journal->byRequest("user/alice", "request-op-running"));
    EXPECT_EQ(journal->operations()->size(), 1001u);
}

TEST_F(JournalTest, bothSidesOfAMigrationAreKeptApart)
{
    ASSERT_TRUE(journal->put(MigrationRecord {"m-1", true, MigrationStep::Copying, "{\"a\":1}"}));
    ASSERT_TRUE(journal->put(MigrationRecord {"m-1", false, MigrationStep::Verified, "{}"}));
    ASSERT_TRUE(journal->put(MigrationRecord {"m-2", true, MigrationStep::Released, "{}"}));
    ASSERT_TRUE(journal->put(MigrationRecord {"m-3", true, MigrationStep::Aborted, "{}"}));
    journal = open();
    EXPECT_EQ(journal->openMigrations()->size(), 2u);
    EXPECT_EQ((*journal->migration("m-1", true))->payload, "{\"a\":1}");
    EXPECT_EQ((*journal->migration("m-1", false))->step, MigrationStep::Verified);
    EXPECT_FALSE(*journal->migration("m-9", true));
}

TEST_F(JournalTest, anErasureIsNotedBeforeAndAfterAndRecordedOnce)
{
    EXPECT_FALSE(*journal->erasing("m-1"));
    ASSERT_TRUE(journal->noteErasing("m-1", "begun"));
    ASSERT_TRUE(journal->noteErasing("m-1", "begun again"));
    ASSERT_TRUE(journal->putErasure("m-1", "too early"));
    EXPECT_EQ(journal->erasure("m-1").error().reason, Reason::NotFound) << "not erased yet";
    journal = open();
    EXPECT_EQ((*journal->erasing("m-1"))->draft, "begun") << "the first note stays";
    ASSERT_TRUE(journal->noteErased("m-1", "gone"));
    ASSERT_TRUE(journal->noteErased("m-1", "gone again"));
    const auto open = *journal->unrecordedErasures(10);
    ASSERT_EQ(open.size(), 1u);
    EXPECT_TRUE(open[0].isErased);
    EXPECT_EQ(open[0].draft, "gone");
    ASSERT_TRUE(journal->putErasure("m-1", "record"));
    ASSERT_TRUE(journal->putErasure("m-1", "record"));
    EXPECT_EQ(journal->putErasure("m-1", "another").error().reason, Reason::Conflict);
    EXPECT_EQ(*journal->erasure("m-1"), "record");
    EXPECT_TRUE(journal->unrecordedErasures(10)->empty());
    EXPECT_TRUE(*journal->erasing("m-1"));
}

TEST_F(JournalTest, aDepartureIsFoundByWhatLeftAndByWhatItIsCalledThere)
{
    ASSERT_TRUE(journal->put(MigrationRecord {"m-1", true, MigrationStep::Aborted, R"({"object":"a/instance/x","arrived":"b/instance/y"})"}));
    ASSERT_TRUE(journal->put(MigrationRecord {"m-2", true, MigrationStep::Released, R"({"object":"a/instance/x","arrived":"b/instance/y"})"}));
    EXPECT_EQ((*journal->departureOf("a/instance/x"))->migration, "m-2");
    EXPECT_EQ((*journal->departureTo("b/instance/y"))->migration, "m-2");
    EXPECT_FALSE(*journal->departureOf("a/instance/z"));
    EXPECT_FALSE(*journal->departureTo("a/instance/x"));
}

TEST_F(JournalTest, samplesAreFoundByTime)
{
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(journal->put(CapacitySample {Instant(std::chrono::seconds(i)), {i, 2, 3}, {4, 5, 6}}));
    }
    const auto found = *journal->samples(Instant(std::chrono::seconds(3)), Instant(std::chrono::seconds(8)), 3);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0], (CapacitySample {Instant(std::chrono::seconds(3)), {3, 2, 3}, {4, 5, 6}}));
}

TEST_F(JournalTest, aPathThatCannotBeIsAProblem)
{
    const auto nowhere = Journal::open(scratch.path("no/such/place.db"));
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().fact("file"), scratch.path("no/such/place.db"));
}
