// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"

#include <algorithm>

namespace portulan {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

template <typename Unsigned>
std::array<std::byte, sizeof(Unsigned)> bigEndian(Unsigned number)
{
    std::array<std::byte, sizeof(Unsigned)> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = std::byte(number >> (8 * (bytes.size() - 1 - i)) & 0xFF);
    }
    return bytes;
}

}

std::string toHex(const Digest &digest)
{
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const std::byte byte : digest) {
        hex += hexDigits[std::size_t(byte >> 4)];
        hex += hexDigits[std::size_t(byte & std::byte {0xF})];
    }
    return hex;
}

Result<Digest> digestFrom(std::string_view hex)
{
    Digest digest {};
    bool good = hex.size() == digest.size() * 2;
    for (std::size_t i = 0; good && i < digest.size(); ++i) {
        const auto high = hexDigits.find(hex[2 * i]);
        const auto low = hexDigits.find(hex[2 * i + 1]);
        good = high != std::string_view::npos && low != std::string_view::npos;
        digest[i] = good ? std::byte(high << 4 | low) : std::byte {};
    }
    if (!good) {
        return refuse(
            Reason::InvalidArgument, {{"field", "digest"}, {"value", std::string(hex.substr(0, 80))}, {"expected", "64 lower-case hex digits"}});
    }
    return digest;
}

Manifest::Manifest(std::uint64_t sizeBytes, std::string asideIn)
    : m_size(sizeBytes)
    , m_lastZeros(sizeBytes % chunkBytes == 0 ? zeroChunk() : zeros(std::uint32_t(sizeBytes % chunkBytes)))
    , m_pages((chunks() + pageChunks - 1) / pageChunks, std::move(asideIn))
{
}

std::uint32_t Manifest::sizeOf(std::size_t chunk) const
{
    return std::uint32_t(std::min<std::uint64_t>(chunkBytes, m_size - std::uint64_t(chunk) * chunkBytes));
}

Digest Manifest::digest(std::size_t chunk) const
{
    const auto *page = m_pages.find(chunk / pageChunks);
    return page ? page[chunk % pageChunks] : zerosAt(chunk);
}

void Manifest::set(std::size_t chunk, const Digest &digest)
{
    const auto page = chunk / pageChunks;
    if (m_pages.find(page) || digest != zerosAt(chunk)) {
        const bool fresh = !m_pages.find(page);
        auto *digests = m_pages.make(page);
        for (std::size_t i = 0; fresh && i < inPage(page); ++i) {
            digests[i] = zerosAt(page * pageChunks + i);
        }
        digests[chunk % pageChunks] = digest;
    }
}

Digest Manifest::root() const
{
    const std::vector<Digest> empty(pageChunks, zeroChunk());
    Hasher hasher;
    hasher.add(bigEndian(m_size));
    hasher.add(bigEndian(chunkBytes));
    hasher.add(bigEndian(blockBytes));
    for (std::size_t page = 0; page < m_pages.pages(); ++page) {
        const auto here = inPage(page);
        if (const auto *digests = m_pages.find(page)) {
            hasher.add(std::as_bytes(std::span(digests, here)));
        } else {
            const bool last = page + 1 == m_pages.pages();
            hasher.add(std::as_bytes(std::span(empty).first(last ? here - 1 : here)));
            hasher.add(last ? std::span<const std::byte>(m_lastZeros) : std::span<const std::byte>());
        }
    }
    return hasher.end();
}

bool Manifest::operator==(const Manifest &other) const
{
    bool same = m_size == other.m_size;
    for (std::size_t chunk = 0; same && chunk < chunks(); ++chunk) {
        same = digest(chunk) == other.digest(chunk);
    }
    return same;
}

const Digest &Manifest::zeroChunk()
{
    static const Digest digest = digestOf(std::vector<std::byte>(chunkBytes));
    return digest;
}

Digest Manifest::zeros(std::uint32_t bytes)
{
    return bytes >= chunkBytes ? zeroChunk() : digestOf(std::vector<std::byte>(bytes));
}

}
