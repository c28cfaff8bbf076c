// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/audit.h"

#include "core/manifest.h"
#include "site/database.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace portulan::site {

namespace {

using Json = nlohmann::json; // keeps its keys sorted

constexpr auto schema = R"(
CREATE TABLE IF NOT EXISTS entry(sequence INTEGER PRIMARY KEY, object TEXT NOT NULL, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entry_object ON entry(object, sequence);
)";
constexpr auto columns = "SELECT sequence, object, body, previous, hash FROM entry ";
constexpr std::int64_t portion = 1000;

const std::string &beginning()
{
    static const std::string zeros(64, '0');
    return zeros;
}

std::string canonical(const AuditRecord &record)
{
    Json body = {{"action", record.action}, {"actor", record.actor}, {"at", toRfc3339(record.at)}, {"detail", record.detail},
        {"object", record.object}, {"outcome", record.allowed ? "allowed" : "refused"}, {"problem", nullptr}, {"project", record.project},
        {"request_id", record.requestId}, {"role", record.role}, {"sequence", record.sequence}};
    if (!record.allowed) {
        body["problem"] = {{"reason", toString(record.problem.reason)}, {"facts", record.problem.facts}, {"detail", record.problem.detail}};
    }
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string hashOf(const std::string &previous, const std::string &body)
{
    const std::string both = previous + body;
    return toHex(sha256(std::as_bytes(std::span(both))));
}

struct Row {
    std::uint64_t sequence;
    std::string object, body, previous, hash;
};

Result<std::vector<Row>> rowsOf(Statement &statement)
{
    std::vector<Row> rows;
    for (;;) {
        const auto more = statement.step();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            return rows;
        }
        rows.push_back(
            {static_cast<std::uint64_t>(statement.integer(0)), statement.text(1), statement.text(2), statement.text(3), statement.text(4)});
    }
}

Result<AuditRecord> read(const Row &row)
{
    try {
        const Json body = Json::parse(row.body);
        AuditRecord record;
        record.sequence = body.at("sequence");
        record.at = instantFrom(body.at("at").get<std::string>()).value_or(Instant {});
        record.actor = body.at("actor");
        record.role = body.at("role");
        record.action = body.at("action");
        record.object = body.at("object");
        record.project = body.at("project");
        record.allowed = body.at("outcome") == "allowed";
        if (const Json &problem = body.at("problem"); !problem.is_null()) {
            record.problem = {reasonFrom(problem.at("reason").get<std::string>()), problem.at("facts"), problem.at("detail")};
        }
        record.requestId = body.at("request_id");
        record.detail = body.at("detail");
        record.previousHash = row.previous;
        record.hash = row.hash;
        return record;
    } catch (const Json::exception &error) {
        return refuse(Reason::Integrity, {{"where", "audit entry " + std::to_string(row.sequence)}}, error.what());
    }
}

/// Why an entry does not follow the one before it; empty if it does.
std::string breach(const Row &row, std::uint64_t expected, const std::string &previous)
{
    if (row.sequence != expected) {
        return "entry " + std::to_string(expected) + " is missing";
    }
    if (row.previous != previous) {
        return "it does not follow the entry before it";
    }
    if (hashOf(previous, row.body) != row.hash) {
        return "its content is not what its hash says";
    }
    const auto record = read(row);
    if (!record || record->sequence != row.sequence || record->object != row.object) {
        return "its columns do not agree with its content";
    }
    return {};
}

}

struct Audit::Data {
    std::mutex mutex;
    Database database;
    std::function<Instant()> clock;
};

Audit::Audit(std::unique_ptr<Data> data)
    : m_data(std::move(data))
{
}

Audit::~Audit() = default;

Result<std::unique_ptr<Audit>> Audit::open(const std::string &path, std::function<Instant()> clock)
{
    auto database = Database::open(path, schema);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return std::unique_ptr<Audit>(new Audit(std::unique_ptr<Data>(new Data {{}, std::move(*database), std::move(clock)})));
}

Result<AuditRecord> Audit::append(AuditRecord record)
{
    const std::lock_guard lock(m_data->mutex);
    record.at = m_data->clock();
    auto appended = m_data->database.transact([&]() -> Result<> {
        auto last = m_data->database.prepare("SELECT sequence, hash FROM entry ORDER BY sequence DESC LIMIT 1");
        const auto any = last.step();
        if (!any) {
            return tl::unexpected(any.error());
        }
        record.sequence = *any ? static_cast<std::uint64_t>(last.integer(0)) + 1 : 1;
        record.previousHash = *any ? last.text(1) : beginning();
        const std::string body = canonical(record);
        record.hash = hashOf(record.previousHash, body);
        auto row = m_data->database.prepare("INSERT INTO entry VALUES(?,?,?,?,?)");
        row << static_cast<std::int64_t>(record.sequence) << record.object << body << record.previousHash << record.hash;
        return row.run();
    });
    return appended.map([&] { return record; });
}

Result<std::vector<AuditRecord>> Audit::entries(std::uint64_t from, std::size_t limit, const std::string &object, bool newestFirst) const
{
    const std::lock_guard lock(m_data->mutex);
    const std::string sql = std::string(columns) + (newestFirst ? "WHERE sequence<?" : "WHERE sequence>?")
        + (object.empty() ? " AND ''=?" : " AND object=?") + " ORDER BY sequence" + (newestFirst ? " DESC" : "") + " LIMIT ?";
    auto statement = m_data->database.prepare(sql.c_str());
    const auto bound = newestFirst && from == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(from);
    statement << bound << object << static_cast<std::int64_t>(limit);
    const auto rows = rowsOf(statement);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<AuditRecord> found;
    for (const Row &row : *rows) {
        auto record = read(row);
        if (!record) {
            return tl::unexpected(record.error());
        }
        found.push_back(std::move(*record));
    }
    return found;
}

Result<Audit::Verification> Audit::verify() const
{
    Verification result;
    result.headHash = beginning();
    for (;;) { // in portions, so that orders need not wait for a long trail
        std::vector<Row> rows;
        {
            const std::lock_guard lock(m_data->mutex);
            auto statement = m_data->database.prepare((std::string(columns) + "WHERE sequence>? ORDER BY sequence LIMIT ?").c_str());
            statement << static_cast<std::int64_t>(result.entries) << portion;
            auto read = rowsOf(statement);
            if (!read) {
                return tl::unexpected(read.error());
            }
            rows = std::move(*read);
        }
        for (const Row &row : rows) {
            result.reason = breach(row, result.entries + 1, result.headHash);
            if (!result.reason.empty()) {
                result.intact = false;
                result.firstBroken = result.entries + 1;
                return result;
            }
            result.headHash = row.hash;
            ++result.entries;
        }
        if (rows.empty()) {
            return result;
        }
    }
}

}
