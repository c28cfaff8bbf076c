// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"

#include <cstddef>
#include <vector>

namespace portulan {

/// The rows of a large table: slots of the inventory in the order shown, and where each is. Eight bytes a row.
class RowOrder {
public:
    static constexpr std::uint32_t nowhere = ~std::uint32_t {0};

    std::size_t size() const { return m_slots.size(); }
    Slot at(std::size_t row) const { return m_slots[row]; }
    const std::vector<Slot> &all() const { return m_slots; }
    std::uint32_t rowOf(Slot slot) const { return slot < m_rows.size() ? m_rows[slot] : nowhere; }

    void assign(std::vector<Slot> order);
    void erase(std::size_t first, std::size_t last); ///< last included
    void insert(std::size_t at, const std::vector<Slot> &added, std::size_t from, std::size_t count);
    std::size_t memoryBytes() const { return m_slots.capacity() * sizeof(Slot) + m_rows.capacity() * sizeof(std::uint32_t); }

private:
    void renumber(std::size_t from);
    std::vector<Slot> m_slots;
    std::vector<std::uint32_t> m_rows; ///< by slot
};

/// Rows [first, last] of a list.
struct RowRange {
    std::size_t first = 0;
    std::size_t last = 0;
};
/// The stretches of ascending `rows`.
std::vector<RowRange> stretches(const std::vector<std::uint32_t> &rows);

}
