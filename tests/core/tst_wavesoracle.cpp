// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Plans of many small worlds beside the best there is, found by trying everything.
#include "tests/core/wavesworld.h"

#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace portulan;
using namespace portulan::test;

namespace {

struct Figures {
    std::size_t unplaced = 0;
    double seconds = 0;
    double cost = 0;
};
bool isBetter(const Figures &a, const Figures &b)
{
    return std::tuple(a.unplaced, a.seconds, a.cost) < std::tuple(b.unplaced, b.seconds, b.cost);
}

/// When a lane has carried things, each in its own hours: the latest by which those of any choice of hours have passed. Minute by minute.
double endOf(const Evacuation &evacuation, const Lane &lane, const std::map<std::pair<int, int>, double> &bytes)
{
    double latest = 0;
    for (unsigned choice = 1; choice < 1U << bytes.size(); ++choice) {
        double left = 0;
        std::vector<DayWindow> hours;
        unsigned bit = 1;
        for (const auto &[window, amount] : bytes) {
            if ((choice & bit) != 0) {
                hours.push_back({window.first, window.second});
                left += amount;
            }
            bit <<= 1;
        }
        double seconds = 0;
        for (int minute = evacuation.minute; left > 0; minute = (minute + 1) % (24 * 60)) {
            const auto limit = rateAt(lane.hourly, minute, 0);
            const auto rate = double(limit > 0 ? std::min(limit, lane.bytesPerSecond) : lane.bytesPerSecond);
            const bool isOpen = std::ranges::any_of(hours, [minute](const DayWindow &its) { return its.holds(minute); });
            latest = isOpen && left <= rate * 60 ? std::max(latest, seconds + left / rate) : latest;
            left -= isOpen ? rate * 60 : 0;
            seconds += 60;
        }
    }
    return latest;
}

/// What an assignment (of each movable, a destination or nowhere) amounts to; nothing if it breaks anything. Knows nothing of the planner.
std::optional<Figures> judged(WavesWorld &world, const std::vector<std::size_t> &to)
{
    const Evacuation &evacuation = world.evacuation;
    Figures figures;
    for (std::size_t d = 0; d < evacuation.destinations.size(); ++d) {
        const Site &site = *evacuation.destinations[d].site;
        const Project &project = world.project(site.id);
        Amounts sum;
        std::int64_t count = 0;
        std::map<std::pair<int, int>, double> bytes; // by their hours
        for (std::size_t i = 0; i < to.size(); ++i) {
            const Movable &movable = evacuation.movables[i];
            if (to[i] != d) {
                continue;
            }
            if (movable.need.subject.classification == Classification::Personal && site.id.front() == 'x') {
                return std::nullopt;
            }
            sum = sum + movable.need.amounts;
            bytes[{movable.allowance.hours.from, movable.allowance.hours.to}] += double(movable.bytes);
            ++count;
            figures.cost += double(movable.need.amounts.storageBytes) / 1e9 * evacuation.destinations[d].costPerGigabyteMonth;
            for (std::size_t other = 0; other < to.size(); ++other) {
                const Movable &its = evacuation.movables[other];
                if ((!movable.apart.empty() && other != i && its.apart == movable.apart && to[other] == d)
                    || (!movable.together.empty() && its.together == movable.together && to[other] != d)) {
                    return std::nullopt;
                }
            }
        }
        const Amounts left = site.capacity.available() - sum;
        if (std::min({left.vcpus, left.ramBytes, left.storageBytes}) < 0 || (project.quota.instances >= 0 && count > project.quota.instances)) {
            return std::nullopt;
        }
        const auto lane = std::ranges::find(evacuation.lanes, site.id, &Lane::to);
        if (lane == evacuation.lanes.end() && count > 0) {
            return std::nullopt;
        }
        figures.seconds = std::max(figures.seconds, count > 0 ? endOf(evacuation, *lane, bytes) : 0);
    }
    figures.unplaced = std::size_t(std::ranges::count(to, WavePlan::nowhere));
    return figures;
}

Figures bestOf(WavesWorld &world, std::optional<double> within = {})
{
    const std::size_t choices = world.evacuation.destinations.size() + 1;
    std::vector<std::size_t> to(world.evacuation.movables.size(), WavePlan::nowhere);
    std::optional<Figures> best;
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < to.size(); ++i) {
        combinations *= choices;
    }
    for (std::size_t number = 0; number < combinations; ++number) {
        std::size_t rest = number;
        for (auto &its : to) {
            its = rest % choices == 0 ? WavePlan::nowhere : rest % choices - 1;
            rest /= choices;
        }
        auto figures = judged(world, to);
        if (figures && within) { // of those fast enough, the cheapest
            figures->seconds = figures->seconds <= *within ? 0 : figures->seconds;
        }
        if (figures && (!best || isBetter(*figures, *best))) {
            best = figures;
        }
    }
    return best.value();
}

std::unique_ptr<WavesWorld> randomWorld(std::mt19937 &random)
{
    const auto pick = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
    auto world = std::make_unique<WavesWorld>();
    const int sites = pick(1, 3);
    for (int s = 0; s < sites; ++s) {
        const bool isOutside = pick(0, 3) == 0;
        const std::string id = (isOutside ? "x" : "s") + std::to_string(s);
        world->to(id, {pick(2, 12), pick(5, 30), pick(20, 120)}, pick(0, 5) == 0 ? 0 : pick(1, 20), isOutside ? "US" : "FR").costPerGigabyteMonth
            = pick(0, 1) * pick(1, 5) * 1e7;
        world->project(id).quota.instances = pick(0, 2) == 0 ? pick(0, 3) : -1;
    }
    const int movables = pick(1, 6);
    for (int m = 0; m < movables; ++m) {
        auto &its = world->add(
            "m" + std::to_string(m), {pick(1, 4), pick(1, 8), pick(1, 50)}, pick(0, 2) == 0 ? Classification::Personal : Classification::Open);
        its.together = pick(0, 3) == 0 ? "t" + std::to_string(pick(0, 1)) : "";
        its.apart = its.together.empty() && pick(0, 3) == 0 ? "g" : "";
    }
    return world;
}

/// The same with hours: some for all, some for one thing, links that are slower by day; all of it takes days.
std::unique_ptr<WavesWorld> randomHours(std::mt19937 &random)
{
    const auto pick = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
    auto world = randomWorld(random);
    world->evacuation.minute = pick(0, 24 * 60 - 1);
    const auto hours = [&] { return pick(0, 2) == 0 ? DayWindow {} : DayWindow {pick(0, 23) * 60, pick(0, 23) * 60 + 30}; };
    const DayWindow usual = hours();
    const DayWindow other = hours();
    while (world->evacuation.movables.size() > 4) { // every way is gone through minute by minute
        world->evacuation.movables.pop_back();
    }
    for (auto &movable : world->evacuation.movables) {
        movable.bytes *= 5000;
        movable.allowance.hours = pick(0, 3) == 0 ? other : usual;
    }
    for (auto &movable : world->evacuation.movables) { // what goes together has hours together
        for (const auto &its : world->evacuation.movables) {
            movable.allowance.hours = !movable.together.empty() && its.together == movable.together ? its.allowance.hours : movable.allowance.hours;
        }
    }
    for (auto &lane : world->evacuation.lanes) {
        if (pick(0, 1) == 0) {
            lane.hourly = {{{pick(6, 9) * 60, pick(15, 20) * 60}, pick(1, 5)}};
        }
    }
    return world;
}

TEST(WavesOracle, hoursAreKeptAndNoPlanIsFasterThanTheBound)
{
    std::mt19937 random(20261126);
    int optimal = 0;
    int proven = 0;
    constexpr int worlds = 150;
    for (int number = 0; number < worlds; ++number) {
        SCOPED_TRACE(number);
        const auto world = randomHours(random);
        const auto plan = world->plan();
        ASSERT_TRUE(plan.has_value()) << describe(plan.error());
        const auto own = judged(*world, plan->destinations);
        ASSERT_TRUE(own.has_value()) << "the plan is not lawful";
        const Figures best = bestOf(*world);
        EXPECT_EQ(plan->unplaced, best.unplaced);
        EXPECT_NEAR(own->seconds, plan->transferSeconds, 1e-6 * own->seconds + 1e-6);
        EXPECT_LE(plan->leastTransferSeconds, best.seconds * (1 + 1e-6));
        EXPECT_LE(plan->transferSeconds, best.seconds * 1.05 + 1e-6);
        optimal += own->seconds <= best.seconds * (1 + 1e-6) ? 1 : 0;
        proven += plan->leastTransferSeconds >= best.seconds * 0.95 ? 1 : 0;
    }
    EXPECT_GT(optimal, worlds * 8 / 10);
    EXPECT_GT(proven, worlds * 8 / 10);
}

TEST(WavesOracle, noPlanBreaksAnythingAndNoneIsWorseThanItsBoundAllows)
{
    std::mt19937 random(20261122);
    int optimal = 0;
    constexpr int worlds = 400;
    for (int number = 0; number < worlds; ++number) {
        SCOPED_TRACE(number);
        const auto world = randomWorld(random);
        const auto plan = world->plan();
        ASSERT_TRUE(plan.has_value()) << describe(plan.error());
        const auto own = judged(*world, plan->destinations);
        ASSERT_TRUE(own.has_value()) << "the plan is not lawful";
        const Figures best = bestOf(*world);
        EXPECT_EQ(own->unplaced, plan->unplaced);
        EXPECT_NEAR(own->seconds, plan->transferSeconds, 1e-9);
        EXPECT_NEAR(own->cost, plan->costPerMonth, 1e-9);
        EXPECT_LE(plan->leastUnplaced, best.unplaced);
        EXPECT_EQ(plan->unplaced, best.unplaced);
        EXPECT_LE(plan->leastTransferSeconds, best.seconds * (1 + 1e-6));
        EXPECT_LE(plan->transferSeconds, best.seconds * (1 + WavePlan::timeSlack) + 1e-6);
        const Figures cheapest = bestOf(*world, best.seconds * (1 + WavePlan::timeSlack) + 1e-9);
        EXPECT_LE(plan->leastCostPerMonth, cheapest.cost * (1 + 1e-6) + 1e-9);
        EXPECT_LE(plan->costPerMonth, cheapest.cost * 1.002 + 1e-9);
        optimal += own->seconds <= best.seconds * (1 + 1e-6) ? 1 : 0;
    }
    EXPECT_GT(optimal, worlds * 9 / 10);
}

}
