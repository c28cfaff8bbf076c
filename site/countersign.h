// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"
#include "site/context.h"
#include "site/tls.h"

namespace portulan::site {

struct Wanted;

/// What a source says of a migration, and puts its name to.
struct SourceStatement {
    std::string migration;
    std::string payload; ///< core/migrationcertificate.h
    JwsSignature signature; ///< the source's
};

/// What a destination notes of a migration while it knows it, to compare with what the source will state.
struct TakenOver {
    ObjectId object; ///< there; empty: noted by an older gateway
    std::string name;
    std::string project; ///< here
    std::string classification;
    std::string orderedBy;
    MigrationCertificate::Party to; ///< this site, as it was then
    Instant verifiedAt {}; ///< by this site's clock, like the next
    Instant activatedAt {};
    std::string named; ///< hex, wholeOf() what a certificate names
};
/// At the moment of activation; what was noted at the verification stays. `arrived`: a data set that came in lots, as the last of them has it.
void noteTakenOver(const Context &context, const Wanted &wanted, const DataSet *arrived, TakenOver &notes);

/// How this site appears in a certificate; empty before it has introduced itself.
MigrationCertificate::Party ownParty(const Context &context);
/// What the gateway signs with. What is wrong with it is not the other site's fault, and may be mended while it runs: Internal.
Result<Papers> ownPapers(const Context &context);

/// The destination's half: compares a source's statement with what happened here, signs the same bytes and keeps the certificate. Idempotent: the
/// same statement gets the same signature. NotFound if nothing of that name arrived from there, NotReady while it is not over; also, so
/// that another moment of issue may be stated, NotReady{cause: clock-ahead | clock-behind, site, seconds} if it is not now, and NotReady{what: papers,
/// from, until} if those of either do not hold then; Conflict{what} if the statement says otherwise, Untrusted.
Result<JwsSignature> countersign(Context &context, const std::string &source, const SourceStatement &statement);

}
