// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/formulation.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace portulan::waves {

namespace {
constexpr double never = std::numeric_limits<double>::infinity();
constexpr double roundings = 1e-9; // of all bytes: a solver's sums; they must not cost a night
}

Formulation::Formulation(const Board &board, const std::vector<Class> &classes)
    : m_board(board)
    , m_classes(classes)
    , m_glass(board.pipes)
{
    for (std::size_t r = 0; r < board.resources.size(); ++r) {
        m_resourceRows.push_back(m_model.addRow({-unbounded, board.resources[r].left > 0 ? 1.0 : 0.0}));
    }
    addPipes();
    std::map<std::tuple<int, int, int, int>, Excess> excesses;
    for (std::size_t its = 0; its < classes.size(); ++its) {
        addClass(its);
        const Block &like = board.blocks[classes[its].blocks.front()];
        Excess &excess = excesses[{like.source, like.fate, like.hours, like.shares.empty() ? -1 : like.shares.front().project}];
        excess.classes.push_back(its);
        std::ranges::transform(excess.amount, classes[its].more, excess.amount.begin(), std::plus {});
    }
    for (const auto &[kind, excess] : excesses) {
        for (std::size_t d = 0; d < dimensions; ++d) {
            if (excess.amount[d] > 0) {
                addExcess(excess, d);
            }
        }
    }
}

void Formulation::use(int resource, int column, double amount)
{
    const double left = m_board.resources[std::size_t(resource)].left;
    m_model.put(m_resourceRows[std::size_t(resource)], column, left > 0 ? amount / left : 1);
}

void Formulation::pass(int pipe, int column, double bytes)
{
    m_model.put(m_pipeRows[std::size_t(pipe)], column, bytes / m_scales[std::size_t(pipe)]);
}

void Formulation::addPipes()
{
    double bytes = 0;
    for (const auto &block : m_board.blocks) {
        bytes += block.bulk[Bytes];
    }
    m_sandUnit = bytes > 0 ? bytes : std::max(m_glass.rate(), 1.0); // so that times are around one, and resources at most one
    std::vector<Hourglass::Line> lines;
    for (const auto &pipe : m_board.pipes) {
        lines.push_back(m_glass.over(pipe, 0, never));
        m_isStraight = m_isStraight && lines.back().base <= roundings * bytes;
    }
    m_timeColumn = m_model.addColumn(unbounded);
    m_timeRow = m_model.addRow({m_isStraight ? 0 : -unbounded, unbounded});
    m_model.columns[std::size_t(m_timeColumn)].lower = m_isStraight ? 0 : -unbounded; // else all that ends on the first day is alike
    m_model.put(m_timeRow, m_timeColumn, 1);
    m_leftBehindRow = m_model.addRow({0, unbounded});
    for (const auto &line : lines) {
        m_scales.push_back(line.slope * m_sandUnit);
        m_pipeRows.push_back(m_model.addRow({-unbounded, m_isStraight ? 0 : line.base / m_scales.back()}));
        m_model.put(m_pipeRows.back(), m_timeColumn, -1);
    }
}

void Formulation::narrow(double from, double to, Solver &solver) const
{
    for (std::size_t p = 0; p < m_pipeRows.size() && !m_isStraight; ++p) {
        const auto line = m_glass.over(m_board.pipes[p], from, to);
        solver.setEntry(m_pipeRows[p], m_timeColumn, -line.slope * m_sandUnit / m_scales[p]);
        solver.boundRow(m_pipeRows[p], {-unbounded, line.base / m_scales[p]});
    }
}

double Formulation::endOf(const std::vector<double> &values) const
{
    std::vector<double> loads(m_model.rows.size());
    for (const auto &entry : m_model.entries) {
        loads[std::size_t(entry.row)] += entry.column == m_timeColumn ? 0 : entry.value * values[std::size_t(entry.column)];
    }
    double seconds = 0;
    for (std::size_t p = 0; p < m_pipeRows.size(); ++p) {
        seconds = std::max(seconds, m_board.pipes[p].secondsFor(loads[std::size_t(m_pipeRows[p])] * m_scales[p] * (1 - roundings)));
    }
    return m_glass.sandBy(seconds);
}

void Formulation::addClass(std::size_t its)
{
    const Class &kind = m_classes[its];
    const auto count = double(kind.blocks.size());
    Block least = m_board.blocks[kind.blocks.front()];
    least.bulk = kind.least;
    if (least.shares.size() == 1 && m_board.blocks[kind.blocks.front()].isOfOneProject()) { // else all blocks of the class are alike anyway
        std::copy_n(kind.least.begin(), std::size_t(Bytes), least.shares.front().amounts.begin());
    }
    const int row = m_model.addRow({count, count});
    auto &columns = m_columns.emplace_back(m_board.sites.size(), -1);
    for (std::size_t d = 0; d < columns.size(); ++d) {
        if (!m_board.mayGo(least, d)) {
            continue;
        }
        const int column = columns[d] = m_model.addColumn(count, true);
        m_model.put(row, column, 1);
        m_board.forEachUse(least, d, [&](int resource, double amount) { use(resource, column, amount); });
        m_board.forEachPipe(least, d, [&](int pipe) { pass(pipe, column, least.bulk[Bytes]); });
        m_costs.emplace_back(column, m_board.costs[d] * least.bulk[Storage]);
    }
    m_behind.push_back(m_model.addColumn(count, true));
    m_model.put(row, m_behind.back(), 1);
    m_model.put(m_leftBehindRow, m_behind.back(), double(kind.weight));
}

void Formulation::addExcess(const Excess &excess, std::size_t dimension)
{
    const Block &like = m_board.blocks[m_classes[excess.classes.front()].blocks.front()];
    const double amount = excess.amount[dimension];
    const int all = m_model.addRow({1, 1}); // columns are shares of the whole excess
    for (std::size_t d = 0; d < m_board.sites.size(); ++d) {
        if (!m_board.mayGo(like, d)) {
            continue;
        }
        const int column = m_model.addColumn(1);
        m_model.put(all, column, 1);
        if (dimension == Bytes) {
            m_board.forEachPipe(like, d, [&](int pipe) { pass(pipe, column, amount); });
            continue;
        }
        if (const int room = m_board.roomOf(d, dimension); room >= 0) {
            use(room, column, amount);
        }
        if (const int quota = like.shares.empty() ? -1 : m_board.quotaOf(like.shares.front().project, d, dimension); quota >= 0) {
            use(quota, column, amount);
        }
        if (dimension == Storage) {
            m_costs.emplace_back(column, m_board.costs[d] * amount);
        }
    }
    // What stays behind is the excess of blocks that stay behind.
    const int behind = m_model.addColumn(1);
    m_model.put(all, behind, 1);
    const int row = m_model.addRow({-unbounded, 0});
    m_model.put(row, behind, 1);
    for (const std::size_t its : excess.classes) {
        m_model.put(row, m_behind[its], -(m_classes[its].most[dimension] - m_classes[its].least[dimension]) / amount);
    }
}

std::vector<double> Formulation::leftBehind() const
{
    std::vector<double> costs(m_model.columns.size());
    for (std::size_t its = 0; its < m_behind.size(); ++its) {
        costs[std::size_t(m_behind[its])] = double(m_classes[its].weight);
    }
    return costs;
}

std::vector<double> Formulation::time() const
{
    std::vector<double> costs(m_model.columns.size());
    costs[std::size_t(m_timeColumn)] = 1;
    return costs;
}

double Formulation::costUnit() const
{
    double most = 0;
    for (const auto &[column, perMonth] : m_costs) {
        most = std::max(most, perMonth);
    }
    return most;
}

std::vector<double> Formulation::cost() const
{
    std::vector<double> costs(m_model.columns.size());
    const double unit = costUnit();
    for (const auto &[column, perMonth] : m_costs) {
        costs[std::size_t(column)] = unit > 0 ? perMonth / unit : 0;
    }
    return costs;
}

}
