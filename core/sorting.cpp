// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/sorting.h"

#include "core/folding.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace portulan {

namespace {

/// Signed to unsigned, keeping the order.
std::uint64_t lifted(std::int64_t number)
{
    return std::uint64_t(number) ^ std::uint64_t {1} << 63;
}

constexpr std::size_t wordBytes = 8;
constexpr std::size_t worthRadix = 2048;

}

void sort(std::vector<Slot> &slots, const Inventory &inventory, ObjectKind kind, SortKey key, bool descending)
{
    Sorting sorting(inventory, kind, key, descending);
    sorting.add(slots);
    slots = std::move(sorting).sorted();
}

Sorting::Sorting(const Inventory &inventory, ObjectKind kind, SortKey key, bool descending)
    : m_inventory(&inventory)
    , m_kind(kind)
    , m_key(key)
    , m_descending(descending)
{
}

void Sorting::add(std::span<const Slot> slots)
{
    const auto rows = m_inventory->rows(m_kind);
    m_entries.reserve(m_entries.size() + slots.size());
    m_keys.reserve(m_keys.size() + slots.size() * 40);
    for (const Slot slot : slots) {
        const Row &row = rows[slot];
        m_entries.push_back({numberOf(row), slot, std::uint32_t(m_keys.size() / wordBytes)});
        appendKey(row);
    }
}

std::uint64_t Sorting::numberOf(const Row &row)
{
    switch (m_key) {
    case SortKey::Name:
        return 0;
    case SortKey::Site:
    case SortKey::Project:
    case SortKey::Country:
        return ordinalOf(row);
    case SortKey::Classification:
        return std::uint64_t(row.classification);
    case SortKey::State:
        return std::uint64_t(row.state);
    case SortKey::Verdict:
        return std::uint64_t(row.verdict);
    case SortKey::Count:
        return lifted(row.count);
    case SortKey::Ram:
        return lifted(row.ramBytes);
    case SortKey::Bytes:
        return lifted(row.bytes);
    case SortKey::Changed:
        return lifted(row.changedAt);
    }
    return 0;
}

std::uint64_t Sorting::ordinalOf(const Row &row)
{
    const std::uint64_t place = std::uint64_t(row.site) << 32 | (m_key == SortKey::Project ? row.project : 0);
    const auto at = std::ranges::lower_bound(m_ordinals, place, {}, &std::pair<std::uint64_t, std::uint64_t>::first);
    if (at != m_ordinals.end() && at->first == place) {
        return at->second;
    }
    const std::string_view siteId = m_inventory->text(row.site);
    const Site *const site = m_inventory->site(siteId);
    std::string words;
    if (m_key == SortKey::Country) {
        words = site ? site->place.country : std::string();
    } else {
        const std::string_view id = m_key == SortKey::Project ? m_inventory->text(row.project) : siteId;
        const Project *const project = m_key == SortKey::Project ? m_inventory->project(siteId, id) : nullptr;
        const bool hasName = m_key == SortKey::Project ? project != nullptr : site != nullptr;
        appendSortKey(words, fold(!hasName ? id : project ? std::string_view(project->name) : std::string_view(site->name)));
        words += '\x01';
        words += id;
    }
    m_places.push_back(std::move(words));
    m_ordinals.insert(at, {place, m_places.size() - 1});
    return m_places.size() - 1;
}

/// Ordinals (as met) become ranks (as sorted); the same words are the same rank.
void Sorting::rankPlaces()
{
    std::vector<std::size_t> order(m_places.size());
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::ranges::sort(order, {}, [this](std::size_t i) -> const std::string & { return m_places[i]; });
    std::vector<std::uint64_t> ranks(m_places.size());
    for (std::size_t i = 1; i < order.size(); ++i) {
        ranks[order[i]] = ranks[order[i - 1]] + (m_places[order[i]] != m_places[order[i - 1]]);
    }
    for (Entry &entry : m_entries) {
        entry.word = ranks[entry.word];
    }
}

void Sorting::appendKey(const Row &row)
{
    appendSortKey(m_keys, m_inventory->foldedName(row));
    m_keys += '\x01';
    m_keys += m_inventory->text(row.id);
    m_keys += '\x01';
    m_keys += m_inventory->text(row.site);
    m_keys.append(wordBytes - m_keys.size() % wordBytes, '\0'); // one NUL at least: it ends the key
}

std::uint64_t Sorting::wordAt(std::size_t index) const
{
    const auto *const bytes = reinterpret_cast<const unsigned char *>(m_keys.data()) + index * wordBytes;
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < wordBytes; ++i) {
        word = word << 8 | bytes[i];
    }
    return word;
}

std::vector<Slot> Sorting::sorted() &&
{
    if (!m_places.empty()) {
        rankPlaces();
    }
    const bool byName = m_key == SortKey::Name;
    m_scratch.resize(m_entries.size());
    if (byName) {
        for (Entry &entry : m_entries) {
            entry.word = wordAt(entry.key);
        }
        refine(m_entries, 1);
    } else {
        for (Entry &entry : m_entries) {
            entry.word = m_descending ? ~entry.word : entry.word;
        }
        order(m_entries);
        for (std::size_t from = 0, to = 0; from < m_entries.size(); from = to) {
            const std::uint64_t number = m_entries[from].word;
            for (; to < m_entries.size() && m_entries[to].word == number; ++to) {
                m_entries[to].word = wordAt(m_entries[to].key);
            }
            refine(std::span(m_entries).subspan(from, to - from), 1);
        }
    }
    std::vector<Slot> slots(m_entries.size());
    std::ranges::transform(m_entries, slots.begin(), &Entry::slot);
    if (byName && m_descending) {
        std::ranges::reverse(slots);
    }
    return slots;
}

/// By their words. Large ones byte by byte from the least, leaving out the bytes in which all agree.
void Sorting::order(std::span<Entry> entries)
{
    if (entries.size() < worthRadix) {
        std::ranges::sort(entries, {}, &Entry::word);
        return;
    }
    std::array<std::array<std::uint32_t, 256>, wordBytes> counts {};
    for (const Entry &entry : entries) {
        for (std::size_t byte = 0; byte < wordBytes; ++byte) {
            ++counts[byte][entry.word >> 8 * byte & 0xFF];
        }
    }
    std::span<Entry> from = entries;
    std::span<Entry> to = std::span(m_scratch).first(entries.size());
    for (std::size_t byte = 0; byte < wordBytes; ++byte) {
        auto &count = counts[byte];
        if (count[from.front().word >> 8 * byte & 0xFF] == entries.size()) {
            continue;
        }
        std::exclusive_scan(count.begin(), count.end(), count.begin(), 0u);
        for (const Entry &entry : from) {
            to[count[entry.word >> 8 * byte & 0xFF]++] = entry;
        }
        std::swap(from, to);
    }
    if (from.data() != entries.data()) {
        std::ranges::copy(from, entries.begin());
    }
}

/// Sorts entries whose keys agree before word `depth` - 1, which they hold; then, where that word is the same, by the next ones.
void Sorting::refine(std::span<Entry> entries, std::uint32_t depth)
{
    order(entries);
    for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
        const std::uint64_t word = entries[from].word;
        while (to < entries.size() && entries[to].word == word) {
            ++to;
        }
        const bool ended = (word & 0xFF) == 0;
        if (to - from == 1 || ended) {
            continue;
        }
        const auto same = entries.subspan(from, to - from);
        for (Entry &entry : same) {
            entry.word = wordAt(entry.key + depth);
        }
        refine(same, depth + 1);
    }
}

}
