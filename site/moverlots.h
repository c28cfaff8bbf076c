// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"
#include "site/database.h"
#include "site/driver.h"

#include <mutex>
#include <optional>
#include <set>

namespace portulan::site {

/// What the source of a data set that goes in lots knows to have arrived, object by object. Kept in a file of SQLite, not in memory: there may
/// be millions. A restart sends no more than the last lot again.
class LotLedger {
public:
    /// Reads what an earlier life of the gateway left. DiskFull, Internal{file}.
    static Result<std::unique_ptr<LotLedger>> open(const std::string &file);

    struct Arrived {
        DataObject object; ///< as it was listed when it was sent
        Digest root {};
        bool isVoid = false; ///< it was gone when its turn came: what is there of it says nothing
    };
    /// A lot has arrived. Durable on return.
    Result<> close(std::uint64_t lot, const std::vector<std::string> &gone, const std::vector<Arrived> &arrived);
    std::uint64_t lastLot() const { return m_lastLot; } ///< 0: none
    /// All that is there, in key order.
    Result<FoundDisks> found() const;

private:
    friend class LotWalk;
    struct Known {
        std::string key;
        std::string version; ///< of versionOf(); zeros: void
    };
    explicit LotLedger(Database database)
        : m_database(std::move(database))
    {
    }
    Result<std::vector<Known>> after(const std::string &key, std::size_t limit) const;
    Result<> note(std::uint64_t lot, const std::vector<std::string> &gone, const std::vector<Arrived> &arrived);
    static std::string versionOf(const DataObject &object);

    Database m_database;
    std::uint64_t m_lastLot = 0;
};

/// A way through a data set in key order, from difference to difference between what it holds and what has arrived.
class LotWalk {
public:
    LotWalk(Driver &driver, ObjectId dataSet, const LotLedger &ledger)
        : m_driver(driver)
        , m_dataSet(std::move(dataSet))
        , m_ledger(ledger)
    {
    }
    struct Step {
        std::string key;
        std::optional<DataObject> now; ///< nothing: it is gone
    };
    bool isOver() const { return m_over; }
    /// Those of the next thousand objects at most; there may be none among them.
    Result<std::vector<Step>> next();

private:
    Driver &m_driver;
    ObjectId m_dataSet;
    const LotLedger &m_ledger;
    std::string m_after;
    bool m_over = false;
};

/// How much differs.
struct LotsLeft {
    std::int64_t count = 0; ///< objects put, replaced or deleted
    std::int64_t bytes = 0;
    /// What it costs to send them, in bytes: an object is more than what is in it.
    std::int64_t weight() const { return bytes + count * 16384; }
};
Result<LotsLeft> lotsLeft(Driver &driver, const ObjectId &dataSet, const LotLedger &ledger);

/// What one migration keeps in mind of its lots while it runs.
struct LotsUnderWay {
    std::unique_ptr<LotLedger> ledger;
    struct Open {
        std::uint64_t number = 0;
        std::vector<std::string> gone;
        std::vector<DataObject> objects;
    };
    std::optional<Open> open;
    std::mutex mutex; ///< vanished
    std::set<std::size_t> vanished; ///< of the open one's objects; told by the threads that send
    LotsLeft sent; ///< with lots that are closed, as it was listed
    std::int64_t bytes = 0; ///< of them
    std::int64_t wire = 0;
};

std::string lotLedgerFile(const std::string &directory, const std::string &migration);
void removeLotLedger(const std::string &file);

}
