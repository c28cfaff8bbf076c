// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"

#include <array>
#include <set>

namespace portulan {

/// What one turn made different in the inventory, so that a model need not look at the rest.
struct Differences {
    /// Rows of one kind. A slot may be in both lists when its row vanished and another took its place: first remove, then look again.
    struct Rows {
        std::vector<Slot> vanished;
        std::vector<Slot> touched; ///< appeared or became; may repeat
        bool swept = false; ///< some vanished without being listed: look for rows that are not alive

        bool isEmpty() const { return vanished.empty() && touched.empty() && !swept; }
    };
    std::array<Rows, allObjectKinds.size()> rows;
    std::set<std::string> sites; ///< facts, capacity or link
    std::set<std::string> sampled; ///< a new point in the site's history
    std::set<std::string> projects; ///< sites whose projects differ
    bool operations = false;
    bool alerts = false;

    Rows &of(ObjectKind kind) { return rows[std::size_t(kind)]; }
    const Rows &of(ObjectKind kind) const { return rows[std::size_t(kind)]; }
    bool isEmpty() const;
};

/// Whether rows of this kind carry a verdict.
constexpr bool isJudged(ObjectKind kind)
{
    return kind == ObjectKind::Instance || kind == ObjectKind::Volume || kind == ObjectKind::DataSet;
}

}
