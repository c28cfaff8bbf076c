// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"

namespace portulan::world {

/// A genuine certificate of a move from Dublin to Lyon, and the authority that vouches for both signers.
struct SignedMove {
    MigrationCertificate certificate;
    std::string text;
    std::string authorityPem;
};
SignedMove signedMove();

}
