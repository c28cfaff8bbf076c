// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/core/wavesworld.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::test;

namespace {

constexpr Amounts plenty {1000, 1000, 1000};

/// "a→paris b→nowhere"
std::string told(const WavesWorld &world, const WavePlan &plan)
{
    std::string text;
    for (std::size_t i = 0; i < plan.destinations.size(); ++i) {
        const auto to = plan.destinations[i];
        text += (text.empty() ? "" : " ") + world.evacuation.movables[i].name + "→"
            + (to == WavePlan::nowhere ? "nowhere" : world.evacuation.destinations[to].site->id);
    }
    return text;
}
std::string toldWaves(const WavesWorld &world, const WavePlan &plan)
{
    std::string text;
    for (const auto &wave : plan.waves) {
        text += text.empty() ? "" : " | ";
        for (std::size_t i = 0; i < wave.movables.size(); ++i) {
            text += (i == 0 ? "" : " ") + world.evacuation.movables[wave.movables[i]].name;
        }
    }
    return text;
}
const Alternative &at(const std::vector<Alternative> &all, const std::string &site)
{
    return *std::ranges::find(all, site, &Alternative::site);
}

TEST(Waves, personalDataGoesOnlyWhereItMayAndTheRuleIsNamed)
{
    WavesWorld world;
    world.to("paris", plenty, 1);
    world.to("boston", plenty, 1000, "US");
    world.add("a", {1, 1, 10}, Classification::Personal);
    const auto plan = world.plan().value();
    EXPECT_EQ(told(world, plan), "a→paris");
    const auto alternatives = plan.alternatives(0);
    EXPECT_EQ(at(alternatives, "paris").why, NotTaken::Chosen);
    EXPECT_EQ(at(alternatives, "boston").why, NotTaken::Forbidden);
    EXPECT_EQ(at(alternatives, "boston").problem.fact("rule"), "EU");
}

TEST(Waves, nothingGoesWhereItIsNotTakenIn)
{
    WavesWorld world;
    world.to("paris", plenty, 1000);
    world.can({"migrate.in"});
    world.to("lille", plenty, 1);
    world.can({"migrate.in", "dataset.create"});
    world.add("machine", {1, 1, 10}).need.capability = "migrate.in";
    world.add("data", {0, 0, 10}).need.capability = "dataset.create";
    const auto plan = world.plan().value();
    EXPECT_EQ(told(world, plan), "machine→paris data→lille");
    const auto alternatives = plan.alternatives(1);
    EXPECT_EQ(at(alternatives, "paris").problem.reason, Reason::Unsupported);
    EXPECT_EQ(at(alternatives, "paris").problem.fact("what"), "dataset.create");
}

TEST(Waves, theLoadIsSharedAsTheLinksAreFast)
{
    WavesWorld world;
    world.to("fast", plenty, 30);
    world.to("slow", plenty, 10);
    for (int i = 0; i < 8; ++i) {
        world.add("m" + std::to_string(i), {1, 1, 30});
    }
    const auto plan = world.plan().value();
    EXPECT_EQ(std::ranges::count(plan.destinations, std::size_t {0}), 6);
    EXPECT_DOUBLE_EQ(plan.transferSeconds, 6);
    EXPECT_LT(plan.gap(), 0.01);
    EXPECT_TRUE(plan.isExact);
}

TEST(Waves, whatHasNoRoomAnywhereSaysWhatIsMissing)
{
    WavesWorld world;
    world.to("paris", {4, 1000, 1000}, 10);
    world.add("small", {2, 1, 1});
    world.add("huge", {5, 1, 1});
    const auto plan = world.plan().value();
    EXPECT_EQ(told(world, plan), "small→paris huge→nowhere");
    EXPECT_EQ(plan.unplaced, 1U);
    EXPECT_EQ(plan.leastUnplaced, 1U);
    const auto why = plan.alternatives(1).front();
    EXPECT_EQ(why.why, NotTaken::NoRoom);
    EXPECT_EQ(why.problem.reason, Reason::NoCapacity);
    EXPECT_EQ(why.problem.fact("resource"), "vcpus");
    EXPECT_EQ(why.problem.fact("free"), "2");
}

TEST(Waves, quotasOfTheProjectThereBind)
{
    WavesWorld world;
    world.to("paris", plenty, 1000);
    world.to("lyon", plenty, 1);
    world.project("paris").quota.instances = 3;
    world.project("paris").usedInstances = 2;
    world.add("a", {1, 1, 10});
    world.add("b", {1, 1, 10});
    const auto plan = world.plan().value();
    EXPECT_EQ(std::ranges::count(plan.destinations, std::size_t {0}), 1);
    const auto lyons = std::size_t(std::ranges::find(plan.destinations, std::size_t {1}) - plan.destinations.begin());
    EXPECT_EQ(at(plan.alternatives(lyons), "paris").problem.reason, Reason::Quota);
}

TEST(Waves, aSiteWithoutTheProjectOrWithoutALaneTakesNothing)
{
    WavesWorld world;
    world.to("stranger", plenty, 1000).projects.clear();
    world.to("island", plenty, 0);
    world.to("silent", plenty, 1000).isReachable = false;
    world.add("a", {1, 1, 10});
    const auto plan = world.plan().value();
    EXPECT_EQ(told(world, plan), "a→nowhere");
    const auto alternatives = plan.alternatives(0);
    EXPECT_EQ(at(alternatives, "stranger").problem.reason, Reason::NotFound);
    EXPECT_EQ(at(alternatives, "island").why, NotTaken::NoLink);
    EXPECT_EQ(at(alternatives, "silent").why, NotTaken::NoLink);
    EXPECT_TRUE(plan.waves.empty());
}

TEST(Waves, togetherMeansOneSiteAndOneWave)
{
    WavesWorld world;
    world.evacuation.limits.waveSize = 2;
    world.to("paris", {3, 1000, 1000}, 10);
    world.to("lyon", {3, 1000, 1000}, 10);
    for (const char *name : {"a", "b", "c"}) {
        world.add(name, {1, 1, 10}).together = "cluster";
    }
    world.add("d", {1, 1, 10});
    const auto plan = world.plan().value();
    EXPECT_EQ(plan.destinations[0], plan.destinations[1]);
    EXPECT_EQ(plan.destinations[1], plan.destinations[2]);
    EXPECT_NE(plan.destinations[3], plan.destinations[2]);
    ASSERT_EQ(plan.waves.size(), 2U);
    EXPECT_TRUE(plan.waves[0].movables.size() == 3 || plan.waves[1].movables.size() == 3);
}

TEST(Waves, apartMeansDifferentSites)
{
    WavesWorld world;
    world.to("fast", plenty, 1000);
    world.to("slow", plenty, 1);
    world.add("a", {1, 1, 10}).apart = "pair";
    world.add("b", {1, 1, 10}).apart = "pair";
    world.add("c", {1, 1, 10}).apart = "pair";
    const auto plan = world.plan().value();
    EXPECT_EQ(plan.unplaced, 1U);
    EXPECT_EQ(std::ranges::count(plan.destinations, std::size_t {0}), 1);
    EXPECT_EQ(std::ranges::count(plan.destinations, std::size_t {1}), 1);
    const auto left = std::size_t(std::ranges::find(plan.destinations, WavePlan::nowhere) - plan.destinations.begin());
    EXPECT_EQ(at(plan.alternatives(left), "fast").why, NotTaken::Separated);
}

TEST(Waves, equallyFastTheCheaperIsTaken)
{
    WavesWorld world;
    world.to("dear", plenty, 10).costPerGigabyteMonth = 2;
    world.to("cheap", plenty, 10).costPerGigabyteMonth = 1;
    world.evacuation.bytesPerSecondFrom["old"] = 5; // the way out is the narrow one
    world.add("a", {1, 1, 100});
    const auto plan = world.plan().value();
    EXPECT_EQ(told(world, plan), "a→cheap");
    EXPECT_EQ(at(plan.alternatives(0), "dear").why, NotTaken::Dearer);
    EXPECT_LT(plan.costGap(), 0.01);
}

TEST(Waves, whatComesAfterGoesInALaterWaveAndNotWithoutWhatItComesAfter)
{
    WavesWorld world;
    world.to("paris", {10, 1000, 1000}, 10);
    world.add("web", {1, 1, 10}).after = {{"old", ObjectKind::Instance, "db"}};
    world.add("db", {1, 1, 10}).after = {{"elsewhere", ObjectKind::Instance, "long-gone"}};
    world.add("report", {1, 1, 10}).after = {{"old", ObjectKind::Instance, "huge"}};
    world.add("huge", {100, 1, 10});
    const auto plan = world.plan().value();
    EXPECT_EQ(told(world, plan), "web→paris db→paris report→nowhere huge→nowhere");
    EXPECT_EQ(toldWaves(world, plan), "db | web");
}

TEST(Waves, thingsThatWaitForEachOtherMoveAndAreNamed)
{
    WavesWorld world;
    world.to("paris", plenty, 10);
    world.add("hen", {1, 1, 10}).after = {{"old", ObjectKind::Instance, "egg"}};
    world.add("egg", {1, 1, 10}).after = {{"old", ObjectKind::Instance, "hen"}};
    const auto plan = world.plan().value();
    EXPECT_EQ(plan.unplaced, 0U);
    EXPECT_EQ(plan.circular.size(), 2U);
}

TEST(Waves, everyWaveUsesEveryLink)
{
    WavesWorld world;
    world.evacuation.limits.waveSize = 4;
    world.to("paris", plenty, 10);
    world.to("lyon", plenty, 10);
    for (int i = 0; i < 12; ++i) {
        world.add("m" + std::to_string(i), {1, 1, 100});
    }
    const auto plan = world.plan().value();
    ASSERT_EQ(plan.waves.size(), 3U);
    for (const auto &wave : plan.waves) {
        EXPECT_EQ(std::ranges::count_if(wave.movables, [&](std::size_t i) { return plan.destinations[i] == 0; }), 2);
        EXPECT_EQ(wave.bytes, 400);
        EXPECT_NEAR(wave.seconds, 20 + 1, 1e-9);
    }
}

TEST(Waves, nothingToMoveIsAPlanAndNonsenseIsRefused)
{
    WavesWorld world;
    world.to("paris", plenty, 10);
    const auto empty = world.plan();
    ASSERT_TRUE(empty.has_value());
    EXPECT_EQ(empty->gap(), 0);
    world.add("a", {-1, 1, 1});
    EXPECT_EQ(world.plan().error().reason, Reason::InvalidArgument);
}

}
