// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/board.h"

namespace portulan::waves {

/// Blocks that a solver need not tell apart: same source, same fate, same projects. They may differ in bulk: then `least` is what each of
/// them is at least, and `more` what all of them together are beyond that.
struct Class {
    std::vector<std::size_t> blocks; ///< of the board
    Bulk least {};
    Bulk most {};
    Bulk more {}; ///< sum over blocks of bulk − least
    std::size_t weight = 1; ///< movables in each block
};

/// At most so many, counted once for each destination, as far as that is possible: exact ones if there are few, else by size, else by project.
std::vector<Class> classesOf(const Board &board, std::size_t columns);
/// Whether all blocks of every class are alike.
bool areExact(const std::vector<Class> &classes);

}
