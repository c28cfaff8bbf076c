// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <vector>

namespace portulan {

/// A hash index over things that live elsewhere by number: four bytes a bucket, open addressing, no tombstones. Callers bring the hash of what
/// they look for, and the hash of any number already in it.
class SlotIndex {
public:
    static constexpr std::uint32_t none = ~std::uint32_t {0};

    /// The number for which `same(number)` holds, or none.
    template <typename Same>
    std::uint32_t find(std::size_t hash, Same &&same) const
    {
        for (std::size_t at = hash & mask(); !m_buckets.empty() && m_buckets[at] != none; at = (at + 1) & mask()) {
            if (same(m_buckets[at])) {
                return m_buckets[at];
            }
        }
        return none;
    }
    /// Adds a number that is not in it.
    template <typename HashOf>
    void insert(std::uint32_t number, HashOf &&hashOf)
    {
        if ((m_size + 1) * 4 > m_buckets.size() * 3) {
            std::vector<std::uint32_t> old(m_buckets.empty() ? 16 : m_buckets.size() * 2, none);
            old.swap(m_buckets);
            for (const std::uint32_t moved : old) {
                if (moved != none) {
                    place(moved, hashOf(moved));
                }
            }
        }
        place(number, hashOf(number));
        ++m_size;
    }
    /// Puts one number in the place of another of the same hash.
    void replace(std::uint32_t before, std::uint32_t after, std::size_t hash) { m_buckets[bucketOf(before, hash)] = after; }
    /// Takes a number out; what a collision had pushed away moves back.
    template <typename HashOf>
    void erase(std::uint32_t number, HashOf &&hashOf)
    {
        std::size_t hole = bucketOf(number, hashOf(number));
        for (std::size_t at = (hole + 1) & mask(); m_buckets[at] != none; at = (at + 1) & mask()) {
            const std::size_t home = hashOf(m_buckets[at]) & mask();
            if (((at - home) & mask()) >= ((at - hole) & mask())) {
                m_buckets[hole] = m_buckets[at];
                hole = at;
            }
        }
        m_buckets[hole] = none;
        --m_size;
    }
    std::size_t memoryBytes() const { return m_buckets.capacity() * sizeof(std::uint32_t); }

private:
    std::size_t mask() const { return m_buckets.size() - 1; }
    std::size_t bucketOf(std::uint32_t number, std::size_t hash) const
    {
        std::size_t at = hash & mask();
        while (m_buckets[at] != number) {
            at = (at + 1) & mask();
        }
        return at;
    }
    void place(std::uint32_t number, std::size_t hash)
    {
        std::size_t at = hash & mask();
        while (m_buckets[at] != none) {
            at = (at + 1) & mask();
        }
        m_buckets[at] = number;
    }

    std::vector<std::uint32_t> m_buckets;
    std::size_t m_size = 0;
};

/// Grows a vector by an eighth rather than by itself again: these are the large ones.
template <typename T>
void growFor(std::vector<T> &vector, std::size_t size)
{
    if (size > vector.capacity()) {
        vector.reserve(size + size / 8 + 16);
    }
}

}
