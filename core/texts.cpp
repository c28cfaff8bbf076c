// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/texts.h"

#include "core/siphash.h"

namespace portulan {

Texts::Texts()
{
    m_entries.push_back({0, 0, 1});
}

Ref Texts::acquire(std::string_view text)
{
    if (text.empty()) {
        return 0;
    }
    if (const Ref known = find(text); known != none) {
        ++m_entries[known].holders;
        return known;
    }
    const Ref ref = m_free != none ? m_free : Ref(m_entries.size());
    if (ref == m_free) {
        m_free = m_entries[ref].offset;
    } else {
        growFor(m_entries, m_entries.size() + 1);
        m_entries.emplace_back();
    }
    growFor(m_characters, m_characters.size() + text.size());
    m_entries[ref] = {std::uint32_t(m_characters.size()), std::uint32_t(text.size()), 1};
    m_characters.insert(m_characters.end(), text.begin(), text.end());
    m_index.insert(ref, [this](Ref r) { return keyedHash(at(r)); });
    return ref;
}

Ref Texts::hold(Ref ref)
{
    ++m_entries[ref].holders;
    return ref;
}

void Texts::release(Ref ref)
{
    if (ref == 0 || --m_entries[ref].holders > 0) { // "" stays whatever its count says
        return;
    }
    m_index.erase(ref, [this](Ref r) { return keyedHash(at(r)); });
    m_dead += m_entries[ref].length;
    m_entries[ref] = {m_free, 0, 0};
    m_free = ref;
    if (m_dead > 65536 && m_dead > m_characters.size() / 2) {
        compact();
    }
}

Ref Texts::find(std::string_view text) const
{
    return text.empty() ? 0 : m_index.find(keyedHash(text), [&](Ref ref) { return at(ref) == text; });
}

void Texts::compact()
{
    std::vector<char> kept;
    kept.reserve((m_characters.size() - m_dead) * 5 / 4);
    for (Entry &entry : m_entries) {
        if (entry.holders > 0) {
            const auto from = m_characters.begin() + entry.offset;
            entry.offset = std::uint32_t(kept.size());
            kept.insert(kept.end(), from, from + entry.length);
        }
    }
    m_characters = std::move(kept);
    m_dead = 0;
}

std::size_t Texts::memoryBytes() const
{
    return m_entries.capacity() * sizeof(Entry) + m_characters.capacity() + m_index.memoryBytes();
}

}
