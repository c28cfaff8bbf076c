// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The trail says what was done and asked for, whoever floods it and whatever fills up.
#include "tests/site/lodge.h"

#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>
#include <sys/resource.h>

using namespace portulan;
using test::create;
using test::Lodge;
using test::reasonOf;
using test::volumeRequest;

namespace {

/// No file of this process may grow beyond a size while it lives.
class Ceiling {
public:
    explicit Ceiling(std::uintmax_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit low = m_before;
        low.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &low);
    }
    ~Ceiling() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Ceiling(const Ceiling &) = delete;
    Ceiling &operator=(const Ceiling &) = delete;

private:
    rlimit m_before {};
};

class TrailTest : public testing::Test {
protected:
    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client("user/alice");
    std::vector<v1::AuditEntry> trail()
    {
        grpc::ClientContext context;
        v1::ListAuditEntriesRequest request;
        request.set_page_size(1000);
        v1::ListAuditEntriesResponse response;
        EXPECT_TRUE(lodge.client("user/audrey")->ListAuditEntries(&context, request, &response).ok());
        return {response.entries().begin(), response.entries().end()};
    }
};

}

TEST_F(TrailTest, whoAsksAThousandTimesForWhatTheyMayNotHaveDoesNotFillTheTrail)
{
    const auto vera = lodge.client("user/vera");
    for (int i = 0; i < 500; ++i) {
        EXPECT_EQ(reasonOf(create(*vera, volumeRequest())), Reason::NotAuthorised);
    }
    ASSERT_TRUE(create(*alice, volumeRequest()).ok()) << "others are served and recorded as ever";
    const auto entries = trail();
    EXPECT_LT(entries.size(), 80u);
    int counted = 0;
    int single = 0;
    for (const auto &entry : entries) {
        if (entry.action() == "refusals") {
            EXPECT_EQ(entry.actor(), "user/vera");
            EXPECT_EQ(entry.outcome(), "refused");
            EXPECT_EQ(entry.object(), "");
            counted += std::stoi(entry.problem().facts().at("count"));
        } else if (entry.actor() == "user/vera") {
            ++single;
        }
    }
    EXPECT_EQ(single + counted, 500) << "none is missing";
    EXPECT_GE(single, 60);
    grpc::ClientContext context;
    v1::AuditVerification verified;
    ASSERT_TRUE(lodge.client("user/audrey")->VerifyAudit(&context, {}, &verified).ok());
    EXPECT_TRUE(verified.intact()) << verified.reason();
}

TEST_F(TrailTest, aTrailThatCannotBeWrittenEndsTheOrderBeforeItIsDone)
{
    const auto vera = lodge.client("user/vera");
    for (int i = 0; i < 60; ++i) { // the trail grows, the journal does not
        EXPECT_EQ(reasonOf(create(*vera, volumeRequest())), Reason::NotAuthorised);
    }
    const auto trailBytes = std::filesystem::file_size(lodge.scratch().path("state/audit.db-wal"));
    const auto journalBytes = std::filesystem::file_size(lodge.scratch().path("state/journal.db-wal"));
    ASSERT_GT(trailBytes, journalBytes + 200'000);
    grpc::Status status;
    {
        const Ceiling ceiling(trailBytes);
        status = create(*alice, volumeRequest());
    }
    EXPECT_EQ(reasonOf(status), Reason::DiskFull) << describe(wire::problemFrom(status));
    EXPECT_EQ(lodge.driver().inventory()->size(), 2u) << "the projects";
    for (const auto &entry : trail()) {
        EXPECT_EQ(entry.outcome(), "refused");
    }
    grpc::ClientContext context;
    v1::ListResponse operations;
    ASSERT_TRUE(alice->ListOperations(&context, {}, &operations).ok());
    ASSERT_EQ(operations.items_size(), 1);
    EXPECT_EQ(operations.items(0).operation().state(), "failed");
}

TEST_F(TrailTest, aJournalThatCannotBeWrittenLeavesNoEntryAboutNothing)
{
    for (int i = 0; i < 30; ++i) { // the journal grows three times as fast as the trail
        lodge.driver().fail({Reason::Internal, {}, {}});
        v1::Operation operation;
        ASSERT_TRUE(create(*alice, volumeRequest(), &operation).ok());
        EXPECT_EQ(lodge.ended(*alice, operation).state, OperationState::Failed);
    }
    const auto trailBytes = std::filesystem::file_size(lodge.scratch().path("state/audit.db-wal"));
    const auto journalBytes = std::filesystem::file_size(lodge.scratch().path("state/journal.db-wal"));
    ASSERT_GT(journalBytes, trailBytes + 100'000);
    const auto before = trail().size();
    {
        const Ceiling ceiling(journalBytes);
        EXPECT_EQ(reasonOf(create(*alice, volumeRequest())), Reason::DiskFull);
    }
    EXPECT_EQ(trail().size(), before);
}
