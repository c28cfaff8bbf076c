// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverlots.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace portulan::site {

namespace {
constexpr std::size_t pageObjects = 1000;

unexpected<Problem> failed(std::string_view doing)
{
    const int error = errno;
    return refuse(error == ENOSPC || error == EDQUOT ? Reason::DiskFull : Reason::Internal, {{"what", "lots that were sent"}},
        std::string(doing) + ": " + std::strerror(error));
}

std::string lineOf(const nlohmann::json &json)
{
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

template <std::size_t Size>
std::string hexOf(const std::array<std::byte, Size> &bytes)
{
    Digest padded {};
    std::ranges::copy(bytes, padded.begin());
    return toHex(padded).substr(0, Size * 2);
}
}

Result<std::unique_ptr<LotLedger>> LotLedger::open(const std::string &file)
{
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return failed("open");
    }
    std::unique_ptr<LotLedger> ledger(new LotLedger(fd));
    if (auto loaded = ledger->load(); !loaded) {
        return unexpected(loaded.error());
    }
    return ledger;
}

LotLedger::~LotLedger()
{
    ::close(m_file);
}

/// A line of the file: an object, or the end of a lot. False if it is neither.
bool LotLedger::read(std::string_view line, std::vector<std::pair<std::string, std::optional<Entry>>> &lot)
{
    const auto json = nlohmann::json::parse(line, nullptr, false);
    try {
        if (json.contains("lot")) {
            for (auto &[key, entry] : lot) {
                if (entry) {
                    m_entries.insert_or_assign(std::move(key), *entry);
                } else {
                    m_entries.erase(key);
                }
            }
            lot.clear();
            m_lastLot = json.at("lot").get<std::uint64_t>();
            return true;
        }
        auto &[key, entry] = lot.emplace_back(json.at("key").get<std::string>(), std::nullopt);
        if (json.contains("root")) {
            const auto version = digestFrom(json.at("version").get<std::string>() + std::string(32, '0'));
            const auto root = digestFrom(json.at("root").get<std::string>());
            if (!version || !root) {
                return false;
            }
            entry.emplace();
            std::copy_n(version->begin(), entry->version.size(), entry->version.begin());
            entry->sizeBytes = json.at("size").get<std::uint64_t>();
            entry->root = *root;
        }
        return true;
    } catch (const nlohmann::json::exception &) {
        return false;
    }
}

Result<> LotLedger::load()
{
    std::ifstream stream("/proc/self/fd/" + std::to_string(m_file), std::ios::binary);
    std::vector<std::pair<std::string, std::optional<Entry>>> lot;
    std::uint64_t at = 0;
    for (std::string line; std::getline(stream, line) && !stream.eof();) {
        at += line.size() + 1;
        if (!read(line, lot)) {
            break;
        }
        m_end = lot.empty() ? at : m_end;
    }
    return ::ftruncate(m_file, static_cast<off_t>(m_end)) == 0 ? Result<>() : failed("truncate");
}

std::array<std::byte, 16> LotLedger::versionOf(const DataObject &object)
{
    const auto text = object.version + '\0' + object.sha256 + '\0' + std::to_string(object.size) + '\0'
        + std::to_string(object.changedAt.time_since_epoch().count());
    const auto digest = sha256(std::as_bytes(std::span(text)));
    std::array<std::byte, 16> version {};
    std::copy_n(digest.begin(), version.size(), version.begin());
    return version;
}

Result<> LotLedger::close(std::uint64_t lot, const std::vector<std::string> &gone, const std::vector<Arrived> &arrived)
{
    std::string text;
    for (const auto &key : gone) {
        text += lineOf({{"key", key}});
    }
    for (const auto &one : arrived) {
        text += lineOf({{"key", one.object.key}, {"version", one.isVoid ? std::string(32, '0') : hexOf(versionOf(one.object))},
            {"size", one.object.size}, {"root", toHex(one.root)}});
    }
    text += lineOf({{"lot", lot}});
    for (std::size_t done = 0; done < text.size();) {
        const auto written = ::pwrite(m_file, text.data() + done, text.size() - done, static_cast<off_t>(m_end + done));
        if (written < 0 && errno != EINTR) {
            return failed("write");
        }
        done += written > 0 ? std::size_t(written) : 0;
    }
    if (::fdatasync(m_file) != 0) {
        return failed("sync");
    }
    m_end += text.size();
    std::ranges::for_each(gone, [this](const auto &key) { m_entries.erase(key); });
    for (const auto &one : arrived) {
        m_entries.insert_or_assign(
            one.object.key, Entry {one.isVoid ? std::array<std::byte, 16> {} : versionOf(one.object), std::uint64_t(one.object.size), one.root});
    }
    m_lastLot = lot;
    return {};
}

std::vector<Arrivals::Claimed> LotLedger::claims() const
{
    std::vector<Arrivals::Claimed> claims;
    claims.reserve(m_entries.size());
    for (const auto &[key, entry] : m_entries) {
        claims.push_back({key, entry.sizeBytes, entry.root});
    }
    return claims;
}

Result<std::vector<LotWalk::Step>> LotWalk::next()
{
    const auto page = m_driver.dataObjects(m_dataSet, m_after, pageObjects);
    if (!page) {
        return unexpected(page.error());
    }
    m_over = page->size() < pageObjects;
    std::vector<Step> steps;
    auto known = m_ledger.m_entries.upper_bound(m_after);
    const auto end = m_over ? m_ledger.m_entries.end() : m_ledger.m_entries.upper_bound(page->back().key);
    for (const auto &object : *page) {
        for (; known != end && known->first < object.key; ++known) {
            steps.push_back({known->first, std::nullopt});
        }
        const bool isKnown = known != end && known->first == object.key;
        if (!isKnown || known->second.version != LotLedger::versionOf(object)) {
            steps.push_back({object.key, object});
        }
        known = isKnown ? std::next(known) : known;
    }
    for (; known != end; ++known) {
        steps.push_back({known->first, std::nullopt});
    }
    m_after = page->empty() ? m_after : page->back().key;
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

}
