// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/labels.h"
#include "core/texts.h"

namespace portulan {

/// What a row is made from: the plain fields, and the words that a row keeps as refs.
struct RowSource {
    std::string_view id, name, project, owner, detail, movedTo;
    ObjectKind ownerKind = ObjectKind::Instance;
    Row plain; ///< count, bytes…, changedAt, state, classification, custody; its refs are not read
};

/// The rows of one kind, with their indexes: by id, by owner, and by the snapshot that last spoke of them. Sites are refs of the shared Texts.
class Table {
public:
    static constexpr std::size_t mostRows = 1u << 22;

    Table(ObjectKind kind, Texts &texts);

    std::span<const Row> rows() const { return m_rows; }
    std::size_t count() const { return m_rows.size() - m_free.size(); }
    Slot find(Ref site, std::string_view id) const;
    std::string_view name(Slot slot) const { return m_labels.name(slot); }
    std::string_view id(Slot slot) const { return m_labels.id(slot); }
    const Labels &labels() const { return m_labels; }

    struct Put {
        Slot slot;
        Differed differed;
    };
    /// Appears or becomes. Nothing, with noSlot, if the table is full.
    Put put(Ref site, const RowSource &source, std::uint32_t mark);
    void remove(Slot slot);

    /// The first row of an owner, and the next after one; noSlot at the end.
    Slot firstOwned(Ref site, ObjectKind ownerKind, Ref owner) const;
    Slot nextOwned(Slot slot) const { return m_links[slot].next; }
    ObjectKind ownerKind(Slot slot) const { return m_links[slot].ownerKind; }

    /// Slots of the site's rows that no snapshot from `mark` on has spoken of.
    std::vector<Slot> unmarked(Ref site, std::uint32_t mark) const;
    Row &at(Slot slot) { return m_rows[slot]; }
    std::size_t memoryBytes() const;

private:
    struct Links {
        Slot next = noSlot;
        Slot previous = noSlot;
        ObjectKind ownerKind = ObjectKind::Instance;
    };
    std::size_t hashOfId(Slot slot) const;
    std::size_t hashOfOwner(Slot slot) const;
    Slot newSlot(Ref site);
    bool write(Slot slot, const RowSource &source);
    bool writeText(Ref &ref, std::string_view text);
    void link(Slot slot);
    void unlink(Slot slot);

    ObjectKind m_kind;
    Texts &m_texts;
    std::vector<Row> m_rows;
    std::vector<Links> m_links;
    std::vector<std::uint32_t> m_marks;
    std::vector<Slot> m_free;
    Labels m_labels;
    SlotIndex m_byId;
    SlotIndex m_byOwner; ///< heads of the chains in m_links
};

/// Refs of names and ids lead to a row of a table instead of to Texts.
Ref labelRef(ObjectKind kind, Slot slot, bool isName);
struct LabelOf {
    ObjectKind kind;
    Slot slot;
    bool isName;
};
inline bool isLabelRef(Ref ref)
{
    return ref >> 31 == 1 && ref != ~Ref {0};
}
LabelOf labelOf(Ref ref);

}
