// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/erasurerecord.h"
#include "core/manifest.h"

namespace portulan::world {

/// Of a machine's warm move from Dublin to Lyon, begun a quarter of a second after that moment.
MigrationCertificate certificateOf(Instant moved);

/// Of the copy which that move left in Dublin, erased a minute after its retention.
ErasureRecord erasureOf(const MigrationCertificate &moved, const std::string &certificateDigest);

/// A genuine certificate of a move from Dublin to Lyon, the record of its copy's erasure, and the authority that vouches for both signers.
struct SignedMove {
    MigrationCertificate certificate;
    std::string text;
    std::string erasure;
    std::string authorityPem;
};
/// Of one blank disk if none are named.
SignedMove signedMove(const std::vector<MigrationCertificate::Disk> &disks = {}, std::string digest = std::string(Manifest::algorithm));

}
