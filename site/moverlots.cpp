// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverlots.h"

#include <algorithm>
#include <filesystem>

namespace portulan::site {

namespace {
constexpr std::size_t pageObjects = 1000;
constexpr std::size_t versionBytes = 16;
constexpr auto schema = R"(
CREATE TABLE IF NOT EXISTS arrived(key TEXT PRIMARY KEY, version BLOB NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lots(number INTEGER PRIMARY KEY);
)";

Digest digestFromBytes(const std::string &bytes)
{
    Digest digest {};
    std::ranges::copy_n(reinterpret_cast<const std::byte *>(bytes.data()), std::ptrdiff_t(std::min(bytes.size(), digest.size())), digest.begin());
    return digest;
}
}

Result<std::unique_ptr<LotLedger>> LotLedger::open(const std::string &file)
{
    auto database = Database::open(file, schema);
    if (!database) {
        return unexpected(database.error());
    }
    std::unique_ptr<LotLedger> ledger(new LotLedger(std::move(*database)));
    auto last = ledger->m_database.prepare("SELECT max(number) FROM lots");
    if (const auto row = last.step(); !row) {
        return unexpected(row.error());
    }
    ledger->m_lastLot = std::uint64_t(last.integer(0));
    return ledger;
}

std::string LotLedger::versionOf(const DataObject &object)
{
    const auto text = object.version + '\0' + object.sha256 + '\0' + std::to_string(object.size) + '\0'
        + std::to_string(object.changedAt.time_since_epoch().count());
    const auto digest = sha256(std::as_bytes(std::span(text)));
    return {reinterpret_cast<const char *>(digest.data()), versionBytes};
}

Result<> LotLedger::close(std::uint64_t lot, const std::vector<std::string> &gone, const std::vector<Arrived> &arrived)
{
    return m_database.transact([&] { return note(lot, gone, arrived); }).map([&] { m_lastLot = lot; });
}

Result<> LotLedger::note(std::uint64_t lot, const std::vector<std::string> &gone, const std::vector<Arrived> &arrived)
{
    auto forget = m_database.prepare("DELETE FROM arrived WHERE key = ?");
    auto done = Result<>();
    for (std::size_t i = 0; done && i < gone.size(); ++i) {
        forget.reset();
        done = (forget << gone[i]).run();
    }
    auto put = m_database.prepare("INSERT OR REPLACE INTO arrived VALUES(?, ?, ?, ?)");
    for (std::size_t i = 0; done && i < arrived.size(); ++i) {
        const auto &[object, root, isVoid] = arrived[i];
        const auto version = isVoid ? std::string(versionBytes, '\0') : versionOf(object);
        put.reset();
        done = (put << object.key << std::as_bytes(std::span(version)) << object.size << std::span<const std::byte>(root)).run();
    }
    return done.and_then([&] { return (m_database.prepare("INSERT INTO lots VALUES(?)") << std::int64_t(lot)).run(); });
}

Result<FoundDisks> LotLedger::found() const
{
    FoundDisksTally tally;
    auto all = m_database.prepare("SELECT key, size, root FROM arrived ORDER BY key");
    auto row = all.step();
    for (; row && *row; row = all.step()) {
        tally.add({all.text(0), std::uint64_t(all.integer(1)), digestFromBytes(all.bytes(2))});
    }
    return row ? Result<FoundDisks>(tally.end()) : unexpected(row.error());
}

Result<std::vector<LotLedger::Known>> LotLedger::after(const std::string &key, std::size_t limit) const
{
    std::vector<Known> known;
    auto some = m_database.prepare("SELECT key, version FROM arrived WHERE key > ? ORDER BY key LIMIT ?");
    some << key << std::int64_t(limit);
    auto row = some.step();
    for (; row && *row; row = some.step()) {
        known.push_back({some.text(0), some.bytes(1)});
    }
    return row ? Result<std::vector<Known>>(std::move(known)) : unexpected(row.error());
}

Result<std::vector<LotWalk::Step>> LotWalk::next()
{
    const auto page = m_driver.dataObjects(m_dataSet, m_after, pageObjects);
    const auto all = page ? m_ledger.after(m_after, pageObjects) : Result<std::vector<LotLedger::Known>>(unexpected(page.error()));
    if (!all) {
        return unexpected(all.error());
    }
    // As far as both reach; what lies beyond is looked at again with what comes after it.
    const bool moreObjects = page->size() == pageObjects, moreKnown = all->size() == pageObjects;
    m_over = !moreObjects && !moreKnown;
    const auto reach = moreObjects && moreKnown ? std::min(page->back().key, all->back().key)
        : moreObjects                           ? page->back().key
        : moreKnown                             ? all->back().key
                                                : std::string();
    const auto isWithin = [&](const auto &one) { return m_over || one.key <= reach; };
    std::vector<Step> steps;
    auto known = all->begin();
    const auto end = std::ranges::find_if_not(*all, isWithin);
    for (auto object = page->begin(); object != page->end() && isWithin(*object); ++object) {
        for (; known != end && known->key < object->key; ++known) {
            steps.push_back({known->key, std::nullopt});
        }
        const bool isKnown = known != end && known->key == object->key;
        if (!isKnown || known->version != LotLedger::versionOf(*object)) {
            steps.push_back({object->key, *object});
        }
        known += isKnown ? 1 : 0;
    }
    for (; known != end; ++known) {
        steps.push_back({known->key, std::nullopt});
    }
    m_after = reach;
    return steps;
}

Result<LotsLeft> lotsLeft(Driver &driver, const ObjectId &dataSet, const LotLedger &ledger)
{
    LotsLeft left;
    for (LotWalk walk(driver, dataSet, ledger); !walk.isOver();) {
        const auto steps = walk.next();
        if (!steps) {
            return unexpected(steps.error());
        }
        left.count += std::int64_t(steps->size());
        for (const auto &step : *steps) {
            left.bytes += step.now ? step.now->size : 0;
        }
    }
    return left;
}

std::string lotLedgerFile(const std::string &directory, const std::string &migration)
{
    return directory + "/departures/" + migration + ".lots";
}

void removeLotLedger(const std::string &file)
{
    std::error_code gone;
    for (const auto *part : {"", "-wal", "-shm"}) {
        std::filesystem::remove(file + part, gone);
    }
}

}
