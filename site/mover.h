// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/verdict.h"
#include "site/context.h"
#include "site/moverpatience.h"

namespace portulan::site {

/// Preflight of a migration.
struct Assessment {
    std::vector<Problem> blockers;
    std::vector<Problem> warnings;
    Verdict verdict; ///< at the destination, by the destination
    std::int64_t bytes = 0; ///< that have to travel, before compression
    std::int64_t diskBytes = 0; ///< of room it needs there
    double seconds = 0; ///< 0: not known
    double secondsError = 0;
    double outageSeconds = 0;
    double outageSecondsError = 0;
    std::vector<std::string> steps;
    std::int64_t linkBytesPerSecond = 0; ///< measured; 0: not known
    std::int32_t learnedFrom = 0; ///< earlier migrations to that site the estimate rests on
};

/// Migrations away from this site: copy, verify, commit, release; resumes from the journal. The source coordinates (two-phase
/// commit); steps are core/operation.h's MigrationStep, each journalled before it is taken.
class Mover {
public:
    explicit Mover(Context &context, const Patience &patience = {});
    ~Mover();
    /// Takes up what the journal says was under way; then keeps watch over retention (erases Retained objects when it ends).
    Result<> start();
    void stop(); ///< parks what runs; it goes on at the next start

    /// `running` is already journalled; works in threads of its own and ends `running`.
    void migrate(const Migrate &order, std::shared_ptr<Running> running);
    Assessment assess(const Migrate &order, const std::string &caller);

    struct Decision {
        std::string word = "unknown"; ///< "undecided", "committed", "aborted", "unknown"
        bool start = false;
    };
    /// For Peer.GetDecision; "unknown" to anybody but the migration's destination. If the journal has lost the migration, `object` (resource
    /// name) tells: fenced for that destination means committed.
    Decision decisionFor(const std::string &migration, const std::string &destination, const std::string &object) const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

}
