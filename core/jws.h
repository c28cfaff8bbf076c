// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"

#include <vector>

namespace portulan {

/// One signature over a payload as RFC 7515 has it (JSON Web Signature), algorithm ES256 (RFC 7518, 3.4) only. The protected header carries the
/// signer's certificate ("x5c"), so that nothing but the federation's authority is needed to check it, years later and without a network.
struct JwsSignature {
    std::string protectedHeader; ///< base64url of {"alg":"ES256","x5c":[…]}
    std::string signature; ///< base64url of r and s, 64 bytes
    bool operator==(const JwsSignature &) const = default;
};

/// Who signed, as their certificate says; verifyJws() has checked it.
struct JwsSigner {
    CertificateFacts certificate;
    std::string certificatePem;
};

/// base64url without padding (RFC 4648, 5; RFC 7515, 2).
std::string base64Url(std::string_view bytes);
Result<std::string> fromBase64Url(std::string_view text); ///< Malformed on anything but its alphabet, padding included

/// A payload with those who signed it, as text: the general JSON serialisation of RFC 7515 (7.2.1), {"payload", "signatures": [{"protected",
/// "signature"}, …]} and nothing else. One text for each payload and its signatures: jwsTextFrom() takes none but that of toText(), so that no byte
/// of it can be another.
struct JwsText {
    std::string payload;
    std::vector<JwsSignature> signatures;
};
std::string toText(const JwsText &jws);
Result<JwsText> jwsTextFrom(std::string_view text); ///< Malformed; TooLarge above 8 MiB

/// Signs base64Url(payload). Malformed if key or certificate cannot be read, Untrusted if they do not belong together, Unsupported for keys other
/// than P-256. Of the two signatures that ECDSA has for each, (r, s) and (r, n - s), the one with the lesser s.
Result<JwsSignature> signJws(const KeyAndCertificate &signer, std::string_view payload);
/// Untrusted if the signature is not over this payload by the certificate's key, or no authority vouches for the certificate at that moment
/// (Expired then), or it is the other one of the two; Malformed if it is not ES256 with exactly one certificate.
Result<JwsSigner> verifyJws(std::string_view payload, const JwsSignature &signature, std::string_view authoritiesPem, Instant at);

}
