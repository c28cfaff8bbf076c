// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/labels.h"

#include "core/folding.h"
#include "core/slotindex.h"

#include <algorithm>
#include <cstring>

namespace portulan {

namespace {

constexpr std::size_t longestName = 255;

/// memrchr() is GNU's alone.
const char *recordBefore(const char *at)
{
    while (*at != '\xFF') {
        --at;
    }
    return at;
}

/// As memmem(), for when the next hit is likely near: memmem() prepares itself anew each time it is called.
const char *nextHit(const char *at, const char *end, std::string_view text)
{
    const char *const near = std::min(at + 64, end);
    while (const void *const begin = memchr(at, text.front(), std::size_t(near - at))) {
        at = static_cast<const char *>(begin);
        if (std::size_t(end - at) >= text.size() && memcmp(at, text.data(), text.size()) == 0) {
            return at;
        }
        ++at;
    }
    return static_cast<const char *>(memmem(near, std::size_t(end - near), text.data(), text.size()));
}

Slot slotOf(const char *record)
{
    Slot slot = 0;
    for (int i = 1; i <= 5; ++i) {
        slot = slot << 6 | (static_cast<unsigned char>(record[i]) & 0x3Fu);
    }
    return slot;
}

void appendHead(std::vector<char> &characters, Slot slot)
{
    characters.push_back('\xFF');
    for (int shift = 24; shift >= 0; shift -= 6) {
        characters.push_back(char(0x80 | (slot >> shift & 0x3F)));
    }
}

}

bool Labels::set(Slot slot, std::string_view name, std::string_view id)
{
    if (slot >= m_labels.size()) {
        growFor(m_labels, slot + std::size_t(1));
        m_labels.resize(slot + std::size_t(1));
    }
    if (m_labels[slot].id > 0 && this->id(slot) == id && this->name(slot) == name) {
        return false;
    }
    std::string mended;
    if (name.size() > longestName || name.find('\0') != name.npos || !isUtf8(name)) {
        mended = repaired(name, longestName);
        name = mended;
        if (m_labels[slot].id > 0 && this->id(slot) == id && this->name(slot) == name) {
            return false;
        }
    }
    clear(slot);
    m_scratch.clear();
    appendFolded(m_scratch, name);
    const bool differs = m_scratch != name;
    const Label label {
        std::uint32_t(m_characters.size()), std::uint16_t(m_scratch.size()), std::uint16_t(differs ? name.size() : 0), std::uint8_t(id.size())};
    growFor(m_characters, m_characters.size() + lengthOf(label));
    appendHead(m_characters, slot);
    m_characters.insert(m_characters.end(), m_scratch.begin(), m_scratch.end());
    m_characters.push_back('\0');
    m_characters.insert(m_characters.end(), id.begin(), id.end());
    if (differs) {
        m_characters.push_back('\0');
        m_characters.insert(m_characters.end(), name.begin(), name.end());
    }
    m_labels[slot] = label;
    compactIfWorthwhile();
    return true;
}

void Labels::clear(Slot slot)
{
    if (m_labels[slot].id > 0) {
        m_dead += lengthOf(m_labels[slot]);
        m_labels[slot] = {};
    }
}

std::string_view Labels::name(Slot slot) const
{
    const Label &label = m_labels[slot];
    return label.original == 0 ? folded(slot) : part(label.offset + head + label.folded + 1u + label.id + 1u, label.original);
}

void Labels::mark(std::vector<std::uint64_t> &bits, std::string_view folded, Where where) const
{
    const char *at = m_characters.data();
    const char *const end = at + m_characters.size();
    while (at < end) {
        const char *const hit = nextHit(at, end, folded);
        if (!hit) {
            return;
        }
        const char *const record = recordBefore(hit);
        const Slot slot = slotOf(record);
        const Label &label = m_labels[slot];
        at = hit + 1;
        const auto next = [&] {
            const void *const found = memchr(hit, 0xFF, std::size_t(end - hit));
            return found ? static_cast<const char *>(found) : end;
        };
        if (label.id == 0 || m_characters.data() + label.offset != record) {
            at = next(); // nobody's any more
            continue;
        }
        const bool inName = hit < record + head + label.folded;
        const bool inId = !inName && hit <= record + head + label.folded + label.id;
        const bool wanted = where == Where::Either ? inName || inId : where == Where::Name ? inName : inId;
        if (wanted) {
            bits[slot / 64] |= std::uint64_t {1} << slot % 64;
        }
        if (wanted || !inName) {
            at = record + lengthOf(label);
        }
    }
}

void Labels::compactIfWorthwhile()
{
    if (m_dead < 65536 || m_dead < m_characters.size() / 2) {
        return;
    }
    std::vector<char> kept;
    kept.reserve((m_characters.size() - m_dead) * 5 / 4);
    for (Label &label : m_labels) {
        if (label.id > 0) {
            const auto from = m_characters.begin() + label.offset;
            const auto length = std::ptrdiff_t(lengthOf(label));
            label.offset = std::uint32_t(kept.size());
            kept.insert(kept.end(), from, from + length);
        }
    }
    m_characters = std::move(kept);
    m_dead = 0;
}

}
