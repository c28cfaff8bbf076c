// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/capacity.h"
#include "core/operation.h"

#include <map>
#include <memory>
#include <optional>

namespace portulan::site {

/// One side's record of a migration: everything needed to go on after a crash. `payload` is JSON, private to site/mover.
struct MigrationRecord {
    std::string migration; ///< UUID
    bool isSource = true;
    MigrationStep step = MigrationStep::Planned;
    std::string payload;
};

/// An erasure that is noted and not yet recorded. `draft` is a statement of core/erasurerecord.h.
struct ErasureNote {
    std::string migration;
    std::string draft;
    bool isErased = false; ///< found gone
};

/// An evacuation that is not over: the order (JSON of its message), and what is known of each move, by number.
struct EvacuationRecord {
    std::string operation; ///< id
    std::string order;
    std::map<std::size_t, std::string> moves;
};

/// Operations, request ids, migrations, evacuations and capacity samples in SQLite (WAL, synchronous=FULL): written before each step, the only state
/// of the gateway that survives. Locks itself. Every write is durable on return; DiskFull or Internal otherwise, and nothing is changed.
class Journal {
public:
    static Result<std::unique_ptr<Journal>> open(const std::string &path);
    ~Journal();

    Result<> put(const Operation &operation);
    Result<std::vector<Operation>> operations() const; ///< newest first, at most 1000; those not over always
    /// The operation an earlier call with this request id began, within 24 h.
    Result<std::optional<Operation>> byRequest(std::string_view caller, std::string_view requestId) const;

    Result<> put(const MigrationRecord &record);
    Result<std::vector<MigrationRecord>> openMigrations() const; ///< those not Released or Aborted
    Result<std::optional<MigrationRecord>> migration(std::string_view id, bool isSource) const;

    /// Whether it knows of a migration of that object (text) away from here that was not aborted.
    Result<bool> knowsDeparture(std::string_view object) const;
    /// The certificate of a migration, as both sites signed it; one is never replaced by another (Conflict).
    Result<> putCertificate(std::string_view migration, std::string_view text);
    Result<std::string> certificate(std::string_view migration) const; ///< NotFound{migration}
    /// What this site stated for a certificate that is not there yet, signed by it alone: stated again it is the same. Forgotten with the certificate.
    Result<> putStatement(std::string_view migration, std::string_view text);
    Result<> forgetStatement(std::string_view migration);
    Result<std::string> statement(std::string_view migration) const; ///< NotFound{migration}
    /// Released from here and without a certificate, oldest first, at most `limit`.
    Result<std::vector<MigrationRecord>> uncertified(std::size_t limit) const;

    /// The migration that took that object (text) away from here, or wants to; never an aborted one.
    Result<std::optional<MigrationRecord>> departureOf(std::string_view object) const;
    /// …by what that object is called where it went.
    Result<std::optional<MigrationRecord>> departureTo(std::string_view arrived) const;

    /// The erasure of a migration's copy is about to begin; the first note stays.
    Result<> noteErasing(std::string_view migration, std::string_view draft);
    Result<> noteErased(std::string_view migration, std::string_view draft);
    Result<std::optional<ErasureNote>> erasing(std::string_view migration) const; ///< also once it is recorded
    Result<std::vector<ErasureNote>> unrecordedErasures(std::size_t limit) const;
    /// The record of it, signed; one is never replaced by another (Conflict).
    Result<> putErasure(std::string_view migration, std::string_view text);
    Result<std::string> erasure(std::string_view migration) const; ///< NotFound{migration}

    Result<> putEvacuation(std::string_view operation, std::string_view order);
    Result<> putEvacuationMove(std::string_view operation, std::size_t number, std::string_view text);
    Result<> endEvacuation(std::string_view operation); ///< kept, to be retried, as long as its operation
    Result<std::vector<EvacuationRecord>> openEvacuations() const;
    Result<std::optional<EvacuationRecord>> evacuation(std::string_view operation) const; ///< also one that is over

    Result<> put(const CapacitySample &sample);
    Result<std::vector<CapacitySample>> samples(Instant from, Instant to, std::size_t limit) const;

private:
    struct Data;
    explicit Journal(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

}
