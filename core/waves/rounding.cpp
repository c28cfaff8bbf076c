// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/rounding.h"

#include <algorithm>
#include <numeric>

namespace portulan::waves {

namespace {

constexpr std::size_t nowhere = Placed::nowhere;
constexpr double nearlyOne = 1 - 1e-6;
constexpr int cheapenRounds = 8;
constexpr std::size_t swapsLooked = 200'000; // pairs looked at for one swap: milliseconds

/// Largest first: the small ones fill the gaps.
void sortByBytes(std::vector<std::size_t> &blocks, const Board &board)
{
    std::ranges::sort(blocks, [&](std::size_t a, std::size_t b) {
        const double left = board.blocks[a].bulk[Bytes];
        const double right = board.blocks[b].bulk[Bytes];
        return left != right ? left > right : a < b;
    });
}

template <typename Wanted>
std::size_t soonest(const Placed &placed, std::size_t block, Wanted wanted)
{
    std::size_t best = nowhere;
    double bestSeconds = 0;
    for (std::size_t d = 0; d < placed.board.sites.size(); ++d) {
        if (placed.board.mayGo(placed.board.blocks[block], d) && wanted(d) && placed.fits(block, d)) {
            const double seconds = placed.secondsVia(block, d);
            if (best == nowhere || seconds < bestSeconds) {
                best = d;
                bestSeconds = seconds;
            }
        }
    }
    return best;
}

std::vector<std::size_t> largestClassesFirst(const Board &board, const std::vector<Class> &classes)
{
    std::vector<std::size_t> order(classes.size());
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::ranges::stable_sort(order, std::greater {}, [&](std::size_t its) { return board.blocks[classes[its].blocks.front()].bulk[Bytes]; });
    return order;
}

/// Moves something else from a destination so that the block fits there.
bool moveAside(Placed &placed, std::size_t block, std::size_t destination)
{
    for (std::size_t other = 0; other < placed.to.size(); ++other) {
        if (placed.to[other] != destination) {
            continue;
        }
        placed.lift(other);
        if (placed.fits(block, destination)) {
            placed.put(block, destination);
            if (const auto aside = soonest(placed, other, [&](std::size_t d) { return d != destination; }); aside != nowhere) {
                placed.put(other, aside);
                return true;
            }
            placed.lift(block);
        }
        placed.put(other, destination);
    }
    return false;
}

std::vector<std::size_t> blocksThrough(const Placed &placed, std::size_t pipe)
{
    std::vector<std::size_t> blocks;
    for (std::size_t b = 0; b < placed.to.size(); ++b) {
        bool passes = false;
        if (placed.to[b] != nowhere && placed.board.blocks[b].bulk[Bytes] > 0) {
            placed.board.forEachPipe(placed.board.blocks[b], placed.to[b], [&](int its) { passes |= std::size_t(its) == pipe; });
        }
        if (passes) {
            blocks.push_back(b);
        }
    }
    sortByBytes(blocks, placed.board);
    return blocks;
}

/// Sends one block of the busiest pipe elsewhere, if all that it would pass there ends sooner.
bool sendElsewhere(Placed &placed, const std::vector<std::size_t> &blocks, double seconds)
{
    for (const std::size_t block : blocks) {
        const std::size_t from = placed.to[block];
        placed.lift(block);
        const auto to = soonest(placed, block, [&](std::size_t d) { return d != from; });
        if (to != nowhere && placed.secondsVia(block, to) < seconds * nearlyOne) {
            placed.put(block, to);
            return true;
        }
        placed.put(block, from);
    }
    return false;
}

/// Exchanges a block of the busiest pipe for a smaller one elsewhere.
bool exchange(Placed &placed, const std::vector<std::size_t> &blocks, double seconds)
{
    std::size_t looked = 0;
    const auto &all = placed.board.blocks;
    for (const std::size_t one : blocks) {
        const std::size_t from = placed.to[one];
        for (std::size_t other = 0; other < all.size(); ++other) {
            const std::size_t to = placed.to[other];
            if (to == nowhere || to == from || all[other].bulk[Bytes] >= all[one].bulk[Bytes] || !placed.board.mayGo(all[one], to)
                || !placed.board.mayGo(all[other], from)) {
                continue;
            }
            if (++looked > swapsLooked) {
                return false;
            }
            placed.lift(one);
            placed.lift(other);
            if (placed.fits(one, to)) {
                placed.put(one, to);
                if (placed.fits(other, from) && placed.secondsVia(one, to) < seconds * nearlyOne
                    && placed.secondsVia(other, from) < seconds * nearlyOne) {
                    placed.put(other, from);
                    return true;
                }
                placed.lift(one);
            }
            placed.put(one, from);
            placed.put(other, to);
        }
    }
    return false;
}

}

void settle(Placed &placed, const std::vector<Class> &classes, Targets targets)
{
    const Board &board = placed.board;
    std::vector<std::size_t> rest;
    for (const std::size_t its : largestClassesFirst(board, classes)) {
        auto blocks = classes[its].blocks;
        sortByBytes(blocks, board);
        for (const std::size_t block : blocks) {
            const auto to = soonest(placed, block, [&](std::size_t d) { return targets[its][d] > nearlyOne; });
            if (to == nowhere) {
                rest.push_back(block);
                continue;
            }
            placed.put(block, to);
            targets[its][to] -= 1;
        }
    }
    sortByBytes(rest, board);
    for (const std::size_t block : rest) {
        if (const auto to = soonest(placed, block, [](std::size_t) { return true; }); to != nowhere) {
            placed.put(block, to);
        }
    }
}

void makeRoom(Placed &placed)
{
    for (std::size_t block = 0; block < placed.to.size(); ++block) {
        if (placed.to[block] != nowhere) {
            continue;
        }
        if (const auto to = soonest(placed, block, [](std::size_t) { return true; }); to != nowhere) { // others made room meanwhile
            placed.put(block, to);
            continue;
        }
        for (std::size_t d = 0; d < placed.board.sites.size(); ++d) {
            if (placed.board.mayGo(placed.board.blocks[block], d) && moveAside(placed, block, d)) {
                break;
            }
        }
    }
}

void relieve(Placed &placed, double enough)
{
    const std::size_t atMost = 2 * placed.to.size() + 16; // every step helps, some very little
    for (std::size_t step = 0; step < atMost; ++step) {
        const auto pipe = placed.busiest();
        if (pipe == nowhere || placed.secondsOf(pipe) <= enough) {
            return;
        }
        const auto blocks = blocksThrough(placed, pipe);
        const double seconds = placed.secondsOf(pipe);
        if (!sendElsewhere(placed, blocks, seconds) && !exchange(placed, blocks, seconds)) {
            return;
        }
    }
}

void cheapen(Placed &placed, double seconds)
{
    const Board &board = placed.board;
    bool helped = std::ranges::any_of(board.costs, [](double cost) { return cost > 0; });
    std::vector<std::size_t> order(placed.to.size());
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::ranges::stable_sort(order, std::greater {}, [&](std::size_t block) { return board.blocks[block].bulk[Storage]; });
    for (int round = 0; helped && round < cheapenRounds; ++round) { // what one leaves another may take
        helped = false;
        for (const std::size_t block : order) {
            const std::size_t from = placed.to[block];
            if (from == nowhere) {
                continue;
            }
            std::size_t best = from;
            for (std::size_t d = 0; d < board.sites.size(); ++d) {
                if (board.costs[d] < board.costs[best] && board.mayGo(board.blocks[block], d)) {
                    placed.lift(block);
                    const bool fits = placed.fits(block, d) && placed.secondsVia(block, d) <= seconds;
                    placed.put(block, from);
                    best = fits ? d : best;
                }
            }
            if (best != from) {
                placed.lift(block);
                placed.put(block, best);
                helped = true;
            }
        }
    }
}

}
