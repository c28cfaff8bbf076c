// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a destination holds of a migration: what it tells its source of it, and what it takes back of it.
#include "site/arrivalsincoming.h"

#include <algorithm>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr std::size_t leastRuns = 1000; // worth a place in an answer

/// What a parcel costs in an answer beside its runs, counted in runs.
std::size_t overhead(const Parcel &parcel)
{
    return 8 + parcel.key.size() / 4;
}
}

Result<Arrivals::Had> Incoming::progress(Arrivals::Place from)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    Arrivals::Had had {m_step, {}, {}};
    if (!m_receiving) {
        return had;
    }
    if (auto noted = m_receiving->checkpoint(); !noted && noted.error().reason != Reason::Integrity) { // what is wrong is told as stale
        return unexpected(noted.error());
    }
    const auto &parcels = m_receiving->parcels();
    auto room = Receiving::mostRuns;
    for (; from.parcel < parcels.size(); from = {from.parcel + 1, 0}) {
        auto runs = m_receiving->runs(from.parcel, from.chunk, room);
        room -= std::min(room, runs.have.size() + runs.stale.size() + overhead(parcels[from.parcel]));
        const bool whole = runs.reached == parcels[from.parcel].chunks();
        if (!runs.have.empty() || !runs.stale.empty()) {
            had.parcels.push_back({from.parcel, parcels[from.parcel].key, std::move(runs.have), std::move(runs.stale)});
        }
        if (!whole || room < leastRuns) {
            had.next = whole ? Arrivals::Place {from.parcel + 1, 0} : Arrivals::Place {from.parcel, runs.reached};
            return had;
        }
    }
    return had;
}

Result<std::vector<Receiving::ChunkPrints>> Incoming::fingerprints(Arrivals::Place from, std::uint32_t count)
{
    std::shared_ptr<Receiving> receiving; // another step need not wait until a disk is read
    {
        const std::scoped_lock door(m_door);
        receiving = m_receiving;
    }
    heard();
    return receiving ? receiving->fingerprints(from.parcel, from.chunk, count)
                     : refuse(Reason::NotReady, {{"state", std::string(toString(m_step.load()))}});
}

/// Nobody is connected. What was verified is the whole of a machine that is down: a call that was long on its way changes nothing of it.
Result<> Incoming::revise(const Arrivals::Revision &revision)
{
    if (m_step >= Verified) {
        return {};
    }
    if (!revision.renewal.empty() && revision.renewal != m_renewal) {
        if (auto done = m_receiving->takeBackAll(); !done) {
            return done;
        }
        m_renewal = revision.renewal;
    }
    const auto &parcels = m_receiving->parcels();
    for (const auto &[key, runs] : revision.stale) {
        const auto at = std::ranges::find(parcels, key, &Parcel::key);
        auto done = at == parcels.end() ? refuse(Reason::Malformed, {{"file", "reservation"}, {"expected", "a disk of the migration"}})
                                        : m_receiving->takeBack(std::size_t(at - parcels.begin()), runs);
        if (!done) {
            return done;
        }
    }
    return {};
}

}
