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

/// The data plane's TLS: version 1.3 only, both sides with a certificate of the federation, AES-128-GCM first, no tickets, no 0-RTT. Files that
/// are renewed are read again by the next connection; as long as they are not sound, those before count. Thread safe.
class DataTls {
public:
    using Context = std::shared_ptr<SSL_CTX>;
    /// Malformed{file} or Untrusted if key and certificate do not belong together.
    static Result<DataTls> load(const Credentials &credentials);
    Context asServer() const { return current().server; }
    Context asClient() const { return current().client; }

private:
    struct Both {
        Context server, client;
    };
    struct State;
    static Result<Both> read(const Credentials &credentials);
    Both current() const;
    std::shared_ptr<State> m_state;
};

/// When files were last written; changes when any of them is renewed.
std::string stampOf(const Credentials &credentials);

/// "site/lyon" or "user/alice" from the certificate's URI name "portulan://site/lyon"; empty if there is not exactly one.
std::string identityOf(const X509 *certificate);
/// First entry of OpenSSL's error queue, which is emptied.
std::string tlsError();

}
