// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a planned evacuation answers, and the orders it becomes; evacuationplan.cpp plans it.
#include "core/waves/placed.h"
#include "models/await.h"
#include "models/evacuationplan.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace portulan {

MoveOptions EvacuationChoices::options() const
{
    const auto window = dayWindowFrom(hours.trimmed().toStdString()).value_or(DayWindow {});
    return {mode, cutOver, window, bandwidth, hourly, notBefore, retentionSeconds, start, toProject};
}

void EvacuationChoices::setOptions(const MoveOptions &options)
{
    mode = options.mode;
    cutOver = options.cutOver;
    hours = QString::fromStdString(toString(options.window));
    bandwidth = options.bandwidth;
    hourly = options.hourly;
    notBefore = options.notBefore;
    retentionSeconds = options.retentionSeconds;
    start = options.start;
    toProject = options.toProject;
}

const Movable &EvacuationPlan::thing(std::size_t number) const
{
    return cannotMove(number) ? m_staying[number - (things() - m_staying.size())].thing
        : stays(number)       ? m_leftOut[number - m_evacuation->movables.size()]
                              : m_evacuation->movables[number];
}

QString EvacuationPlan::destinationOf(std::size_t movable) const
{
    const auto to = stays(movable) ? WavePlan::nowhere : m_plan->destinations[movable];
    return to == WavePlan::nowhere ? QString() : QString::fromStdString(m_evacuation->destinations[to].site->id);
}

int EvacuationPlan::waveOf(std::size_t movable) const
{
    return stays(movable) ? 0 : m_waves[movable];
}

bool EvacuationPlan::isPinned(std::size_t movable) const
{
    return !thing(movable).only.empty();
}

std::pair<MoveMode, CutOver> EvacuationPlan::modeOf(std::size_t movable) const
{
    const auto options = optionsOf(thing(movable).object);
    return {options.mode, options.cutOver};
}

MoveOptions EvacuationPlan::optionsOf(const ObjectId &object) const
{
    auto options = m_choices.options();
    const auto its = m_choices.exceptions.find(object);
    if (its != m_choices.exceptions.end()) {
        its->second.how.applyTo(options);
        if (its->second.mode) {
            std::tie(options.mode, options.cutOver) = *its->second.mode;
        }
    }
    if (object.kind != ObjectKind::Instance) { // only what runs has anything to be followed, or to be stopped at an hour of one's own
        options.mode = MoveMode::Cold;
        options.cutOver = CutOver::Automatic;
    }
    return options;
}

Forecast EvacuationPlan::forecast() const
{
    Forecast forecast;
    for (const auto &wave : m_plan->waves) {
        forecast.bytes += wave.bytes;
    }
    const auto wait = std::max(m_beginning - m_federation.now(), Instant::duration::zero()); // for its day
    forecast.durationMs = std::llround(m_plan->seconds * 1000) + std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    forecast.durationErrorMs = std::llround(m_plan->secondsError * 1000);
    return forecast;
}

std::optional<Problem> EvacuationPlan::hindranceOf(std::size_t movable) const
{
    if (stays(movable) || waveOf(movable) == 0 || modeOf(movable).first != MoveMode::Live) {
        return std::nullopt;
    }
    const auto its = m_checks.find(thing(movable).object);
    return its != m_checks.end() && its->second.to == destinationOf(movable) ? its->second.hindrance : std::nullopt;
}

std::optional<Problem> EvacuationPlan::overrunOf(std::size_t movable) const
{
    const auto its = std::ranges::lower_bound(m_plan->overruns, movable, {}, &Overrun::movable);
    if (stays(movable) || its == m_plan->overruns.end() || its->movable != movable) {
        return std::nullopt;
    }
    const auto seconds = [](double value) { return std::to_string(std::llround(value)); };
    return Problem {Reason::NotReady,
        {{"cause", "hours-overrun"}, {"window", toString(m_evacuation->movables[movable].allowance.hours)}, {"seconds", seconds(its->stillSeconds)},
            {"hours_seconds", seconds(its->hoursSeconds)}},
        {}};
}

std::pair<Instant, Instant> EvacuationPlan::timesOf(int wave) const
{
    const auto at = [this](double seconds) { return m_beginning + std::chrono::milliseconds(std::llround(std::min(seconds, 1e10) * 1000)); };
    const auto &its = m_plan->waves[std::size_t(wave) - 1];
    return {at(its.begins), at(its.ends)};
}

int EvacuationPlan::hindered() const
{
    int count = 0;
    for (std::size_t i = 0; i < m_evacuation->movables.size(); ++i) {
        count += hindranceOf(i) ? 1 : 0;
    }
    return count;
}

std::optional<Alternative> EvacuationPlan::nextBest(std::size_t movable) const
{
    std::optional<Alternative> next;
    for (auto &its : m_plan->alternatives(movable)) {
        const bool isOpen = its.why != NotTaken::Chosen && its.why != NotTaken::Forbidden && its.why != NotTaken::NoLink;
        if (isOpen && (!next || its.why > next->why)) {
            next = std::move(its);
        }
    }
    return next;
}

Problem EvacuationPlan::obstacleOf(std::size_t movable) const
{
    if (cannotMove(movable)) {
        return m_staying[movable - (things() - m_staying.size())].why;
    }
    // A site that is only full is nearer than one that is out of reach, and that than one that is forbidden.
    const auto distance = [](const Alternative &its) {
        return its.why == NotTaken::NoRoom || its.why == NotTaken::Separated ? 1
            : its.why == NotTaken::NoLink                                    ? 2
            : its.why == NotTaken::Forbidden                                 ? 3
                                                                             : 0;
    };
    const auto alternatives = m_plan->alternatives(movable);
    const auto &only = m_evacuation->movables[movable].only;
    const auto chosen = std::ranges::find(alternatives, only, &Alternative::site);
    const auto nearest = chosen != alternatives.end() ? chosen : std::ranges::min_element(alternatives, {}, distance);
    if (nearest == alternatives.end()) {
        return {Reason::NotFound, {{"what", "site"}, {"id", m_choices.to.join(u' ').toStdString()}}, {}};
    }
    // It would fit, but something it has to come after has no place.
    return distance(*nearest) == 0 ? Problem {Reason::NotReady, {{"id", m_evacuation->movables[movable].object.text()}, {"state", "waiting"}}, {}}
                                   : nearest->problem;
}

EvacuationPlan::Reception EvacuationPlan::receptionAt(const QString &siteId) const
{
    Reception reception;
    const waves::Board &board = m_plan->placed->board;
    const auto at = std::ranges::find(board.sites, siteId.toStdString());
    if (at == board.sites.end()) {
        return reception;
    }
    const auto destination = std::size_t(at - board.sites.begin());
    for (const auto block : board.blockOf) {
        const auto &fate = board.fates[std::size_t(board.blocks[block].fate)];
        reception.allowed += fate.allowed[destination] ? 1 : 0;
        reception.taken += m_plan->placed->to[block] == destination ? 1 : 0;
        if (!reception.obstacle && !fate.obstacles[destination].empty()) {
            reception.obstacle = fate.obstacles[destination].front();
        }
    }
    return reception;
}

bool EvacuationPlan::leavesForbiddenCopy() const
{
    const auto &inventory = m_federation.inventory();
    return m_choices.retentionSeconds > 0 && std::ranges::any_of(m_evacuation->movables, [&inventory](const Movable &movable) {
        const Slot slot = inventory.find(movable.object);
        return slot != noSlot && inventory.rows(movable.object.kind)[slot].verdict == Status::NonCompliant;
    });
}

Evacuate EvacuationPlan::order(const QString &site) const
{
    Evacuate order;
    order.site = {site.toStdString(), ObjectKind::Site, {}};
    order.atOnce = std::clamp(m_choices.atOnce, 1, 64);
    order.atOncePerSite = std::min(order.atOnce, atOncePerSite);
    order.forecast = forecast();
    order.forecast.bytes = 0; // of this site
    std::int32_t number = 0;
    for (const auto &wave : m_plan->waves) {
        const auto before = order.moves.size();
        for (const std::size_t movable : wave.movables) {
            const auto &its = m_evacuation->movables[movable];
            if (its.object.site != order.site.site) {
                continue;
            }
            const bool isCircular = std::ranges::find(m_plan->circular, its.object) != m_plan->circular.end();
            order.forecast.bytes += its.bytes;
            order.moves.push_back(
                {orderOf(its.object, destinationOf(movable)), number, isCircular ? std::vector<ObjectId> {} : its.after, its.bytes});
        }
        number += order.moves.size() > before ? 1 : 0;
    }
    awaitOtherSites(order);
    for (auto &move : order.moves) {
        if (isAwaited(order, move)) {
            move.order.toEndpoint = m_federation.profile(QString::fromStdString(move.order.toSite)).endpoint.toStdString();
        }
    }
    return order;
}

std::vector<Evacuate> EvacuationPlan::orders() const
{
    std::vector<Evacuate> orders;
    for (const auto &site : m_choices.sources()) {
        if (auto its = order(site); !its.moves.empty()) {
            orders.push_back(std::move(its));
        }
    }
    return orders;
}

PlannedEvacuation EvacuationPlan::record(const QString &site) const
{
    PlannedEvacuation record;
    record.order = order(site);
    for (const auto &movable : m_evacuation->movables) {
        if (movable.object.site == record.order.site.site) {
            record.names.emplace(movable.object, movable.name.empty() ? movable.object.id : movable.name);
            record.bytes.emplace(movable.object, movable.bytes);
        }
    }
    record.seconds = m_plan->seconds;
    record.secondsError = m_plan->secondsError;
    record.transferSeconds = m_plan->transferSeconds;
    record.leastTransferSeconds = m_plan->leastTransferSeconds;
    return record;
}

void EvacuationPlan::submit()
{
    if (!isReady() || m_unanswered > 0) {
        return;
    }
    std::vector<std::pair<QString, PlannedEvacuation>> orders;
    const auto emptied = m_choices.sources();
    for (const auto &site : emptied) {
        if (auto its = record(site); !its.order.moves.empty()) {
            orders.emplace_back(site, std::move(its));
        }
    }
    m_unanswered = orders.size();
    for (auto &[site, its] : orders) {
        auto order = its.order;
        await(m_federation.submit(site, std::move(order)), this, [this, site = site, its = std::move(its)](const Result<Operation> &answer) {
            if (answer) {
                m_federation.keep(answer->id, its);
            }
            Q_EMIT submitted(site, answer);
            if (--m_unanswered == 0) {
                Q_EMIT finished();
            }
        });
    }
}

}
