// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverassess.h"

#include "core/credentials.h"
#include "proto/wire.h"
#include "site/arrivalsrequest.h"
#include "site/clockwatch.h"
#include "site/moverdeparture.h"
#include "site/moverforecast.h"
#include "site/moverwindow.h"
#include "site/peerlink.h"

#include <algorithm>
#include <cmath>
#include <fstream>

namespace portulan::site {

namespace {

constexpr double longSeconds = 24 * 3600; // a limit that makes it take longer is worth a word
constexpr double unlimitedShare = 0.5; // …if it would take less than this without

/// What is known of a move that is examined.
struct Case {
    const Context &context;
    const Migrate &order;
    const Arrival &arrival;
    Instant now;
    Assessment &assessment;

    void block(Problem problem) const
    {
        if (std::ranges::find(assessment.blockers, problem) == assessment.blockers.end()) {
            assessment.blockers.push_back(std::move(problem));
        }
    }
    void warn(Reason reason, std::map<std::string, std::string> facts) const { assessment.warnings.push_back({reason, std::move(facts), {}}); }
};

Custody custodyOf(const Arrival &arrival)
{
    return arrival.instance ? arrival.instance->custody
        : arrival.image     ? arrival.image->custody
        : arrival.dataSet   ? arrival.dataSet->custody
                            : arrival.volumes.front().custody;
}

void warnOfSnapshots(const Case &its)
{
    std::int64_t count = 0;
    for (const auto &thing : its.context.broadcast.all(ObjectKind::Snapshot)) {
        const auto *snapshot = std::get_if<Snapshot>(&thing);
        const bool ofVolume
            = snapshot && std::ranges::any_of(its.arrival.volumes, [&](const auto &volume) { return volume.id.id == snapshot->volumeId; });
        count += ofVolume || (snapshot && its.arrival.instance && its.arrival.instance->id.id == snapshot->instanceId) ? 1 : 0;
    }
    if (count > 0) {
        its.warn(Reason::Unsupported, {{"cause", "snapshots"}, {"what", "snapshots"}, {"count", std::to_string(count)}});
    }
}

void warnOfWhatStays(const Case &its, Driver &driver)
{
    for (auto &left : its.arrival.instance ? driver.leftBehind(its.arrival.instance->id) : std::vector<Problem>()) {
        its.warn(left.reason, std::move(left.facts));
    }
}

bool can(Driver &driver, MoveMode mode)
{
    return std::ranges::count(driver.facts().capabilities, "migrate." + std::string(toString(mode))) > 0;
}

/// Whether it can be moved in the way that is wanted.
void judgeMode(const Case &its, Driver &driver, bool runs)
{
    if (its.order.mode == MoveMode::Cold || (its.order.mode == MoveMode::Warm && its.order.object.kind == ObjectKind::DataSet)) {
        return; // any data set may be written while it is copied; whether it is, nobody knows
    }
    const auto what = "migrate." + std::string(toString(its.order.mode));
    if (!can(driver, its.order.mode)) {
        its.block({Reason::Unsupported, {{"cause", "mode"}, {"what", what}}, "no driver of this site can"});
    } else if (!runs) {
        its.warn(Reason::NotReady, {{"cause", "moved-cold"}, {"id", its.order.object.text()}, {"state", "stopped"}});
    }
}

/// What the clocks say.
void judgeClocks(const Case &its, const v1::GreetResponse &greeting)
{
    const auto theirs = greeting.has_at() ? wire::fromWire(greeting.at()) : Result<Instant>(its.now);
    const auto apart = theirs.value_or(its.now) - its.now;
    if (std::chrono::abs(apart) > clocksApart) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(apart)).count();
        its.warn(Reason::NotReady,
            {{"cause", apart.count() > 0 ? "clock-ahead" : "clock-behind"}, {"site", its.order.toSite}, {"seconds", std::to_string(seconds)}});
    }
}

/// A move must not outlive its papers.
void judgeEnds(const Case &its, const v1::GreetResponse &greeting, double spanSeconds)
{
    const auto begin = std::max(its.now, its.order.notBefore);
    const auto end = begin + std::chrono::milliseconds(std::llround(std::min(spanSeconds, 1e8) * 1000));
    std::ifstream file(its.context.config.certificatePem);
    const auto own = inspect(std::string(std::istreambuf_iterator<char>(file), {}));
    const auto check = [&](const std::string &site, Instant until) {
        if (until <= its.now) {
            its.block({Reason::Expired, {{"cause", "certificate"}, {"site", site}, {"until", toRfc3339(until)}}, {}});
        } else if (until <= end) {
            its.warn(Reason::Expired, {{"cause", "expires-meanwhile"}, {"site", site}, {"until", toRfc3339(until)}, {"end", toRfc3339(end)}});
        }
    };
    if (own) {
        check(its.context.config.siteId, own->notAfter);
    }
    if (const auto theirs = wire::fromWire(greeting.certificate_until_time()); theirs && greeting.has_certificate_until_time()) {
        check(its.order.toSite, *theirs);
    }
}

v1::GreetResponse askDestination(const Case &its, const Wanted &wanted)
{
    const auto endpoint = endpointOf(its.context.config, its.order.toSite, its.order.toEndpoint);
    auto link
        = endpoint ? PeerLink::to(its.context.config, its.order.toSite, *endpoint) : Result<std::unique_ptr<PeerLink>>(unexpected(endpoint.error()));
    const auto met = link ? (*link)->meet() : Result<v1::GreetResponse>(unexpected(link.error()));
    if (!met) { // of another version nothing is asked
        its.block(met.error());
        return {};
    }
    judgeClocks(its, *met);
    // Of a long list of objects the first part is enough: it carries class, project and the head.
    auto request = requestsOf(wanted).front();
    request.set_more(false);
    const auto answer = (*link)->assess(request);
    if (!answer) {
        its.block(answer.error());
        return *met;
    }
    for (const auto &problem : answer->blockers()) {
        its.block(wire::fromWire(problem));
    }
    for (const auto &problem : answer->warnings()) {
        its.assessment.warnings.push_back(wire::fromWire(problem));
    }
    if (auto verdict = wire::fromWire(answer->verdict())) {
        its.assessment.verdict = std::move(*verdict);
    }
    its.assessment.linkBytesPerSecond = measureLink(**link);
    return *met;
}

std::string secondsText(double seconds)
{
    return std::to_string(std::llround(seconds));
}

/// Hours too short for what has to be done in them; a limit that makes all the difference.
void judgeTime(const Case &its, const Expectation &expected)
{
    const auto &[prospect, outlook] = expected;
    const auto &window = its.order.window;
    const double hours = window.isAlways() ? 0 : ((window.to - window.from + 1440) % 1440) * 60.0;
    const double still = double(outlook.forecast.outageMs) / 1000;
    if (hours > 0 && prospect.runs && still > hours) {
        std::map<std::string, std::string> facts {
            {"cause", "hours-short"}, {"window", toString(window)}, {"seconds", secondsText(still)}, {"hours_seconds", secondsText(hours)}};
        if (prospect.mode == MoveMode::Cold) { // once its machine is down it goes on to the end
            its.warn(Reason::NotReady, std::move(facts));
        } else {
            its.block({Reason::NotReady, std::move(facts), {}});
        }
    } else if (hours > 0 && double(outlook.forecast.durationMs) / 1000 > hours) {
        its.warn(Reason::NotReady,
            {{"cause", "hours-many"}, {"window", toString(window)}, {"seconds", secondsText(double(outlook.forecast.durationMs) / 1000)},
                {"span_seconds", secondsText(outlook.spanSeconds)}});
    }
    const double unlimited = prospect.linkBytesPerSecond > 0 ? double(prospect.bytes) / double(prospect.linkBytesPerSecond) : 0;
    const double limited = outlook.copySeconds;
    const bool isLimited = its.order.bandwidth > 0 || !its.order.hourly.empty() || prospect.siteBandwidth > 0 || !prospect.siteHourly.empty();
    if (isLimited && limited > longSeconds && unlimited < unlimitedShare * limited) {
        its.warn(Reason::NotReady, {{"cause", "limit-slow"}, {"seconds", secondsText(limited)}, {"unlimited_seconds", secondsText(unlimited)}});
    }
}

void estimate(const Case &its, Context &context, const v1::GreetResponse &greeting)
{
    auto &assessment = its.assessment;
    const auto expected = outlookFor(context, its.order, its.arrival, assessment.linkBytesPerSecond);
    const auto &forecast = expected.outlook.forecast;
    assessment.bytes = expected.prospect.bytes;
    assessment.seconds = double(forecast.durationMs) / 1000;
    assessment.secondsError = double(forecast.durationErrorMs) / 1000;
    assessment.outageSeconds = double(forecast.outageMs) / 1000;
    assessment.outageSecondsError = double(forecast.outageErrorMs) / 1000;
    assessment.learnedFrom = expected.outlook.learnedFrom;
    judgeMode(its, context.driver, expected.prospect.runs);
    judgeTime(its, expected);
    judgeEnds(its, greeting, expected.outlook.spanSeconds + assessment.secondsError);
    using enum MigrationStep;
    for (const auto step : {Reserved, Stopped, Copying, Verified, Committed, Activated, Released}) {
        assessment.steps.emplace_back(toString(step));
    }
}

}

Assessment assessMigration(Context &context, const Migrate &order, const std::string &caller)
{
    Assessment assessment;
    const auto isHere = order.toSite == context.config.siteId;
    if (isHere) {
        assessment.blockers.push_back({Reason::InvalidArgument, {{"field", "to_site"}, {"expected", "another site"}, {"value", order.toSite}}, {}});
    }
    const auto found = context.driver.find(order.object);
    const auto *set = found ? std::get_if<DataSet>(&*found) : nullptr;
    auto arrival = arrivalOf(context.driver, order.object, !set || set->objects <= mostObjectsAtOnce);
    if (!arrival) {
        assessment.blockers.push_back(arrival.error());
        return assessment;
    }
    arrival->migration = newMigrationId();
    arrival->project = order.toProject.empty() ? arrival->project : order.toProject;
    const Case its {context, order, *arrival, context.clock(), assessment};
    if (const auto custody = custodyOf(*arrival); custody != Custody::Owner) {
        its.block({Reason::NotReady, {{"id", order.object.text()}, {"state", std::string(toString(custody))}}, {}});
    }
    assessment.diskBytes = bytesOf(*arrival);
    warnOfSnapshots(its);
    warnOfWhatStays(its, context.driver);
    if (order.retentionSeconds == 0) {
        its.warn(Reason::NotReady, {{"cause", "no-retention"}, {"id", order.object.text()}});
    }
    const bool runs = arrival->instance && arrival->instance->state != PowerState::Stopped;
    const bool live = order.mode == MoveMode::Live && runs && can(context.driver, order.mode);
    const auto form = live ? context.driver.describeMachine(order.object) : Result<std::string>();
    if (!form) {
        its.block(form.error());
    }
    const auto greeting
        = isHere ? v1::GreetResponse {} : askDestination(its, {*arrival, context.config.siteId, {}, caller, 0, form.value_or(std::string())});
    estimate(its, context, greeting);
    return assessment;
}

}
