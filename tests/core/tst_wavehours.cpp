// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Plans that keep hours: what moves only at night, links that are slower by day.
#include "core/waves/flow.h"
#include "tests/core/wavesworld.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace portulan;
using namespace portulan::test;
using namespace portulan::waves;

namespace {

constexpr Amounts plenty {1'000'000, 1'000'000, 1'000'000'000};
constexpr double hour = 3600;
constexpr DayWindow night {22 * 60, 6 * 60};

/// A machine whose copy takes so many hours at one byte a second.
Movable &addHours(WavesWorld &world, const std::string &name, int hours, const DayWindow &window = night)
{
    auto &its = world.add(name, {1, 1, hours * 3600});
    its.allowance.hours = window;
    return its;
}

TEST(WaveHours, whatMovesOnlyAtNightTakesTheDaysInBetween)
{
    WavesWorld world;
    world.to("paris", plenty, 1);
    for (int i = 0; i < 4; ++i) {
        addHours(world, "m" + std::to_string(i), 3); // twelve hours in nights of eight
    }
    world.evacuation.minute = 22 * 60;
    const auto plan = world.plan().value();
    EXPECT_DOUBLE_EQ(plan.transferSeconds, (24 + 4) * hour);
    EXPECT_NEAR(plan.leastTransferSeconds, (24 + 4) * hour, 1);
    EXPECT_LE(plan.leastTransferSeconds, plan.transferSeconds);
    ASSERT_EQ(plan.waves.size(), 1U);
    EXPECT_DOUBLE_EQ(plan.waves[0].begins, 0);
    EXPECT_NEAR(plan.waves[0].ends, (24 + 4) * hour + 1, 1e-6);
    EXPECT_LT(plan.secondsError, 7 * hour); // of the time it works: the day between the nights is sure
    for (auto &movable : world.evacuation.movables) {
        movable.allowance.hours = {};
    }
    EXPECT_DOUBLE_EQ(world.plan()->transferSeconds, 12 * hour);
}

TEST(WaveHours, aWaveBeginsWhenItsHoursDoAndTheNextAfterIt)
{
    WavesWorld world;
    world.evacuation.limits.waveSize = 1;
    world.to("paris", plenty, 1);
    addHours(world, "a", 6);
    addHours(world, "b", 6);
    world.evacuation.minute = 10 * 60;
    const auto plan = world.plan().value();
    ASSERT_EQ(plan.waves.size(), 2U);
    EXPECT_DOUBLE_EQ(plan.waves[0].begins, 12 * hour); // ten in the morning: until 22:00
    EXPECT_NEAR(plan.waves[0].ends, 18 * hour + 1, 1e-6);
    EXPECT_NEAR(plan.waves[1].begins, 18 * hour + 1, 1e-6);
    EXPECT_NEAR(plan.waves[1].ends, 12 * hour + 24 * hour + 4 * hour + 2, 1e-6);
    EXPECT_DOUBLE_EQ(plan.seconds, plan.waves[1].ends);
}

TEST(WaveHours, aLinkThatIsSlowByDayIsLeftForOneThatIsNot)
{
    WavesWorld world;
    world.to("fast", plenty, 100);
    world.to("steady", plenty, 30);
    world.evacuation.lanes[0].hourly = {{{8 * 60, 18 * 60}, 1}};
    world.evacuation.minute = 8 * 60;
    for (int i = 0; i < 10; ++i) {
        world.add("m" + std::to_string(i), {1, 1, 10'000});
    }
    const auto plan = world.plan().value();
    EXPECT_EQ(std::ranges::count(plan.destinations, std::size_t {0}), 0); // one alone would take it nearly three hours
    EXPECT_DOUBLE_EQ(plan.transferSeconds, 100'000 / 30.0);
    EXPECT_LE(plan.leastTransferSeconds, plan.transferSeconds);
    EXPECT_LT(plan.gap(), 0.05);
    world.evacuation.minute = 18 * 60;
    EXPECT_GT(std::ranges::count(world.plan()->destinations, std::size_t {0}), 6);
}

TEST(WaveHours, oneThingAloneMayHaveItsOwnHoursLimitAndMoment)
{
    WavesWorld world;
    world.evacuation.limits.waveSize = 1;
    world.to("paris", plenty, 10);
    addHours(world, "own-hours", 2, {12 * 60, 13 * 60}).after = {{"old", ObjectKind::Instance, "late"}};
    world.add("late", {1, 1, 36'000}).earliest = 7200;
    world.evacuation.movables[1].after = {{"old", ObjectKind::Instance, "slow"}};
    world.add("slow", {1, 1, 3600}).allowance.bytesPerSecond = 1;
    world.evacuation.minute = 8 * 60;
    const auto plan = world.plan().value();
    ASSERT_EQ(plan.waves.size(), 3U);
    EXPECT_NEAR(plan.waves[0].ends, 3600 + 1, 1e-6); // at its own byte a second
    EXPECT_NEAR(plan.waves[1].ends, 7200 + 3600 + 1, 1e-6);
    EXPECT_DOUBLE_EQ(plan.waves[2].begins, 4 * hour); // noon
    EXPECT_NEAR(plan.waves[2].ends, 4 * hour + 720 + 1, 1e-6);
}

TEST(WaveHours, noWaveWaitsForTheHoursOfOneThingInIt)
{
    WavesWorld world;
    world.evacuation.limits.waveSize = 3;
    world.to("paris", plenty, 1);
    const DayWindow morning {6 * 60, 12 * 60};
    for (int i = 0; i < 6; ++i) {
        addHours(world, "n" + std::to_string(i), 1);
        addHours(world, "m" + std::to_string(i), 1, morning);
    }
    addHours(world, "late", 1, {}).earliest = 10 * 86'400;
    addHours(world, "any", 1, {});
    world.evacuation.minute = 22 * 60;
    const auto plan = world.plan().value();
    for (const auto &wave : plan.waves) {
        const auto &first = world.evacuation.movables[wave.movables.front()];
        for (const std::size_t i : wave.movables) {
            EXPECT_EQ(world.evacuation.movables[i].allowance.hours, first.allowance.hours);
            EXPECT_EQ(world.evacuation.movables[i].earliest, first.earliest);
        }
    }
    ASSERT_EQ(plan.waves.size(), 6U);
    EXPECT_LT(plan.waves[4].ends, 38 * hour); // a night, a morning, and what does not fit into them
    EXPECT_EQ(world.evacuation.movables[plan.waves.back().movables.front()].name, "late");
    EXPECT_DOUBLE_EQ(plan.waves.back().begins, 10 * 86'400);
}

TEST(WaveHours, aMachineThatWouldBeDownPastItsHoursIsNamed)
{
    WavesWorld world;
    world.to("paris", plenty, 10);
    addHours(world, "long", 90).runs = true;
    auto &warm = addHours(world, "warm", 90);
    warm.runs = warm.follows = true;
    addHours(world, "short", 70).runs = true;
    addHours(world, "off", 90);
    addHours(world, "any-time", 90, {}).runs = true;
    auto &limited = addHours(world, "limited", 9);
    limited.runs = true;
    const auto plan = world.plan().value();
    ASSERT_EQ(plan.overruns.size(), 1U);
    EXPECT_EQ(world.evacuation.movables[plan.overruns[0].movable].name, "long");
    EXPECT_DOUBLE_EQ(plan.overruns[0].hoursSeconds, 8 * hour);
    EXPECT_DOUBLE_EQ(plan.overruns[0].stillSeconds, 9 * hour + 20);
    world.evacuation.movables[5].allowance.bytesPerSecond = 1;
    EXPECT_EQ(world.plan()->overruns.size(), 2U);
    world.evacuation.movables[5].allowance.hourly = {{{22 * 60, 5 * 60}, 0}}; // no limit then
    EXPECT_EQ(world.plan()->overruns.size(), 1U);
}

TEST(WaveHours, endsThatAreLimitedInSomeHoursOnlyBindInThem)
{
    WavesWorld world;
    world.to("paris", plenty, 10).hourly = {{{8 * 60, 9 * 60}, 1}};
    world.evacuation.hourlyFrom["old"] = {{{9 * 60, 10 * 60}, 2}};
    world.add("a", {1, 1, 3600 + 7200 + 100});
    world.evacuation.minute = 8 * 60;
    const auto plan = world.plan().value();
    EXPECT_DOUBLE_EQ(plan.transferSeconds, 7200 + 10); // an hour at 1, an hour at 2, then at 10
    EXPECT_NEAR(plan.leastTransferSeconds, 7210, 1);
}

Flow randomFlow(std::mt19937 &random, int minute)
{
    const auto pick = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
    Flow::Day day;
    day.fill(pick(0, 2) * 10);
    for (int part = pick(0, 3); part >= 0; --part) {
        const int from = pick(0, minutesADay - 1);
        std::fill(day.begin() + from, day.begin() + std::min(minutesADay, from + pick(1, 600)), double(pick(0, 50)));
    }
    day[std::size_t(pick(0, minutesADay - 1))] = 1;
    return {day, minute};
}

TEST(WaveHours, aFlowAnswersBothWays)
{
    std::mt19937 random(20261126);
    for (int number = 0; number < 200; ++number) {
        const Flow flow = randomFlow(random, int(random() % minutesADay));
        for (int i = 0; i < 50; ++i) {
            const double bytes = double(random() % 10'000'000);
            const double seconds = flow.secondsFor(bytes);
            EXPECT_NEAR(flow.bytesBy(seconds), bytes, 1e-3);
            EXPECT_LT(bytes > 0 ? flow.bytesBy(seconds - 1) : -1, bytes);
            EXPECT_GT(flow.bytesBy(flow.openFrom(seconds) + 1), flow.bytesBy(seconds));
            EXPECT_NEAR(flow.bytesBy(flow.openFrom(seconds)), flow.bytesBy(seconds), 1e-3);
        }
    }
}

TEST(WaveHours, everyFlowStaysBelowItsLine)
{
    std::mt19937 random(20261126);
    for (int number = 0; number < 200; ++number) {
        const int minute = int(random() % minutesADay);
        const std::vector<Flow> flows {randomFlow(random, minute), randomFlow(random, minute), Flow(double(random() % 20 + 1))};
        const Hourglass glass(flows);
        const double from = double(random() % 10'000'000);
        const double to = number % 3 == 0 ? std::numeric_limits<double>::infinity() : from + double(random() % 30'000'000);
        for (const auto &flow : flows) {
            const auto line = glass.over(flow, from, to);
            for (int i = 0; i < 300; ++i) {
                const double second = glass.secondsFor(from) + double(random() % (5 * 86'400));
                const double sand = glass.sandBy(second);
                if (sand >= from && sand <= to) {
                    EXPECT_LE(flow.bytesBy(second), line.base + line.slope * sand + 1e-3);
                }
            }
        }
    }
}

}
