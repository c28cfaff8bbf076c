// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"
#include "core/verdict.h"
#include "site/context.h"
#include "site/moverpatience.h"
#include "site/transferreceive.h"

#include <optional>

namespace portulan::site {

/// What another site asks to be taken.
struct Wanted {
    Arrival arrival; ///< project as here, ids as there
    std::string sourceSite;
    std::string sourceEndpoint; ///< where it answers GetDecision; may be empty if configured
    std::string requestedBy; ///< who ordered it there
    std::int64_t expectedBytes = 0; ///< that will travel, as far as the source knows; 0: not yet known
    std::string machine {}; ///< live: what it is made of (Driver::describeMachine)
};

/// The migrations towards this site: the destination's half of the two-phase commit. Each step is journalled before it is taken; once
/// Verified, only the source's decision ends it, and it is asked for until it answers. Thread safe; calls block, from workers.
class Arrivals {
public:
    explicit Arrivals(Context &context, const Patience &patience = {});
    ~Arrivals();
    /// Opens the data plane on Config::dataListen, takes up what the journal says was under way, watches over sources that fell silent.
    Result<> start();
    void stop();
    int dataPort() const;

    struct Opinion {
        std::vector<Problem> blockers;
        std::vector<Problem> warnings;
        Verdict verdict;
    };
    /// Project, policy, quota, room, names; changes nothing.
    Opinion assess(const Wanted &wanted);

    struct Reservation {
        Token token {}; ///< of this call; an earlier one is void
        Received received;
    };
    /// What no longer counts of what was sent, because the machine there has written since. Durable before the reservation is answered.
    struct Revision {
        std::string renewal; ///< nothing that is there counts; a name for it, so that it is obeyed once. Empty: no
        std::vector<std::pair<std::string, std::vector<std::uint64_t>>> stale; ///< key, runs of chunks
        std::optional<Lot> lot; ///< of a data set that comes in lots
        std::uint64_t afterLot; ///< the last one the source knows to be whole
    };
    /// Refused, NotFound{project}, Quota, NoCapacity…; Conflict once it is over; NotReady{cause: "turn", limit, before} while others are taken in
    /// first.
    Result<Reservation> reserve(const Wanted &wanted, const Revision &revision = {});

    /// Where a page of what was received begins.
    struct Place {
        std::size_t parcel = 0;
        std::uint64_t chunk = 0;
    };
    struct Had {
        MigrationStep step = MigrationStep::Planned;
        struct Parcel {
            std::size_t parcel = 0;
            std::string key;
            std::vector<std::uint64_t> have; ///< runs of durable chunks, from the first one of the page on
            std::vector<std::uint64_t> stale; ///< of those that hold what does not count
        };
        std::vector<Parcel> parcels; ///< only those with any
        std::optional<Place> next;
    };
    // Of a migration of `source` ("lyon"); NotFound{migration} for anybody else's.
    Result<Had> progress(const std::string &migration, const std::string &source, Place from);
    /// Frames that come by calls; with `end`, what is to be said of all of them (Receiving::end()). NotAuthorised unless the token is good.
    Result<> receive(const Token &token, const std::string &peer, std::span<const std::byte> frames, bool end);
    /// Of what a disk holds where it does not count, as Receiving::fingerprints(). NotReady before there is room.
    Result<std::vector<Receiving::ChunkPrints>> fingerprints(
        const std::string &migration, const std::string &source, Place from, std::uint32_t count);
    /// Live: a machine that is ready, paused, to take the memory of the source's; opened by the token over the data plane, once.
    Result<Token> prepare(const std::string &migration, const std::string &source, const std::string &machine);
    /// Flushes, compares; Integrity{where, expected, found}. Answers with its own. `whole` over all of them; `claimed` may be empty then.
    /// `memory`: NotReady{what} if that is not here, in full; else what is here of it is dropped.
    Result<FoundDisks> verify(
        const std::string &migration, const std::string &source, const std::vector<FoundDisk> &claimed, const Digest &whole, bool memory = false);
    /// A test boot asked for by the source, or only asked after.
    struct Trial {
        std::string run; ///< begun once under one name
        std::chrono::seconds length {60}; ///< it has to stay up
        std::vector<FoundDisk> claimed;
        std::optional<Digest> whole; ///< of verify(): what must be there to be booted; none: only asked after
        bool end = false;
    };
    /// Boots a copy of the machine as it has arrived, and from then on says how that goes. Receives nothing meanwhile; whatever the migration does
    /// next ends it. Integrity, NotReady{state}, NotFound{id} for a run nobody began, and what Driver::testBoot() answers.
    Result<TestBoot> testBoot(const std::string &migration, const std::string &source, const Trial &trial);
    struct Activated {
        Operation operation;
        std::optional<Problem> startProblem; ///< owned, but it did not start
        MigrationCertificate::Judgement after; ///< of what has arrived, here
        std::string memory {}; ///< live: "arrived" or "lost"
    };
    Result<Activated> activate(const std::string &migration, const std::string &source, bool start);
    Result<> abort(const std::string &migration, const std::string &source);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

}
