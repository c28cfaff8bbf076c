// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <memory>
#include <openssl/ssl.h>

namespace portulan::site {

/// Paths of what a site proves itself with; PEM files.
struct Credentials {
    std::string authority;
    std::string certificate;
    std::string key;
};

/// The data plane's TLS: version 1.3 only, both sides with a certificate of the federation, AES-128-GCM first, no tickets, no 0-RTT.
class DataTls {
public:
    /// Malformed{file} or Untrusted if key and certificate do not belong together.
    static Result<DataTls> load(const Credentials &credentials);
    SSL_CTX *asServer() const { return m_server.get(); }
    SSL_CTX *asClient() const { return m_client.get(); }

private:
    struct Free {
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, Free> m_server;
    std::unique_ptr<SSL_CTX, Free> m_client;
};

/// "site/lyon" or "user/alice" from the certificate's URI name "portulan://site/lyon"; empty if there is not exactly one.
std::string identityOf(const X509 *certificate);
/// First entry of OpenSSL's error queue, which is emptied.
std::string tlsError();

}
