// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/roworder.h"

#include <algorithm>

namespace portulan {

void RowOrder::assign(std::vector<Slot> order)
{
    for (const Slot slot : m_slots) {
        m_rows[slot] = nowhere;
    }
    m_slots = std::move(order);
    const auto highest = std::ranges::max_element(m_slots);
    if (highest != m_slots.end() && m_rows.size() <= *highest) {
        m_rows.resize(std::size_t(*highest) + 1, nowhere);
    }
    renumber(0);
}

void RowOrder::erase(std::size_t first, std::size_t last)
{
    for (std::size_t row = first; row <= last; ++row) {
        m_rows[m_slots[row]] = nowhere;
    }
    m_slots.erase(m_slots.begin() + std::ptrdiff_t(first), m_slots.begin() + std::ptrdiff_t(last) + 1);
    renumber(first);
}

void RowOrder::insert(std::size_t at, const std::vector<Slot> &added, std::size_t from, std::size_t count)
{
    const auto begin = added.begin() + std::ptrdiff_t(from);
    const auto end = begin + std::ptrdiff_t(count);
    const auto highest = std::max_element(begin, end);
    if (highest != end && m_rows.size() <= *highest) {
        m_rows.resize(std::size_t(*highest) + 1, nowhere);
    }
    m_slots.insert(m_slots.begin() + std::ptrdiff_t(at), begin, end);
    renumber(at);
}

void RowOrder::renumber(std::size_t from)
{
    for (std::size_t row = from; row < m_slots.size(); ++row) {
        m_rows[m_slots[row]] = std::uint32_t(row);
    }
}

std::vector<RowRange> stretches(const std::vector<std::uint32_t> &rows)
{
    std::vector<RowRange> ranges;
    for (const std::uint32_t row : rows) {
        if (!ranges.empty() && ranges.back().last + 1 == row) {
            ranges.back().last = row;
        } else {
            ranges.push_back({row, row});
        }
    }
    return ranges;
}

}
