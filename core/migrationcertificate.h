// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/hasher.h"
#include "core/jws.h"
#include "core/manifest.h"
#include "core/operation.h"
#include "core/site.h"
#include "core/verdict.h"

namespace portulan {

/// What both sites put their names to once a migration is over: what went from where to where, when, under whose order, with which digests, and
/// whether it was allowed before and after. Travels as a JWS (RFC 7515, general JSON serialisation) whose payload is statementOf() and which
/// both sites sign; checkCertificate() needs nothing but the federation's authority.
struct MigrationCertificate {
    struct Party {
        std::string site; ///< id
        std::string name;
        std::string operatedBy; ///< legal entity
        std::string country; ///< ISO 3166-1 alpha-2, of the place
        std::string parentCountry; ///< of the operator's ultimate parent; empty if there is none or it is not known
        bool operator==(const Party &) const = default;
    };
    struct StepTime {
        MigrationStep step = MigrationStep::Planned;
        Instant at {};
        bool operator==(const StepTime &) const = default;
    };
    struct Disk { ///< or object of a data set
        std::string name; ///< volume id at the source, or the object's key
        std::int64_t sizeBytes = 0;
        std::string root; ///< Manifest::root(), hex: over every byte a guest can see, computed by each side from its own disk
        bool operator==(const Disk &) const = default;
    };
    struct Judgement {
        Status status = Status::NotEvaluated;
        std::vector<std::string> broken; ///< rules that forbade it
        std::string rulebook;
        bool operator==(const Judgement &) const = default;
    };
    std::string migration; ///< UUID
    std::string mode = "cold";
    ObjectId object; ///< at the source
    ObjectId arrived; ///< at the destination
    std::string name;
    std::string project; ///< at the destination
    std::string classification;
    Party from;
    Party to;
    std::string orderedBy; ///< "user/marie"
    std::vector<StepTime> steps; ///< by the source's clock, Planned to Released
    static constexpr std::size_t mostNamed = 1000;
    std::string digest {Manifest::algorithm}; ///< that the roots are made with
    std::vector<Disk> disks; ///< the first thousand
    std::string whole; ///< hex, wholeOf() all disks in order (VerifyRequest.whole in peer.proto): of more than a thousand it alone counts
    std::int64_t diskCount = 0;
    std::int64_t bytes = 0; ///< of data sent, zeros not counted
    std::int64_t bytesOnWire = 0;
    std::vector<std::int64_t> passes; ///< warm: bytes sent by each pass while the machine ran
    std::string memory; ///< live: "arrived", or "lost": then it was started from its disks
    bool ran = false; ///< it was running, so that the outage below is one
    Judgement before; ///< where it was, by the source
    Judgement after; ///< where it is, by the destination
    Instant retainedUntil {}; ///< the source's fenced copy is erased then
    Instant issuedAt {};

    /// When a step was reached; 0 if it was not.
    Instant when(MigrationStep step) const;
    /// From Stopped to Activated: how long a running machine was down; 0 if it did not run.
    std::chrono::milliseconds outage() const;
    bool operator==(const MigrationCertificate &) const = default;
};

/// A disk, or an object of a data set, as one side found it.
struct FoundDisk {
    std::string key;
    std::uint64_t sizeBytes = 0;
    Digest root {};
};
/// What is told of any number of them.
struct FoundDisks {
    std::vector<FoundDisk> named; ///< the first MigrationCertificate::mostNamed
    std::int64_t count = 0;
    Digest whole {}; ///< SHA-256 over "key\0size\0root in hex\n" of all, in order
};
/// Takes them one by one, in order.
class FoundDisksTally {
public:
    void add(FoundDisk one);
    FoundDisks end(); ///< once

private:
    FoundDisks m_found;
    Hasher m_hasher;
};
Digest wholeOf(const std::vector<FoundDisk> &found); ///< FoundDisks::whole
/// The same, hex, of what a certificate names.
std::string wholeOf(const std::vector<MigrationCertificate::Disk> &named);
/// As many named as there should be, each with a digest, and `whole` that of them wherever they are all.
bool areDigested(const std::vector<MigrationCertificate::Disk> &named, const std::string &whole, std::int64_t count);

/// How a site appears in it.
MigrationCertificate::Party partyOf(const Site &site);
/// Short form of a verdict.
MigrationCertificate::Judgement judgementOf(const Verdict &verdict);

/// The payload: JSON with sorted keys, RFC 3339 times, the type "portulan/migration-certificate/1".
std::string statementOf(const MigrationCertificate &certificate);
/// Malformed if it is not such a statement; TooLarge above 4 MiB.
Result<MigrationCertificate> statementFrom(std::string_view payload);

/// What no honest pair of sites would put their names to: steps out of order, digests that are not those of the disks, an end before the beginning.
/// Untrusted{what}.
Result<> checkStatement(const MigrationCertificate &certificate);

/// The file: {"payload", "signatures": [{"protected", "signature"}, …]}.
std::string certificateText(std::string_view payload, const std::vector<JwsSignature> &signatures);

/// SHA-256, hex, of the file: what a record of erasure refers to.
std::string certificateDigest(const JwsText &certificate);

struct CheckedCertificate {
    MigrationCertificate certificate;
    JwsSigner source;
    JwsSigner destination;
    std::string digest; ///< certificateDigest()
};
/// Both signatures, both signers (the very sites the statement names, vouched for when it was issued) and checkStatement(). The text is taken as it
/// was issued, byte for byte. Untrusted{what}, Expired, Malformed, TooLarge.
Result<CheckedCertificate> checkCertificate(std::string_view text, std::string_view authoritiesPem);

}
