// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivalslots.h"

#include "peer.pb.h"
#include "proto/wire.h"

#include <algorithm>
#include <filesystem>

namespace portulan::site {

namespace {
constexpr auto schema = R"(
CREATE TABLE IF NOT EXISTS last(number INTEGER PRIMARY KEY, whole INTEGER NOT NULL, request BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS objects(key TEXT PRIMARY KEY, lot INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB) WITHOUT ROWID;
)";

std::string requestOf(const Lot &lot)
{
    v1::ReserveRequest message;
    *message.mutable_data_set() = wire::toWire(lot.dataSet);
    message.set_lot(lot.number);
    for (const auto &key : lot.gone) {
        *message.add_gone() = key;
    }
    for (const auto &object : lot.objects) {
        *message.add_objects() = wire::toWire(object);
    }
    return message.SerializeAsString();
}

std::optional<Lot> lotFrom(const std::string &request)
{
    v1::ReserveRequest message;
    if (!message.ParseFromString(request)) {
        return std::nullopt;
    }
    auto set = wire::fromWire(message.data_set());
    if (!set) {
        return std::nullopt;
    }
    Lot lot {message.lot(), std::move(*set), {message.gone().begin(), message.gone().end()}, {}};
    for (const auto &one : message.objects()) {
        auto object = wire::fromWire(one);
        if (!object) {
            return std::nullopt;
        }
        lot.objects.push_back(std::move(*object));
    }
    return lot;
}
}

std::string IncomingLots::logFile() const
{
    return m_directory + '/' + m_migration + ".lot-" + std::to_string(m_lot.number) + ".log";
}

Result<> IncomingLots::open()
{
    if (m_database) {
        return {};
    }
    return Database::open(file(), schema).map([this](Database &&database) { m_database.emplace(std::move(database)); });
}

Result<> IncomingLots::load()
{
    if (!std::filesystem::exists(file())) {
        return {};
    }
    if (auto opened = open(); !opened) {
        return opened;
    }
    auto last = m_database->prepare("SELECT request, whole FROM last");
    const auto row = last.step();
    if (!row || !*row) {
        return row ? Result<>() : Result<>(unexpected(row.error()));
    }
    auto lot = lotFrom(last.bytes(0));
    if (!lot) {
        return refuse(Reason::Malformed, {{"file", file()}, {"expected", "a lot of a data set"}});
    }
    m_lot = std::move(*lot);
    m_isWhole = last.integer(1) != 0;
    return {};
}

Result<> IncomingLots::close(const std::vector<std::optional<Digest>> &roots)
{
    const auto note = [&]() -> Result<> {
        auto tell = m_database->prepare("UPDATE objects SET root = ? WHERE key = ?");
        auto done = Result<>();
        for (std::size_t i = 0; done && i < roots.size(); ++i) {
            tell.reset();
            done = roots[i] ? (tell << std::span<const std::byte>(*roots[i]) << m_lot.objects[i].key).run() : Result<>();
        }
        return done.and_then([&] { return m_database->prepare("UPDATE last SET whole = 1").run(); });
    };
    if (auto noted = open().and_then([&] { return m_database->transact(note); }); !noted) {
        return noted;
    }
    m_isWhole = true;
    std::error_code gone;
    std::filesystem::remove(logFile(), gone);
    return {};
}

Result<> IncomingLots::begin(Lot lot, std::uint64_t after)
{
    if (lot.number <= m_lot.number || after > m_lot.number || (after == m_lot.number && !m_isWhole)) {
        return refuse(Reason::Conflict, {{"migration", m_migration}}, "lots out of order");
    }
    if (auto opened = open(); !opened) {
        return opened;
    }
    if (after < m_lot.number) {
        auto some = m_database->prepare("SELECT key FROM objects WHERE lot > ?");
        some << std::int64_t(after);
        auto row = some.step();
        for (; row && *row; row = some.step()) {
            lot.gone.push_back(some.text(0));
        }
        if (!row) {
            return unexpected(row.error());
        }
    }
    return m_database->transact([&] { return note(lot); }).map([&] {
        m_isWhole = false;
        m_lot = std::move(lot);
    });
}

Result<> IncomingLots::forget(const std::vector<std::string> &keys) const
{
    auto forget = m_database->prepare("DELETE FROM objects WHERE key = ?");
    auto done = Result<>();
    for (std::size_t i = 0; done && i < keys.size(); ++i) {
        forget.reset();
        done = (forget << keys[i]).run();
    }
    return done;
}

Result<> IncomingLots::note(const Lot &lot) const
{
    auto done = forget(lot.gone);
    auto put = m_database->prepare("INSERT OR REPLACE INTO objects VALUES(?, ?, ?, NULL)");
    for (std::size_t i = 0; done && i < lot.objects.size(); ++i) {
        put.reset();
        done = (put << lot.objects[i].key << std::int64_t(lot.number) << lot.objects[i].size).run();
    }
    const auto request = requestOf(lot);
    return done.and_then([&] { return m_database->prepare("DELETE FROM last").run(); }).and_then([&] {
        auto last = m_database->prepare("INSERT INTO last VALUES(?, 0, ?)");
        return (last << std::int64_t(lot.number) << std::as_bytes(std::span(request))).run();
    });
}

bool IncomingLots::changesNothing(const Lot &lot, std::uint64_t after) const
{
    const bool same = lot.dataSet.name == m_lot.dataSet.name && lot.dataSet.classification == m_lot.dataSet.classification
        && lot.dataSet.labels == m_lot.dataSet.labels;
    return m_isWhole && after >= m_lot.number && same && lot.objects.empty() && lot.gone.empty();
}

Result<FoundDisks> IncomingLots::found() const
{
    FoundDisksTally tally;
    auto all = m_database->prepare("SELECT key, size, root FROM objects ORDER BY key");
    auto row = all.step();
    for (; row && *row; row = all.step()) {
        const auto bytes = all.bytes(2);
        Digest root {};
        if (bytes.size() != root.size()) {
            return refuse(Reason::Untrusted, {{"where", all.text(0)}}, "the bytes of an object are not what its digest says");
        }
        std::ranges::copy(std::as_bytes(std::span(bytes)), root.begin());
        tally.add({all.text(0), std::uint64_t(all.integer(1)), root});
    }
    return row ? Result<FoundDisks>(tally.end()) : unexpected(row.error());
}

Result<> checkObject(Driver &driver, const ObjectId &dataSet, const DataObject &object)
{
    if (object.sha256.empty()) {
        return {};
    }
    const auto file = driver.openForWrite(dataSet, object.key);
    if (!file) {
        return unexpected(file.error());
    }
    Hasher hasher;
    std::vector<std::byte> piece;
    for (std::uint64_t at = 0; at < std::uint64_t(object.size); at += piece.size()) {
        piece.resize(std::size_t(std::min<std::uint64_t>(Manifest::chunkBytes, std::uint64_t(object.size) - at)));
        if (auto got = (*file)->read(at, piece); !got) {
            return got;
        }
        hasher.add(piece);
    }
    const auto found = toHex(hasher.end());
    return found == object.sha256
        ? Result<>()
        : refuse(Reason::Integrity, {{"where", object.key}, {"expected", object.sha256}, {"found", found}}, "not the bytes that were put");
}

}
