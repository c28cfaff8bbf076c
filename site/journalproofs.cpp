// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the journal keeps to be shown: certificates, and what becomes of the copies that migrations leave behind.
#include "site/journaldata.h"

namespace portulan::site {

/// One signed text a migration, whatever else is said later.
Result<> Journal::Data::keep(const char *find, const char *insert, std::string_view migration, std::string_view text) const
{
    return database.transact([&]() -> Result<> {
        auto known = database.prepare(find);
        known << migration;
        const auto row = known.step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (*row) {
            return known.text(0) == text ? Result<>()
                                         : refuse(Reason::Conflict, {{"migration", std::string(migration)}}, "signed already, otherwise");
        }
        auto fresh = database.prepare(insert);
        fresh << text << migration;
        return fresh.run();
    });
}

Result<std::string> Journal::Data::kept(const char *find, std::string_view migration) const
{
    auto rows = database.prepare(find);
    rows << migration;
    const auto row = rows.step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? Result<std::string>(rows.text(0))
                : refuse(Reason::NotFound, {{"id", std::string(migration)}, {"migration", std::string(migration)}});
}

Result<> Journal::putCertificate(std::string_view migration, std::string_view text)
{
    const std::lock_guard lock(m_data->mutex);
    auto done = m_data->keep(
        "SELECT text FROM certificate WHERE migration=?", "INSERT INTO certificate(text, migration) VALUES(?,?)", migration, text);
    return done ? m_data->forgetStatement(migration) : done;
}

Result<> Journal::Data::forgetStatement(std::string_view migration) const
{
    auto row = database.prepare("DELETE FROM statement WHERE migration=?");
    row << migration;
    return row.run();
}

Result<> Journal::putStatement(std::string_view migration, std::string_view text)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("INSERT OR REPLACE INTO statement VALUES(?,?)");
    row << migration << text;
    return row.run();
}

Result<> Journal::forgetStatement(std::string_view migration)
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->forgetStatement(migration);
}

Result<std::string> Journal::statement(std::string_view migration) const
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->kept("SELECT text FROM statement WHERE migration=?", migration);
}

Result<std::string> Journal::certificate(std::string_view migration) const
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->kept("SELECT text FROM certificate WHERE migration=?", migration);
}

Result<> Journal::noteErasing(std::string_view migration, std::string_view draft)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("INSERT OR IGNORE INTO erasure VALUES(?,?,0,'')");
    row << migration << draft;
    return row.run();
}

Result<> Journal::noteErased(std::string_view migration, std::string_view draft)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("UPDATE erasure SET erased=1, draft=? WHERE migration=? AND erased=0");
    row << draft << migration;
    return row.run();
}

Result<std::vector<ErasureNote>> Journal::Data::erasures(Statement &rows) const
{
    std::vector<ErasureNote> found;
    for (;;) {
        const auto row = rows.step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            return found;
        }
        found.push_back({rows.text(0), rows.text(1), rows.integer(2) != 0});
    }
}

Result<std::optional<ErasureNote>> Journal::erasing(std::string_view migration) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT migration, draft, erased FROM erasure WHERE migration=?");
    rows << migration;
    return m_data->erasures(rows).map(
        [](std::vector<ErasureNote> found) { return found.empty() ? std::nullopt : std::optional(std::move(found.front())); });
}

Result<std::vector<ErasureNote>> Journal::unrecordedErasures(std::size_t limit) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT migration, draft, erased FROM erasure WHERE text='' ORDER BY migration LIMIT ?");
    rows << std::int64_t(limit);
    return m_data->erasures(rows);
}

Result<> Journal::putErasure(std::string_view migration, std::string_view text)
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->keep(
        "SELECT text FROM erasure WHERE migration=? AND text<>''", "UPDATE erasure SET text=? WHERE migration=? AND erased=1", migration, text);
}

Result<std::string> Journal::erasure(std::string_view migration) const
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->kept("SELECT text FROM erasure WHERE migration=? AND text<>''", migration);
}

}
