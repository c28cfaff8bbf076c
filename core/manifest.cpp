// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"

#include <algorithm>
#include <openssl/evp.h>

namespace portulan {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

/// Looking an algorithm up costs more than hashing a short message; it is done once.
const EVP_MD *sha256Algorithm()
{
    static const EVP_MD *const algorithm = [] {
        const EVP_MD *fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        return fetched ? fetched : EVP_sha256();
    }();
    return algorithm;
}

template <typename Unsigned>
void appendBigEndian(std::vector<std::byte> &bytes, Unsigned number)
{
    for (int shift = int(sizeof number) * 8 - 8; shift >= 0; shift -= 8) {
        bytes.push_back(std::byte(number >> shift & 0xFF));
    }
}

}

Digest sha256(std::span<const std::byte> bytes)
{
    Digest digest {};
    // Cannot fail: the algorithm is built in and the output has its exact size.
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char *>(digest.data()), nullptr, sha256Algorithm(), nullptr);
    return digest;
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

Manifest::Manifest(std::uint64_t sizeBytes)
    : m_size(sizeBytes)
    , m_digests(std::size_t(sizeBytes / chunkBytes), zeros(chunkBytes))
{
    if (const auto rest = std::uint32_t(sizeBytes % chunkBytes)) {
        m_digests.push_back(zeros(rest));
    }
}

std::uint32_t Manifest::sizeOf(std::size_t chunk) const
{
    return std::uint32_t(std::min<std::uint64_t>(chunkBytes, m_size - std::uint64_t(chunk) * chunkBytes));
}

Digest Manifest::root() const
{
    std::vector<std::byte> bytes;
    bytes.reserve(12 + m_digests.size() * sizeof(Digest));
    appendBigEndian(bytes, m_size);
    appendBigEndian(bytes, chunkBytes);
    for (const Digest &digest : m_digests) {
        bytes.insert(bytes.end(), digest.begin(), digest.end());
    }
    return sha256(bytes);
}

Digest Manifest::zeros(std::uint32_t bytes)
{
    static const std::vector<std::byte> nothing(chunkBytes);
    static const Digest full = sha256(nothing);
    return bytes == chunkBytes ? full : sha256(std::span(nothing).first(std::min(bytes, chunkBytes)));
}

}
