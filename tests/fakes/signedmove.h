// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"

namespace portulan::world {

/// Of a machine's warm move from Dublin to Lyon, begun a quarter of a second after that moment.
MigrationCertificate certificateOf(Instant moved);

/// A genuine certificate of a move from Dublin to Lyon, and the authority that vouches for both signers.
struct SignedMove {
    MigrationCertificate certificate;
    std::string text;
    std::string authorityPem;
};
SignedMove signedMove();

}
