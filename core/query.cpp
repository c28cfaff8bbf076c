// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/query.h"

#include "core/folding.h"
#include "core/queryterm.h"

#include <algorithm>
#include <unordered_map>

namespace portulan {

namespace {

bool hasStar(std::string_view word)
{
    return word.find('*') != std::string_view::npos;
}

/// A bare word is anywhere in a name or id, star or not; a named one with a star is the whole of it.
bool textMatches(QueryKey key, std::string_view text, const std::string &word)
{
    if (!hasStar(word)) {
        return text.find(word) != std::string_view::npos;
    }
    return matchesPattern(text, key == QueryKey::Any ? '*' + word + '*' : word);
}

bool compare(std::int64_t value, Comparison comparison, const std::vector<std::int64_t> &numbers)
{
    switch (comparison) {
    case Comparison::Less:
        return value < numbers.front();
    case Comparison::LessOrEqual:
        return value <= numbers.front();
    case Comparison::Greater:
        return value > numbers.front();
    case Comparison::GreaterOrEqual:
        return value >= numbers.front();
    case Comparison::Equal:
        break;
    }
    return std::ranges::find(numbers, value) != numbers.end();
}

bool anyIs(const QueryTerm &term, std::string_view text)
{
    const std::string folded = fold(text);
    return std::ranges::any_of(term.words, [&](const std::string &word) { return matchesPattern(folded, word); });
}

/// Whether what a row stands in or belongs to (its site, project, country) is what the term asks for.
bool placeMatches(const QueryTerm &term, const Inventory &inventory, const Row &row)
{
    const std::string_view siteId = inventory.text(row.site);
    if (term.key == QueryKey::Project) {
        const std::string_view id = inventory.text(row.project);
        const Project *const project = inventory.project(siteId, id);
        return anyIs(term, id) || (project && anyIs(term, project->name));
    }
    const Site *const site = inventory.site(siteId);
    if (term.key == QueryKey::Country) {
        return site && anyIs(term, site->place.country);
    }
    return anyIs(term, siteId) || (site && anyIs(term, site->name));
}

bool isAboutText(const QueryTerm &term)
{
    return term.key == QueryKey::Any || term.key == QueryKey::Name || term.key == QueryKey::Id;
}
bool isAboutPlace(const QueryTerm &term)
{
    return term.key == QueryKey::Site || term.key == QueryKey::Project || term.key == QueryKey::Country;
}

bool rowMatches(const QueryTerm &term, const Inventory &inventory, const Row &row)
{
    const auto isIn = [&](auto value) { return (term.mask >> int(value) & 1u) == 1; };
    switch (term.key) {
    case QueryKey::Any:
    case QueryKey::Name:
    case QueryKey::Id:
        return std::ranges::any_of(term.words, [&](const std::string &word) {
            return (term.key != QueryKey::Id && textMatches(term.key, inventory.foldedName(row), word))
                || (term.key != QueryKey::Name && textMatches(term.key, inventory.text(row.id), word));
        });
    case QueryKey::Site:
    case QueryKey::Project:
    case QueryKey::Country:
        return placeMatches(term, inventory, row);
    case QueryKey::Kind:
        return isIn(row.kind);
    case QueryKey::Class:
        return isIn(row.classification);
    case QueryKey::State:
        return row.kind == ObjectKind::Instance && isIn(row.state);
    case QueryKey::Verdict:
        return isIn(row.verdict);
    case QueryKey::Custody:
        return isIn(row.custody);
    case QueryKey::Count:
        return compare(row.count, term.comparison, term.numbers);
    case QueryKey::Ram:
        return compare(row.ramBytes, term.comparison, term.numbers);
    case QueryKey::Size:
        return compare(row.bytes, term.comparison, term.numbers);
    }
    return false;
}

/// A term asked of a million rows: what depends on few places is worked out once for each.
class RowTest {
public:
    RowTest(const QueryTerm &term, const Inventory &inventory)
        : m_term(term)
        , m_inventory(inventory)
    {
    }
    bool operator()(const Row &row)
    {
        if (!isAboutPlace(m_term)) {
            return rowMatches(m_term, m_inventory, row) != m_term.negated;
        }
        const std::uint64_t place = std::uint64_t(row.site) << 32 | (m_term.key == QueryKey::Project ? row.project : 0);
        if (place != m_lastPlace) {
            const auto [at, isNew] = m_known.try_emplace(place, false);
            if (isNew) {
                at->second = placeMatches(m_term, m_inventory, row);
            }
            m_lastPlace = place;
            m_lastAnswer = at->second;
        }
        return m_lastAnswer != m_term.negated;
    }

private:
    const QueryTerm &m_term;
    const Inventory &m_inventory;
    std::unordered_map<std::uint64_t, bool> m_known;
    std::uint64_t m_lastPlace = ~std::uint64_t {0};
    bool m_lastAnswer = false;
};

/// Terms that the inventory's own text search answers for all rows at once.
bool isSearchable(const QueryTerm &term)
{
    return isAboutText(term) && std::ranges::none_of(term.words, hasStar);
}

using Bits = std::vector<std::uint64_t>;
void narrow(Bits &candidates, const QueryTerm &term, const Inventory &inventory, ObjectKind kind)
{
    Bits found(candidates.size());
    for (const std::string &word : term.words) {
        inventory.markContaining(found, kind, word, term.key != QueryKey::Id, term.key != QueryKey::Name);
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        candidates[i] &= term.negated ? ~found[i] : found[i];
    }
}

}

struct Query::Data {
    std::vector<QueryTerm> terms;
};

Query::Query()
    : m_data(std::make_unique<const Data>())
{
}
Query::~Query() = default;
Query::Query(Query &&) noexcept = default;
Query &Query::operator=(Query &&) noexcept = default;

Result<Query> Query::parse(std::string_view text)
{
    auto terms = parseQuery(text);
    if (!terms) {
        return unexpected(terms.error());
    }
    Query query;
    query.m_data = std::make_unique<const Data>(Data {std::move(*terms)});
    return query;
}

bool Query::isEmpty() const
{
    return m_data->terms.empty();
}

bool Query::matches(const Inventory &inventory, const Row &row) const
{
    return row.alive && std::ranges::all_of(m_data->terms, [&](const QueryTerm &term) { return rowMatches(term, inventory, row) != term.negated; });
}

std::vector<Slot> Query::select(const Inventory &inventory, ObjectKind kind) const
{
    const auto rows = inventory.rows(kind);
    Bits candidates((rows.size() + 63) / 64, ~std::uint64_t {0});
    std::vector<RowTest> tests;
    bool areAlive = false; // what was found by its text is
    for (const QueryTerm &term : m_data->terms) {
        if (isSearchable(term)) {
            narrow(candidates, term, inventory, kind);
            areAlive = areAlive || !term.negated;
        } else {
            tests.emplace_back(term, inventory);
        }
    }
    std::vector<Slot> slots;
    slots.reserve(inventory.count(kind));
    for (std::size_t word = 0; word < candidates.size(); ++word) {
        for (std::uint64_t bits = candidates[word]; bits != 0; bits &= bits - 1) {
            const auto slot = Slot(word * 64 + std::size_t(std::countr_zero(bits)));
            if (slot >= rows.size()) {
                break;
            }
            if ((areAlive || rows[slot].alive) && std::ranges::all_of(tests, [&](RowTest &test) { return test(rows[slot]); })) {
                slots.push_back(slot);
            }
        }
    }
    return slots;
}

}
