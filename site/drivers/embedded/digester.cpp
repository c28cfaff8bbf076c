// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/digester.h"

#include "core/manifest.h"
#include "site/drivers/embedded/fd.h"

#include <openssl/evp.h>

namespace portulan::site::embedded {

Digester::Digester()
    : m_context(EVP_MD_CTX_new(), EVP_MD_CTX_free)
{
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}

void Digester::add(std::span<const std::byte> bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
}

std::string Digester::hex()
{
    Digest digest {};
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return toHex(digest);
}

Result<std::string> digestOf(int fd)
{
    const auto size = fileSize(fd);
    if (!size) {
        return tl::unexpected(size.error());
    }
    Digester digester;
    std::vector<std::byte> buffer(1 << 20);
    for (std::uint64_t at = 0; at < *size; at += buffer.size()) {
        const auto part = std::span(buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), *size - at)));
        if (auto done = readAt(fd, at, part); !done) {
            return tl::unexpected(done.error());
        }
        digester.add(part);
    }
    return digester.hex();
}

}
