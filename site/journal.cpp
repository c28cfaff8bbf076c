// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/journal.h"

#include "site/journaldata.h"
#include "site/operationrow.h"

namespace portulan::site {

namespace {

constexpr auto schema = R"(
CREATE TABLE IF NOT EXISTS operation(
  id TEXT PRIMARY KEY, caller TEXT NOT NULL, request TEXT NOT NULL, started INTEGER NOT NULL, over INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS operation_request ON operation(caller, request);
CREATE INDEX IF NOT EXISTS operation_started ON operation(over, started);
CREATE TABLE IF NOT EXISTS migration(
  id TEXT NOT NULL, source INTEGER NOT NULL, step TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY(id, source)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS certificate(migration TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS statement(migration TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasure(
  migration TEXT PRIMARY KEY, draft TEXT NOT NULL, erased INTEGER NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evacuation(operation TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evacuation_over(operation TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evacuation_move(
  operation TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(operation, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sample(
  at INTEGER PRIMARY KEY, used_vcpus INTEGER, used_ram INTEGER, used_storage INTEGER, total_vcpus INTEGER, total_ram INTEGER, total_storage INTEGER);
)";
constexpr std::int64_t dayMs = 24 * 3600 * 1000;
constexpr std::int64_t keptOver = 1000;

std::int64_t ms(Instant moment)
{
    return moment.time_since_epoch().count();
}

}

namespace {

Result<MigrationRecord> record(const Statement &row)
{
    const auto step = migrationStepFrom(row.text(2));
    if (!step) {
        return tl::unexpected(step.error());
    }
    return MigrationRecord {row.text(0), row.integer(1) != 0, *step, row.text(3)};
}

}

Result<std::vector<Operation>> Journal::Data::operations(Statement &rows) const
{
    std::vector<Operation> found;
    for (;;) {
        const auto row = rows.step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            return found;
        }
        auto operation = operationFrom(rows.text(0));
        if (!operation) {
            return tl::unexpected(operation.error());
        }
        found.push_back(std::move(*operation));
    }
}

Journal::Journal(std::unique_ptr<Data> data)
    : m_data(std::move(data))
{
}

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::string &path)
{
    auto database = Database::open(path, schema);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return std::unique_ptr<Journal>(new Journal(std::unique_ptr<Data>(new Data {{}, std::move(*database)})));
}

Result<> Journal::put(const Operation &operation)
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->database.transact([&]() -> Result<> {
        auto row = m_data->database.prepare("INSERT OR REPLACE INTO operation VALUES(?,?,?,?,?,?)");
        row << operation.id.id << operation.requestedBy << operation.requestId << ms(operation.startedAt) << std::int64_t(isOver(operation.state))
            << toRow(operation);
        if (auto done = row.run(); !done || !isOver(operation.state)) {
            return done;
        }
        // A request id is honoured for a day, so nothing younger is forgotten.
        auto forget = m_data->database.prepare("DELETE FROM operation WHERE over=1 AND started<? AND started<"
                                               "(SELECT started FROM operation WHERE over=1 ORDER BY started DESC LIMIT 1 OFFSET ?)");
        forget << ms(operation.endedAt) - dayMs << keptOver - 1;
        return forget.run();
    });
}

Result<std::vector<Operation>> Journal::operations() const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT body FROM operation WHERE over=0 OR id IN"
                                         "(SELECT id FROM operation WHERE over=1 ORDER BY started DESC LIMIT ?) ORDER BY started DESC, id");
    rows << keptOver;
    return m_data->operations(rows);
}

Result<std::optional<Operation>> Journal::byRequest(std::string_view caller, std::string_view requestId) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT body FROM operation WHERE caller=? AND request=? ORDER BY started DESC LIMIT 1");
    rows << caller << requestId;
    return m_data->operations(rows).map(
        [](std::vector<Operation> found) { return found.empty() ? std::nullopt : std::optional(std::move(found.front())); });
}

Result<> Journal::put(const MigrationRecord &record)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("INSERT OR REPLACE INTO migration VALUES(?,?,?,?)");
    row << record.migration << std::int64_t(record.isSource) << toString(record.step) << record.payload;
    return row.run();
}

Result<std::vector<MigrationRecord>> Journal::Data::records(Statement &rows) const
{
    std::vector<MigrationRecord> found;
    for (;;) {
        const auto row = rows.step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            return found;
        }
        auto one = record(rows);
        if (!one) {
            return tl::unexpected(one.error());
        }
        found.push_back(std::move(*one));
    }
}

Result<std::vector<MigrationRecord>> Journal::openMigrations() const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows
        = m_data->database.prepare("SELECT id, source, step, payload FROM migration WHERE step NOT IN ('released','aborted') ORDER BY id, source");
    return m_data->records(rows);
}

Result<std::vector<MigrationRecord>> Journal::uncertified(std::size_t limit) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT id, source, step, payload FROM migration WHERE source=1 AND step='released' AND id NOT IN"
                                         "(SELECT migration FROM certificate) ORDER BY id LIMIT ?");
    rows << std::int64_t(limit);
    return m_data->records(rows);
}

Result<bool> Journal::knowsDeparture(std::string_view object) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows
        = m_data->database.prepare("SELECT 1 FROM migration WHERE source=1 AND step<>'aborted' AND json_extract(payload, '$.object')=? LIMIT 1");
    rows << object;
    return rows.step();
}

Result<std::optional<MigrationRecord>> Journal::Data::departure(const char *query, std::string_view id) const
{
    auto rows = database.prepare(query);
    rows << id;
    return records(rows).map(
        [](std::vector<MigrationRecord> found) { return found.empty() ? std::nullopt : std::optional(std::move(found.front())); });
}

Result<std::optional<MigrationRecord>> Journal::departureOf(std::string_view object) const
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->departure("SELECT id, source, step, payload FROM migration WHERE source=1 AND step<>'aborted' AND "
                             "json_extract(payload, '$.object')=? LIMIT 1",
        object);
}

Result<std::optional<MigrationRecord>> Journal::departureTo(std::string_view arrived) const
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->departure("SELECT id, source, step, payload FROM migration WHERE source=1 AND step<>'aborted' AND "
                             "json_extract(payload, '$.arrived')=? LIMIT 1",
        arrived);
}

Result<std::optional<MigrationRecord>> Journal::migration(std::string_view id, bool isSource) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT id, source, step, payload FROM migration WHERE id=? AND source=?");
    rows << id << std::int64_t(isSource);
    const auto row = rows.step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    if (!*row) {
        return std::nullopt;
    }
    return record(rows).map([](MigrationRecord one) { return std::optional(std::move(one)); });
}

Result<> Journal::putEvacuation(std::string_view operation, std::string_view order)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("INSERT OR REPLACE INTO evacuation VALUES(?,?)");
    row << operation << order;
    return row.run();
}

Result<> Journal::putEvacuationMove(std::string_view operation, std::size_t number, std::string_view text)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("INSERT OR REPLACE INTO evacuation_move VALUES(?,?,?)");
    row << operation << std::int64_t(number) << text;
    return row.run();
}

Result<> Journal::endEvacuation(std::string_view operation)
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->database.transact([&]() -> Result<> {
        auto over = m_data->database.prepare("INSERT OR IGNORE INTO evacuation_over VALUES(?)");
        over << operation;
        auto done = over.run();
        // Those whose operation is forgotten go with it.
        constexpr const char *forgotten[] = {
            "DELETE FROM evacuation_move WHERE operation IN (SELECT operation FROM evacuation_over) AND operation NOT IN (SELECT id FROM operation)",
            "DELETE FROM evacuation WHERE operation IN (SELECT operation FROM evacuation_over) AND operation NOT IN (SELECT id FROM operation)",
            "DELETE FROM evacuation_over WHERE operation NOT IN (SELECT id FROM operation)"};
        for (const auto *statement : forgotten) {
            done = done ? m_data->database.prepare(statement).run() : done;
        }
        return done;
    });
}

Result<std::vector<EvacuationRecord>> Journal::Data::evacuations(Statement &orders)
{
    std::vector<EvacuationRecord> found;
    for (auto row = orders.step(); !row || *row; row = orders.step()) {
        if (!row) {
            return tl::unexpected(row.error());
        }
        found.push_back({orders.text(0), orders.text(1), {}});
        auto moves = database.prepare("SELECT number, body FROM evacuation_move WHERE operation=?");
        moves << std::string_view(found.back().operation);
        for (auto move = moves.step(); !move || *move; move = moves.step()) {
            if (!move) {
                return tl::unexpected(move.error());
            }
            found.back().moves.emplace(std::size_t(moves.integer(0)), moves.text(1));
        }
    }
    return found;
}

Result<std::vector<EvacuationRecord>> Journal::openEvacuations() const
{
    const std::lock_guard lock(m_data->mutex);
    auto orders = m_data->database.prepare(
        "SELECT operation, body FROM evacuation WHERE operation NOT IN (SELECT operation FROM evacuation_over) ORDER BY operation");
    return m_data->evacuations(orders);
}

Result<std::optional<EvacuationRecord>> Journal::evacuation(std::string_view operation) const
{
    const std::lock_guard lock(m_data->mutex);
    auto orders = m_data->database.prepare("SELECT operation, body FROM evacuation WHERE operation=?");
    orders << operation;
    return m_data->evacuations(orders).map(
        [](std::vector<EvacuationRecord> found) { return found.empty() ? std::nullopt : std::optional(std::move(found.front())); });
}

Result<> Journal::put(const CapacitySample &sample)
{
    const std::lock_guard lock(m_data->mutex);
    auto row = m_data->database.prepare("INSERT OR REPLACE INTO sample VALUES(?,?,?,?,?,?,?)");
    row << ms(sample.at) << sample.used.vcpus << sample.used.ramBytes << sample.used.storageBytes << sample.total.vcpus << sample.total.ramBytes
        << sample.total.storageBytes;
    return row.run();
}

Result<std::vector<CapacitySample>> Journal::samples(Instant from, Instant to, std::size_t limit) const
{
    const std::lock_guard lock(m_data->mutex);
    auto rows = m_data->database.prepare("SELECT * FROM sample WHERE at>=? AND at<? ORDER BY at LIMIT ?");
    rows << ms(from) << ms(to) << static_cast<std::int64_t>(limit);
    std::vector<CapacitySample> found;
    for (;;) {
        const auto row = rows.step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            return found;
        }
        found.push_back({Instant(std::chrono::milliseconds(rows.integer(0))), {rows.integer(1), rows.integer(2), rows.integer(3)},
            {rows.integer(4), rows.integer(5), rows.integer(6)}});
    }
}

}
