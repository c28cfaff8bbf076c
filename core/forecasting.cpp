// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/forecasting.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace portulan {

namespace {

// What a machine takes to shut down and to boot, and how wrong that may be.
constexpr double restartSeconds = 20;
constexpr double restartError = 15;
constexpr double lastPassSeconds = 1; // a warm move stops its machine when no more than this is left
constexpr double handOverSeconds = 1; // reserving, proving, handing over
constexpr double probeError = 0.5; // a probe of two messages says little about a long transfer
constexpr double leastError = 0.1;
constexpr double mostError = 3;
constexpr std::size_t enough = 3; // precedents that make a rule
constexpr std::int64_t telling = 8 << 20; // a difference in size that says something of the link
constexpr double horizon = 30.0 * 24 * 3600; // nothing is reckoned further

std::optional<double> median(std::vector<double> values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// What nine of ten stay below.
double usualMost(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, std::size_t(std::ceil(0.9 * double(values.size()))) - 1)];
}

/// Seconds a byte, from pairs of moves of different size (the median of all slopes), so that what every move takes does not count.
std::optional<double> secondsPerByte(const std::vector<Precedent> &precedents)
{
    std::vector<double> slopes;
    for (std::size_t i = 0; i < precedents.size(); ++i) {
        for (std::size_t j = i + 1; j < precedents.size(); ++j) {
            const auto &one = precedents[i];
            const auto &other = precedents[j];
            const auto apart = one.bytes - other.bytes;
            if (!one.limited && !other.limited && one.ran == other.ran && one.mode == other.mode && std::abs(apart) >= telling) {
                slopes.push_back(double(one.workedMs - other.workedMs) / 1000 / double(apart));
            }
        }
    }
    const auto slope = slopes.size() < enough ? std::nullopt : median(std::move(slopes));
    return slope && *slope > 0 ? slope : std::nullopt;
}

/// How far a byte shrinks on the way.
double shrinking(const std::vector<Precedent> &precedents)
{
    std::vector<double> shares;
    for (const auto &one : precedents) {
        if (one.bytes >= telling && one.bytesOnWire > 0) {
            shares.push_back(std::min(1.0, double(one.bytesOnWire) / double(one.bytes)));
        }
    }
    return std::max(0.01, median(std::move(shares)).value_or(1.0));
}

/// What a move takes beside its bytes.
double overhead(const Prospect &prospect, const std::vector<Precedent> &precedents, double perByte)
{
    std::vector<double> rests;
    for (const auto &one : precedents) {
        if (!one.limited && one.mode == prospect.mode && one.ran == prospect.runs) {
            rests.push_back(std::max(0.0, double(one.workedMs) / 1000 - double(one.bytes) * perByte));
        }
    }
    return median(std::move(rests)).value_or(handOverSeconds + (prospect.runs ? restartSeconds : 0));
}

/// Bytes a second that may leave in a minute of the day, shrunk as they are; 0: no limit.
double limitAt(const Prospect &prospect, int minute, double shrunk)
{
    double limit = 0;
    for (const auto rate : {rateAt(prospect.hourly, minute, prospect.bandwidth), rateAt(prospect.siteHourly, minute, prospect.siteBandwidth)}) {
        limit = rate > 0 && (limit <= 0 || double(rate) / shrunk < limit) ? double(rate) / shrunk : limit;
    }
    return limit;
}

struct Copying {
    double worked = 0;
    double span = 0;
};

/// Minute after minute, as the limits and the hours are.
Copying copyingOf(const Prospect &prospect, double linkRate, double shrunk)
{
    Copying copying;
    double left = double(prospect.bytes);
    for (int minute = prospect.minute; left > 0 && copying.span < horizon; minute = (minute + 1) % (24 * 60)) {
        const double limit = limitAt(prospect, minute, shrunk);
        const double rate = limit > 0 && (linkRate <= 0 || limit < linkRate) ? limit : linkRate;
        if (rate <= 0) {
            return {}; // nothing is known
        }
        const double seconds = prospect.window.holds(minute) ? std::min(60.0, left / rate) : 0;
        left -= seconds * rate;
        copying.worked += seconds;
        copying.span += left > 0 ? 60 : seconds;
    }
    return copying;
}

/// How wrong forecasts of such moves were, relatively; none: too few to say.
template <typename Actual, typename Expected>
std::optional<double> pastError(const std::vector<Precedent> &precedents, Actual actual, Expected expected)
{
    std::vector<double> errors;
    for (const auto &one : precedents) {
        if (expected(one) > 0 && actual(one) > 0) {
            errors.push_back(std::abs(double(actual(one) - expected(one))) / double(expected(one)));
        }
    }
    return errors.size() < enough ? std::nullopt : std::optional(std::clamp(usualMost(std::move(errors)), leastError, mostError));
}

void expectOutage(const Prospect &prospect, const std::vector<Precedent> &precedents, double duration, double error, Outlook &outlook)
{
    std::vector<Precedent> alike;
    std::vector<double> outages;
    for (const auto &one : precedents) {
        if (one.ran && one.mode == prospect.mode && one.outageMs > 0) {
            alike.push_back(one);
            outages.push_back(double(one.outageMs) / 1000);
        }
    }
    const bool cold = prospect.mode == MoveMode::Cold;
    const auto learned = cold ? std::nullopt : median(std::move(outages));
    const double usual = prospect.mode == MoveMode::Live ? lastPassSeconds : restartSeconds + lastPassSeconds;
    const double outage = cold ? duration : learned.value_or(usual);
    const auto wrong = pastError(
        alike, [](const Precedent &one) { return one.outageMs; }, [](const Precedent &one) { return one.expected.outageMs; });
    const double margin = wrong ? *wrong * outage : cold ? error : learned ? *learned / 2 : prospect.mode == MoveMode::Live ? 1 : restartError;
    outlook.forecast.outageMs = std::llround(outage * 1000);
    outlook.forecast.outageErrorMs = std::llround(std::min(margin, mostError * outage) * 1000);
    outlook.lastPassSeconds = cold ? duration : lastPassSeconds;
}

}

Outlook outlookOf(const Prospect &prospect, const std::vector<Precedent> &precedents)
{
    Outlook outlook;
    outlook.forecast.bytes = prospect.bytes;
    outlook.learnedFrom = std::int32_t(precedents.size());
    const auto learned = secondsPerByte(precedents);
    const double perByte = learned ? *learned : prospect.linkBytesPerSecond > 0 ? 1 / double(prospect.linkBytesPerSecond) : 0;
    const auto copying = copyingOf(prospect, perByte > 0 ? 1 / perByte : 0, shrinking(precedents));
    if (copying.worked <= 0 && prospect.bytes > 0) {
        return outlook;
    }
    const double rest = overhead(prospect, precedents, perByte);
    const double duration = rest + copying.worked;
    const auto wrong = pastError(
        precedents, [](const Precedent &one) { return one.workedMs; }, [](const Precedent &one) { return one.expected.durationMs; });
    const double unsure = copying.worked * (prospect.exact ? probeError : 2 * probeError) + (prospect.runs ? restartError : 0) + handOverSeconds;
    const double error = wrong ? *wrong * duration : unsure;
    outlook.forecast.durationMs = std::max<std::int64_t>(1, std::llround(duration * 1000));
    outlook.forecast.durationErrorMs = std::llround(error * 1000);
    outlook.copySeconds = copying.worked;
    outlook.spanSeconds = rest + copying.span;
    if (prospect.runs) {
        expectOutage(prospect, precedents, duration, error, outlook);
    }
    return outlook;
}

}
