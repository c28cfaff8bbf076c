// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/placement.h"
#include "tests/core/rulescene.h"

#include <gtest/gtest.h>
#include <limits>

using namespace portulan;
using namespace portulan::test;

namespace {

const Date today = day("2026-11-22");

/// Personal data may be in the Union; where it is named it is compliant, where it is only open to doubt it is to watch.
const Rulebook &book()
{
    static const Rulebook rules = Rulebook::fromJson(R"({"version":"1","sets":{"EU":["FR","DE","ES"]},"rules":[
        {"id":"EU","severity":"blocker","on_false":"fail","title":{"en":"In the Union","fr":"Dans l'Union"},"source":{"name":"Law","ref":"1"},
         "applies_when":{"true":[]},"condition":{"in":[{"var":"site.country"},{"set":"EU"}]}},
        {"id":"PUE","severity":"minor","on_false":"fail","title":{"en":"Frugal","fr":"Sobre"},"source":{"name":"Law","ref":"2"},
         "applies_when":{"true":[]},"condition":{"lt":[{"var":"site.pue"},1.5]}}]})")
                                      .value();
    return rules;
}

Site siteAt(const std::string &id, const std::string &stated, double latitude = 45, double longitude = 4)
{
    Site site = Scene(stated).site;
    site.id = id;
    site.place.latitude = latitude;
    site.place.longitude = longitude;
    site.capacity.declared = {100, 100, 100};
    site.hypervisor = "QEMU";
    return site;
}
Need needOf(Amounts amounts)
{
    Need need;
    need.subject.classification = Classification::Personal;
    need.amounts = amounts;
    return need;
}
std::vector<Candidate> rankOf(const Need &need, const std::vector<Site> &sites, const Project *project = nullptr)
{
    std::vector<PlacementSite> places;
    for (const auto &site : sites) {
        places.push_back({&site, project, true});
    }
    return rank(need, places, book(), today);
}
std::string order(const std::vector<Candidate> &candidates)
{
    std::string text;
    for (const auto &candidate : candidates) {
        text += (text.empty() ? "" : " ") + candidate.site + (candidate.allowed ? "" : "!");
    }
    return text;
}
Words reasons(const Candidate &candidate)
{
    Words words;
    for (const auto &problem : candidate.obstacles) {
        words.emplace_back(toString(problem.reason));
    }
    return words;
}

}

TEST(Placement, theVerdictOutranksRoomAndRoomOutranksNothing)
{
    std::vector<Site> sites
        = {siteAt("doubt", "site.pue=1.2"), siteAt("watch", "site.country=FR site.pue=2"), siteAt("full", "site.country=FR site.pue=1.2"),
            siteAt("good", "site.country=DE site.pue=1.2"), siteAt("abroad", "site.country=US site.pue=1.2")};
    sites[2].capacity.used = {90, 0, 0};
    const auto ranked = rankOf(needOf({10, 10, 10}), sites);
    EXPECT_EQ(order(ranked), "good full watch doubt abroad!");
    EXPECT_DOUBLE_EQ(ranked[0].headroom, 0.9);
    EXPECT_DOUBLE_EQ(ranked[1].headroom, 0);
    EXPECT_DOUBLE_EQ(ranked[0].score, (2 + 0.9) / 3);
    EXPECT_DOUBLE_EQ(ranked[4].score, 0);
}

TEST(Placement, aRefusalSaysItsRuleInBothLanguages)
{
    const auto ranked = rankOf(needOf({1, 1, 1}), {siteAt("abroad", "site.country=US")});
    ASSERT_EQ(reasons(ranked[0]), Words {"REFUSED"});
    const Problem &problem = ranked[0].obstacles[0];
    EXPECT_EQ(problem.fact("rule"), "EU");
    EXPECT_EQ(problem.fact("title_en"), "In the Union");
    EXPECT_EQ(problem.fact("title_fr"), "Dans l'Union");
    EXPECT_EQ(problem.fact("source"), "Law, 1");
    EXPECT_EQ(problem.fact("site"), "abroad");
}

TEST(Placement, everyObstacleIsNamed)
{
    Site site = siteAt("small", "site.country=FR");
    site.capacity.used = {99, 0, 0};
    site.hypervisor.clear();
    Project project;
    project.quota = {{4, -1, 50}, 1, -1};
    project.used = {3, 0, 0};
    project.usedInstances = 1;
    Need need = needOf({2, 2, 60});
    need.projectId = "chu";
    need.needsHypervisor = true;
    const PlacementSite with[] = {{&site, &project, false}};
    const auto candidate = rank(need, with, book(), today).at(0);
    EXPECT_EQ(reasons(candidate), (Words {"QUOTA", "QUOTA", "QUOTA", "NO_CAPACITY", "NO_HYPERVISOR", "UNREACHABLE"}));
    EXPECT_EQ(describe(candidate.obstacles[0]), "QUOTA{limit=4 resource=vcpus site=small used=3 wanted=2}");
    EXPECT_EQ(describe(candidate.obstacles[1]), "QUOTA{limit=50 resource=storage_bytes site=small used=0 wanted=60}");
    EXPECT_EQ(describe(candidate.obstacles[2]), "QUOTA{limit=1 resource=instances site=small used=1 wanted=1}");
    EXPECT_EQ(describe(candidate.obstacles[3]), "NO_CAPACITY{free=1 resource=vcpus site=small wanted=2}");
    EXPECT_FALSE(candidate.allowed);
    const PlacementSite without[] = {{&site, nullptr, true}};
    EXPECT_EQ(reasons(rank(need, without, book(), today).at(0)), (Words {"NOT_FOUND", "NO_CAPACITY", "NO_HYPERVISOR"}));
}

TEST(Placement, aSiteThatCannotTakeItIsNoPlaceForIt)
{
    Site silent = siteAt("silent", "site.country=FR"), other = siteAt("other", "site.country=FR"), able = siteAt("able", "site.country=FR");
    other.capabilities = {"instance.create"};
    able.capabilities = {"instance.create", "migrate.in"};
    Need need = needOf({1, 1, 1});
    need.capability = "migrate.in";
    const auto ranked = rankOf(need, {other, able, silent});
    EXPECT_EQ(order(ranked), "able silent other!") << "one that tells nothing is not asked";
    EXPECT_EQ(describe(ranked.back().obstacles.front()), "UNSUPPORTED{site=other what=migrate.in}");
}

TEST(Placement, theNearerComesFirstWhenAsked)
{
    const std::vector<Site> sites = {siteAt("berlin", "site.country=DE site.pue=1", 52.52, 13.405),
        siteAt("lyon", "site.country=FR site.pue=1", 45.764, 4.8357), siteAt("madrid", "site.country=ES site.pue=1", 40.4168, -3.7038)};
    Need need = needOf({1, 1, 1});
    EXPECT_EQ(order(rankOf(need, sites)), "berlin lyon madrid");
    need.near = Place {48.8566, 2.3522, "FR", {}, "Paris"};
    const auto ranked = rankOf(need, sites);
    EXPECT_EQ(order(ranked), "lyon berlin madrid");
    EXPECT_NEAR(ranked[0].distanceKm, 391.5, 1);
}

TEST(Placement, amongTheForbiddenTheNearestToBeingAllowedComesFirst)
{
    std::vector<Site> sites = {siteAt("abroad", "site.country=US"), siteAt("abroad-full", "site.country=US"), siteAt("full", "site.country=FR")};
    sites[1].capacity.used = {100, 100, 100};
    sites[2].capacity.used = {100, 100, 100};
    EXPECT_EQ(order(rankOf(needOf({1, 1, 1}), sites)), "full! abroad! abroad-full!");
}

TEST(Placement, unknownCapacityIsNoObstacleAndHostileNumbersDoNotOverflow)
{
    Site unknown = siteAt("unknown", "site.country=FR site.pue=1");
    unknown.capacity = {};
    const auto ranked = rankOf(needOf({1, 1, 1}), {unknown});
    EXPECT_TRUE(ranked[0].allowed);
    EXPECT_DOUBLE_EQ(ranked[0].headroom, 0);
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    Project project;
    project.quota = {{most, most, most}, most, most};
    project.used = {most, -most, most};
    Need need = needOf({most, most, most});
    need.projectId = "chu";
    EXPECT_FALSE(rankOf(need, {siteAt("small", "site.country=FR")}, &project)[0].allowed);
}

TEST(Placement, distancesFollowTheGlobe)
{
    const Place paris {48.8566, 2.3522, {}, {}, {}};
    const Place sydney {-33.8688, 151.2093, {}, {}, {}};
    EXPECT_DOUBLE_EQ(distanceKm(paris, paris), 0);
    EXPECT_NEAR(distanceKm(paris, sydney), 16960, 10);
    EXPECT_NEAR(distanceKm({0, 179.5, {}, {}, {}}, {0, -179.5, {}, {}, {}}), 111.195, 0.01);
    EXPECT_NEAR(distanceKm({90, 0, {}, {}, {}}, {-90, 0, {}, {}, {}}), 20015.115, 0.01);
}
