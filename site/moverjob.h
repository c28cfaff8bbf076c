// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"
#include "site/movercourse.h"
#include "site/moverdeparture.h"
#include "site/moverforecast.h"
#include "site/moverlots.h"
#include "site/moverpasses.h"
#include "site/moverpatience.h"
#include "site/moverturns.h"
#include "site/peerlink.h"
#include "site/transfersend.h"

namespace portulan::site {

class MemoryTunnel;

/// What all migrations away from here share.
struct Yard {
    Context &context;
    Patience patience;
    DataTls tls;
    Pace link; ///< what all of them may send, at this hour
    Turns turns;
    LinkRates rates {};
};

/// For work whose operation is over.
class Unseen final : public Progress {
public:
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return false; }
};

bool isUpHere(const std::optional<Instance> &machine);

/// One migration away from this site, in a thread of its own: step after step, until it is over or parked.
class Job {
public:
    /// Without `running` it goes on unseen (its operation is over already).
    Job(Yard &yard, Departure departure, std::shared_ptr<Running> running);

    void run();
    /// From any thread: stop at the next opportunity and leave the rest to the journal.
    void park();
    /// From any thread, often: notices that the operation was cancelled or paused, and that another hour has another limit.
    void look();
    /// From the mover's watch, before run(): whether its day and its turn have come. While they have not, its operation says so.
    bool mayBegin();
    void stands(const Problem &why) { m_course.stands(why); } ///< …or the watch does
    Turns::Number number() const { return m_number; }

    bool isCancelled() const; ///< and may still be
    bool isOver() const; ///< Released or Aborted
    bool isEnding() const; ///< decided to be given up, and perhaps not yet as before
    bool isOf(const ObjectId &object) const { return m_order.object == object; }
    /// From any thread: another order waits for the end of this one, which is being given up. The destination is told once, no more: it also asks.
    void makeRoom();
    Departure departure() const;
    /// The source's copy is fenced for good: the destination may be told that it owns.
    bool isHandedOver() const { return m_handedOver; }

private:
    /// When a call that fails is tried again.
    struct Tries {
        std::chrono::milliseconds pause {0};
        std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    };
    /// Repeats a call until it succeeds or fails for good; `forever` knows no failure for good. Before the commit it also ends when
    /// cancelled or when nothing has moved for Patience::giveUp.
    template <typename Call>
    auto patiently(bool forever, Call call) -> decltype(call())
    {
        Tries tries;
        for (;;) {
            auto outcome = call();
            if (outcome) {
                m_course.goes();
            }
            if (outcome || !waitToTryAgain(forever, outcome.error(), tries)) {
                return outcome;
            }
        }
    }
    bool waitToTryAgain(bool forever, const Problem &problem, Tries &tries);
    Result<> take();
    Result<> fenceAndReserve();
    Result<> stopMachine();
    Result<> awaitStopped();
    Result<> copy();
    Result<> copyOnce();
    Result<> sendAll();
    Result<> sendMissing();
    Result<> unlessPaused(const std::function<Result<>()> &send);

    // Warm: moverjobfollow.cpp
    bool wantsToFollow() const;
    Result<> follow();
    Result<> beginFollowing();
    Result<> passPatiently();
    Result<> pass(bool ofOneInstant = false);
    void tellPasses(bool ready);
    bool mayCutOver();
    Result<> awaitCutOver();
    Result<> cutOver();
    Result<> goCold(const std::string &why);
    Result<> loseSight(const Problem &why);
    void stopFollowing();
    // Live: moverjoblive.cpp
    using Dirty = std::vector<std::vector<Extent>>;
    bool isLive() const;
    Result<std::string> machineForm();
    Result<> unpause();
    Result<> switchOver();
    Result<Dirty> sendMemory(Instant &paused);
    Result<> awaitPaused(const MemoryTunnel &tunnel, Instant &paused);
    Result<Dirty> lastLook();
    Result<> bearLonger(const RunningMemory::Flow &flow);
    void tellMemory(const RunningMemory::Flow &flow);
    Result<> memoryFailed(const Problem &why);
    bool hasGoneDown();

    // A data set that is moved warm: moverjoblots.cpp
    bool goesInLots() const;
    bool isWritten() const; ///< a data set, while its objects are copied
    Result<> countObjects();
    Result<> beginLots();
    Result<> passLots();
    Result<> fence();
    Result<> sendLastLots();
    Result<> sendDifference();
    Result<> sendLot(std::vector<std::string> gone, std::vector<DataObject> objects);
    Result<> finishLot();
    std::unique_ptr<Sending> sendingOf(const std::vector<DataObject> &objects);
    Result<> tellLot(v1::ReserveRequest &request);
    void forgetLots();

    /// Waits while it is paused or, if `inWindow`, outside its hours, and then for its turn; Cancelled when it is to end meanwhile.
    Result<> awaitLeave(bool inWindow);
    void awaitTurn();
    Problem reasonToWait() const;
    void expectCourse(const Arrival &arrival);
    bool isPaused() const;
    bool isHeldBack(bool inWindow) const;

    // Before the cut-over: moverjobtest.cpp
    Result<> testIfOrdered();
    void forgoTest();
    TestBoot rehearse();
    Result<> claimFor(v1::TestBootRequest &request);
    TestBoot awaitTest(v1::TestBootRequest &request);
    Result<> awaitOrder();

    Result<> prepareSending();
    Result<v1::VerifyResponse> askToVerify(const v1::VerifyRequest &request);
    Result<> verify();
    Result<FoundDisks> claims() const;
    std::int64_t bytesSent() const;
    std::int64_t bytesOnWire() const;
    void report(std::int64_t done, std::int64_t wire);
    Result<> commit();
    Result<> handOver();
    Result<> release();
    Result<> undo();

    Result<> reserve();
    Result<> describeArrival();
    void tellWhatNoLongerCounts(std::vector<v1::ReserveRequest> &requests) const;
    Result<> askWhatIsThere(PeerLink &to);
    Result<> carry(const Token &token, const std::string &frames, bool end); ///< CallPath::Carry
    Result<Prints::Page> fingerprints(std::size_t parcel, std::uint64_t first, std::uint32_t count);
    Result<> persist(const std::function<void(Departure &)> &edit);
    Result<> advance(MigrationStep step, Instant since = {}); ///< now, if not given
    Result<std::shared_ptr<PeerLink>> link(); ///< anew when our papers are; from any thread
    bool isCancelledLocked() const;
    Progress &progress();
    void pause(std::chrono::milliseconds length);
    void waitFor(const Problem &problem);
    void log(const std::string &line);
    // Nothing if it is gone; what the cloud cannot tell now is an error, never a guess.
    Result<std::optional<Thing>> object();
    Result<std::optional<Instance>> machine();
    Result<std::optional<Custody>> custody();
    MigrationStep step() const { return departure().step; }

    Yard &m_yard;
    const std::shared_ptr<Running> m_running;
    mutable std::mutex m_mutex; ///< m_departure, m_sending, m_link
    Departure m_departure;
    const Migrate m_order; ///< as it is in m_departure, to be read from any thread
    std::unique_ptr<Sending> m_sending;
    std::unique_ptr<Pace> m_pace; ///< the order's own limit, at this hour
    const Turns::Number m_number;
    MoverCourse m_course;
    std::shared_ptr<PeerLink> m_link;
    std::optional<Arrival> m_arrival;
    Unseen m_unseen;
    std::unique_ptr<RunningDisks> m_followed;
    std::vector<std::shared_ptr<BlockReader>> m_views; ///< of the pass under way
    std::unique_ptr<PassLedger> m_ledger;
    std::unique_ptr<RunningMemory> m_memory;
    std::int64_t m_memoryRound = -1; ///< told last
    int m_memoryFailures = 0;
    bool m_sightLost = false; ///< what it writes is no longer noted
    bool m_tooFast = false; ///< it changes its memory faster than that travels: only an order cuts over
    std::unique_ptr<LotsUnderWay> m_lots;
    bool m_cold = false; ///< it cannot be followed
    bool m_isPostponed = false; ///< its day has not come; said once
    std::string m_renewal; ///< what an earlier life of this gateway sent does not count; until the destination knows
    std::atomic<bool> m_waits = false; ///< for an order: what keeps it up to date meanwhile takes nobody's turn
    std::atomic<bool> m_interrupted = false; ///< by a pause
    Token m_token {};
    DataAddress m_address;
    std::int64_t m_total = 0;
    int m_integrityFailures = 0;
    std::string m_waitingFor;
    std::chrono::steady_clock::time_point m_progressAt;
    std::chrono::steady_clock::time_point m_reportedAt;
    std::atomic<bool> m_handedOver = false;
    std::atomic<bool> m_parked = false;
    std::atomic<bool> m_makesRoom = false;
    std::atomic<bool> m_tells = false; ///< …the destination that it was given up
    std::condition_variable m_wake;
};

}
