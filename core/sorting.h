// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/query.h"

namespace portulan {

/// What sort() does, in two halves: add() reads the rows, in the inventory's thread, a slice at a time if there are many; sorted() then needs
/// the inventory no more and may run in any thread.
class Sorting {
public:
    Sorting(const Inventory &inventory, ObjectKind kind, SortKey key, bool descending);
    void add(std::span<const Slot> slots);
    std::vector<Slot> sorted() &&;

private:
    /// A row: eight bytes of its key, at first its number, in an integer that compares like them.
    struct Entry {
        std::uint64_t word;
        Slot slot;
        std::uint32_t key; ///< where it begins, in words
    };
    std::uint64_t numberOf(const Row &row);
    std::uint64_t ordinalOf(const Row &row);
    void rankPlaces();
    void appendKey(const Row &row);
    std::uint64_t wordAt(std::size_t index) const;
    void order(std::span<Entry> entries);
    void refine(std::span<Entry> entries, std::uint32_t depth);

    const Inventory *m_inventory;
    ObjectKind m_kind;
    SortKey m_key;
    bool m_descending;
    std::vector<Entry> m_entries;
    std::vector<Entry> m_scratch;
    std::string m_keys; ///< name, id and site of each row, ended and filled up to whole words with NULs
    std::vector<std::string> m_places; ///< what sites, projects or countries sort by, in the order they were met
    std::vector<std::pair<std::uint64_t, std::uint64_t>> m_ordinals; ///< sorted: site and project → index in m_places
};

}
