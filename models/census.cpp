// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/census.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace portulan {

std::int64_t Census::Tally::judged() const
{
    return std::accumulate(byStatus.begin(), byStatus.end(), std::int64_t {0});
}

Status Census::Tally::worst() const
{
    const auto at = std::ranges::find_if(allStatuses, [this](Status status) { return of(status) > 0; });
    return at == allStatuses.end() ? Status::NotEvaluated : *at;
}

void Census::Tally::add(const Row &row)
{
    ++count[std::size_t(row.kind)];
    const bool isInstance = row.kind == ObjectKind::Instance;
    const bool isData = row.kind == ObjectKind::Volume || row.kind == ObjectKind::DataSet;
    if (!isInstance && !isData) {
        return;
    }
    ++byStatus[std::size_t(row.verdict)];
    ++byClass[std::size_t(row.classification)];
    running += isInstance && row.state == PowerState::Running ? 1 : 0;
    if (isData) {
        bytes += row.bytes;
        bytesByClass[std::size_t(row.classification)] += row.bytes;
    }
}

void Census::Tally::add(const Tally &other)
{
    const auto sum = [](auto &into, const auto &from) { std::ranges::transform(into, from, into.begin(), std::plus<>()); };
    sum(count, other.count);
    sum(byStatus, other.byStatus);
    sum(byClass, other.byClass);
    sum(bytesByClass, other.bytesByClass);
    running += other.running;
    bytes += other.bytes;
}

const Census::Tally &Census::site(std::string_view id) const
{
    static const Tally none;
    const auto at = bySite.find(id);
    return at == bySite.end() ? none : at->second;
}

Census Census::of(const Inventory &inventory)
{
    std::unordered_map<Ref, Tally> tallies;
    for (const ObjectKind kind : allObjectKinds) {
        Ref last = ~Ref {0};
        Tally *tally = nullptr;
        for (const Row &row : inventory.rows(kind)) {
            if (!row.alive) {
                continue;
            }
            if (tally == nullptr || row.site != last) {
                last = row.site;
                tally = &tallies[last];
            }
            tally->add(row);
        }
    }
    Census census;
    for (const auto &[ref, tally] : tallies) {
        census.bySite.emplace(inventory.text(ref), tally);
    }
    for (const auto &id : inventory.siteIds()) {
        const Tally &tally = census.bySite[id];
        const Site *site = inventory.site(id);
        census.byCountry[site == nullptr ? std::string() : site->place.country].add(tally);
        census.all.add(tally);
    }
    census.all.count[std::size_t(ObjectKind::Site)] = std::int64_t(inventory.siteIds().size());
    return census;
}

}
