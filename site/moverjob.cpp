// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverjob.h"

#include "proto/wire.h"
#include "site/arrivalsrequest.h"
#include "site/certifier.h"
#include "site/moverwindow.h"
#include "site/token.h"

#include <algorithm>
#include <fstream>

namespace portulan::site {

using enum MigrationStep;

namespace {
unexpected<Problem> parked()
{
    return refuse(Reason::Cancelled, {}, "parked");
}
}

Job::Job(Yard &yard, Departure departure, std::shared_ptr<Running> running)
    : m_yard(yard)
    , m_running(std::move(running))
    , m_departure(std::move(departure))
    , m_order(m_departure.order)
    , m_pace(std::make_unique<Pace>(rateAt(m_order.hourly, minuteOfDay(yard.context.clock()), m_order.bandwidth)))
    , m_number(yard.turns.next())
    , m_course(m_running)
    , m_renewal(m_departure.followed ? randomHex(16) : std::string())
    , m_progressAt(std::chrono::steady_clock::now())
{
}

Departure Job::departure() const
{
    const std::scoped_lock lock(m_mutex);
    return m_departure;
}

bool Job::isOver() const
{
    return step() == Released || step() == Aborted;
}
bool Job::isCancelledLocked() const
{
    return m_running && m_running->isCancelled() && m_departure.step < Committed && !m_departure.aborting;
}

bool Job::isCancelled() const
{
    const std::scoped_lock lock(m_mutex);
    return isCancelledLocked();
}

bool Job::isEnding() const
{
    const std::scoped_lock lock(m_mutex);
    return m_departure.aborting && m_departure.step != Aborted;
}

void Job::makeRoom()
{
    const std::scoped_lock lock(m_mutex);
    m_makesRoom = true;
    m_wake.notify_all();
}

Progress &Job::progress()
{
    if (m_running) {
        return *m_running;
    }
    return m_unseen;
}

void Job::park()
{
    m_parked = true;
    const std::scoped_lock lock(m_mutex);
    if (m_sending) {
        m_sending->cancel();
    }
    if (m_link) {
        m_link->cancel();
    }
    m_wake.notify_all();
}

void Job::look()
{
    m_pace->limit(rateAt(m_order.hourly, minuteOfDay(m_yard.context.clock()), m_order.bandwidth));
    if (!isCancelled() && !isPaused()) {
        return;
    }
    const std::scoped_lock lock(m_mutex);
    if (m_sending && m_departure.step < Verified) {
        m_interrupted = true;
        m_sending->cancel();
    }
    m_wake.notify_all();
}

void Job::run()
{
    m_course.goes();
    while (!m_parked && !isOver()) {
        auto done = departure().aborting ? undo() : isCancelled() ? refuse(Reason::Cancelled) : take();
        if (done || m_parked) {
            continue;
        }
        // A Cancelled that nobody ordered: what we stand on is being shut down around us.
        const bool unbidden = done.error().reason == Reason::Cancelled && !isCancelled();
        const bool mayGiveUp = step() < Committed && !departure().aborting && !unbidden;
        if (mayGiveUp) {
            stopFollowing();
            m_memory.reset();
            const auto why = isCancelled() ? Problem {Reason::Cancelled, {}, {}} : done.error();
            log("given up: " + describe(why));
            (void)persist([&](Departure &departure) { departure.aborting = why; });
            m_yard.turns.leave(m_number);
        } else {
            waitFor(done.error());
            pause(m_yard.patience.firstPause);
        }
    }
    m_yard.turns.leave(m_number);
}

Result<> Job::take()
{
    switch (step()) {
    case Planned:
        return fenceAndReserve();
    case Reserved:
        return wantsToFollow() ? follow() : awaitLeave(true).and_then([this] { return stopMachine(); });
    case Stopped:
        return advance(Copying);
    case Copying:
        return copy();
    case Verified:
        return commit();
    case Committed:
        return handOver();
    case Activated:
        return release();
    case Released:
    case Aborted:
        break;
    }
    return {};
}

void Job::log(const std::string &line)
{
    if (m_running) {
        m_running->log(line);
    }
}

Result<> Job::persist(const std::function<void(Departure &)> &edit)
{
    auto next = departure();
    edit(next);
    // A journal that cannot be written leaves nothing to do but wait: giving up would have to be journalled too.
    const auto written = patiently(true, [&] { return m_yard.context.journal.put(recordOf(next)); });
    if (!written) {
        return written;
    }
    const std::scoped_lock lock(m_mutex);
    m_departure = std::move(next);
    return {};
}

Result<> Job::advance(MigrationStep to, Instant since)
{
    if (m_parked) {
        return parked();
    }
    if (!mayFollow(step(), to)) {
        return refuse(Reason::Internal, {}, "no way from " + std::string(toString(step())) + " to " + std::string(toString(to)));
    }
    auto done = persist([to, now = since == Instant {} ? m_yard.context.clock() : since](Departure &departure) {
        departure.step = to;
        auto &steps = departure.draft.steps;
        steps.push_back({to, steps.empty() ? now : std::max(now, steps.back().at)}); // a clock set back does not make it end before it began
    });
    if (done) {
        m_course.reached(to);
    }
    if (done && to >= Committed) {
        m_yard.turns.leave(m_number);
    }
    if (done && isOver()) {
        forgetLots();
    }
    return done;
}

Result<std::shared_ptr<PeerLink>> Job::link()
{
    const std::scoped_lock lock(m_mutex);
    if (m_parked) {
        return parked();
    }
    if (!m_link || m_link->isOutdated()) {
        const auto endpoint = endpointOf(m_yard.context.config, m_departure.order.toSite, m_departure.order.toEndpoint);
        auto made = endpoint ? PeerLink::to(m_yard.context.config, m_departure.order.toSite, *endpoint)
                             : Result<std::unique_ptr<PeerLink>>(unexpected(endpoint.error()));
        if (!made) {
            return unexpected(made.error());
        }
        m_link = std::move(*made);
    }
    return m_link;
}

Result<> Job::fenceAndReserve()
{
    auto &driver = m_yard.context.driver;
    const auto object = departure().order.object;
    if (auto counted = countObjects(); !counted) {
        return counted;
    }
    auto arrival = arrivalOf(driver, object, !goesInLots());
    if (!arrival) {
        return unexpected(arrival.error());
    }
    // Whoever has it already does not have it twice: since the order was examined another may have handed it over.
    const auto held = custody();
    if (!held || (*held != Custody::Owner && *held != Custody::Leaving)) {
        return held ? refuse(Reason::NotReady, {{"id", object.text()}, {"state", std::string(toString(held->value_or(Custody::Retained)))}})
                    : Result<>(unexpected(held.error()));
    }
    // Fenced before the destination is asked: what it accepts is what it gets. What is written meanwhile is judged again with each lot.
    if (auto fenced = isWritten() ? Result<>() : driver.setCustody(object, Custody::Leaving, {}, departure().order.toSite); !fenced) {
        return fenced;
    }
    if (auto described = describeArrival(); !described) { // as it is now that nobody can change it
        return described;
    }
    const auto begun = beginCertificate(m_yard.context, departure(), *m_arrival);
    if (auto noted = persist([&begun](Departure &departure) {
            departure.asked = true;
            departure.draft = begun;
        });
        !noted) {
        return noted;
    }
    expectCourse(*arrival);
    const auto met = [this] { return link().and_then([](const auto &to) { return to->meet(); }); };
    if (auto reserved = patiently(false, [&] { return met().and_then([this](const auto &) { return reserve(); }); }); !reserved) {
        return reserved;
    }
    return advance(Reserved);
}

Result<> Job::describeArrival()
{
    if (m_arrival) {
        return {};
    }
    const auto plan = departure();
    auto arrival = arrivalOf(m_yard.context.driver, plan.order.object, !goesInLots());
    if (!arrival) {
        return unexpected(arrival.error());
    }
    arrival->migration = plan.migration;
    arrival->project = plan.order.toProject.empty() ? arrival->project : plan.order.toProject;
    m_arrival = std::move(*arrival);
    return {};
}

Result<> Job::reserve()
{
    if (m_parked) {
        return parked();
    }
    const auto plan = departure();
    if (auto described = describeArrival(); !described) {
        return described;
    }
    const auto to = link();
    if (!to) {
        return unexpected(to.error());
    }
    std::string own;
    std::getline(std::ifstream(m_yard.context.config.directory + "/endpoint"), own);
    const auto form = step() == Planned ? machineForm() : Result<std::string>();
    if (!form) {
        return unexpected(form.error());
    }
    Result<v1::ReserveResponse> answer;
    auto requests = requestsOf({*m_arrival, m_yard.context.config.siteId, own, plan.requestedBy, m_total, *form});
    tellWhatNoLongerCounts(requests);
    for (std::size_t i = 1; i < requests.size(); ++i) {
        requests[i].set_part(requests[i - 1].more() ? std::uint32_t(i) : 0); // what only tells more is no further part
    }
    for (auto &request : requests) {
        if (auto told = tellLot(request); !told) {
            return told;
        }
        answer = (*to)->reserve(request);
        if (!answer) {
            return unexpected(answer.error());
        }
        if (answer->lot() != request.lot()) {
            return refuse(Reason::Unsupported, {{"what", "migrate.warm"}}, "the destination's gateway does not take a data set in lots");
        }
    }
    const auto arrived = ObjectId::fromResourceName(answer->object());
    if (!arrived || answer->token().size() != tokenBytes || answer->data_port() < 1 || answer->data_port() > 65535) {
        return refuse(Reason::Malformed, {{"file", "reservation"}, {"expected", "object, token and port"}});
    }
    std::ranges::transform(answer->token(), m_token.begin(), [](char c) { return std::byte(c); });
    m_renewal.clear();
    if (m_sending) {
        m_sending->tookBack();
    }
    m_address = {answer->data_host().empty() ? (*to)->host() : answer->data_host(), answer->data_port(), plan.order.toSite};
    const std::scoped_lock lock(m_mutex);
    m_departure.arrived = *arrived;
    m_departure.draft.arrived = *arrived;
    m_departure.arrivedVolumes = {answer->volumes().begin(), answer->volumes().end()};
    return {};
}

Result<> Job::stopMachine()
{
    const auto object = departure().order.object;
    const auto found = machine();
    if (!found) {
        return unexpected(found.error());
    }
    if (*found && (*found)->state != PowerState::Stopped && (*found)->state != PowerState::Failed) {
        if (auto noted = persist([](Departure &departure) { departure.ran = true; }); !noted) {
            return noted;
        }
        log("shutting the machine down");
        auto stopping = m_yard.context.driver.perform(StopInstance {object, false}, {}, progress());
        auto stopped = stopping ? awaitStopped() : Result<>(unexpected(stopping.error()));
        if (!stopped && !m_parked && !isCancelled()) {
            log("it does not shut down by itself (" + describe(stopped.error()) + "): stopping it");
            stopping = m_yard.context.driver.perform(StopInstance {object, true}, {}, progress());
            stopped = stopping ? awaitStopped() : Result<>(unexpected(stopping.error()));
        }
        if (!stopped) {
            return m_parked ? parked() : stopped;
        }
    }
    return advance(Stopped);
}

Result<> Job::awaitStopped()
{
    const auto until = std::chrono::steady_clock::now() + m_yard.patience.shutdown;
    for (;;) {
        const auto found = machine();
        if (found && (!*found || (*found)->state == PowerState::Stopped || (*found)->state == PowerState::Failed)) {
            return {};
        }
        if (m_parked || isCancelled() || std::chrono::steady_clock::now() > until) {
            return refuse(m_parked || isCancelled() ? Reason::Cancelled : Reason::TimedOut, {{"what", "shutdown"}});
        }
        pause(std::chrono::milliseconds(100));
    }
}

}
