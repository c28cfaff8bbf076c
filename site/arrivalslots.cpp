// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivalslots.h"

#include "peer.pb.h"
#include "proto/wire.h"
#include "site/arrivalsfiles.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <openssl/evp.h>

namespace portulan::site {

namespace {
template <typename Message>
Result<> keep(const std::string &path, const Message &message)
{
    return keepFile(path, [&message](std::ostream &stream) { message.SerializeToOstream(&stream); });
}

/// What a lot's file says.
Result<std::pair<Lot, std::uint64_t>> lotFrom(const std::string &path)
{
    std::ifstream stream(path, std::ios::binary);
    v1::ReserveRequest message;
    const auto malformed = [&path] { return refuse(Reason::Malformed, {{"file", path}, {"expected", "a lot of a data set"}}); };
    if (!message.ParseFromIstream(&stream)) {
        return malformed();
    }
    auto set = wire::fromWire(message.data_set());
    if (!set) {
        return malformed();
    }
    Lot lot {message.lot(), std::move(*set), {message.gone().begin(), message.gone().end()}, {}};
    for (const auto &one : message.objects()) {
        auto object = wire::fromWire(one);
        if (!object) {
            return malformed();
        }
        lot.objects.push_back(std::move(*object));
    }
    return std::pair {std::move(lot), message.after_lot()};
}
}

std::string IncomingLots::file(std::uint64_t number, std::string_view ending) const
{
    return m_directory + '/' + m_migration + ".lot-" + std::to_string(number) + std::string(ending);
}

std::string IncomingLots::logFile() const
{
    return file(m_lot.number, ".log");
}

Result<> IncomingLots::load()
{
    std::vector<std::uint64_t> numbers;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(m_directory, error)) {
        const auto name = entry.path().filename().string();
        const auto prefix = m_migration + ".lot-";
        if (name.starts_with(prefix) && name.ends_with(".request")) {
            std::uint64_t number = 0;
            std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
            numbers.push_back(number);
        }
    }
    std::ranges::sort(numbers);
    for (const auto number : numbers) {
        auto lot = lotFrom(file(number, ".request"));
        if (!lot) {
            return unexpected(lot.error());
        }
        apply(std::move(lot->first), lot->second);
        v1::VerifyRequest arrived;
        std::ifstream stream(file(number, ".arrived"), std::ios::binary);
        m_isWhole = stream && arrived.ParseFromIstream(&stream) && std::size_t(arrived.disks_size()) == m_lot.objects.size();
        for (int i = 0; m_isWhole && i < arrived.disks_size(); ++i) {
            if (const auto &root = arrived.disks(i).root(); root.size() == sizeof(Digest)) {
                std::copy_n(reinterpret_cast<const std::byte *>(root.data()), root.size(),
                    m_entries[m_lot.objects[std::size_t(i)].key].root.emplace().begin());
            }
        }
    }
    return {};
}

Result<> IncomingLots::close(const std::vector<std::optional<Digest>> &roots)
{
    v1::VerifyRequest arrived;
    for (std::size_t i = 0; i < m_lot.objects.size(); ++i) {
        const auto &object = m_lot.objects[i];
        auto *disk = arrived.add_disks();
        disk->set_volume(object.key);
        disk->set_size_bytes(object.size);
        if (roots[i]) {
            disk->set_root(roots[i]->data(), roots[i]->size());
        }
    }
    if (auto kept = keep(file(m_lot.number, ".arrived"), arrived); !kept) {
        return kept;
    }
    for (std::size_t i = 0; i < m_lot.objects.size(); ++i) {
        m_entries[m_lot.objects[i].key].root = roots[i];
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
    v1::ReserveRequest message;
    *message.mutable_data_set() = wire::toWire(lot.dataSet);
    message.set_lot(lot.number);
    message.set_after_lot(after);
    for (const auto &key : lot.gone) {
        *message.add_gone() = key;
    }
    for (const auto &object : lot.objects) {
        *message.add_objects() = wire::toWire(object);
    }
    return keep(file(lot.number, ".request"), message).map([&] { apply(std::move(lot), after); });
}

void IncomingLots::apply(Lot lot, std::uint64_t after)
{
    for (auto at = m_entries.begin(); at != m_entries.end();) {
        if (at->second.lot > after) {
            lot.gone.push_back(at->first);
            at = m_entries.erase(at);
        } else {
            ++at;
        }
    }
    for (const auto &key : lot.gone) {
        m_entries.erase(key);
    }
    for (const auto &object : lot.objects) {
        m_entries[object.key] = {lot.number, std::uint64_t(object.size), {}};
    }
    m_isWhole = false;
    m_lot = std::move(lot);
}

bool IncomingLots::changesNothing(const Lot &lot, std::uint64_t after) const
{
    const bool same = lot.dataSet.name == m_lot.dataSet.name && lot.dataSet.classification == m_lot.dataSet.classification
        && lot.dataSet.labels == m_lot.dataSet.labels;
    return m_isWhole && after >= m_lot.number && same && lot.objects.empty() && lot.gone.empty();
}

Result<std::vector<Arrivals::Claimed>> IncomingLots::claims() const
{
    std::vector<Arrivals::Claimed> claims;
    claims.reserve(m_entries.size());
    for (const auto &[key, entry] : m_entries) {
        if (!entry.root) {
            return refuse(Reason::Untrusted, {{"where", key}}, "the bytes of an object are not what its digest says");
        }
        claims.push_back({key, entry.sizeBytes, *entry.root});
    }
    return claims;
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
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::vector<std::byte> piece;
    for (std::uint64_t at = 0; at < std::uint64_t(object.size); at += piece.size()) {
        piece.resize(std::size_t(std::min<std::uint64_t>(Manifest::chunkBytes, std::uint64_t(object.size) - at)));
        if (auto got = (*file)->read(at, piece); !got) {
            return got;
        }
        EVP_DigestUpdate(context.get(), piece.data(), piece.size());
    }
    Digest found {};
    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(found.data()), nullptr);
    return toHex(found) == object.sha256
        ? Result<>()
        : refuse(Reason::Integrity, {{"where", object.key}, {"expected", object.sha256}, {"found", toHex(found)}}, "not the bytes that were put");
}

}
