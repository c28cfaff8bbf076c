// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A federation of a million instances on fifty sites: memory, search, sort, and what a stream of changes costs. One JSON line a metric.
#include "core/sorting.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <malloc.h>
#include <random>
#include <vector>

using namespace portulan;

namespace {

constexpr int rows = 1'000'000;
constexpr int sites = 50;
constexpr int runs = 7;

double processorSeconds()
{
    timespec time {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

/// Median of the processor time, in milliseconds: the machine may be shared.
double medianMs(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run) {
        const double before = processorSeconds();
        work();
        times.push_back((processorSeconds() - before) * 1e3);
    }
    std::ranges::nth_element(times, times.begin() + runs / 2);
    return times[runs / 2];
}

void report(const char *metric, const char *unit, double value, double limit)
{
    std::printf("{\"metric\":\"inventory.%s\",\"unit\":\"%s\",\"value\":%.2f,\"limit\":%g}\n", metric, unit, value, limit);
}

constexpr const char *roles[] = {"web", "Base de données", "Hôpital", "cache", "Mail", "build", "portail", "archive", "calcul", "Messagerie"};

Instance instanceOf(int number)
{
    Instance instance;
    const std::string site = "site-" + std::to_string(number % sites);
    instance.id = {site, ObjectKind::Instance, "i-" + std::to_string(1000000 + (number * 7919LL) % rows)};
    instance.name = std::string(roles[std::size_t(number) % std::size(roles)]) + "-prod-" + std::to_string((number * 104729LL) % rows);
    instance.project = "project-" + std::to_string(number % 300);
    instance.flavor = number % 2 ? "m1.small" : "m1.large";
    instance.imageId = "debian-12";
    instance.vcpus = 1 + number % 32;
    instance.ramBytes = (1LL << 30) * (1 + number % 64);
    instance.state = PowerState(number % 3);
    instance.classification = Classification(number % 8);
    instance.changedAt = Instant(std::chrono::milliseconds(1'700'000'000'000 + number));
    return instance;
}

std::size_t heapBytes()
{
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

std::size_t find(const Inventory &inventory, const char *text)
{
    return Query::parse(text)->select(inventory, ObjectKind::Instance).size();
}

/// Half instances, half volumes, each attached: the words by which they know each other count too.
void reportWithVolumes()
{
    const std::size_t before = heapBytes();
    Inventory inventory;
    for (int i = 0; i < rows / 2; ++i) {
        const Instance instance = instanceOf(i);
        inventory.apply(instance);
        Volume volume;
        volume.id = {instance.id.site, ObjectKind::Volume, "v-" + std::to_string(i)};
        volume.name = instance.name + " root";
        volume.project = instance.project;
        volume.sizeBytes = 10LL << 30;
        volume.format = "qcow2";
        volume.instanceId = instance.id.id;
        inventory.apply(volume);
    }
    report("memory_per_row_with_volumes", "B", double(heapBytes() - before) / rows, 400);
}

}

int main()
{
    reportWithVolumes();
    const std::size_t before = heapBytes();
    Inventory inventory;
    const double loading = processorSeconds();
    for (int i = 0; i < rows; ++i) {
        inventory.apply(instanceOf(i));
    }
    const double loaded = processorSeconds() - loading;
    report("memory_per_row", "B", double(heapBytes() - before) / rows, 400);
    report("memory_per_row_as_told", "B", double(inventory.memoryBytes()) / rows, 400);
    report("load", "us/row", loaded * 1e6 / rows, 10);

    std::size_t hits = 0;
    report("filter_contains_rare", "ms", medianMs([&] { hits += find(inventory, "99999"); }), 40);
    report("filter_contains_tenth", "ms", medianMs([&] { hits += find(inventory, "hopital"); }), 40);
    report("filter_contains_all", "ms", medianMs([&] { hits += find(inventory, "prod"); }), 40);
    report("filter_contains_letter", "ms", medianMs([&] { hits += find(inventory, "e"); }), 40);
    report("filter_fields", "ms", medianMs([&] { hits += find(inventory, "site:site-7 class:health cpu>8"); }), 40);
    report("filter_then_refine", "ms",
        medianMs([&] { hits += find(inventory, "mail") + find(inventory, "mail-prod-12") + find(inventory, "mail-prod-1234 state:running"); }), 120);

    const auto all = Query().select(inventory, ObjectKind::Instance);
    const auto sorted = [&](SortKey key) {
        return medianMs([&] {
            auto slots = all;
            sort(slots, inventory, ObjectKind::Instance, key, false);
            hits += slots.front();
        });
    };
    report("sort_name", "ms", sorted(SortKey::Name), 600);
    report("sort_site", "ms", sorted(SortKey::Site), 600);
    report("sort_ram", "ms", sorted(SortKey::Ram), 600);
    report("sort_changed", "ms", sorted(SortKey::Changed), 600);
    report("sort_class", "ms", sorted(SortKey::Classification), 600);

    std::mt19937 dice(1);
    constexpr int changes = 100'000; // ten seconds' worth
    std::vector<Thing> stream;
    for (int i = 0; i < changes; ++i) {
        Instance instance = instanceOf(int(dice() % rows));
        instance.state = PowerState(dice() % 6);
        instance.changedAt += std::chrono::milliseconds(i);
        instance.name += i % 10 ? "" : " renamed";
        stream.push_back(std::move(instance));
    }
    const double streaming = processorSeconds();
    for (const Thing &change : stream) {
        hits += inventory.apply(change) == Differed::Became;
    }
    report("changes_10000_per_second", "% of a core", (processorSeconds() - streaming) / 10 * 100, 10);
    return hits > 0 ? 0 : 1;
}
