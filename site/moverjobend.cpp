// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How things stand at the source, and how a migration ends there: handed over and released, or as before.
#include "proto/wire.h"
#include "site/alarm.h"
#include "site/moverjob.h"
#include "site/moverretention.h"

namespace portulan::site {

using enum MigrationStep;

namespace {
// Until the destination has acknowledged, the source's copy has no end of retention that a clock could reach.
constexpr auto always = std::chrono::hours(24 * 365 * 100);
constexpr std::size_t longestMemoryWord = 16;
}

Result<std::optional<Thing>> Job::object()
{
    auto found = m_yard.context.driver.find(departure().order.object);
    if (!found) {
        return found.error().reason == Reason::NotFound ? Result<std::optional<Thing>>(std::nullopt) : unexpected(found.error());
    }
    return std::optional(std::move(*found));
}

Result<std::optional<Instance>> Job::machine()
{
    return object().map([](const std::optional<Thing> &found) {
        const auto *instance = found ? std::get_if<Instance>(&*found) : nullptr;
        return instance ? std::optional(*instance) : std::nullopt;
    });
}

Result<std::optional<Custody>> Job::custody()
{
    return object().map([](const std::optional<Thing> &found) {
        return !found ? std::optional<Custody>()
                      : std::visit(
                          [](const auto &thing) -> std::optional<Custody> {
                              if constexpr (requires { thing.custody; }) {
                                  return thing.custody;
                              } else {
                                  return std::nullopt;
                              }
                          },
                          *found);
    });
}

Result<> Job::handOver()
{
    const auto plan = departure();
    auto &context = m_yard.context;
    // A machine that waits here with its memory gone to the destination has no use any more.
    if (const auto rests = plan.memory ? machine() : Result<std::optional<Instance>>(); !rests) {
        return unexpected(rests.error());
    } else if (*rests && (*rests)->state == PowerState::Paused) {
        if (auto ended = context.driver.perform(StopInstance {plan.order.object, true}, {}, progress()); !ended) {
            return unexpected(ended.error());
        }
    }
    if (auto fenced = context.driver.setCustody(plan.order.object, Custody::Retained, context.clock() + always, plan.order.toSite); !fenced) {
        return fenced;
    }
    m_handedOver = true;
    v1::ActivateRequest request;
    request.set_migration(plan.migration);
    request.set_start(plan.startsThere());
    const auto answer = patiently(true, [&]() -> Result<v1::ActivateResponse> {
        const auto to = link();
        return m_parked ? refuse(Reason::Cancelled, {}, "parked")
            : to        ? (*to)->activate(request)
                        : Result<v1::ActivateResponse>(unexpected(to.error()));
    });
    if (!answer) {
        return unexpected(answer.error());
    }
    if (answer->has_start_problem()) {
        log("the destination has it, but it did not start there: " + describe(wire::fromWire(answer->start_problem())));
    }
    if (answer->memory() == "lost") {
        log("its memory was lost at the destination after the commit: it was started there from its disks, as after a power cut");
    }
    {
        const std::scoped_lock lock(m_mutex); // journalled with the step that follows
        auto &draft = m_departure.draft;
        draft.memory = answer->memory().substr(0, longestMemoryWord);
        if (const auto site = wire::fromWire(answer->site())) {
            draft.to = partyOf(*site);
        }
        draft.after = {statusFrom(answer->verdict()), {answer->broken_rules().begin(), answer->broken_rules().end()}, answer->rulebook()};
    }
    return advance(Activated);
}

Result<> Job::release()
{
    const auto plan = departure();
    auto &context = m_yard.context;
    const auto until = context.clock() + std::chrono::seconds(plan.order.retentionSeconds);
    const auto kept = context.driver.setCustody(plan.order.object, Custody::Retained, until, plan.order.toSite);
    if (!kept && kept.error().reason != Reason::NotFound) { // gone: a retention begun before a restart has ended
        return kept;
    }
    m_handedOver = true;
    const auto ends = kept ? until : endedRetention(context, plan.migration, context.clock());
    {
        const std::scoped_lock lock(m_mutex);
        auto &draft = m_departure.draft;
        draft.ran = plan.startsThere() || (plan.ran && plan.order.object.kind == ObjectKind::DataSet);
        draft.retainedUntil = ends;
    }
    if (auto done = advance(Released); !done) {
        return done;
    }
    if (m_running) {
        m_running->update(
            [this, outage = departure().draft.outage()](Operation &operation) {
                operation.outageMs = outage.count();
                operation.workedMs = std::max<std::int64_t>(m_course.workedMs(), 1);
            },
            false);
        m_running->succeed(plan.arrived);
    }
    return {};
}

Result<> Job::undo()
{
    const auto plan = departure();
    auto &driver = m_yard.context.driver;
    const auto held = custody();
    if (!held) {
        return unexpected(held.error()); // fenced or not, it is not known: left as it is, it might stay fenced for ever
    }
    if (*held == Custody::Leaving) {
        if (auto back = driver.setCustody(plan.order.object, Custody::Owner, {}, {}); !back) {
            return back;
        }
    }
    const auto instance = machine();
    if (!instance) {
        return unexpected(instance.error());
    }
    if (plan.ran && plan.order.mode == MoveMode::Live && *instance && (*instance)->state == PowerState::Paused) {
        if (auto resumed = driver.resume(plan.order.object); !resumed) {
            return resumed;
        }
        log("going on here");
    }
    const bool down = *instance && ((*instance)->state == PowerState::Stopped || (plan.memory && (*instance)->state == PowerState::Failed));
    if (plan.ran && down) {
        const auto started = driver.perform(StartInstance {plan.order.object}, {}, progress());
        log(started ? "running again" : "it did not start again: " + describe(started.error()));
        if (!started) {
            alertNotStarted(m_yard.context, plan.order.object, started.error());
        }
    }
    if (auto noted = persist([](Departure &restored) { restored.ran = false; }); !noted) { // not a second time after a restart
        return noted;
    }
    if (m_running) {
        m_running->phase(toString(Aborted));
        m_running->fail(*plan.aborting);
    }
    if (plan.asked) { // the destination also asks by itself; it need not be told for ever
        m_tells = true;
        const auto told = patiently(false, [this, &plan]() -> Result<> {
            const auto to = link();
            return m_parked ? refuse(Reason::Cancelled, {}, "parked") : to ? (*to)->abort(plan.migration) : Result<>(unexpected(to.error()));
        });
        m_tells = false;
        if (!told && m_parked) {
            return told;
        }
    }
    return advance(Aborted);
}

}
