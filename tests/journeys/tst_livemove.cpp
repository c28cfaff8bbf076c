// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/journeys/machinepair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

void print(const v1::Operation &moved)
{
    std::printf("outage %lld ms, %d passes\n", static_cast<long long>(moved.outage_milliseconds()), moved.passes().bytes_size());
    for (const auto &line : moved.log()) {
        std::printf("  %s\n", line.c_str());
    }
}

/// A guest that counts, in memory, and says how far it is.
struct Counting : MachinePair {
    Counting()
        : MachinePair("counter", PORTULAN_NANO_GUEST)
    {
        await([this] { return says(lyon, "beat 00000003"); }, std::chrono::seconds(60));
    }
    /// The number it said last.
    static unsigned long last(const std::string &console)
    {
        const auto at = console.rfind("beat ", console.size() < 15 ? std::string::npos : console.size() - 15);
        return at == std::string::npos ? 0 : std::stoul(console.substr(at + 5, 8), nullptr, 16);
    }
    /// It goes on from where it was, and was not started.
    void expectCountedOn()
    {
        const auto before = last(console(lyon));
        EXPECT_GE(before, 3UL);
        await([&] { return last(console(nice)) > before + 1; }, std::chrono::seconds(60));
        EXPECT_FALSE(says(nice, "is up")) << "it was started anew";
    }
    /// Accepted; not waited for.
    std::string begin(v1::MigrateRequest request)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        request.mutable_header()->set_request_id(freshRequestId());
        v1::Operation operation;
        const auto status = lyon.alice().Migrate(&context, request, &operation);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return operation.name();
    }
    void awaitLine(const std::string &operation, const std::string &part)
    {
        await(
            [&] {
                const auto found = lyon.find(operation);
                const auto &log = found ? found->operation().log() : v1::Operation::default_instance().log();
                return std::any_of(log.begin(), log.end(), [&](const auto &line) { return line.find(part) != std::string::npos; });
            },
            std::chrono::seconds(60));
    }
    /// So slow that its memory takes seconds.
    v1::MigrateRequest slow() const
    {
        auto request = order("live");
        request.set_bandwidth_bytes_per_second(150'000);
        return request;
    }
};

TEST_F(Counting, goesOnCountingThere)
{
    const auto moved = move(order("live"));
    EXPECT_EQ(moved.mode(), "live");
    EXPECT_GT(moved.outage_milliseconds(), 0);
    print(moved);
    expectCountedOn();
}

TEST_F(Counting, aDestinationKilledInTheMiddleOfItsMemoryGetsItAgain)
{
    const auto operation = begin(slow());
    awaitLine(operation, "sending its memory");
    nice.kill();
    nice.start();
    const auto moved = lyon.awaitEnd(operation);
    EXPECT_EQ(moved.state(), "done") << moved.problem().detail();
    print(moved);
    expectCountedOn();
}

TEST_F(Counting, soDoesOneWhoseMachineIsKilledInTheMiddle)
{
    const auto operation = begin(slow());
    awaitLine(operation, "sending its memory");
    nice.killMachines();
    const auto moved = lyon.awaitEnd(operation);
    EXPECT_EQ(moved.state(), "done") << moved.problem().detail();
    expectCountedOn();
}

/// A guest that never stops writing.
struct Busy : MachinePair {
    Busy()
        : MachinePair("busy", PORTULAN_BUSY_GUEST)
    {
    }
};

TEST_F(Busy, bothDisksAreTheSameAtTheSwitch)
{
    const auto moved = move(order("live"));
    EXPECT_EQ(moved.mode(), "live");
    ASSERT_EQ(moved.digests_size(), 1);
    EXPECT_TRUE(moved.digests(0).ends_with(rootOf("lyon"))) << "its copy here is as it was at the pause";
    EXPECT_FALSE(says(nice, "is up"));
    print(moved);
}

}
