// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"

#include <functional>

namespace portulan {

/// Names and ids of one table's rows, laid end to end as one searches them (folded), so that "contains" is one walk over contiguous bytes.
/// A record is FF, the slot in five bytes 80–BF, the folded name, 00, the id, and, where the name differs from its folded self, 00 and the name.
/// No text of it holds FF or 00, and none that is sought begins with a byte 80–BF: what is found lies within one name or id.
class Labels {
public:
    /// Whether anything differed. Ids are isId(); names are repaired if they are not UTF-8, and cut at 255 bytes.
    bool set(Slot slot, std::string_view name, std::string_view id);
    void clear(Slot slot);

    std::string_view name(Slot slot) const;
    std::string_view folded(Slot slot) const { return part(m_labels[slot].offset + head, m_labels[slot].folded); }
    std::string_view id(Slot slot) const { return part(m_labels[slot].offset + head + m_labels[slot].folded + 1, m_labels[slot].id); }

    enum class Where { Name, Id, Either };
    /// Sets the bits (64 a word) of the slots whose name or id contains `folded`, a text out of fold(), not empty.
    void mark(std::vector<std::uint64_t> &bits, std::string_view folded, Where where) const;
    std::size_t memoryBytes() const { return m_labels.capacity() * sizeof(Label) + m_characters.capacity(); }

private:
    struct Label {
        std::uint32_t offset = 0; ///< of the record
        std::uint16_t folded = 0; ///< lengths
        std::uint16_t original = 0; ///< 0: as folded
        std::uint8_t id = 0; ///< 0: no record
    };
    static constexpr std::uint32_t head = 6;

    std::string_view part(std::size_t offset, std::size_t length) const { return {m_characters.data() + offset, length}; }
    static std::size_t lengthOf(const Label &label)
    {
        return std::size_t(head) + label.folded + 1 + label.id + (label.original ? label.original + 1 : 0);
    }
    void compactIfWorthwhile();

    std::vector<Label> m_labels;
    std::vector<char> m_characters;
    std::size_t m_dead = 0;
    std::string m_scratch;
};

}
