// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/placed.h"

#include <algorithm>

namespace portulan::waves {

Placed::Placed(Board on)
    : board(std::move(on))
    , to(board.blocks.size(), nowhere)
    , used(board.resources.size())
    , loads(board.pipes.size())
{
}

std::optional<int> Placed::lacking(std::size_t block, std::size_t destination) const
{
    std::optional<int> lacking;
    if (to[block] != destination) {
        board.forEachUse(board.blocks[block], destination, [&](int resource, double amount) {
            const auto r = std::size_t(resource);
            if (!lacking && used[r] + amount > board.resources[r].left) {
                lacking = resource;
            }
        });
    }
    return lacking;
}

void Placed::put(std::size_t block, std::size_t destination)
{
    const Block &its = board.blocks[block];
    to[block] = destination;
    board.forEachUse(its, destination, [&](int resource, double amount) { used[std::size_t(resource)] += amount; });
    board.forEachPipe(its, destination, [&](int pipe) { loads[std::size_t(pipe)] += its.bulk[Bytes]; });
}

void Placed::lift(std::size_t block)
{
    const Block &its = board.blocks[block];
    const std::size_t from = std::exchange(to[block], nowhere);
    board.forEachUse(its, from, [&](int resource, double amount) { used[std::size_t(resource)] -= amount; });
    board.forEachPipe(its, from, [&](int pipe) { loads[std::size_t(pipe)] -= its.bulk[Bytes]; });
}

double Placed::secondsVia(std::size_t block, std::size_t destination) const
{
    const Block &its = board.blocks[block];
    const auto passesAlready = [&](int pipe) {
        bool passes = false;
        if (to[block] != nowhere) {
            board.forEachPipe(its, to[block], [&](int own) { passes |= own == pipe; });
        }
        return passes;
    };
    double longest = 0;
    board.forEachPipe(its, destination, [&](int pipe) {
        const auto p = std::size_t(pipe);
        longest = std::max(longest, board.pipes[p].secondsFor(loads[p] + (passesAlready(pipe) ? 0 : its.bulk[Bytes])));
    });
    return longest;
}

std::size_t Placed::busiest() const
{
    std::size_t busiest = nowhere;
    for (std::size_t pipe = 0; pipe < loads.size(); ++pipe) {
        if (busiest == nowhere || secondsOf(pipe) > secondsOf(busiest)) {
            busiest = pipe;
        }
    }
    return busiest;
}

double Placed::seconds() const
{
    const auto pipe = busiest();
    return pipe == nowhere ? 0 : secondsOf(pipe);
}

double Placed::costPerMonth() const
{
    double sum = 0;
    for (std::size_t b = 0; b < to.size(); ++b) {
        sum += to[b] == nowhere ? 0 : board.costs[to[b]] * board.blocks[b].bulk[Storage];
    }
    return sum;
}

}
