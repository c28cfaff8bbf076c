// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/waveorder.h"

#include "core/waves/wavetimes.h"

#include <algorithm>
#include <deque>

namespace portulan::waves {

namespace {

/// Which blocks come before which.
struct Precedence {
    std::vector<std::vector<std::size_t>> next;
    std::vector<std::size_t> waiting; ///< for so many
};

Precedence precedenceOf(const Evacuation &evacuation, const Board &board)
{
    std::map<ObjectId, std::size_t> blocks;
    for (std::size_t i = 0; i < evacuation.movables.size(); ++i) {
        blocks.emplace(evacuation.movables[i].object, board.blockOf[i]);
    }
    Precedence precedence {std::vector<std::vector<std::size_t>>(board.blocks.size()), std::vector<std::size_t>(board.blocks.size())};
    for (std::size_t i = 0; i < evacuation.movables.size(); ++i) {
        for (const auto &before : evacuation.movables[i].after) {
            if (const auto at = blocks.find(before); at != blocks.end() && at->second != board.blockOf[i]) {
                precedence.next[at->second].push_back(board.blockOf[i]);
                ++precedence.waiting[board.blockOf[i]];
            }
        }
    }
    return precedence;
}

/// Of one stage: the blocks that nothing of the same or a later stage has to precede.
std::vector<std::vector<std::size_t>> stagesOf(Precedence precedence, std::vector<std::size_t> &circular)
{
    std::vector<std::vector<std::size_t>> stages;
    std::vector<std::size_t> ready;
    std::vector<bool> done(precedence.next.size());
    for (std::size_t b = 0; b < done.size(); ++b) {
        if (precedence.waiting[b] == 0) {
            ready.push_back(b);
        }
    }
    while (!ready.empty()) {
        std::vector<std::size_t> next;
        for (const std::size_t block : ready) {
            done[block] = true;
            for (const std::size_t after : precedence.next[block]) {
                if (--precedence.waiting[after] == 0) {
                    next.push_back(after);
                }
            }
        }
        stages.push_back(std::exchange(ready, std::move(next)));
    }
    for (std::size_t b = 0; b < done.size(); ++b) {
        if (!done[b]) {
            circular.push_back(b);
        }
    }
    if (!circular.empty()) {
        stages.push_back(circular);
    }
    return stages;
}

/// Blocks of one stage, so that after any number of them every destination has had its part of the time it needs.
std::vector<std::size_t> interleaved(const std::vector<std::size_t> &stage, const Placed &placed)
{
    struct Queue {
        std::deque<std::size_t> blocks;
        double seconds = 0;
        double begun = 0;
    };
    std::map<std::pair<int, std::size_t>, Queue> queues;
    const auto secondsOf = [&](std::size_t block) {
        double longest = 0;
        placed.board.forEachPipe(placed.board.blocks[block], placed.to[block],
            [&](int pipe) { longest = std::max(longest, placed.board.blocks[block].bulk[Bytes] / placed.board.pipes[std::size_t(pipe)].rate()); });
        return longest + agreementSeconds;
    };
    std::size_t left = 0;
    for (const std::size_t block : stage) {
        if (placed.to[block] != Placed::nowhere) {
            Queue &queue = queues[{placed.board.blocks[block].source, placed.to[block]}];
            queue.blocks.push_back(block);
            queue.seconds += secondsOf(block);
            ++left;
        }
    }
    for (auto &[lane, queue] : queues) {
        std::ranges::stable_sort(queue.blocks, std::greater {}, secondsOf);
    }
    std::vector<std::size_t> order;
    for (; left > 0; --left) {
        const auto behind = [](const auto &lane) { return lane.second.blocks.empty() ? 2.0 : lane.second.begun / lane.second.seconds; };
        auto &queue = std::ranges::min_element(queues, {}, behind)->second;
        order.push_back(queue.blocks.front());
        queue.begun += secondsOf(order.back());
        queue.blocks.pop_front();
    }
    return order;
}

/// Members in an order that lets each come after what it waits for, as far as that is possible.
std::vector<std::size_t> ordered(const Evacuation &evacuation, const Block &block)
{
    std::vector<std::size_t> order;
    std::vector<std::size_t> left = block.members;
    while (!left.empty()) {
        const auto waits = [&](std::size_t member) {
            return std::ranges::any_of(evacuation.movables[member].after, [&](const ObjectId &before) {
                return std::ranges::any_of(left, [&](std::size_t other) { return other != member && evacuation.movables[other].object == before; });
            });
        };
        auto next = std::ranges::find_if_not(left, waits);
        next = next == left.end() ? left.begin() : next;
        order.push_back(*next);
        left.erase(next);
    }
    return order;
}

using WaveQueue = std::deque<Wave>;

/// Blocks of one stage by when they may move: a wave is only as soon over as the last of it, so that nothing should wait in it for other hours.
std::vector<std::vector<std::size_t>> alikeIn(const Evacuation &evacuation, const Board &board, const std::vector<std::size_t> &stage)
{
    constexpr std::size_t mostKinds = 16; // of more the last are taken together
    std::map<std::pair<int, std::int64_t>, std::size_t> kinds;
    std::vector<std::vector<std::size_t>> alike;
    for (const std::size_t block : stage) {
        std::int64_t earliest = 0;
        for (const std::size_t member : board.blocks[block].members) {
            earliest = std::max(earliest, evacuation.movables[member].earliest);
        }
        const auto [at, isNew] = kinds.try_emplace({board.blocks[block].hours, earliest}, std::min(alike.size(), mostKinds - 1));
        if (isNew && at->second == alike.size()) {
            alike.emplace_back();
        }
        alike[at->second].push_back(block);
    }
    return alike;
}

WaveQueue queueOf(const Evacuation &evacuation, const Placed &placed, const std::vector<std::size_t> &blocks)
{
    WaveQueue queue;
    for (const std::size_t block : interleaved(blocks, placed)) {
        const auto members = ordered(evacuation, placed.board.blocks[block]);
        if (queue.empty() || queue.back().movables.size() + members.size() > evacuation.limits.waveSize) {
            queue.emplace_back();
        }
        auto &wave = queue.back().movables;
        wave.insert(wave.end(), members.begin(), members.end());
    }
    return queue;
}

/// One after the other the wave during which least time is lost, and of those the one that has fewer hours: what may move at any hour fills the rest.
void take(std::vector<WaveQueue> &queues, WaveClock &clock, std::vector<Wave> &waves)
{
    constexpr double alike = 60; // seconds
    for (std::erase_if(queues, [](const WaveQueue &queue) { return queue.empty(); }); !queues.empty();
         std::erase_if(queues, [](const WaveQueue &queue) { return queue.empty(); })) {
        WaveQueue *next = &queues.front();
        auto best = clock.courseOf(next->front());
        for (std::size_t i = 1; i < queues.size(); ++i) {
            const auto course = clock.courseOf(queues[i].front());
            const double more = clock.idle(course) - clock.idle(best);
            if (more < -alike || (more < alike && course.openShare < best.openShare)) {
                next = &queues[i];
                best = course;
            }
        }
        clock.add(next->front(), best);
        waves.push_back(std::move(next->front()));
        next->pop_front();
    }
}

}

void dropOrphans(const Evacuation &evacuation, Placed &placed)
{
    const auto precedence = precedenceOf(evacuation, placed.board);
    std::deque<std::size_t> dropped;
    for (std::size_t b = 0; b < placed.to.size(); ++b) {
        if (placed.to[b] == Placed::nowhere) {
            dropped.push_back(b);
        }
    }
    while (!dropped.empty()) {
        const std::size_t block = dropped.front();
        dropped.pop_front();
        for (const std::size_t after : precedence.next[block]) {
            if (placed.to[after] != Placed::nowhere) {
                placed.lift(after);
                dropped.push_back(after);
            }
        }
    }
}

Order inWaves(const Evacuation &evacuation, const Placed &placed)
{
    Order order;
    std::vector<std::size_t> circular;
    WaveClock clock(evacuation, placed);
    for (const auto &stage : stagesOf(precedenceOf(evacuation, placed.board), circular)) { // a stage begins a wave of its own
        std::vector<WaveQueue> queues;
        for (const auto &alike : alikeIn(evacuation, placed.board, stage)) {
            queues.push_back(queueOf(evacuation, placed, alike));
        }
        take(queues, clock, order.waves);
    }
    order.secondsError = clock.error();
    for (const std::size_t block : circular) {
        for (const std::size_t member : placed.board.blocks[block].members) {
            order.circular.push_back(evacuation.movables[member].object);
        }
    }
    return order;
}

}
