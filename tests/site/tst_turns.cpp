// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverturns.h"
#include "site/transferpace.h"

#include <future>
#include <gtest/gtest.h>
#include <thread>

namespace portulan::site {

using namespace std::chrono_literals;

TEST(Turns, theOldestGoesFirstOfThoseWhoseDestinationHasAPlace)
{
    Turns turns(2, 1);
    const auto one = turns.next(), two = turns.next(), three = turns.next(), four = turns.next();
    turns.ask(one, "brest");
    turns.ask(two, "brest");
    turns.ask(four, "nice");
    EXPECT_TRUE(turns.has(one) && turns.has(four));
    EXPECT_FALSE(turns.has(two));
    turns.ask(three, "nice");
    turns.leave(four);
    EXPECT_TRUE(turns.has(three));
    turns.leave(one);
    EXPECT_TRUE(turns.has(two));
    turns.leave(one); // twice does no harm
    EXPECT_TRUE(turns.has(two));
}

TEST(Turns, whoWaitsIsToldWhyAndHowManyAreBefore)
{
    Turns turns(2, 1);
    for (const auto *site : {"brest", "brest", "nice", "brest", "nice"}) {
        turns.ask(turns.next(), site);
    }
    EXPECT_FALSE(turns.obstacle(1));
    const auto all = turns.obstacle(5); // one of each destination copies: no place for anybody
    ASSERT_TRUE(all);
    EXPECT_EQ(all->fact("cause"), "slot");
    EXPECT_EQ(all->fact("limit"), "2");
    EXPECT_EQ(all->fact("before"), "2");
    EXPECT_EQ(all->fact("site"), "");
    turns.leave(3);
    turns.leave(5);
    const auto theirs = turns.obstacle(4);
    ASSERT_TRUE(theirs);
    EXPECT_EQ(theirs->fact("site"), "brest");
    EXPECT_EQ(theirs->fact("limit"), "1");
    EXPECT_EQ(theirs->fact("before"), "1");
}

TEST(Turns, aMachineThatStandsStillWaitsForNobody)
{
    Turns turns(1, 1);
    turns.ask(turns.next(), "brest");
    turns.force(2, "brest");
    EXPECT_TRUE(turns.has(1) && turns.has(2));
    turns.ask(3, "brest");
    turns.leave(1);
    EXPECT_FALSE(turns.has(3)); // that place was one too many
    turns.leave(2);
    EXPECT_TRUE(turns.has(3));
}

TEST(WaitingRoom, whoAskedFirstComesInFirst)
{
    WaitingRoom room(2, 1min);
    const auto now = WaitingRoom::Clock::now();
    EXPECT_FALSE(room.ask("a", 1, now));
    EXPECT_EQ(room.ask("b", 2, now), 0u);
    EXPECT_EQ(room.ask("c", 2, now), 1u);
    EXPECT_EQ(room.ask("c", 1, now), 1u); // there is one place, and it is b's
    EXPECT_FALSE(room.ask("b", 1, now));
    EXPECT_FALSE(room.ask("c", 1, now));
}

TEST(WaitingRoom, whoDoesNotAskAnyMoreHoldsUpNobody)
{
    WaitingRoom room(1, 1min);
    const auto now = WaitingRoom::Clock::now();
    EXPECT_EQ(room.ask("a", 1, now), 0u);
    EXPECT_EQ(room.ask("b", 1, now + 50s), 1u);
    EXPECT_FALSE(room.ask("b", 0, now + 61s));
}

TEST(Pace, aNewLimitCountsForThoseWhoWaitAlready)
{
    Pace pace(1); // a megabyte would take twelve days
    std::atomic<bool> stop = false;
    auto taken = std::async(std::launch::async, [&] { return pace.take(1'000'000, stop); });
    EXPECT_EQ(taken.wait_for(20ms), std::future_status::timeout);
    pace.limit(1'000'000'000);
    EXPECT_TRUE(taken.get());
    EXPECT_EQ(pace.bytesPerSecond(), 1'000'000'000);
    pace.limit(1);
    auto last = std::async(std::launch::async, [&] { return pace.take(1'000'000, stop); });
    pace.limit(0);
    EXPECT_TRUE(last.get());
}

TEST(Pace, thoseWhoShareItGetAsMuchAsEachOther)
{
    Pace pace(1'000'000);
    std::atomic<bool> stop = false;
    std::atomic<int> first = 0, second = 0;
    const auto greedy = [&](std::atomic<int> &count) {
        while (pace.take(200'000, stop)) { // a fifth of a second: whoever has just taken is in line again long before
            ++count;
        }
    };
    std::thread one([&] { greedy(first); }), other([&] { greedy(second); });
    const auto reach = [&](int sum) {
        while (first + second < sum) {
            std::this_thread::yield();
        }
    };
    reach(2);
    const int ahead = first - second;
    reach(10);
    stop = true;
    one.join();
    other.join();
    EXPECT_NEAR(first - second, ahead, 2);
}

}
