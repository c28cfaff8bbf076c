// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace portulan {

/// What a console shows at a site's door, all PEM. The key is a secret: it comes from the keychain or a file of mode 0600 and goes nowhere
/// but into TLS.
struct LinkCredentials {
    std::string authorityPem; ///< who vouches for the sites of this federation
    std::string certificatePem;
    std::string keyPem;
};

}
