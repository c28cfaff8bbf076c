// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/audit.h"

#include "site/database.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>
#include <thread>

using namespace portulan;
using namespace portulan::site;

class AuditTest : public testing::Test {
protected:
    test::Scratch scratch;
    Instant now {std::chrono::milliseconds(1'700'000'000'250)};
    std::unique_ptr<Audit> audit = open();

    std::unique_ptr<Audit> open()
    {
        return std::move(*Audit::open(scratch.path("audit.db"), [this] { return now; }));
    }
    static AuditRecord record(const std::string &object = "lyon/instance/i-1", bool allowed = true)
    {
        AuditRecord r;
        r.actor = "user/alice";
        r.role = allowed ? "operator" : "";
        r.action = "instance.start";
        r.object = object;
        r.project = "p1";
        r.allowed = allowed;
        if (!allowed) {
            r.problem = {Reason::Refused, {{"rule", "PTL-LOC-001"}}, "no"};
        }
        r.requestId = "11111111-2222-4333-8444-555555555555";
        r.detail = "é \"quoted\"";
        return r;
    }
    void fill(int entries)
    {
        for (int i = 0; i < entries; ++i) {
            ASSERT_TRUE(audit->append(record("lyon/instance/i-" + std::to_string(i % 3), i % 4 != 0)));
        }
    }
    /// As somebody with the file in their hands would.
    void tamper(const char *sql)
    {
        const auto database = Database::open(scratch.path("audit.db"), "");
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->prepare(sql).run());
    }
};

TEST_F(AuditTest, entriesFollowEachOther)
{
    const auto first = audit->append(record());
    const auto second = audit->append(record());
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->sequence, 1u);
    EXPECT_EQ(first->previousHash, std::string(64, '0'));
    EXPECT_EQ(second->previousHash, first->hash);
    EXPECT_EQ(first->at, now);
}

TEST_F(AuditTest, theHashIsTheDocumentedOne)
{
    // printf '%064d%s' 0 '{"action":…}' | sha256sum
    AuditRecord plain;
    plain.actor = "user/alice";
    plain.action = "instance.start";
    const auto entry = audit->append(plain);
    EXPECT_EQ(entry->hash, "1a67a27e28802c9e223b3d0958435595741cc703fb4a2ea79a1cd06f9904557f");
}

TEST_F(AuditTest, anEntryComesBackWholeAlsoAfterARestart)
{
    const auto put = *audit->append(record("lyon/instance/i-1", false));
    audit = open();
    const auto all = *audit->entries(0, 10, {}, false);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0], put);
    EXPECT_EQ(audit->append(record())->previousHash, put.hash);
}

TEST_F(AuditTest, entriesAreReadInPortionsFromEitherEndAndByObject)
{
    fill(10);
    const auto sequences = [](const std::vector<AuditRecord> &records) {
        std::string text;
        for (const auto &r : records) {
            text += std::to_string(r.sequence) + ' ';
        }
        return text;
    };
    EXPECT_EQ(sequences(*audit->entries(0, 3, {}, false)), "1 2 3 ");
    EXPECT_EQ(sequences(*audit->entries(3, 3, {}, false)), "4 5 6 ");
    EXPECT_EQ(sequences(*audit->entries(0, 3, {}, true)), "10 9 8 ");
    EXPECT_EQ(sequences(*audit->entries(8, 3, {}, true)), "7 6 5 ");
    EXPECT_EQ(sequences(*audit->entries(0, 10, "lyon/instance/i-1", false)), "2 5 8 ");
}

TEST_F(AuditTest, anUntouchedTrailIsIntact)
{
    EXPECT_TRUE(audit->verify()->intact);
    fill(12);
    const auto verified = *audit->verify();
    EXPECT_TRUE(verified.intact) << verified.reason;
    EXPECT_EQ(verified.entries, 12u);
    EXPECT_EQ(verified.headHash, audit->entries(0, 1, {}, true)->front().hash);
}

TEST_F(AuditTest, tamperingIsFoundAndTheFirstBrokenEntryNamed)
{
    struct {
        const char *sql;
        std::uint64_t first;
    } const deeds[] = {
        {"UPDATE entry SET body=replace(body,'alice','mallory') WHERE sequence=5", 5},
        {"DELETE FROM entry WHERE sequence=7", 7},
        {"DELETE FROM entry WHERE sequence=1", 1},
        {"UPDATE entry SET hash=replace(hash,'a','b') WHERE sequence=12", 12},
        {"UPDATE entry SET previous=hash WHERE sequence=3", 3},
        {"UPDATE entry SET object='lyon/instance/other' WHERE sequence=9", 9},
        {"UPDATE entry SET body='garbage' WHERE sequence=2", 2},
        {"INSERT INTO entry SELECT 99, object, body, previous, hash FROM entry WHERE sequence=12", 13},
    };
    for (const auto &deed : deeds) {
        audit.reset();
        std::filesystem::remove(scratch.path("audit.db"));
        audit = open();
        fill(12);
        tamper(deed.sql);
        const auto verified = *audit->verify();
        EXPECT_FALSE(verified.intact) << deed.sql;
        EXPECT_EQ(verified.firstBroken, deed.first) << deed.sql;
        EXPECT_FALSE(verified.reason.empty());
    }
}

TEST_F(AuditTest, aRewrittenTailDoesNotFitWhatWasNotedElsewhere)
{
    fill(12);
    const auto noted = audit->verify()->headHash;
    tamper("DELETE FROM entry WHERE sequence>10");
    EXPECT_NE(audit->verify()->headHash, noted);
}

TEST_F(AuditTest, manyMayAppendAtOnce)
{
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] { fill(25); });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(audit->verify()->intact);
    EXPECT_EQ(audit->verify()->entries, 100u);
}

TEST_F(AuditTest, whatIsNotUtf8DoesNotBreakTheTrail)
{
    auto odd = record();
    odd.detail = "\xff\xfe";
    ASSERT_TRUE(audit->append(odd));
    EXPECT_TRUE(audit->verify()->intact);
}
