// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the console pays for a million rows: memory of inventory and model together, and the share of a core that ten thousand changes a
// second take on their way from a link to the model.
#include "models/workloadmodel.h"
#include "tests/fakes/fakelink.h"
#include "tests/fakes/world.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <cstdio>
#include <ctime>
#include <malloc.h>

using namespace portulan;

namespace {

constexpr int rows = 1'000'000;
constexpr int changesPerSecond = 10'000;
constexpr int seconds = 5;

double residentBytes()
{
    malloc_trim(0);
    QFile status(QStringLiteral("/proc/self/statm"));
    return status.open(QIODevice::ReadOnly) ? status.readAll().split(' ').at(1).toDouble() * 4096 : 0;
}

double cpuSeconds()
{
    timespec spent {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return double(spent.tv_sec) + double(spent.tv_nsec) / 1e9;
}

Instance machine(int number, int state)
{
    auto machine = world::instance("lyon", "i-" + std::to_string(number), "machine-" + std::to_string(number), Classification::Internal);
    machine.volumeIds.clear();
    machine.state = state % 2 == 0 ? PowerState::Running : PowerState::Stopped;
    return machine;
}

void print(const char *metric, const char *unit, double value, double limit)
{
    std::printf("{\"metric\":\"%s\",\"unit\":\"%s\",\"value\":%.3f,\"limit\":%.0f}\n", metric, unit, value, limit);
}

/// Turns the event loop until the condition holds.
template <typename Condition>
void until(const QCoreApplication &application, Condition holds)
{
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &application, [&] {
        if (holds()) {
            QCoreApplication::exit();
        }
    });
    look.start(5);
    QCoreApplication::exec();
}

}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QFile rules(QStringLiteral(PORTULAN_SOURCE_DIR "/resources/rules/sovereignty.json"));
    if (!rules.open(QIODevice::ReadOnly)) {
        return 1;
    }
    FakeLink *link = nullptr;
    Federation federation(
        Rulebook::fromJson(rules.readAll().toStdString()).value(),
        [&link](const Profile &site) {
            auto made = std::make_unique<FakeLink>(site.id);
            link = made.get();
            return made;
        },
        [] { return world::now(); });
    federation.add({QStringLiteral("lyon"), {}, {}});
    link->goLive(world::things("lyon"));
    until(application, [&] { return federation.isCaughtUp(); });
    const double before = residentBytes();
    QElapsedTimer loading;
    loading.start();
    for (int first = 0; first < rows; first += 1000) {
        std::vector<Thing> page;
        for (int i = first; i < first + 1000; ++i) {
            page.emplace_back(machine(i, 0));
        }
        link->tell(page);
        if (first % 50'000 == 0) {
            until(application, [&] { return federation.isCaughtUp(); });
        }
    }
    until(application, [&] { return federation.isCaughtUp(); });
    print("models.load", "ms", double(loading.elapsed()), 60'000);
    WorkloadModel model(federation, ObjectKind::Instance);
    until(application, [&] { return model.isSettled() && model.rowCount() >= rows; });
    print("models.memory_per_row", "B", (residentBytes() - before) / rows, 400);

    int round = 0;
    std::vector<std::vector<Thing>> batches; // made before the clock starts
    for (int batch = 0; batch < seconds * 10; ++batch) {
        std::vector<Thing> things;
        for (int i = 0; i < changesPerSecond / 10; ++i) {
            things.emplace_back(machine((batch * 7919 + i * 31) % rows, batch + 1));
        }
        batches.push_back(std::move(things));
    }
    const double start = cpuSeconds();
    QElapsedTimer wall;
    wall.start();
    QTimer feed;
    QObject::connect(&feed, &QTimer::timeout, &application, [&] {
        if (round < int(batches.size())) {
            link->tell(batches[std::size_t(round++)]);
        }
    });
    feed.start(100);
    until(application, [&] { return round == int(batches.size()) && federation.isCaughtUp(); });
    print("models.changes_10k_per_second", "% of a core", 100 * (cpuSeconds() - start) / (double(wall.elapsed()) / 1000), 10);
    return 0;
}
