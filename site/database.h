// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>

struct sqlite3;
struct sqlite3_stmt;

namespace portulan::site {

/// One prepared statement: bind in order, step through the rows, read columns. Lives no longer than its Database's lock.
class Statement {
public:
    Statement &operator<<(std::int64_t value);
    Statement &operator<<(std::string_view text);
    Statement &operator<<(std::span<const std::byte> bytes);
    /// To be bound and stepped once more.
    void reset();
    /// True while there is a row. DiskFull or Internal{file} otherwise.
    Result<bool> step();
    /// Steps once and expects no row.
    Result<> run();
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::string bytes(int column) const; ///< of a blob, or of NULL, which has none

private:
    friend class Database;
    Statement(sqlite3 *database, sqlite3_stmt *statement, Problem problem);
    sqlite3 *m_database;
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt *)> m_statement;
    Problem m_problem; ///< of preparing, reported by step()
    int m_bound = 0;
};

/// One SQLite file of the gateway: WAL, synchronous=FULL, so that a committed write is on the disk. Not locked: its owner does that.
class Database {
public:
    /// Opens or creates `path` (mode 0600) and runs `schema`, which must be harmless when repeated. DiskFull, Internal{file}.
    static Result<Database> open(const std::string &path, const std::string &schema);

    Statement prepare(const char *sql) const;
    /// Runs `work` in one transaction: all of it or nothing.
    Result<> transact(const std::function<Result<>()> &work) const;
    std::int64_t lastRow() const;

private:
    explicit Database(sqlite3 *database);
    Result<> run(const char *sql) const;
    std::unique_ptr<sqlite3, int (*)(sqlite3 *)> m_database;
};

}
