// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"
#include "site/database.h"
#include "site/driver.h"

namespace portulan::site {

/// A data set that arrives in lots: which of its objects came with which, and what they hold once their lot is whole. Kept in a file of SQLite
/// beside the journal, not in memory: there may be millions. Locked by its owner.
class IncomingLots {
public:
    IncomingLots(std::string directory, std::string migration)
        : m_directory(std::move(directory))
        , m_migration(std::move(migration))
    {
    }
    /// What an earlier life of the gateway left. Malformed, DiskFull, Internal.
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
    Result<FoundDisks> found() const;
    std::string logFile() const; ///< of the last one
    /// Lets go of the file, which may then be removed.
    void release() { m_database.reset(); }

private:
    Result<> open();
    std::string file() const { return m_directory + '/' + m_migration + ".lot-list"; }
    Result<> forget(const std::vector<std::string> &keys) const;
    Result<> note(const Lot &lot) const;

    std::string m_directory;
    std::string m_migration;
    Lot m_lot;
    bool m_isWhole = true;
    std::optional<Database> m_database;
};

/// Integrity{where, expected, found} if what is on disk of an object is not what its own digest says, wherever that went wrong. An object
/// without one is believed.
Result<> checkObject(Driver &driver, const ObjectId &dataSet, const DataObject &object);

}
