// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"

#include <vector>

namespace portulan {

/// A private key (PKCS#8) and the X.509 certificate of its public half, both PEM. The key is a secret: never logged, never in settings.
struct KeyAndCertificate {
    std::string keyPem;
    std::string certificatePem;
};

/// To whom a certificate is issued.
struct Bearer {
    enum class Kind { Site, User };
    Kind kind = Kind::Site;
    std::string id; ///< a label as isId() has it
    std::vector<std::string> dnsNames = {}; ///< beside a site's own "ID.site.portulan"
    std::vector<std::string> ipAddresses = {}; ///< "127.0.0.1", "::1"
};

/// What a certificate says, not whether it is to be believed: that is verifyCertificate().
struct CertificateFacts {
    std::string identity; ///< "site/ID" or "user/NAME"; empty for an authority
    std::string subject; ///< "O = Portulan site, CN = lyon"
    std::string issuer;
    Instant notBefore {};
    Instant notAfter {};
    std::string serial; ///< upper-case hex
    std::string fingerprint; ///< SHA-256 over the DER form, lower-case hex
    bool isAuthority = false;
    bool operator==(const CertificateFacts &) const = default;
};

/// A federation's own certificate authority: EC P-256, self-signed, may sign certificates of sites and users only (no further authorities).
/// InvalidArgument{field} if the name is not 1–64 bytes of UTF-8 or the dates are not in order.
Result<KeyAndCertificate> makeAuthority(std::string_view federation, Instant notBefore, Instant notAfter);
/// A new key and its certificate: URI name portulan://site/ID or portulan://user/NAME, good as TLS client and server.
Result<KeyAndCertificate> issue(const KeyAndCertificate &authority, const Bearer &who, Instant notBefore, Instant notAfter);

/// Reads the first certificate of a PEM text. Malformed if there is none; Untrusted if it claims more than one identity.
Result<CertificateFacts> inspect(std::string_view pem);
/// Whether one of the authorities (PEM, any number) vouches for the certificate at that moment: Expired{what, from, until}, Untrusted, Malformed.
Result<> verifyCertificate(std::string_view certificatePem, std::string_view authoritiesPem, Instant at);
/// Whether the key is that of the certificate; Untrusted if it is another's.
Result<> checkPair(const KeyAndCertificate &pair);

}
