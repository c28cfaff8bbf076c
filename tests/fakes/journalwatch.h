// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <sqlite3.h>
#include <string>

namespace portulan::test {

/// Sees what a journal (site/journal) writes of migrations and erasures, in every life of its gateway: asks "journal verified" before a step is
/// written and "journal verified done" once it is durable; "journal aborting" is a decision noted with the step that was. What is refused, or
/// asked of a gateway that `mayWrite` no longer, is not written.
class JournalWatch {
public:
    using Asked = std::function<Result<>(const std::string &call)>;
    JournalWatch(const std::string &directory, Asked asked, std::function<bool()> mayWrite)
        : m_path(directory + "/journal.db")
        , m_asked(std::move(asked))
        , m_mayWrite(std::move(mayWrite))
    {
        const std::scoped_lock lock(mutex);
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&JournalWatch::opened));
        watches[m_path] = this;
    }
    ~JournalWatch()
    {
        const std::scoped_lock lock(mutex);
        watches.erase(m_path);
    }
    JournalWatch(const JournalWatch &) = delete;
    JournalWatch &operator=(const JournalWatch &) = delete;

private:
    static int opened(sqlite3 *database, const char **, const sqlite3_api_routines *)
    {
        const auto *path = sqlite3_db_filename(database, "main");
        const std::scoped_lock lock(mutex);
        if (const auto at = watches.find(path ? path : ""); at != watches.end()) {
            sqlite3_trace_v2(database, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, &JournalWatch::traced, at->second);
            sqlite3_commit_hook(database, &JournalWatch::commits, at->second);
        }
        return SQLITE_OK;
    }
    /// In the thread that writes, which holds the database.
    static int traced(unsigned what, void *self, void *statement, void *)
    {
        auto &watch = *static_cast<JournalWatch *>(self);
        auto *const row = static_cast<sqlite3_stmt *>(statement);
        if (what == SQLITE_TRACE_PROFILE && watch.m_isKept && !watch.m_written.empty()) {
            (void)watch.m_asked(std::exchange(watch.m_written, {}) + " done");
        } else if (what == SQLITE_TRACE_STMT && sqlite3_sql(row) != std::string_view("COMMIT")) {
            watch.m_written = nameOf(row);
            watch.m_isKept = false;
            watch.m_isRefused = !watch.m_written.empty() && !watch.m_asked(watch.m_written);
        }
        return 0;
    }
    static int commits(void *self)
    {
        auto &watch = *static_cast<JournalWatch *>(self);
        watch.m_isKept = !watch.m_isRefused && watch.m_mayWrite();
        return watch.m_isKept ? 0 : 1;
    }
    static std::string nameOf(sqlite3_stmt *statement)
    {
        const std::string sql = sqlite3_sql(statement);
        const auto begins = [&sql](const char *with) { return sql.starts_with(with); };
        if (!begins("INSERT OR REPLACE INTO migration ")) {
            return begins("INSERT OR IGNORE INTO erasure") ? "journal erasing"
                : begins("UPDATE erasure SET erased=1")    ? "journal erased"
                : begins("UPDATE erasure SET text")        ? "journal erasure"
                : begins("INSERT INTO certificate")        ? "journal certificate"
                                                           : "";
        }
        const std::unique_ptr<char, void (*)(void *)> whole(sqlite3_expanded_sql(statement), sqlite3_free);
        const std::string row = whole.get();
        const auto word = row.find(",'") + 2; // id, source, step, payload
        const auto step = row.substr(word, row.find('\'', word) - word);
        const bool aborts = step != "aborted" && row.find("\"aborting\":{") != row.npos;
        return "journal " + (aborts ? "aborting" : row.find("\"dropping\":true") != row.npos && step != "aborted" ? "dropping" : step);
    }

    static inline std::mutex mutex;
    static inline std::map<std::string, JournalWatch *> watches;
    const std::string m_path;
    const Asked m_asked;
    const std::function<bool()> m_mayWrite;
    std::string m_written; ///< by the statement that runs
    bool m_isKept = false, m_isRefused = false;
};

}
