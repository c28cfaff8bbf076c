// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/waveplan.h"

#include "core/waves/formulation.h"
#include "core/waves/rounding.h"
#include "core/waves/waveorder.h"
#include "core/waves/wavetimes.h"
#include "core/words.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portulan {

using namespace waves;

namespace {

constexpr auto whys = wording<NotTaken>(
    {{NotTaken::Chosen, "chosen"}, {NotTaken::Forbidden, "forbidden"}, {NotTaken::NoLink, "no_link"}, {NotTaken::NoRoom, "no_room"},
        {NotTaken::Separated, "separated"}, {NotTaken::Slower, "slower"}, {NotTaken::Dearer, "dearer"}, {NotTaken::Equal, "equal"}});

constexpr std::size_t exactColumns = 1500; // so few can be searched whole
constexpr std::size_t relaxedColumns[] = {50'000, 10'000}; // of the first the relaxation is solved in two seconds; the fewer, the looser
constexpr double closeEnough = 1.002; // of a bound, to stop looking for better
constexpr int narrowings = 4; // each costs as long as a time has to be found
constexpr double roundings = 1e-9; // of a bound: it must not be a night too late

/// What the solver found, objective by objective: as few as possible left behind, then the least time, then the least cost.
struct Best {
    Targets targets;
    double leftBehind = 0;
    double seconds = 0;
    double costPerMonth = 0;
};

struct Fastest {
    Optimum optimum;
    double from = 0; ///< sand: no plan ends earlier
    double to = std::numeric_limits<double>::infinity(); ///< …and this one, in parts, ends then
};

/// The least time. Where pipes differ in their hours it is asked again for the while in which the end must lie; a plan that ends later than that
/// is no faster, so what is found bounds every one.
Result<Fastest> fastestOf(const Formulation &formulation, Solver &solver)
{
    Fastest fastest;
    for (int round = 0; round < narrowings; ++round) {
        auto optimum = solver.minimise(formulation.time());
        if (!optimum && round == 0) {
            return tl::unexpected(optimum.error());
        }
        if (!optimum) {
            break; // it ran out of time
        }
        const double unit = formulation.sandUnit();
        const double end = formulation.isStraight() ? optimum->objective * unit : formulation.endOf(optimum->values);
        fastest.from = std::min(std::max(fastest.from, optimum->bound * unit), fastest.to);
        if (round == 0 || end < fastest.to) {
            fastest.to = end;
            fastest.optimum = std::move(*optimum);
        }
        fastest.from = std::min(fastest.from, fastest.to);
        if (formulation.isStraight() || fastest.to <= fastest.from * closeEnough) {
            break;
        }
        formulation.narrow(fastest.from, fastest.to, solver);
    }
    return fastest;
}

Result<Best> solve(const Board &board, const std::vector<Class> &classes, bool exactly, double seconds)
{
    const Formulation formulation(board, classes);
    Solver solver(formulation.model(), exactly, seconds);
    Best best;
    auto optimum = solver.minimise(formulation.leftBehind());
    if (!optimum) {
        return tl::unexpected(optimum.error());
    }
    best.leftBehind = std::ceil(optimum->bound - 1e-6);
    const double leave = exactly ? std::round(optimum->objective) : optimum->objective * (1 + 1e-9) + 1e-7;
    solver.boundRow(formulation.leftBehindRow(), {0, leave});
    auto fastest = fastestOf(formulation, solver);
    if (!fastest) {
        return tl::unexpected(fastest.error());
    }
    optimum = std::move(fastest->optimum);
    const Hourglass &glass = formulation.glass();
    best.seconds = glass.secondsFor(std::max(fastest->from, 0.0) * (1 - roundings));
    if (formulation.costUnit() > 0) {
        const double latest = glass.sandBy(glass.secondsFor(fastest->to) * (1 + WavePlan::timeSlack));
        formulation.narrow(fastest->from, latest, solver);
        solver.boundRow(formulation.timeRow(), {formulation.isStraight() ? 0 : -unbounded, latest / formulation.sandUnit() + 1e-9});
        if (auto cheapest = solver.minimise(formulation.cost())) { // else it ran out of time: nothing is proved of the cost
            optimum = std::move(cheapest);
            best.costPerMonth = std::max(optimum->bound, 0.0) * formulation.costUnit();
        }
    }
    best.targets.assign(classes.size(), std::vector<double>(board.sites.size()));
    for (std::size_t its = 0; its < classes.size(); ++its) {
        for (std::size_t d = 0; d < board.sites.size(); ++d) {
            const int column = formulation.columnOf(its, d);
            best.targets[its][d] = column < 0 ? 0 : optimum->values[std::size_t(column)];
        }
    }
    return best;
}

void report(const Evacuation &evacuation, WavePlan &plan)
{
    const Placed &placed = *plan.placed;
    for (std::size_t i = 0; i < evacuation.movables.size(); ++i) {
        plan.destinations.push_back(placed.to[placed.board.blockOf[i]]);
        const bool goes = plan.destinations.back() != WavePlan::nowhere;
        plan.unplaced += goes ? 0 : 1;
        plan.bytes += goes ? evacuation.movables[i].bytes : 0;
    }
    plan.transferSeconds = placed.seconds();
    plan.costPerMonth = placed.costPerMonth();
    plan.overruns = overrunsOf(evacuation, placed);
    auto order = inWaves(evacuation, placed);
    plan.seconds = order.waves.empty() ? 0 : order.waves.back().ends;
    plan.waves = std::move(order.waves);
    plan.circular = std::move(order.circular);
    plan.secondsError = order.secondsError;
}

double gapOf(double value, double bound)
{
    return value > 0 ? std::clamp((value - bound) / value, 0.0, 1.0) : 0;
}

Alternative refusedAt(const Board &board, const Fate &fate, std::size_t destination)
{
    const auto &obstacles = fate.obstacles[destination];
    const auto forbids = std::ranges::find_if(obstacles, [](const Problem &problem) { return problem.reason != Reason::Unreachable; });
    const bool isForbidden = forbids != obstacles.end();
    const Problem none {Reason::Unreachable, {{"site", board.sites[destination]}}, {}};
    const Problem &why = isForbidden ? *forbids : obstacles.empty() ? none : obstacles.front();
    return {board.sites[destination], isForbidden ? NotTaken::Forbidden : NotTaken::NoLink, why, 0};
}

Alternative fullAt(const Placed &placed, std::size_t destination, const Resource &resource, double wanted)
{
    const std::string &site = placed.board.sites[destination];
    const auto text = [](double amount) { return std::to_string(std::int64_t(amount)); };
    const auto index = std::size_t(&resource - placed.board.resources.data());
    const double free = resource.left - placed.used[index];
    switch (resource.kind) {
    case Resource::Kind::Separation:
        return {site, NotTaken::Separated, {Reason::Conflict, {{"site", site}}, "something it must be apart from goes there"}, 0};
    case Resource::Kind::Quota:
        return {site, NotTaken::NoRoom,
            {Reason::Quota,
                {{"resource", resource.name}, {"limit", text(double(resource.limit))}, {"used", text(double(resource.limit) - free)},
                    {"wanted", text(wanted)}, {"site", site}},
                {}},
            0};
    default:
        return {site, NotTaken::NoRoom,
            {Reason::NoCapacity, {{"resource", resource.name}, {"free", text(free)}, {"wanted", text(wanted)}, {"site", site}}, {}}, 0};
    }
}

}

std::string_view toString(NotTaken why)
{
    return whys.of(why);
}

WavePlan::WavePlan() = default;
WavePlan::~WavePlan() = default;
WavePlan::WavePlan(WavePlan &&) noexcept = default;
WavePlan &WavePlan::operator=(WavePlan &&) noexcept = default;

double WavePlan::gap() const
{
    return gapOf(transferSeconds, leastTransferSeconds);
}

double WavePlan::costGap() const
{
    return gapOf(costPerMonth, leastCostPerMonth);
}

std::vector<Alternative> WavePlan::alternatives(std::size_t movable) const
{
    const Board &board = placed->board;
    const std::size_t index = board.blockOf.at(movable);
    const Block &block = board.blocks[index];
    const std::size_t chosen = placed->to[index];
    std::vector<Alternative> alternatives;
    for (std::size_t d = 0; d < board.sites.size(); ++d) {
        if (d == chosen) {
            alternatives.push_back({board.sites[d], NotTaken::Chosen, {}, transferSeconds});
        } else if (!board.mayGo(block, d)) {
            alternatives.push_back(refusedAt(board, board.fates[std::size_t(block.fate)], d));
        } else if (const auto lacking = placed->lacking(index, d)) {
            double wanted = 0;
            board.forEachUse(block, d, [&](int resource, double amount) { wanted = resource == *lacking ? amount : wanted; });
            alternatives.push_back(fullAt(*placed, d, board.resources[std::size_t(*lacking)], wanted));
        } else {
            const double via = placed->secondsVia(index, d);
            const bool isDearer = chosen != nowhere && board.costs[d] > board.costs[chosen];
            const auto why = via > transferSeconds ? NotTaken::Slower : isDearer ? NotTaken::Dearer : NotTaken::Equal;
            alternatives.push_back({board.sites[d], why, {}, std::max(via, transferSeconds)});
        }
    }
    return alternatives;
}

Result<WavePlan> planWaves(const Evacuation &evacuation, const Rulebook &rulebook, Date today)
{
    return judgeWaves(evacuation, rulebook, today).and_then([&](const auto &judged) { return planWaves(evacuation, *judged); });
}

Result<std::shared_ptr<const Board>> judgeWaves(const Evacuation &evacuation, const Rulebook &rulebook, Date today)
{
    return Board::of(evacuation, rulebook, today).map([](Board board) { return std::make_shared<const Board>(std::move(board)); });
}

Result<WavePlan> planWaves(const Evacuation &evacuation, const Board &board)
{
    auto classes = classesOf(board, relaxedColumns[0]);
    WavePlan plan;
    plan.isExact = areExact(classes) && classes.size() * board.sites.size() <= exactColumns;
    auto best = solve(board, classes, plan.isExact, evacuation.limits.solverSeconds / (plan.isExact ? 2 : 1));
    for (const std::size_t columns : relaxedColumns) {
        if (!best) { // it ran out of time: a relaxation bounds as well, if not as tightly
            plan.isExact = false;
            classes = classesOf(board, columns);
            best = solve(board, classes, false, evacuation.limits.solverSeconds);
        }
    }
    if (!best) {
        return tl::unexpected(best.error());
    }
    auto placed = std::make_unique<Placed>(board);
    settle(*placed, classes, std::move(best->targets));
    makeRoom(*placed);
    relieve(*placed, best->seconds * (best->costPerMonth > 0 ? 1 + WavePlan::timeSlack : closeEnough));
    cheapen(*placed, std::max(placed->seconds(), best->seconds * (1 + WavePlan::timeSlack)));
    dropOrphans(evacuation, *placed);
    plan.leastUnplaced = std::size_t(std::max(best->leftBehind, 0.0));
    plan.leastTransferSeconds = best->seconds;
    plan.leastCostPerMonth = best->costPerMonth;
    plan.placed = std::move(placed);
    report(evacuation, plan);
    return plan;
}

}
