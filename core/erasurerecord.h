// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"

namespace portulan {

/// What the source of a migration puts its name to once it has erased the copy it kept: which copy of what, when, and how. Travels as a JWS like
/// the certificate it belongs to, signed by that one site; checkErasure() needs nothing but the federation's authority. It says what was done, no
/// more: what a medium still holds after its files were removed is another matter, which `method` names.
/// It proves that who had this site's key says so, at a time that he chose. A key that was stolen may be used after its certificate has ended, with a
/// time when it was valid: not before the end of the retention, and beside a certificate it refers to not before that was issued, but no other clock
/// bears witness. Where that is in doubt the site's trail has the digest of the genuine record; of a stolen key that is still valid nothing here can
/// tell, for a federation has no list of certificates revoked.
struct ErasureRecord {
    std::string migration; ///< UUID
    std::string certificate; ///< certificateDigest() of the migration's; empty if the destination never signed one
    ObjectId object; ///< the copy, as it was called at its site
    std::string name;
    std::string project; ///< there
    MigrationCertificate::Party site; ///< that erased it
    std::string cause = "retention"; ///< why: its retention had ended
    std::string method; ///< "files_removed": files and their blocks given back, nothing overwritten; another word: see the stack's own papers
    std::string gateway; ///< "portulan-site 0.1.0"
    std::vector<MigrationCertificate::Disk> disks; ///< as the certificate lists them: the first thousand; `whole` covers all
    std::string whole;
    std::int64_t diskCount = 0;
    Instant retainedUntil {};
    Instant begunAt {}; ///< noted, nothing erased yet
    Instant erasedAt {}; ///< found gone
    Instant issuedAt {};
    bool operator==(const ErasureRecord &) const = default;
};

/// The payload: JSON with sorted keys, RFC 3339 times, the type "portulan/erasure-record/1".
std::string statementOf(const ErasureRecord &record);
/// Malformed if it is not such a statement; TooLarge above 4 MiB.
Result<ErasureRecord> erasureFrom(std::string_view payload);

struct CheckedErasure {
    ErasureRecord record;
    JwsSigner site;
};
/// The signature, the signer (the very site the statement names, vouched for when it was issued) and the statement's own coherence; the text as it was
/// issued, byte for byte. Untrusted{what}, Expired, Malformed, TooLarge.
Result<CheckedErasure> checkErasure(std::string_view text, std::string_view authoritiesPem);

/// What there is to prove of one migration: at least one of the two.
struct MigrationProof {
    std::optional<CheckedCertificate> certificate;
    std::optional<CheckedErasure> erasure;
};
/// Both in one file, {"certificate", "erasure"}; the certificate alone if there is no erasure.
std::string proofText(const std::string &certificate, const std::string &erasure);
/// Checks a certificate, an erasure record or both in one file; `more` are further files of the same migration. Two of a kind are Malformed; a record
/// that speaks of another copy than the certificate, or is older than the one it refers to, is Untrusted{what=erasure}.
Result<MigrationProof> checkProof(std::string_view text, std::string_view authoritiesPem, const std::vector<std::string> &more = {});

}
