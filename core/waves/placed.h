// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/board.h"

namespace portulan::waves {

/// The board with its blocks put somewhere, and what that uses.
struct Placed {
    static constexpr std::size_t nowhere = ~std::size_t {0};

    explicit Placed(Board on);

    bool fits(std::size_t block, std::size_t destination) const { return !lacking(block, destination).has_value(); }
    /// The first resource there is not enough of; of a block that is there already, none.
    std::optional<int> lacking(std::size_t block, std::size_t destination) const;
    void put(std::size_t block, std::size_t destination); ///< it is nowhere yet
    void lift(std::size_t block); ///< back to nowhere
    /// When the last byte is through the busiest pipe a block would pass on its way there, with everything else where it is.
    double secondsVia(std::size_t block, std::size_t destination) const;
    double secondsOf(std::size_t pipe) const { return board.pipes[pipe].secondsFor(loads[pipe]); }
    std::size_t busiest() const; ///< pipe; nowhere if there is none
    double seconds() const; ///< until the last byte is there
    double costPerMonth() const;

    Board board;
    std::vector<std::size_t> to; ///< of each block
    std::vector<double> used; ///< of each resource
    std::vector<double> loads; ///< of each pipe, bytes
};

}
