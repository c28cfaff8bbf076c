// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/classes.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace portulan::waves {

namespace {

/// 0: exactly alike; 1: storage and bytes within a factor of two; 2: of any storage; 3: of any size.
constexpr int coarsest = 3;

double bucket(double amount, std::size_t dimension, int coarseness)
{
    const bool isDiverse = dimension == Storage || dimension == Bytes;
    if (coarseness == 0 || (coarseness < coarsest && !isDiverse)) {
        return amount;
    }
    return coarseness == 1 ? std::floor(std::log2(amount + 1)) : 0;
}

using Key = std::vector<double>;

Key keyOf(const Block &block, int coarseness)
{
    const bool isSimple = block.isOfOneProject();
    Key key {double(block.source), double(block.fate), double(block.hours), double(block.members.size()), double(block.apart.size()),
        double(block.shares.size())};
    key.insert(key.end(), block.apart.begin(), block.apart.end());
    for (const auto &share : block.shares) {
        key.push_back(share.project);
        // Of several projects each has its part, which is no part of the bulk's: such a block is only like its equals.
        key.insert(key.end(), share.amounts.begin() + (isSimple ? Share::Instances : 0), share.amounts.end());
    }
    for (std::size_t d = 0; d < dimensions; ++d) {
        key.push_back(isSimple ? bucket(block.bulk[d], d, coarseness) : block.bulk[d]);
    }
    return key;
}

std::vector<Class> classify(const Board &board, int coarseness)
{
    std::map<Key, std::size_t> known;
    std::vector<Class> classes;
    for (std::size_t b = 0; b < board.blocks.size(); ++b) {
        const Block &block = board.blocks[b];
        const auto [at, isNew] = known.try_emplace(keyOf(block, coarseness), classes.size());
        if (isNew) {
            classes.push_back({{}, block.bulk, block.bulk, {}, block.members.size()});
        }
        Class &its = classes[at->second];
        its.blocks.push_back(b);
        for (std::size_t d = 0; d < dimensions; ++d) {
            its.least[d] = std::min(its.least[d], block.bulk[d]);
            its.most[d] = std::max(its.most[d], block.bulk[d]);
            its.more[d] += block.bulk[d];
        }
    }
    for (Class &its : classes) {
        for (std::size_t d = 0; d < dimensions; ++d) {
            its.more[d] = std::max(its.more[d] - its.least[d] * double(its.blocks.size()), 0.0);
        }
    }
    return classes;
}

}

std::vector<Class> classesOf(const Board &board, std::size_t columns)
{
    auto classes = classify(board, 0);
    for (int coarseness = 1; coarseness <= coarsest && classes.size() * board.sites.size() > columns; ++coarseness) {
        classes = classify(board, coarseness);
    }
    return classes;
}

bool areExact(const std::vector<Class> &classes)
{
    return std::ranges::all_of(classes, [](const Class &its) { return its.least == its.most; });
}

}
