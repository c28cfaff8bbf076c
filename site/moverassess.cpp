// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverassess.h"

#include "proto/wire.h"
#include "site/arrivalsrequest.h"
#include "site/moverdeparture.h"
#include "site/peerlink.h"

#include <algorithm>

namespace portulan::site {

namespace {
constexpr std::size_t probeBytes = 2 << 20;
// What a machine takes to shut down and to boot, and how wrong that may be.
constexpr double restartSeconds = 20;
constexpr double restartError = 15;
// A warm move stops its machine when no more than this is left to send.
constexpr double lastPassSeconds = 1;
// A probe of two messages says little about a long transfer.
constexpr double rateError = 0.5;

double secondsOf(PeerLink &link, std::size_t padding)
{
    v1::GreetRequest request;
    // Not compressible, so that nothing on the way makes it smaller; what it says does not matter.
    std::string noise(padding, '\0');
    std::uint64_t state = 0x9e3779b97f4a7c15;
    for (auto &c : noise) {
        state = state * 6364136223846793005 + 1442695040888963407;
        c = static_cast<char>(state >> 56);
    }
    request.set_padding(std::move(noise));
    const auto began = std::chrono::steady_clock::now();
    return link.greet(request) ? std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() : -1;
}

/// Bytes a second, 0 if that cannot be told.
std::int64_t measure(PeerLink &link)
{
    const double small = std::min(secondsOf(link, 1), secondsOf(link, 1));
    const double large = secondsOf(link, probeBytes);
    return small >= 0 && large > small ? static_cast<std::int64_t>(double(probeBytes) / (large - small)) : 0;
}

/// Bytes that hold data; of a running machine what its disks occupy. `exact` says which.
std::int64_t payload(Driver &driver, const Arrival &arrival, bool &exact)
{
    std::int64_t bytes = 0;
    exact = true;
    for (const auto &volume : arrival.volumes) {
        const bool busy = arrival.instance && arrival.instance->state != PowerState::Stopped;
        const auto reader = busy ? refuse(Reason::NotReady) : driver.openForRead(volume.id, {});
        const auto extents = reader ? (*reader)->extents(0, (*reader)->sizeBytes()) : Result<std::vector<Extent>>(unexpected(Problem {}));
        if (!extents) {
            exact = false;
            bytes += std::min(volume.allocatedBytes, volume.sizeBytes);
            continue;
        }
        for (const auto &extent : *extents) {
            bytes += std::int64_t(extent.length);
        }
    }
    for (const auto &object : arrival.objects) {
        bytes += object.size;
    }
    return bytes;
}

Custody custodyOf(const Arrival &arrival)
{
    return arrival.instance ? arrival.instance->custody : arrival.dataSet ? arrival.dataSet->custody : arrival.volumes.front().custody;
}

void warnOfSnapshots(const Context &context, const Arrival &arrival, Assessment &assessment)
{
    std::int64_t count = 0;
    for (const auto &thing : context.broadcast.all(ObjectKind::Snapshot)) {
        const auto *snapshot = std::get_if<Snapshot>(&thing);
        const bool ofVolume
            = snapshot && std::ranges::any_of(arrival.volumes, [&](const auto &volume) { return volume.id.id == snapshot->volumeId; });
        count += ofVolume || (snapshot && arrival.instance && arrival.instance->id.id == snapshot->instanceId) ? 1 : 0;
    }
    if (count > 0) {
        assessment.warnings.push_back({Reason::Unsupported, {{"what", "snapshots"}, {"count", std::to_string(count)}}, "snapshots do not travel"});
    }
}

/// Whether it can be moved in the way that is wanted.
void judgeMode(Context &context, const Migrate &order, bool runs, Assessment &assessment)
{
    if (order.mode == MoveMode::Cold) {
        return;
    }
    const auto what = "migrate." + std::string(toString(order.mode));
    if (std::ranges::count(context.driver.facts().capabilities, what) == 0) {
        assessment.blockers.push_back({Reason::Unsupported, {{"what", what}}, "no driver of this site can"});
    } else if (!runs) {
        assessment.warnings.push_back({Reason::NotReady, {{"id", order.object.text()}, {"state", "stopped"}}, "nothing of it runs: moved cold"});
    }
}

void askDestination(const Context &context, const Migrate &order, const Wanted &wanted, Assessment &assessment)
{
    const auto endpoint = endpointOf(context.config, order.toSite, order.toEndpoint);
    auto link = endpoint ? PeerLink::to(context.config, order.toSite, *endpoint) : Result<std::unique_ptr<PeerLink>>(unexpected(endpoint.error()));
    // Of a long list of objects the first part is enough: it carries class, project and the head.
    auto request = requestsOf(wanted).front();
    request.set_more(false);
    const auto answer = link ? (*link)->assess(request) : Result<v1::AssessResponse>(unexpected(link.error()));
    if (!answer) {
        assessment.blockers.push_back(answer.error());
        return;
    }
    for (const auto &problem : answer->blockers()) {
        assessment.blockers.push_back(wire::fromWire(problem));
    }
    for (const auto &problem : answer->warnings()) {
        assessment.warnings.push_back(wire::fromWire(problem));
    }
    if (auto verdict = wire::fromWire(answer->verdict())) {
        assessment.verdict = std::move(*verdict);
    }
    assessment.linkBytesPerSecond = measure(**link);
}

void estimate(const Context &context, const Migrate &order, bool exact, bool runs, Assessment &assessment)
{
    auto rate = assessment.linkBytesPerSecond;
    for (const auto limit : {order.bandwidth, context.config.linkBytesPerSecond}) {
        rate = limit > 0 && rate > 0 ? std::min(rate, limit) : rate;
    }
    if (rate > 0) {
        const double copying = double(assessment.bytes) / double(rate);
        assessment.seconds = copying + (runs ? restartSeconds : 0);
        assessment.secondsError = copying * (exact ? rateError : 2 * rateError) + (runs ? restartError : 0) + 1;
        assessment.outageSeconds = !runs ? 0 : order.mode == MoveMode::Cold ? assessment.seconds : restartSeconds + lastPassSeconds;
    }
    using enum MigrationStep;
    for (const auto step : {Reserved, Stopped, Copying, Verified, Committed, Activated, Released}) {
        assessment.steps.emplace_back(toString(step));
    }
}
}

Assessment assessMigration(Context &context, const Migrate &order, const std::string &caller)
{
    Assessment assessment;
    if (order.toSite == context.config.siteId) {
        assessment.blockers.push_back({Reason::InvalidArgument, {{"field", "to_site"}, {"expected", "another site"}, {"value", order.toSite}}, {}});
    }
    auto arrival = arrivalOf(context.driver, order.object);
    if (!arrival) {
        assessment.blockers.push_back(arrival.error());
        return assessment;
    }
    arrival->migration = newMigrationId();
    arrival->project = order.toProject.empty() ? arrival->project : order.toProject;
    if (const auto custody = custodyOf(*arrival); custody != Custody::Owner) {
        assessment.blockers.push_back({Reason::NotReady, {{"id", order.object.text()}, {"state", std::string(toString(custody))}}, {}});
    }
    bool exact = true;
    assessment.bytes = payload(context.driver, *arrival, exact);
    assessment.diskBytes = bytesOf(*arrival);
    warnOfSnapshots(context, *arrival, assessment);
    if (order.toSite != context.config.siteId) {
        askDestination(context, order, {*arrival, context.config.siteId, {}, caller}, assessment);
    }
    const bool runs = arrival->instance && arrival->instance->state != PowerState::Stopped;
    judgeMode(context, order, runs, assessment);
    estimate(context, order, exact, runs, assessment);
    return assessment;
}

}
