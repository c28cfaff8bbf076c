// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/refusals.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using namespace std::chrono_literals;

namespace {

const Problem notAuthorised {Reason::NotAuthorised, {}, {}};

int taken(Refusals &refusals, const std::string &who, int asked, Refusals::Clock::time_point now)
{
    int count = 0;
    for (int i = 0; i < asked; ++i) {
        count += refusals.take(who, notAuthorised, now) ? 1 : 0;
    }
    return count;
}

}

TEST(Refusals, aBurstIsTakenDownThenATrickleAndTheRestIsCounted)
{
    Refusals refusals;
    const auto start = Refusals::Clock::now();
    EXPECT_EQ(taken(refusals, "user/mallory", 1000, start), 60);
    EXPECT_EQ(taken(refusals, "user/mallory", 1000, start + 100s), 10) << "one in ten seconds";
    const auto counted = refusals.due(start + 101s, false);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_EQ(counted[0].who, "user/mallory");
    EXPECT_EQ(counted[0].count, 1930u);
    EXPECT_EQ(counted[0].last, notAuthorised);
    EXPECT_TRUE(refusals.due(start + 300s, true).empty()) << "each count is handed out once";
}

TEST(Refusals, oneCallerDoesNotUseUpAnothersShare)
{
    Refusals refusals;
    const auto start = Refusals::Clock::now();
    EXPECT_EQ(taken(refusals, "user/mallory", 1000, start), 60);
    EXPECT_EQ(taken(refusals, "user/alice", 5, start), 5);
}

TEST(Refusals, aCountIsDueAfterAMinuteOrWhenAskedFor)
{
    Refusals refusals;
    const auto start = Refusals::Clock::now();
    taken(refusals, "user/mallory", 61, start);
    EXPECT_TRUE(refusals.due(start + 59s, false).empty());
    EXPECT_EQ(refusals.due(start + 59s, true).size(), 1u);
    taken(refusals, "user/mallory", 7, start + 60s);
    EXPECT_EQ(refusals.due(start + 121s, false).size(), 1u);
}

TEST(Refusals, callersWithoutEndDoNotFillTheMemoryAndNoCountIsLost)
{
    Refusals refusals;
    const auto start = Refusals::Clock::now();
    EXPECT_EQ(taken(refusals, "user/first", 100, start), 60);
    for (std::size_t i = 0; i < 3 * Refusals::maxCallers; ++i) {
        EXPECT_TRUE(refusals.take("user/u-" + std::to_string(i), notAuthorised, start + 1s));
    }
    const auto counted = refusals.due(start + 2s, true);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_EQ(counted[0].count, 40u);
}
