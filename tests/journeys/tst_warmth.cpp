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
