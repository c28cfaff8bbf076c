// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/flow.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portulan::waves {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();
constexpr double leastSlope = 1e-6; // of the usual one: a pipe closed for a while is a nearly level line

Flow sumOf(const std::vector<Flow> &flows)
{
    double steady = 0;
    std::vector<double> changes;
    for (const auto &flow : flows) {
        const auto its = flow.changes();
        changes.insert(changes.end(), its.begin(), its.end());
        steady += flow.rate();
    }
    if (std::ranges::all_of(flows, &Flow::isSteady)) {
        return Flow(steady);
    }
    std::ranges::sort(changes);
    changes.erase(std::ranges::unique(changes).begin(), changes.end());
    changes.push_back(secondsADay);
    Flow::Day day {};
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
        double rate = 0;
        for (const auto &flow : flows) {
            rate += (flow.bytesBy(changes[i + 1]) - flow.bytesBy(changes[i])) / (changes[i + 1] - changes[i]);
        }
        std::fill(day.begin() + std::lround(changes[i] / 60), day.begin() + std::lround(changes[i + 1] / 60), rate);
    }
    return {day, 0};
}

}

Flow::Flow(double bytesPerSecond)
    : m_parts {{0, 0, bytesPerSecond}}
    , m_bytesADay(bytesPerSecond * secondsADay)
{
}

Flow::Flow(const Day &rates, int minute)
{
    for (int i = 0; i < minutesADay; ++i) {
        const double rate = rates[std::size_t((minute + i) % minutesADay)];
        if (m_parts.empty() || m_parts.back().rate != rate) {
            m_parts.push_back({i * 60.0, m_bytesADay, rate});
        }
        m_bytesADay = m_parts.back().bytes + (i * 60.0 + 60 - m_parts.back().second) * m_parts.back().rate;
    }
}

const Flow::Part &Flow::partAt(double second) const
{
    return *(std::ranges::upper_bound(m_parts, second, {}, &Part::second) - 1);
}

double Flow::bytesBy(double seconds) const
{
    if (isSteady()) {
        return seconds * m_parts.front().rate;
    }
    const double days = std::floor(seconds / secondsADay);
    const double rest = seconds - days * secondsADay;
    const auto &part = partAt(rest);
    return days * m_bytesADay + part.bytes + (rest - part.second) * part.rate;
}

double Flow::secondsFor(double bytes) const
{
    if (bytes <= 0) {
        return 0;
    }
    if (m_bytesADay <= 0 || bytes == never) {
        return never;
    }
    if (isSteady()) {
        return bytes / m_parts.front().rate;
    }
    const double days = std::ceil(bytes / m_bytesADay) - 1;
    const double rest = std::clamp(bytes - days * m_bytesADay, 0.0, m_bytesADay);
    const auto after = std::ranges::lower_bound(m_parts, rest, {}, &Part::bytes);
    const auto &part = after == m_parts.begin() ? *after : *(after - 1);
    return days * secondsADay + part.second + (part.rate > 0 ? (rest - part.bytes) / part.rate : 0);
}

double Flow::openFrom(double seconds) const
{
    if (m_bytesADay <= 0) {
        return never;
    }
    const double day = std::floor(seconds / secondsADay) * secondsADay;
    const auto &part = partAt(seconds - day);
    const std::size_t first = std::size_t(&part - m_parts.data());
    if (part.rate > 0) {
        return seconds;
    }
    for (std::size_t i = first + 1;; ++i) {
        const auto &next = m_parts[i % m_parts.size()];
        if (next.rate > 0) {
            return day + double(i / m_parts.size()) * secondsADay + next.second;
        }
    }
}

std::vector<double> Flow::changes() const
{
    std::vector<double> seconds;
    std::ranges::transform(m_parts, std::back_inserter(seconds), &Part::second);
    return seconds;
}

Hourglass::Hourglass(const std::vector<Flow> &flows)
    : m_flow(sumOf(flows))
{
}

Hourglass::Line Hourglass::over(const Flow &flow, double from, double to) const
{
    const double usual = m_flow.bytesADay() > 0 ? flow.bytesADay() / m_flow.bytesADay() : 0;
    if (m_flow.isSteady()) {
        return {0, usual};
    }
    const bool isOpen = to == never;
    to = isOpen ? to : std::max(to, from * (1 + 1e-9) + 1);
    const double begin = isOpen ? 0 : m_flow.secondsFor(from);
    const double end = isOpen ? secondsADay : m_flow.secondsFor(to);
    const double chord = isOpen ? usual : (flow.bytesBy(end) - flow.bytesBy(begin)) / (m_flow.bytesBy(end) - m_flow.bytesBy(begin));
    Line line {0, std::max(chord, usual * leastSlope)};
    const auto reach = [&](double second) { line.base = std::max(line.base, flow.bytesBy(second) - line.slope * m_flow.bytesBy(second)); };
    line.base = -never;
    reach(begin);
    reach(end);
    // Between changes both are straight; what a change is above the line grows or shrinks evenly from day to day, so its first and its last day do.
    const auto lookAt = [&](const Flow &its) {
        for (const double change : its.changes()) {
            const double first = std::ceil((begin - change) / secondsADay) * secondsADay + change;
            const double last = std::floor((end - change) / secondsADay) * secondsADay + change;
            if (first <= end) {
                reach(first);
                reach(last);
            }
        }
    };
    lookAt(flow);
    lookAt(m_flow);
    return line;
}

}
