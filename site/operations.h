// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/broadcast.h"
#include "site/driver.h"
#include "site/journal.h"

#include <atomic>
#include <deque>
#include <mutex>

namespace portulan::site {

class Operations;

/// An operation under way: what work reports to. Journals and announces every change of state; bytes at most four times a second.
class Running final : public Progress {
public:
    Operation operation() const;
    void phase(std::string_view word) override;
    void bytes(std::int64_t done, std::int64_t total) override;
    void log(std::string_view line) override;
    bool isCancelled() const override { return m_cancelled; }
    /// Changes any field (not id, state, times); journalled if `durable`, else announced only.
    void update(const std::function<void(Operation &)> &edit, bool durable);
    void cancel() { m_cancelled = true; }
    /// Paused or running again; journalled, so that it stays so after a restart.
    void pause(bool paused);
    bool isPaused() const;
    void cutOver() { m_cutOver = true; } ///< as soon as may be; forgotten at a restart
    bool isCutOver() const { return m_cutOver; }
    void orderTest(); ///< a test boot, shown as running from now on; forgotten at a restart
    bool isTestOrdered() const { return m_testOrdered; } ///< …until it is over
    void tested(const TestBoot &boot); ///< its end, well or not; the times are set here

    // The end, once.
    void succeed(const ObjectId &object);
    void fail(const Problem &problem); ///< Cancelled ends as cancelled

private:
    friend class Operations;
    Running(Operations *owner, Operation operation)
        : m_owner(owner)
        , m_operation(std::move(operation))
    {
    }
    void end(const std::function<void(Operation &)> &edit);
    Operations *m_owner;
    mutable std::mutex m_mutex;
    Operation m_operation;
    std::atomic<bool> m_cancelled = false;
    std::atomic<bool> m_cutOver = false;
    std::atomic<bool> m_testOrdered = false;
    std::int64_t m_announcedAtMs = 0;
    bool m_over = false;
};

/// All operations of the site. An order that was under way when the gateway died is Failed at the next start (Reason::Internal,
/// facts {"cause": "restarted"}), except migrations and evacuations, which site/mover and site/evacuations take up again with resume().
class Operations {
public:
    Operations(std::string site, Journal &journal, Broadcast &broadcast, std::function<Instant()> clock);
    Result<> recover();

    struct Ticket {
        std::shared_ptr<Running> running; ///< null if the request was already taken: then `earlier` is its operation
        std::optional<Operation> earlier;
    };
    /// Journals a new Pending → Running operation, or finds the one the same request began. `draft` gives kind, project, object, requestedBy,
    /// requestId, cancellable…
    Result<Ticket> begin(Operation draft);
    std::shared_ptr<Running> resume(const Operation &operation); ///< of a migration or an evacuation, after a restart
    std::shared_ptr<Running> find(const ObjectId &id) const; ///< if under way
    Result<> mayCancel(const ObjectId &id) const; ///< what cancel() would answer
    Result<> cancel(const ObjectId &id); ///< NotFound, NotReady (over, or past the point of no return)
    enum class Steer { Pause, Resume, CutOver, TestBoot };
    Result<> maySteer(const ObjectId &id, Steer steer) const; ///< what steer() would answer
    Result<> steer(const ObjectId &id, Steer steer); ///< of migrations only; NotFound, NotReady
    Instant now() const { return m_clock(); }

private:
    friend class Running;
    void report(const Operation &operation, bool durable);
    std::string m_site;
    Journal &m_journal;
    Broadcast &m_broadcast;
    std::function<Instant()> m_clock;
    mutable std::mutex m_mutex;
    std::map<ObjectId, std::shared_ptr<Running>> m_running;
    std::deque<ObjectId> m_over; ///< oldest first; beyond a thousand they vanish from the stream
    std::mutex m_beginning;
};

}
