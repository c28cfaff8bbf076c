// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"
#include "site/arrivalslots.h"
#include "site/countersign.h"
#include "site/transferreceive.h"

#include <atomic>

namespace portulan::site {

/// What the journal keeps of a migration beside its step, also once it is over, for calls repeated afterwards.
struct IncomingNotes {
    std::string source;
    ObjectId operation;
    Received received;
    bool start = false;
    bool dropping = false;
    std::string whole; ///< hex, over all that was verified
    std::int64_t disks = 0;
    MigrationCertificate::Judgement after; ///< of what has arrived
    std::string memory; ///< live: "arrived", "lost"
    TakenOver taken;
};

/// One migration towards this site. Its request lies in a file beside the journal, written once; the journal's record says how far it is.
/// Thread safe; one step at a time.
class Incoming {
public:
    using Clock = std::chrono::steady_clock;

    Incoming(Context &context, std::string directory, Wanted wanted);
    /// What the journal and the directory say; the operation goes on.
    static Result<std::shared_ptr<Incoming>> reopen(Context &context, const std::string &directory, const MigrationRecord &record);

    const Wanted &wanted() const { return m_wanted; }
    const std::string &id() const { return m_wanted.arrival.migration; }
    MigrationStep step() const { return m_step; }
    bool isOver() const { return m_step == MigrationStep::Released || m_step == MigrationStep::Aborted; }

    /// `expectedBytes`: for the progress shown; 0 keeps what was said before.
    Result<Arrivals::Reservation> reserve(std::int64_t expectedBytes, const Arrivals::Revision &revision = {});
    /// The receiver, if this is its token.
    std::shared_ptr<Receiving> open(const Token &token);
    Result<Arrivals::Had> progress(Arrivals::Place from);
    Result<std::vector<Receiving::ChunkPrints>> fingerprints(Arrivals::Place from, std::uint32_t count);
    /// Live: arrivalslive.cpp. A machine that takes the memory; openMemory() answers its token once.
    Result<Token> prepare(const std::string &machine);
    std::shared_ptr<MemorySink> openMemory(const Token &token);
    Result<FoundDisks> verify(const std::vector<FoundDisk> &claimed, const Digest &whole, bool memory);
    Result<TestBoot> testBoot(const Arrivals::Trial &trial);
    /// Now and then: ends a test boot whose time is over.
    void lookAtTest();
    Result<Arrivals::Activated> activate(bool start);
    /// What the source has decided.
    Result<> abort(const Problem &why);
    /// The source has been asked about a verified copy: `unknown` it is if it answered that it knows nothing of the migration, else it was
    /// silent. Raises the alert; a copy whose source knows nothing may be cancelled here, by order, and then is dropped.
    void doubt(bool unknown);
    /// The source knows and will say: no alert, no cancelling.
    void trust();
    /// What this site decides by itself: only before Verified, else nothing happens. Noted before anything is dropped, so that a copy half
    /// dropped is not taken up again after a restart.
    Result<> giveUp(const Problem &why);
    bool isDropping() const { return m_dropping; }
    /// Goes on where only this site is needed: an ownership taken but not yet started, a receiver not yet opened.
    Result<> takeUp();
    void park(); ///< cuts the data plane's connections; the journal has the rest

    void heard()
    {
        m_heard = Clock::now().time_since_epoch().count();
        m_urgent = false;
    }
    /// Since the source last called or sent.
    Clock::duration silence() const { return Clock::now().time_since_epoch() - Clock::duration(m_heard.load()); }
    bool isUrgent() const { return m_urgent; } ///< after a restart: the source should be asked at once

private:
    Result<> journal(MigrationStep step);
    Result<> drop(const Problem &why);
    Result<> admit();
    Result<> beginReceiving();
    Result<> revise(const Arrivals::Revision &revision);
    // A data set in lots: arrivalsincominglots.cpp
    Result<> takeLot(const Lot &lot, std::uint64_t after);
    Result<> closeLot();
    Result<FoundDisks> found();
    Result<std::vector<bool>> prefilled();
    Verdict verdict() const; ///< on what is here by now
    void beginOperation();
    void end(const std::function<void(Running &)> &how);
    void forgetFiles();
    void letCancel(bool may);
    std::string doubtId() const { return "doubt-" + id(); }
    Result<> finish();
    std::optional<Problem> startMachine();
    /// NotReady{state=settling} while what has come is still put where it will live.
    Result<> settle();
    Result<> settleMemory(bool sent);
    void cutMemory();
    Result<bool> goOn();
    Result<FoundDisks> agree(const std::vector<FoundDisk> &claimed, const Digest &whole);
    /// What is here, if it is what is claimed. Durable on return; m_receiving is there and nobody sends.
    Result<FoundDisks> compare(const std::vector<FoundDisk> &claimed, const Digest &whole);
    Result<> beginTest(const Arrivals::Trial &trial);
    void judgeTest();
    void endTest(const Problem &why); ///< if one runs; its machine is gone on return

    struct Test {
        std::string run;
        std::unique_ptr<TestMachine> machine; ///< none: it is over
        Clock::time_point until;
        TestBoot boot;
    };
    Context &m_context;
    std::string m_directory;
    Wanted m_wanted;
    std::mutex m_mutex; ///< one step at a time
    std::atomic<MigrationStep> m_step = MigrationStep::Planned;
    std::atomic<Clock::rep> m_heard;
    std::atomic<bool> m_urgent = false;
    std::atomic<std::int64_t> m_expected = 0;
    std::atomic<bool> m_dropping = false;
    bool m_journalled = false;
    IncomingNotes m_notes; ///< what the journal keeps beside the step
    std::optional<Problem> m_startProblem;
    std::shared_ptr<Running> m_running;
    Test m_test; ///< the last one
    std::mutex m_door; ///< m_token and m_receiving, also read by the data plane
    std::string m_renewal; ///< the last one obeyed
    IncomingLots m_lots;
    std::optional<std::vector<bool>> m_prefilled; ///< of the last lot; nothing: the driver was not yet told of it in this life
    Token m_token {};
    std::optional<std::pair<Digest, FoundDisks>> m_agreed; ///< what was compared, and settles since
    std::atomic<bool> m_sealed = false; ///< nothing is written: it is compared, or verified
    std::shared_ptr<Receiving> m_receiving;
    Token m_memoryToken {}; ///< behind m_door too, like the next
    std::shared_ptr<MemorySink> m_memory;
};

Operation shownOperation(const Broadcast &broadcast, const ObjectId &id);
IncomingNotes notesFrom(const std::string &payload);
std::string payloadOf(const IncomingNotes &notes);

}
