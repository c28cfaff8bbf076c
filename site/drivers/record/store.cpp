// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/store.h"

#include "site/drivers/record/records.h"

#include <random>

namespace portulan::site {

namespace {

constexpr auto schema = R"(
CREATE TABLE IF NOT EXISTS things(kind TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS used_ids(kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objects(dataset TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, changed INTEGER NOT NULL,
  file TEXT NOT NULL, PRIMARY KEY(dataset, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)";

DataObject objectFrom(const Statement &row)
{
    const auto file = row.text(4); // <digest of the key>-<a word of its own>
    return {row.text(0), row.integer(1), row.text(2), Instant {std::chrono::milliseconds(row.integer(3))}, file.substr(file.find('-') + 1)};
}

}

Store::Store(std::string site, std::function<Instant()> clock)
    : m_site(std::move(site))
    , m_clock(std::move(clock))
{
}

Result<> Store::open(const std::string &path)
{
    auto database = Database::open(path, schema);
    if (!database) {
        return tl::unexpected(database.error());
    }
    m_database.emplace(std::move(*database));
    m_ballast = Ballast(path + ".ballast");
    m_ballast.restore();
    return load();
}

Result<> Store::load()
{
    const std::lock_guard writing(m_writing);
    const std::unique_lock lock(m_mutex);
    auto rows = m_database->prepare("SELECT kind, id, record FROM things");
    for (;;) {
        const auto more = rows.step();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
        const auto kind = objectKindFrom(rows.text(0));
        if (!kind) {
            return tl::unexpected(kind.error());
        }
        const ObjectId id {m_site, *kind, rows.text(1)};
        auto thing = thingFrom(id, rows.text(2));
        if (!thing) {
            return tl::unexpected(thing.error());
        }
        m_things.emplace(id, std::move(*thing));
    }
    auto last = m_database->prepare("SELECT value FROM notes WHERE key = 'sequence'");
    if (last.step().value_or(false)) {
        m_sequence = last.integer(0);
    }
    // Usage is not kept: it follows from what is there.
    Draft sums(*this);
    for (const auto &[id, thing] : m_things) {
        if (id.kind != ObjectKind::Project) {
            if (auto done = sums.account(thing, +1); !done) {
                return done;
            }
        }
    }
    for (auto &[id, project] : sums.m_changed) {
        m_things[id] = *project;
    }
    return {};
}

void Store::announceTo(std::function<void(const Thing &)> announce)
{
    const std::lock_guard writing(m_writing);
    m_announce = std::move(announce);
}

Result<> Store::change(const std::function<Result<>(Draft &)> &work)
{
    const std::lock_guard writing(m_writing);
    Draft draft(*this);
    auto done = attempt(draft, work);
    if (!done && done.error().reason == Reason::DiskFull && draft.removes() && m_ballast.drop()) {
        draft.m_changed.clear();
        done = attempt(draft, work); // who makes room must not fail for want of it
    }
    if (!done) {
        return done;
    }
    m_ballast.restore();
    {
        const std::unique_lock lock(m_mutex);
        for (const auto &[id, thing] : draft.m_changed) {
            if (thing) {
                m_things.insert_or_assign(id, *thing);
            } else {
                m_things.erase(id);
            }
        }
    }
    if (m_announce) {
        for (const auto &[id, thing] : draft.m_changed) {
            m_announce(thing ? *thing : Thing(Vanished {id}));
        }
    }
    return {};
}

Result<> Store::attempt(Draft &draft, const std::function<Result<>(Draft &)> &work)
{
    const std::int64_t before = m_sequence;
    const auto done = m_database->transact([&] { return work(draft).and_then([&] { return draft.save(); }); });
    if (!done) {
        m_sequence = before;
    }
    return done;
}

Result<> Store::rehearse(const std::function<Result<>(Draft &)> &work)
{
    const std::lock_guard writing(m_writing);
    Draft draft(*this);
    const std::int64_t before = m_sequence;
    Result<> verdict;
    const auto rolledBack = m_database->transact([&]() -> Result<> {
        verdict = work(draft);
        return refuse(Reason::Cancelled);
    });
    m_sequence = before;
    return !rolledBack && rolledBack.error().reason != Reason::Cancelled ? rolledBack : verdict;
}

std::optional<Thing> Store::find(const ObjectId &id) const
{
    const std::shared_lock lock(m_mutex);
    const auto at = m_things.find(id);
    return at == m_things.end() ? std::nullopt : std::optional(at->second);
}

std::vector<Thing> Store::all() const
{
    const std::shared_lock lock(m_mutex);
    std::vector<Thing> things;
    things.reserve(m_things.size());
    for (const auto &[id, thing] : m_things) {
        things.push_back(thing);
    }
    return things;
}

std::string Store::note(const std::string &key)
{
    const auto found = notes(key);
    const auto at = found.find(key);
    return at == found.end() ? std::string() : at->second;
}

std::map<std::string, std::string> Store::notes(const std::string &prefix)
{
    const std::lock_guard writing(m_writing);
    return readNotes(prefix);
}

std::map<std::string, std::string> Store::readNotes(const std::string &prefix) const
{
    auto rows = m_database->prepare("SELECT key, value FROM notes WHERE key >= ? AND key < ? || x'7f'");
    rows << prefix << prefix;
    std::map<std::string, std::string> found;
    while (rows.step().value_or(false)) {
        found[rows.text(0)] = rows.text(1);
    }
    return found;
}

Result<std::vector<DataObject>> Store::dataObjects(const std::string &dataSet, std::string_view after, std::size_t limit)
{
    const std::lock_guard writing(m_writing);
    auto rows = m_database->prepare("SELECT key, size, sha256, changed, file FROM objects WHERE dataset = ? AND key > ? ORDER BY key LIMIT ?");
    rows << dataSet << after << static_cast<std::int64_t>(limit);
    std::vector<DataObject> found;
    for (;;) {
        const auto more = rows.step();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            return found;
        }
        found.push_back(objectFrom(rows));
    }
}

Result<std::pair<std::string, DataObject>> Store::dataObject(const std::string &dataSet, std::string_view key)
{
    const std::lock_guard writing(m_writing);
    return readObject(dataSet, key);
}

Result<std::pair<std::string, DataObject>> Store::readObject(const std::string &dataSet, std::string_view key) const
{
    auto row = m_database->prepare("SELECT key, size, sha256, changed, file FROM objects WHERE dataset = ? AND key = ?");
    row << dataSet << key;
    const auto there = row.step();
    if (!there) {
        return tl::unexpected(there.error());
    }
    if (!*there) {
        return refuse(Reason::NotFound, {{"id", id(ObjectKind::DataSet, dataSet).text()}, {"key", std::string(key)}});
    }
    return std::pair {row.text(4), objectFrom(row)};
}

std::string Store::serial()
{
    std::random_device random;
    char text[20];
    std::snprintf(text, sizeof text, "%08x%08x", random(), random());
    return text;
}

Result<std::vector<std::string>> Store::dataFiles(const std::string &dataSet)
{
    const std::lock_guard writing(m_writing);
    auto rows = m_database->prepare(dataSet.empty() ? "SELECT file FROM objects" : "SELECT file FROM objects WHERE dataset = ?");
    if (!dataSet.empty()) {
        rows << dataSet;
    }
    std::vector<std::string> files;
    for (;;) {
        const auto more = rows.step();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            return files;
        }
        files.push_back(rows.text(0));
    }
}

}
