// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"

namespace portulan::site {

/// A data set that arrives in lots: which of its objects came with which, and what they hold once their lot is whole. Each lot is a file beside
/// the journal, written before the lot is begun; what arrived of it is another, written when it is whole. Locked by its owner.
class IncomingLots {
public:
    IncomingLots(std::string directory, std::string migration)
        : m_directory(std::move(directory))
        , m_migration(std::move(migration))
    {
    }
    /// What an earlier life of the gateway left. Malformed.
    Result<> load();
    std::uint64_t number() const { return m_lot.number; } ///< of the last one; 0: it comes whole
    bool isWhole() const { return m_isWhole; } ///< all of the last one is here
    /// The last one as the driver takes it: what goes includes what came with lots that are void.
    const Lot &lot() const { return m_lot; }
    /// Notes what arrived of the last one, in the order of its objects. Without a root: not what its digest says; a later lot must replace it.
    Result<> close(const std::vector<std::optional<Digest>> &roots);
    /// A new last one; what came after `after` is void. Durable on return. Conflict unless the lot before is whole or void.
    Result<> begin(Lot lot, std::uint64_t after);
    /// Whether a lot would leave all as it is, and the set as it was described last.
    bool changesNothing(const Lot &lot, std::uint64_t after) const;
    /// All there is, in key order; all lots must be whole. Untrusted{where} if something has no root.
    Result<std::vector<Arrivals::Claimed>> claims() const;
    std::string logFile() const; ///< of the last one

private:
    struct Entry {
        std::uint64_t lot = 0;
        std::uint64_t sizeBytes = 0;
        std::optional<Digest> root {};
    };
    void apply(Lot lot, std::uint64_t after);
    std::string file(std::uint64_t number, std::string_view ending) const;

    std::string m_directory;
    std::string m_migration;
    Lot m_lot;
    bool m_isWhole = true;
    std::map<std::string, Entry> m_entries;
};

/// Integrity{where, expected, found} if what is on disk of an object is not what its own digest says, wherever that went wrong. An object
/// without one is believed.
Result<> checkObject(Driver &driver, const ObjectId &dataSet, const DataObject &object);

}
