// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverforecast.h"

#include "site/arrivalsrequest.h"
#include "site/moverdeparture.h"
#include "site/moverwindow.h"

#include <algorithm>

namespace portulan::site {

namespace {

constexpr std::size_t probeBytes = 2 << 20;
constexpr auto fresh = std::chrono::minutes(10);
constexpr std::size_t mostPrecedents = 16;

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
    if (arrival.image) {
        bytes += std::min(arrival.image->fileBytes, arrival.image->sizeBytes);
    }
    return bytes + (arrival.dataSet ? bytesOf(arrival) : 0);
}

/// Whether its order or this gateway held it back.
bool wasLimited(const Context &context, const Operation &operation)
{
    const auto record = context.journal.migration(operation.migration, true);
    const auto departure = record && *record ? departureFrom(**record) : Result<Departure>(unexpected(Problem {}));
    return !departure || departure->order.bandwidth > 0 || !departure->order.hourly.empty() || context.config.linkBytesPerSecond > 0
        || !context.config.linkHourly.empty();
}

}

std::int64_t measureLink(PeerLink &link)
{
    const double small = std::min(secondsOf(link, 1), secondsOf(link, 1));
    const double large = small < 0 ? -1 : secondsOf(link, probeBytes);
    return small >= 0 && large > small ? static_cast<std::int64_t>(double(probeBytes) / (large - small)) : 0;
}

std::int64_t LinkRates::of(const std::string &site, PeerLink &link)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_rates.find(site);
        if (known != m_rates.end() && std::chrono::steady_clock::now() - known->second.at < fresh) {
            return known->second.bytesPerSecond;
        }
    }
    const auto measured = measureLink(link);
    if (measured > 0) {
        const std::scoped_lock lock(m_mutex);
        m_rates.insert_or_assign(site, Rate {measured, std::chrono::steady_clock::now()});
    }
    return measured;
}

std::vector<Precedent> precedentsOf(Context &context, const std::string &site)
{
    std::vector<Operation> over;
    for (const auto &thing : context.broadcast.all(ObjectKind::Operation)) {
        const auto *operation = std::get_if<Operation>(&thing);
        if (operation && operation->kind == "migrate" && operation->toSite == site && operation->state == OperationState::Done
            && operation->workedMs > 0) {
            over.push_back(*operation);
        }
    }
    std::ranges::sort(over, std::greater<>(), &Operation::endedAt);
    over.resize(std::min(over.size(), mostPrecedents));
    std::vector<Precedent> precedents;
    for (const auto &operation : over) {
        precedents.push_back({moveModeFrom(operation.mode).value_or(MoveMode::Cold), operation.outageMs > 0, wasLimited(context, operation),
            operation.bytesDone, operation.bytesOnWire, operation.workedMs, operation.outageMs, operation.forecast});
    }
    return precedents;
}

Expectation outlookFor(Context &context, const Migrate &order, const Arrival &arrival, std::int64_t linkBytesPerSecond)
{
    Expectation expectation;
    auto &prospect = expectation.prospect;
    prospect.bytes = payload(context.driver, arrival, prospect.exact);
    prospect.runs = arrival.instance && arrival.instance->state != PowerState::Stopped && arrival.instance->state != PowerState::Failed;
    prospect.mode = prospect.runs ? order.mode : MoveMode::Cold;
    prospect.linkBytesPerSecond = linkBytesPerSecond;
    prospect.bandwidth = order.bandwidth;
    prospect.hourly = order.hourly;
    prospect.siteBandwidth = context.config.linkBytesPerSecond;
    prospect.siteHourly = context.config.linkHourly;
    prospect.window = order.window;
    prospect.minute = minuteOfDay(std::max(context.clock(), order.notBefore));
    expectation.outlook = outlookOf(prospect, precedentsOf(context, order.toSite));
    return expectation;
}

}
