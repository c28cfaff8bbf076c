// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"
#include "core/slotindex.h"

namespace portulan {

/// Words that many rows share (sites, projects, flavours, owners), each kept once and counted; the last one to let go frees it.
class Texts {
public:
    static constexpr Ref none = ~Ref {0};

    Texts();
    /// The word's ref, counted once more. "" is 0 and not counted.
    Ref acquire(std::string_view text);
    Ref hold(Ref ref); ///< counts one more holder of a word already kept
    void release(Ref ref);
    bool has(Ref ref) const { return ref < m_entries.size(); }
    std::string_view at(Ref ref) const { return {m_characters.data() + m_entries[ref].offset, m_entries[ref].length}; }
    Ref find(std::string_view text) const; ///< none if nobody holds it
    std::size_t memoryBytes() const;

private:
    struct Entry {
        std::uint32_t offset;
        std::uint32_t length;
        std::uint32_t holders; ///< 0: free, and offset is the next free entry
    };
    void compact();

    std::vector<Entry> m_entries;
    std::vector<char> m_characters;
    SlotIndex m_index;
    Ref m_free = none;
    std::size_t m_dead = 0; ///< characters nobody reads any more
};

}
