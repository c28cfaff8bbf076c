// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/openssl.h"

#include <limits>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace portulan::openssl {

std::string takeErrors()
{
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        char words[256];
        ERR_error_string_n(code, words, sizeof words);
        text += (text.empty() ? "" : "; ") + std::string(words);
    }
    return text;
}

Bio reading(std::string_view text)
{
    const auto size = std::min(text.size(), std::size_t(std::numeric_limits<int>::max()));
    return Bio(BIO_new_mem_buf(text.data(), int(size)));
}

std::string contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, std::size_t(size)) : std::string();
}

Result<Cert> certificateFrom(std::string_view pem)
{
    if (Cert cert {PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr)}) {
        return cert;
    }
    return refuse(Reason::Malformed, {{"expected", "X.509 certificate, PEM"}}, takeErrors());
}

Result<Key> keyFrom(std::string_view pem)
{
    // An encrypted key must not make the program ask at its terminal.
    const auto noPassword = [](char *, int, int, void *) { return -1; };
    if (Key key {PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, noPassword, nullptr)}) {
        return key;
    }
    return refuse(Reason::Malformed, {{"expected", "private key without a password, PEM"}}, takeErrors());
}

}
