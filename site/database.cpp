// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/database.h"

#include <cerrno>
#include <sqlite3.h>
#include <sys/stat.h>

namespace portulan::site {

namespace {

/// Also a quota or a limit of the file's size: to whoever wants to write it is the same. SQLite tells only by errno what an I/O error was.
bool isFull(int code, int error)
{
    return (code & 0xff) == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && (error == ENOSPC || error == EDQUOT || error == EFBIG));
}

Problem problemOf(sqlite3 *database, int code)
{
    const int error = errno; // before anything else touches it
    const char *file = database ? sqlite3_db_filename(database, "main") : nullptr;
    Problem problem {isFull(code, error) ? Reason::DiskFull : Reason::Internal, {}, {}};
    if (file) {
        problem.facts["file"] = file;
    }
    problem.detail = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return problem;
}

}

Statement::Statement(sqlite3 *database, sqlite3_stmt *statement, Problem problem)
    : m_database(database)
    , m_statement(statement, sqlite3_finalize)
    , m_problem(std::move(problem))
{
}

Statement &Statement::operator<<(std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), ++m_bound, value);
    return *this;
}

Statement &Statement::operator<<(std::string_view text)
{
    sqlite3_bind_text64(m_statement.get(), ++m_bound, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement &Statement::operator<<(std::span<const std::byte> bytes)
{
    sqlite3_bind_blob64(
        m_statement.get(), ++m_bound, bytes.data() ? bytes.data() : reinterpret_cast<const std::byte *>(""), bytes.size(), SQLITE_TRANSIENT);
    return *this;
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    m_bound = 0;
}

Result<bool> Statement::step()
{
    if (!m_statement) {
        return tl::unexpected(m_problem);
    }
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return tl::unexpected(problemOf(m_database, code));
}

Result<> Statement::run()
{
    return step().map([](bool) {});
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))) : std::string();
}

std::string Statement::bytes(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))) : std::string();
}

Database::Database(sqlite3 *database)
    : m_database(database, sqlite3_close_v2)
{
}

Result<Database> Database::open(const std::string &path, const std::string &schema)
{
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    Database database(raw);
    if (code != SQLITE_OK) {
        Problem problem = problemOf(raw, code);
        problem.facts["file"] = path;
        return tl::unexpected(problem);
    }
    ::chmod(path.c_str(), 0600);
    sqlite3_busy_timeout(raw, 5000);
    for (const char *sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", schema.c_str()}) {
        if (auto done = database.run(sql); !done) {
            return tl::unexpected(done.error());
        }
    }
    return database;
}

Statement Database::prepare(const char *sql) const
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v2(m_database.get(), sql, -1, &statement, nullptr);
    return {m_database.get(), statement, code == SQLITE_OK ? Problem {} : problemOf(m_database.get(), code)};
}

Result<> Database::run(const char *sql) const
{
    const int code = sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<>() : tl::unexpected(problemOf(m_database.get(), code));
}

Result<> Database::transact(const std::function<Result<>()> &work) const
{
    if (auto begun = run("BEGIN IMMEDIATE"); !begun) {
        return begun;
    }
    auto done = work();
    if (done) {
        done = run("COMMIT");
    }
    if (!done && !sqlite3_get_autocommit(m_database.get())) {
        (void)run("ROLLBACK");
    }
    return done;
}

std::int64_t Database::lastRow() const
{
    return sqlite3_last_insert_rowid(m_database.get());
}

}
