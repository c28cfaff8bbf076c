// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/table.h"

#include "core/siphash.h"

namespace portulan {

namespace {

std::size_t mixed(std::size_t a, std::size_t b)
{
    std::uint64_t x = a * 0x9E3779B97F4A7C15ull ^ b;
    x = (x ^ x >> 32) * 0xD6E8FEB86659FD93ull;
    return std::size_t(x ^ x >> 32);
}

std::size_t hashOf(Ref site, std::string_view id)
{
    return mixed(site, keyedHash(id));
}
std::size_t hashOf(Ref site, ObjectKind ownerKind, Ref owner)
{
    return mixed(std::size_t(site) << 8 | std::size_t(ownerKind), owner);
}

template <typename T>
bool assign(T &field, const T &value)
{
    const bool differs = field != value;
    field = value;
    return differs;
}

}

Ref labelRef(ObjectKind kind, Slot slot, bool isName)
{
    return Ref {1} << 31 | Ref(isName) << 30 | Ref(kind) << 26 | slot;
}
LabelOf labelOf(Ref ref)
{
    return {ObjectKind(ref >> 26 & 0xF), ref & 0x3FFFFFF, (ref >> 30 & 1) == 1};
}

Table::Table(ObjectKind kind, Texts &texts)
    : m_kind(kind)
    , m_texts(texts)
{
}

std::size_t Table::hashOfId(Slot slot) const
{
    return hashOf(m_rows[slot].site, m_labels.id(slot));
}
std::size_t Table::hashOfOwner(Slot slot) const
{
    return hashOf(m_rows[slot].site, m_links[slot].ownerKind, m_rows[slot].owner);
}

Slot Table::find(Ref site, std::string_view id) const
{
    return m_byId.find(hashOf(site, id), [&](Slot slot) { return m_rows[slot].site == site && m_labels.id(slot) == id; });
}

Table::Put Table::put(Ref site, const RowSource &source, std::uint32_t mark)
{
    Slot slot = find(site, source.id);
    const bool isNew = slot == noSlot;
    if (isNew) {
        slot = newSlot(site);
        if (slot == noSlot) {
            return {noSlot, Differed::Nothing};
        }
    }
    m_marks[slot] = mark;
    bool differs = m_labels.set(slot, source.name, source.id);
    if (isNew) {
        m_byId.insert(slot, [this](Slot s) { return hashOfId(s); });
    }
    differs = write(slot, source) || differs || isNew;
    m_rows[slot].version += differs;
    return {slot, isNew ? Differed::Appeared : differs ? Differed::Became : Differed::Nothing};
}

Slot Table::newSlot(Ref site)
{
    Slot slot = noSlot;
    if (!m_free.empty()) {
        slot = m_free.back();
        m_free.pop_back();
    } else if (m_rows.size() < mostRows) {
        slot = Slot(m_rows.size());
        growFor(m_rows, m_rows.size() + 1);
        growFor(m_links, m_links.size() + 1);
        growFor(m_marks, m_marks.size() + 1);
        m_rows.emplace_back();
        m_links.emplace_back();
        m_marks.emplace_back();
    } else {
        return noSlot;
    }
    // The version goes on where the last tenant left it, so that nobody takes the new one for the old.
    const std::uint32_t version = m_rows[slot].version;
    m_rows[slot] = Row {};
    m_rows[slot].version = version;
    m_rows[slot].alive = true;
    m_rows[slot].kind = m_kind;
    m_rows[slot].site = m_texts.hold(site);
    m_rows[slot].id = labelRef(m_kind, slot, false);
    m_rows[slot].name = labelRef(m_kind, slot, true);
    return slot;
}

bool Table::writeText(Ref &ref, std::string_view text)
{
    if (m_texts.at(ref) == text) {
        return false;
    }
    const Ref before = ref;
    ref = m_texts.acquire(text);
    m_texts.release(before);
    return true;
}

bool Table::write(Slot slot, const RowSource &source)
{
    Row &row = m_rows[slot];
    bool differs = false;
    if (m_texts.at(row.owner) != source.owner || m_links[slot].ownerKind != source.ownerKind) {
        unlink(slot);
        writeText(row.owner, source.owner);
        m_links[slot].ownerKind = source.ownerKind;
        link(slot);
        differs = true;
    }
    differs |= writeText(row.project, source.project);
    differs |= writeText(row.detail, source.detail);
    differs |= writeText(row.movedTo, source.movedTo);
    const Row &plain = source.plain;
    differs |= assign(row.count, plain.count);
    differs |= assign(row.ramBytes, plain.ramBytes);
    if (m_kind != ObjectKind::Instance) { // whose bytes are the sums over its volumes
        differs |= assign(row.bytes, plain.bytes);
        differs |= assign(row.allocatedBytes, plain.allocatedBytes);
    }
    differs |= assign(row.changedAt, plain.changedAt);
    differs |= row.state != plain.state || row.classification != plain.classification || row.custody != plain.custody;
    row.state = plain.state; // bit fields, which assign() cannot refer to
    row.classification = plain.classification;
    row.custody = plain.custody;
    return differs;
}

void Table::remove(Slot slot)
{
    unlink(slot);
    m_byId.erase(slot, [this](Slot s) { return hashOfId(s); });
    m_labels.clear(slot);
    Row &row = m_rows[slot];
    for (const Ref ref : {row.site, row.project, row.owner, row.detail, row.movedTo}) {
        m_texts.release(ref);
    }
    row = Row {.version = row.version + 1};
    row.kind = m_kind;
    m_links[slot] = {};
    m_free.push_back(slot);
}

void Table::link(Slot slot)
{
    if (m_rows[slot].owner == 0) {
        return;
    }
    const Slot head = firstOwned(m_rows[slot].site, m_links[slot].ownerKind, m_rows[slot].owner);
    if (head == noSlot) {
        m_byOwner.insert(slot, [this](Slot s) { return hashOfOwner(s); });
        return;
    }
    // Second in its chain: the head, which the index knows, stays.
    const Slot second = m_links[head].next;
    m_links[slot].next = second;
    m_links[slot].previous = head;
    m_links[head].next = slot;
    if (second != noSlot) {
        m_links[second].previous = slot;
    }
}

void Table::unlink(Slot slot)
{
    if (m_rows[slot].owner == 0) {
        return;
    }
    const auto [next, previous, ownerKind] = m_links[slot];
    if (previous != noSlot) {
        m_links[previous].next = next;
    } else if (next != noSlot) {
        m_byOwner.replace(slot, next, hashOfOwner(slot));
    } else {
        m_byOwner.erase(slot, [this](Slot s) { return hashOfOwner(s); });
    }
    if (next != noSlot) {
        m_links[next].previous = previous;
    }
    m_links[slot] = {noSlot, noSlot, ownerKind};
}

Slot Table::firstOwned(Ref site, ObjectKind ownerKind, Ref owner) const
{
    return m_byOwner.find(hashOf(site, ownerKind, owner),
        [&](Slot slot) { return m_rows[slot].owner == owner && m_rows[slot].site == site && m_links[slot].ownerKind == ownerKind; });
}

std::vector<Slot> Table::unmarked(Ref site, std::uint32_t mark) const
{
    std::vector<Slot> slots;
    for (Slot slot = 0; slot < m_marks.size(); ++slot) {
        if (m_marks[slot] < mark && m_rows[slot].alive && m_rows[slot].site == site) {
            slots.push_back(slot);
        }
    }
    return slots;
}

std::size_t Table::memoryBytes() const
{
    return m_rows.capacity() * sizeof(Row) + m_links.capacity() * sizeof(Links) + m_marks.capacity() * sizeof(std::uint32_t)
        + m_free.capacity() * sizeof(Slot) + m_labels.memoryBytes() + m_byId.memoryBytes() + m_byOwner.memoryBytes();
}

}
