// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/hasher.h"

#include <openssl/evp.h>

namespace portulan {

namespace {
/// Looking an algorithm up costs more than hashing a short message; it is done once.
const EVP_MD *sha256Algorithm()
{
    static const EVP_MD *const algorithm = [] {
        const EVP_MD *fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        return fetched ? fetched : EVP_sha256();
    }();
    return algorithm;
}
}

Hasher::Hasher()
    : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
{
    EVP_DigestInit_ex2(m_context.get(), sha256Algorithm(), nullptr);
}

void Hasher::add(std::span<const std::byte> bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
}

Digest Hasher::end()
{
    Digest digest {};
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return digest;
}

Digest sha256(std::span<const std::byte> bytes)
{
    Digest digest {};
    // Cannot fail: the algorithm is built in and the output has its exact size.
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char *>(digest.data()), nullptr, sha256Algorithm(), nullptr);
    return digest;
}

}
