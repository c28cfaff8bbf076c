// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/journeys/machinepair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

/// Its guest never stops writing.
struct Warmth : MachinePair {
    Warmth()
        : MachinePair("busy", PORTULAN_BUSY_GUEST)
    {
    }
    using MachinePair::order;
    /// A warm move that waits for its order to cut over.
    std::string waiting()
    {
        v1::MigrateRequest request;
        request.set_name("sites/lyon/instances/busy");
        request.set_to_site("nice");
        request.set_mode("warm");
        request.set_cut_over("manual");
        request.set_retention_seconds(3600);
        request.set_start(true);
        request.mutable_header()->set_request_id(freshRequestId());
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::Operation operation;
        EXPECT_TRUE(lyon.alice().Migrate(&context, request, &operation).ok());
        await([&] { return shown(operation.name()).passes().has_ready_time(); }, std::chrono::seconds(120));
        return operation.name();
    }
    void order(grpc::Status (v1::Gateway::Stub::*verb)(grpc::ClientContext *, const v1::ObjectRequest &, v1::Operation *), const std::string &name)
    {
        v1::ObjectRequest request;
        request.set_name(name);
        request.mutable_header()->set_request_id(freshRequestId());
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::Operation operation;
        const auto status = (lyon.alice().*verb)(&context, request, &operation);
        EXPECT_TRUE(status.ok()) << status.error_message();
    }
    v1::Operation shown(const std::string &name)
    {
        const auto change = lyon.find(name);
        return change ? change->operation() : v1::Operation();
    }
    /// Processes that run in a directory of test boots.
    std::size_t testing() const
    {
        std::size_t count = 0;
        for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
            std::error_code gone;
            const auto cwd = std::filesystem::read_symlink(entry.path() / "cwd", gone).string();
            count += cwd.starts_with(std::filesystem::canonical(scratch.path("nice")).string()) && cwd.find("/tests/") != cwd.npos ? 1 : 0;
        }
        return count;
    }
    bool isSwept() const
    {
        const auto tests = scratch.path("nice") + "/state/disks/tests";
        return testing() == 0 && std::filesystem::is_empty(tests);
    }
    /// How often a site's trail says so.
    int recorded(GatewayProcess &site, const std::string &action)
    {
        v1::ListAuditEntriesRequest request;
        request.set_page_size(1000);
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::ListAuditEntriesResponse trail;
        EXPECT_TRUE(site.alice().ListAuditEntries(&context, request, &trail).ok());
        return int(std::ranges::count(trail.entries(), action, [](const auto &entry) { return entry.action(); }));
    }
};

TEST_F(Warmth, bothDisksAreTheSameAtTheSwitch)
{
    const auto moved = move(order("warm", false));
    EXPECT_EQ(moved.mode(), "warm");
    EXPECT_GE(moved.passes().bytes_size(), 1);
    const auto there = rootOf("nice");
    EXPECT_EQ(there, rootOf("lyon"));
    ASSERT_EQ(moved.digests_size(), 1);
    EXPECT_TRUE(moved.digests(0).ends_with(there)) << moved.digests(0);
}

TEST_F(Warmth, aCopyBootsThereBeforeTheCutOverWhileTheMachineGoesOn)
{
    const auto name = waiting();
    order(&v1::Gateway::Stub::TestBootOperation, name);
    await([&] { return testing() == 1; }, std::chrono::seconds(120));
    await([&] { return shown(name).test_boot().has_end_time(); }, std::chrono::seconds(120));
    const auto boot = shown(name).test_boot();
    EXPECT_EQ(boot.state(), "booted") << boot.problem().reason() << ' ' << boot.problem().detail();
    EXPECT_NE(boot.console().find("is up"), std::string::npos) << boot.console();
    EXPECT_TRUE(isSwept());
    const auto written = shown(name).passes().bytes_size();
    await([&] { return shown(name).passes().bytes_size() > written; }, std::chrono::seconds(120)); // it writes, and is followed
    EXPECT_FALSE(says(nice, "is up")) << "what a test printed is not what the machine printed";
    order(&v1::Gateway::Stub::CutOverOperation, name);
    const auto moved = lyon.awaitEnd(name);
    EXPECT_EQ(moved.state(), "done") << moved.problem().detail();
    EXPECT_EQ(moved.mode(), "warm");
    await([this] { return says(nice, "is up"); }, std::chrono::seconds(60));
    EXPECT_EQ(recorded(lyon, "operation.testboot"), 1);
    EXPECT_EQ(recorded(nice, "peer.testboot"), 1);
    std::printf("outage %lld ms after a test boot\n", static_cast<long long>(moved.outage_milliseconds()));
    for (const auto &line : moved.log()) {
        std::printf("  %s\n", line.c_str());
    }
}

TEST_F(Warmth, aDestinationThatIsKilledInATestLeavesNoMachineBehind)
{
    const auto name = waiting();
    order(&v1::Gateway::Stub::TestBootOperation, name);
    await([&] { return testing() == 1; }, std::chrono::seconds(120));
    nice.kill();
    nice.start(); // one that was just being started outlives its gateway until here
    EXPECT_TRUE(isSwept());
    await([&] { return shown(name).test_boot().has_end_time(); }, std::chrono::seconds(120));
    EXPECT_EQ(shown(name).test_boot().state(), "failed");
    order(&v1::Gateway::Stub::CutOverOperation, name);
    EXPECT_EQ(lyon.awaitEnd(name).state(), "done");
    await([this] { return says(nice, "is up"); }, std::chrono::seconds(60));
}

TEST_F(Warmth, theOutageIsTheLastPassAndTheStart)
{
    const auto moved = move(order("warm"));
    EXPECT_EQ(moved.mode(), "warm");
    EXPECT_GT(moved.outage_milliseconds(), 0);
    await([this] { return says(nice, "is up"); }, std::chrono::seconds(60));
    std::printf("outage %lld ms, %d passes, the first of %lld bytes\n", static_cast<long long>(moved.outage_milliseconds()),
        moved.passes().bytes_size(), static_cast<long long>(moved.passes().bytes_size() > 0 ? moved.passes().bytes(0) : 0));
    for (const auto &line : moved.log()) {
        std::printf("  %s\n", line.c_str());
    }
}

}
