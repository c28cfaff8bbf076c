// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/wavetimes.h"

#include <algorithm>
#include <limits>

namespace portulan::waves {

namespace {

// A machine is shut down and booted. As in a preflight (core/forecasting).
constexpr double restartSeconds = 20;
constexpr double restartError = 15;
constexpr double rateError = 0.5;

Flow openIn(const Hours &hours, int minute)
{
    Flow::Day day;
    for (std::size_t m = 0; m < day.size(); ++m) {
        day[m] = hours[m] ? 1 : 0;
    }
    return {day, minute};
}

double endOf(const Flow &flow, double begin, double amount)
{
    return flow.secondsFor(flow.bytesBy(begin) + amount);
}

double secondsOf(const DayWindow &hours)
{
    return ((hours.to - hours.from + minutesADay) % minutesADay) * 60.0;
}

}

const Flow *Allowances::flowOf(const Allowance &allowance)
{
    constexpr double unlimited = 1e12; // bytes a second: more than any pipe, and still exact in sums
    if (allowance.bytesPerSecond <= 0 && allowance.hourly.empty()) {
        return nullptr;
    }
    auto at = std::ranges::find(m_known, allowance, &std::pair<Allowance, Flow>::first);
    if (at == m_known.end()) {
        Flow::Day day;
        for (int m = 0; m < minutesADay; ++m) {
            const auto rate = rateAt(allowance.hourly, m, allowance.bytesPerSecond);
            day[std::size_t(m)] = !allowance.hours.holds(m) ? 0 : rate > 0 ? double(rate) : unlimited;
        }
        m_known.emplace_back(allowance, Flow(day, m_minute));
        at = m_known.end() - 1;
    }
    return &at->second;
}

WaveClock::WaveClock(const Evacuation &evacuation, const Placed &placed)
    : m_evacuation(evacuation)
    , m_placed(placed)
    , m_allowances(evacuation.minute)
{
}

WaveClock::Course WaveClock::courseOf(const Wave &wave)
{
    const Board &board = m_placed.board;
    std::vector<double> loads(board.pipes.size());
    Hours hours;
    double overhead = 0;
    double earliest = std::numeric_limits<double>::infinity(); // that anything of it may begin
    for (const std::size_t i : wave.movables) {
        const Movable &movable = m_evacuation.movables[i];
        const Block &block = board.blocks[board.blockOf[i]];
        overhead += agreementSeconds + (movable.runs ? restartSeconds : 0);
        earliest = std::min(earliest, double(movable.earliest));
        hours |= board.hours[std::size_t(block.hours)];
        board.forEachPipe(block, m_placed.to[board.blockOf[i]], [&](int pipe) { loads[std::size_t(pipe)] += double(movable.bytes); });
    }
    const Flow open = openIn(hours, m_evacuation.minute);
    Course course;
    course.begins = course.ends = open.openFrom(std::max(m_now, earliest));
    for (std::size_t pipe = 0; pipe < loads.size(); ++pipe) {
        course.ends = loads[pipe] > 0 ? std::max(course.ends, endOf(board.pipes[pipe], course.begins, loads[pipe])) : course.ends;
    }
    for (const std::size_t i : wave.movables) {
        const Movable &movable = m_evacuation.movables[i];
        const double begin = std::max(course.begins, double(movable.earliest));
        const Flow *own = m_allowances.flowOf(movable.allowance);
        course.ends = std::max(course.ends, own ? endOf(*own, begin, double(movable.bytes)) : begin);
    }
    const auto lanes = std::max<std::size_t>(std::min(m_evacuation.limits.atOnce, wave.movables.size()), 1);
    course.ends = endOf(open, course.ends, overhead / double(lanes));
    course.openShare = double(hours.count()) / minutesADay;
    course.worked = open.bytesBy(course.ends) - open.bytesBy(course.begins);
    return course;
}

void WaveClock::add(Wave &wave, const Course &course)
{
    for (const std::size_t i : wave.movables) {
        wave.bytes += m_evacuation.movables[i].bytes;
    }
    wave.begins = course.begins;
    wave.ends = course.ends;
    wave.seconds = course.ends - course.begins;
    m_error += course.worked * rateError + restartError;
    m_now = course.ends;
}

std::vector<Overrun> overrunsOf(const Evacuation &evacuation, const Placed &placed)
{
    std::vector<Overrun> overruns;
    const Board &board = placed.board;
    Allowances allowances(evacuation.minute);
    for (std::size_t i = 0; i < evacuation.movables.size(); ++i) {
        const Movable &movable = evacuation.movables[i];
        const std::size_t block = board.blockOf[i];
        if (!movable.runs || movable.allowance.hours.isAlways() || placed.to[block] == Placed::nowhere) {
            continue;
        }
        const double hours = secondsOf(movable.allowance.hours);
        double shares = 0; // of its hours on a day, that it would need
        if (!movable.follows) {
            const auto need = [&](const Flow &flow) { shares = std::max(shares, double(movable.bytes) / flow.bytesADay()); };
            board.forEachPipe(board.blocks[block], placed.to[block], [&](int pipe) { need(board.pipes[std::size_t(pipe)]); });
            if (const Flow *own = allowances.flowOf(movable.allowance)) {
                need(*own);
            }
        }
        const double still = restartSeconds + shares * hours;
        if (still > hours) {
            overruns.push_back({i, still, hours});
        }
    }
    return overruns;
}

}
