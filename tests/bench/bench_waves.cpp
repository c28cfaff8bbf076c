// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Planning the evacuation of 10 000 workloads to 50 sites: one JSON line a figure, {"metric", "unit", "value"}.
// With a number: that many workloads.
#include "core/waves/waveplan.h"
#include "tests/core/rulescene.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <deque>
#include <random>

using namespace portulan;
using portulan::test::Scene;

namespace {

constexpr std::int64_t gigabyte = 1'000'000'000;
constexpr int sites = 50;
constexpr int projects = 10;

void print(const std::string &metric, const char *unit, double value, double limit)
{
    std::printf("{\"metric\": \"%s\", \"unit\": \"%s\", \"value\": %.6g, \"limit\": %g}\n", metric.c_str(), unit, value, limit);
}

/// A federation about as full as one is when somebody wants to leave: four fifths of its room would be taken, half of the quotas bind.
class World {
public:
    explicit World(int workloads)
    {
        for (int s = 0; s < sites; ++s) {
            addSite(s, workloads);
        }
        for (int w = 0; w < workloads; ++w) {
            addWorkload(w);
        }
        evacuation.bytesPerSecondFrom = {{"old-a", 6 * gigabyte}, {"old-b", 3 * gigabyte}};
        evacuation.limits.waveSize = 200;
        evacuation.limits.atOnce = 32;
    }
    /// Most move at night, some in the morning alone; every third lane is slow by day.
    void keepHours()
    {
        evacuation.minute = 20 * 60;
        for (std::size_t i = 0; i < evacuation.movables.size(); ++i) {
            auto &movable = evacuation.movables[i];
            movable.allowance.hours = i % 10 == 0 && movable.together.empty() ? DayWindow {6 * 60, 12 * 60} : DayWindow {22 * 60, 6 * 60};
        }
        for (std::size_t i = 0; i < evacuation.lanes.size(); i += 3) {
            evacuation.lanes[i].hourly = {{{5 * 60, 20 * 60}, gigabyte / 80}};
        }
    }
    Evacuation evacuation;

private:
    int pick(int from, int to) { return std::uniform_int_distribution(from, to)(m_random); }

    void addSite(int s, int workloads)
    {
        static constexpr const char *countries[] = {"FR", "DE", "ES", "NL", "PL", "HR", "SI", "CH", "US", "NO"};
        Site &site = m_sites.emplace_back(Scene(std::string("site.country=") + countries[s % 10] + (s % 3 == 0 ? " cert=HDS/2.0" : "")
            + (s % 7 == 0 ? " cert=SecNumCloud/3.2" : "") + " cert=ISO27001/2022")
                                              .site);
        site.id = "site-" + std::to_string(s);
        site.hypervisor = "KVM";
        const std::int64_t part = std::int64_t(workloads) * pick(6, 18) / 10 / sites;
        site.capacity.declared = {part * 6, part * 20 * gigabyte, part * 260 * gigabyte};
        Destination to {&site, true, {}, s % 4 == 0 ? pick(1, 10) * gigabyte / 8 : 0, 0.01 * pick(1, 9)};
        for (int p = 0; p < projects; ++p) {
            Project &project = m_projects.emplace_back();
            project.id = {site.id, ObjectKind::Project, "p" + std::to_string(p)};
            if (pick(0, 1) == 0) {
                project.quota.instances = workloads * pick(1, 6) / projects / sites;
                project.quota.limit.vcpus = project.quota.instances * 6;
            }
            to.projects[project.id.id] = &project;
        }
        evacuation.destinations.push_back(std::move(to));
        for (const char *from : {"old-a", "old-b"}) {
            evacuation.lanes.push_back({from, site.id, pick(1, 40) * gigabyte / 80});
        }
    }
    void addWorkload(int w)
    {
        static constexpr Amounts flavors[] = {{1, 2 * gigabyte, 0}, {2, 4 * gigabyte, 0}, {2, 8 * gigabyte, 0}, {4, 8 * gigabyte, 0},
            {4, 16 * gigabyte, 0}, {8, 32 * gigabyte, 0}, {8, 16 * gigabyte, 0}, {16, 64 * gigabyte, 0}};
        static constexpr Classification classes[]
            = {Classification::Open, Classification::Internal, Classification::Personal, Classification::SpecialCategory, Classification::HealthFr};
        Movable movable;
        movable.object = {pick(0, 2) == 0 ? "old-b" : "old-a", ObjectKind::Instance, "i-" + std::to_string(w)};
        movable.name = movable.object.id;
        movable.need.subject.classification = classes[pick(0, 4)];
        movable.need.projectId = "p" + std::to_string(pick(0, projects - 1));
        movable.need.needsHypervisor = movable.runs = pick(0, 3) > 0;
        movable.need.amounts = flavors[std::min(pick(0, 7), pick(0, 7))];
        movable.need.amounts.storageBytes = pick(5, 400) * gigabyte;
        movable.bytes = movable.need.amounts.storageBytes / 100 * pick(5, 95);
        movable.instances = 1;
        movable.volumes = 1;
        movable.together = w % 40 == 0 || w % 40 == 1 ? movable.object.site + std::to_string(w / 40) : "";
        movable.apart = w % 100 > 97 ? "g" + std::to_string(w / 100) : "";
        evacuation.movables.push_back(std::move(movable));
    }

    std::mt19937 m_random {20261122};
    std::deque<Site> m_sites;
    std::deque<Project> m_projects;
};

/// Plans it; false: it could not be.
bool measure(const World &world, const std::string &what)
{
    const auto rules = Rulebook::fromJson(test::shippedRules()).value();
    const std::clock_t processor = std::clock();
    const auto start = std::chrono::steady_clock::now();
    const auto plan = planWaves(world.evacuation, rules, test::day("2026-11-22"));
    if (!plan) {
        std::fprintf(stderr, "%s\n", describe(plan.error()).c_str());
        return false;
    }
    const auto elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    print(what + ": processor", "s", double(std::clock() - processor) / CLOCKS_PER_SEC, 10);
    print(what + ": elapsed", "s", elapsed, 20);
    print(what + ": time above the solver's bound", "%", 100 * plan->gap(), 5);
    if (plan->leastCostPerMonth > 0) { // else the solver had no time left to prove any
        print(what + ": cost above the solver's bound", "%", 100 * plan->costGap(), 20);
    }
    print(what + ": without a place, above the solver's bound", "", double(plan->unplaced) - double(plan->leastUnplaced), 0);
    std::fprintf(stderr, "%zu without a place (bound %zu), %.0f s (bound %.0f s), %.0f a month (bound %.0f), %zu waves until %.0f s\n",
        plan->unplaced, plan->leastUnplaced, plan->transferSeconds, plan->leastTransferSeconds, plan->costPerMonth, plan->leastCostPerMonth,
        plan->waves.size(), plan->seconds);
    return true;
}

}

int main(int argc, char **argv)
{
    World world(argc > 1 ? std::atoi(argv[1]) : 10'000);
    if (!measure(world, "10 000 workloads to 50 sites")) {
        return 1;
    }
    world.keepHours();
    return measure(world, "the same in hours") ? 0 : 1;
}
