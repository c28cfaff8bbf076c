// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"

namespace portulan {

/// The inventory's query language, as typed: `site:lyon class:health state:running cpu>8 "web 1" -label`.
/// Terms are joined by AND; a leading `-` negates; `a,b` after the colon means either. Nothing depends on case or accents.
/// - A bare word is contained in the name or the id; so are name: and id: in theirs. With a `*`, these two are the whole of it (name:web-*).
/// - site, project, country: the id or the display name, whole unless it has a `*`.
/// - kind, class, state, verdict, custody: the beginning of a word ("health" = health_fr, health_de); a whole word is that one alone.
/// - cpu (also objects, nodes, rules), ram, size: numbers with :, >, <, >=, <=; 4G = 4GiB = 2^32, 4GB = 4Go = 4·10^9.
/// French keys are understood too: projet, genre, classe, etat, nom, pays, garde, memoire, taille.
class Query {
public:
    Query();
    ~Query();
    Query(Query &&) noexcept;
    Query &operator=(Query &&) noexcept;
    /// InvalidArgument{field="query", value=term, expected} on an unknown key, word or number.
    static Result<Query> parse(std::string_view text);
    bool isEmpty() const;
    /// Slots of rows(kind) that match, in slot order.
    std::vector<Slot> select(const Inventory &inventory, ObjectKind kind) const;
    bool matches(const Inventory &inventory, const Row &row) const;

private:
    struct Data;
    std::unique_ptr<const Data> m_data;
};

enum class SortKey { Name, Site, Project, Country, Classification, State, Verdict, Count, Ram, Bytes, Changed };
/// Sorts slots in place; equal keys by name then id. Names compare without case (ASCII and Latin folding), digits as numbers.
void sort(std::vector<Slot> &slots, const Inventory &inventory, ObjectKind kind, SortKey key, bool descending);

}
