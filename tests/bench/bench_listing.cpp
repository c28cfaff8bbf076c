// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// 20 000 instances from a real gateway (a process of its own, mutual TLS) into the console's inventory and its table, from the moment the site
// is dialled: when the first rows are in the table, when the last is in the inventory and judged. Wall time, and the processor time of both.
#include "models/link/grpclink.h"
#include "models/workloadmodel.h"
#include "tests/bench/listedgateway.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <ctime>

using namespace portulan;

namespace {

constexpr int instances = 20'000;
constexpr int runs = 7;

double processorSeconds()
{
    timespec spent {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return double(spent.tv_sec) + double(spent.tv_nsec) / 1e9;
}

Instant systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void print(const char *metric, const char *unit, double value, const char *limit = "")
{
    std::printf("{\"metric\": \"list_20000_instances.%s\", \"unit\": \"%s\", \"value\": %.6g%s}\n", metric, unit, value, limit);
    std::fflush(stdout);
}

/// One listing, in a console that knows nothing yet.
void list(const ListedGateway &gateway, const std::string &rules, bool counts)
{
    Federation federation(
        Rulebook::fromJson(rules).value(),
        [&gateway](const Profile &site) {
            return std::make_unique<GrpcLink>(LinkTarget {site.id, site.endpoint, gateway.credentials()});
        },
        systemNow);
    WorkloadModel model(federation, ObjectKind::Instance);
    QElapsedTimer clock;
    double firstRows = 0;
    double everything = 0;
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, &model, [&] {
        if (firstRows == 0) {
            firstRows = double(clock.nsecsElapsed()) / 1e6;
        }
    });
    QObject::connect(&federation, &Federation::caughtUp, &model, [&] {
        if (federation.inventory().count(ObjectKind::Instance) == instances) {
            everything = double(clock.nsecsElapsed()) / 1e6;
            QCoreApplication::quit();
        }
    });
    federation.add({QStringLiteral("lyon"), {}, QString::fromStdString(gateway.endpoint())});
    const double ours = processorSeconds();
    const double theirs = gateway.processorSeconds();
    clock.start();
    federation.open();
    QCoreApplication::exec();
    if (counts) {
        print("first_rows", "ms", firstRows, ", \"limit\": 20");
        print("all", "ms", everything, ", \"limit\": 150");
        print("console_cpu", "ms", (processorSeconds() - ours) * 1e3);
        print("gateway_cpu", "ms", (gateway.processorSeconds() - theirs) * 1e3);
    }
}

}

int main(int argc, char **argv)
{
    const ListedGateway gateway(instances);
    const QCoreApplication application(argc, argv);
    QFile file(QStringLiteral(PORTULAN_SOURCE_DIR "/resources/rules/sovereignty.json"));
    if (gateway.endpoint().empty() || !file.open(QIODevice::ReadOnly)) {
        return 1;
    }
    const std::string rules = file.readAll().toStdString();
    for (int run = 0; run <= runs; ++run) {
        list(gateway, rules, run > 0); // the first finds cold caches at both ends
    }
    return 0;
}
