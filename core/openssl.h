// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/// OpenSSL's objects with owners. For the files of core that speak to it; no other room includes this.
namespace portulan::openssl {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

/// Empties OpenSSL's error queue of this thread into words for the log.
std::string takeErrors();
Bio reading(std::string_view text); ///< the text must outlive it
std::string contents(BIO *bio);
/// Malformed{expected} unless the text holds one.
Result<Cert> certificateFrom(std::string_view pem);
Result<Key> keyFrom(std::string_view pem);

}
