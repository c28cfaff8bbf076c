// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivalsincoming.h"

#include "site/alarm.h"
#include "site/arrivalsfiles.h"
#include "site/arrivalsrequest.h"
#include "site/former.h"
#include "site/sealedwriter.h"

#include <filesystem>
#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace portulan::site {

using enum MigrationStep;

Incoming::Incoming(Context &context, std::string directory, Wanted wanted)
    : m_context(context)
    , m_directory(std::move(directory))
    , m_wanted(std::move(wanted))
    , m_heard(Clock::now().time_since_epoch().count())
    , m_lots(m_directory, m_wanted.arrival.migration)
{
    m_notes.source = m_wanted.sourceSite;
}

Result<std::shared_ptr<Incoming>> Incoming::reopen(Context &context, const std::string &directory, const MigrationRecord &record)
{
    auto wanted = readRequest(directory, record.migration);
    if (!wanted) {
        return unexpected(wanted.error());
    }
    auto incoming = std::make_shared<Incoming>(context, directory, std::move(*wanted));
    if (auto loaded = incoming->m_lots.load(); !loaded) {
        return unexpected(loaded.error());
    }
    incoming->m_notes = notesFrom(record.payload);
    incoming->m_step = record.step;
    incoming->m_sealed = record.step >= Verified;
    incoming->m_journalled = true;
    incoming->m_dropping = incoming->m_notes.dropping;
    incoming->m_urgent = true;
    return incoming;
}

Result<> Incoming::journal(MigrationStep step)
{
    if (!mayFollowThere(m_step, step)) {
        return refuse(Reason::Internal, {}, "no way from " + std::string(toString(m_step.load())) + " to " + std::string(toString(step)));
    }
    m_notes.dropping = m_dropping;
    const auto payload = payloadOf(m_notes);
    auto done = m_context.journal.put(MigrationRecord {id(), false, step, payload});
    if (done) {
        m_step = step;
        m_journalled = true;
        if (m_running) {
            m_running->phase(toString(step));
        }
    }
    return done;
}

Result<> Incoming::admit()
{
    if (!m_journalled) {
        if (auto kept = writeRequest(m_directory, m_wanted); !kept) {
            return kept;
        }
        if (auto done = journal(Planned); !done) {
            return done;
        }
    }
    auto arrival = m_wanted.arrival;
    arrival.former = formerOf(m_context, m_wanted);
    auto received = m_context.driver.receive(arrival);
    if (!received) {
        return unexpected(received.error());
    }
    m_notes.received = std::move(*received);
    beginOperation();
    return journal(Reserved);
}

void Incoming::beginOperation()
{
    Operation draft;
    draft.kind = "migrate.incoming";
    draft.project = m_wanted.arrival.project;
    draft.object = m_notes.received.object;
    draft.objectName = nameOf(m_wanted.arrival);
    draft.phase = toString(m_step.load());
    draft.requestedBy = "site/" + m_wanted.sourceSite;
    draft.requestId = id();
    draft.fromSite = m_wanted.sourceSite;
    draft.toSite = m_context.config.siteId;
    draft.migration = id();
    auto ticket = m_context.operations.begin(draft);
    if (!ticket) {
        return; // the migration goes on without being shown here
    }
    m_running = ticket->running;
    if (!m_running && ticket->earlier && !portulan::isOver(ticket->earlier->state)) {
        m_running = m_context.operations.resume(*ticket->earlier);
    }
    m_notes.operation = m_running ? m_running->operation().id : ticket->earlier->id;
}

Result<> Incoming::beginReceiving()
{
    if (m_receiving) {
        return {};
    }
    const auto object = m_notes.received.object;
    std::vector<std::pair<ObjectId, std::string>> places;
    for (const auto &volume : m_notes.received.volumes) {
        places.emplace_back(volume, std::string());
    }
    if (places.empty() && (object.kind == ObjectKind::Volume || object.kind == ObjectKind::Image)) {
        places.emplace_back(object, std::string());
    }
    auto parcels = m_lots.number() > 0 ? std::vector<Parcel>() : parcelsOf(m_wanted.arrival);
    for (const auto &one : m_lots.lot().objects) {
        parcels.push_back({one.key, std::uint64_t(one.size)});
    }
    for (const auto &one : m_lots.number() > 0 ? m_lots.lot().objects : m_wanted.arrival.objects) {
        places.emplace_back(object, one.key);
    }
    if (parcels.size() != places.size()) {
        return refuse(Reason::Internal, {}, "the driver made room for another number of disks");
    }
    auto prefilled = this->prefilled();
    if (!prefilled) {
        return unexpected(prefilled.error());
    }
    prefilled->resize(parcels.size());
    auto receiving = Receiving::begin({std::move(parcels), m_lots.number() > 0 ? m_lots.logFile() : logFile(m_directory, id()),
        [this, places](std::size_t i) { return sealable(m_context.driver.openForWrite(places[i].first, places[i].second), m_sealed); },
        [this, running = m_running](std::int64_t done) {
            heard();
            if (running) {
                running->bytes(done, m_expected > 0 ? std::max(m_expected.load(), done) : 0);
            }
        },
        std::move(*prefilled)});
    if (!receiving) {
        return unexpected(receiving.error());
    }
    const std::scoped_lock lock(m_door);
    m_receiving = std::move(*receiving);
    return {};
}

Result<Arrivals::Reservation> Incoming::reserve(std::int64_t expectedBytes, const Arrivals::Revision &revision)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    m_agreed.reset();
    endTest({Reason::Cancelled, {}, "the copying goes on"});
    m_expected = expectedBytes > 0 ? expectedBytes : m_expected.load();
    if (m_step > Verified || m_dropping) {
        return refuse(Reason::Conflict, {{"migration", id()}, {"state", std::string(toString(m_step.load()))}});
    }
    if (m_step == Planned) {
        if (auto admitted = admit(); !admitted) {
            return unexpected(admitted.error());
        }
    }
    if (auto begun = revision.lot ? Result<>() : beginReceiving(); !begun) {
        return unexpected(begun.error());
    }
    Token fresh {};
    if (RAND_bytes(reinterpret_cast<unsigned char *>(fresh.data()), int(fresh.size())) != 1) {
        return refuse(Reason::Internal, {}, "no randomness");
    }
    {
        const std::scoped_lock door(m_door);
        m_token = fresh;
    }
    if (m_receiving) {
        m_receiving->disconnect(); // those with an earlier token
    }
    m_sealed = m_step >= Verified; // then there is nothing to send: it is asked what is there, and all is
    if (auto taken = revision.lot ? takeLot(*revision.lot, revision.afterLot) : Result<>(); !taken) {
        return unexpected(taken.error());
    }
    if (auto revised = revise(revision); !revised) {
        return unexpected(revised.error());
    }
    return Arrivals::Reservation {fresh, m_notes.received};
}

std::shared_ptr<Receiving> Incoming::open(const Token &token)
{
    const std::scoped_lock lock(m_door);
    const bool mine = m_receiving && m_token != Token {} && CRYPTO_memcmp(token.data(), m_token.data(), token.size()) == 0;
    if (mine) {
        heard();
    }
    return mine ? m_receiving : nullptr;
}

Result<Arrivals::Activated> Incoming::activate(bool start)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    if (m_step < Verified || m_step == Aborted) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(m_step.load()))}});
    }
    endTest({Reason::Cancelled, {}, "the machine itself begins"});
    if (m_receiving) {
        m_receiving->close();
    }
    if (m_step == Verified) {
        m_notes.start = start || m_notes.memory == "arrived";
        m_notes.after = judgementOf(verdict());
        noteTakenOver(m_context, m_wanted, m_lots.number() > 0 ? &m_lots.lot().dataSet : nullptr, m_notes.taken);
        if (auto done = journal(MigrationStep::Activated); !done) {
            return unexpected(done.error());
        }
    }
    if (auto done = finish(); !done) {
        return unexpected(done.error());
    }
    return Arrivals::Activated {shownOperation(m_context.broadcast, m_notes.operation), m_startProblem, m_notes.after, m_notes.memory};
}

Result<> Incoming::finish()
{
    if (m_step == Released) {
        return {};
    }
    if (auto owned = m_context.driver.adopt(m_notes.received.object); !owned) {
        return owned;
    }
    const auto wentOn = goOn();
    if (!wentOn) {
        return unexpected(wentOn.error());
    }
    if (m_notes.start && !m_startProblem && !*wentOn) {
        const auto problem = startMachine();
        if (problem && (problem->reason == Reason::Unreachable || problem->reason == Reason::Cancelled)) {
            return unexpected(*problem); // nobody was there to start it: that is tried again
        }
        m_startProblem = problem;
    }
    if (auto done = journal(Released); !done) {
        return done;
    }
    if (m_startProblem) {
        alertNotStarted(m_context, m_notes.received.object, *m_startProblem);
    }
    end([&](Running &running) {
        if (m_startProblem) {
            running.log("taken over, but it did not start: " + describe(*m_startProblem));
        }
        running.succeed(m_notes.received.object);
    });
    forgetFiles();
    return {};
}

std::optional<Problem> Incoming::startMachine()
{
    if (m_notes.received.object.kind != ObjectKind::Instance) {
        return std::nullopt;
    }
    const auto found = m_context.driver.find(m_notes.received.object);
    const auto *instance = found ? std::get_if<Instance>(&*found) : nullptr;
    if (instance && instance->state != PowerState::Stopped) {
        return std::nullopt; // started before a crash
    }
    if (!m_running) {
        return Problem {Reason::Internal, {}, "no operation to start it under"};
    }
    const auto started = m_context.driver.perform(StartInstance {m_notes.received.object}, {}, *m_running);
    return started ? std::nullopt : std::optional(started.error());
}

Result<> Incoming::takeUp()
{
    const std::scoped_lock lock(m_mutex);
    if (m_step != Planned && !m_running) {
        beginOperation();
    }
    const bool waits = m_step == Planned || m_dropping || !m_lots.isWhole(); // for a reservation
    return m_step == MigrationStep::Activated ? finish() : waits ? Result<>() : beginReceiving();
}

void Incoming::park()
{
    const std::scoped_lock lock(m_mutex);
    cutMemory();
    endTest({Reason::Unreachable, {{"site", m_context.config.siteId}}, "the gateway was stopped"});
    if (m_receiving) {
        m_receiving->close();
        (void)m_receiving->checkpoint(); // what is not noted now is only sent again
    }
}

void Incoming::end(const std::function<void(Running &)> &how)
{
    settleAlert(m_context, doubtId());
    if (m_running) {
        how(*m_running);
        m_running.reset();
    }
}

void Incoming::forgetFiles()
{
    {
        const std::scoped_lock lock(m_door);
        m_receiving.reset();
        m_token = {};
    }
    m_lots.release();
    removeFiles(m_directory, id());
}

}
