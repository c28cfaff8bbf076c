// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/clockwatch.h"

#include "site/alarm.h"
#include "site/arrivalsfiles.h"
#include "site/moverdeparture.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

namespace portulan::site {

using std::chrono::milliseconds;

namespace {
constexpr auto alertId = "clock-leapt";
constexpr std::int64_t saveEveryMs = 600'000;
constexpr std::int64_t rightMs = 60'000; // nobody sets a clock right to the millisecond
constexpr std::int64_t dayMs = 24 * 3600'000;

std::string fileOf(const Context &context)
{
    return context.config.directory + "/clock.json";
}

/// The end of its retention, if it is retained.
std::optional<std::int64_t> untilOf(const Thing &thing)
{
    return std::visit(
        [](const auto &its) -> std::optional<std::int64_t> {
            if constexpr (requires { its.custody; }) {
                return its.custody == Custody::Retained ? std::optional<std::int64_t>(its.retainedUntil.time_since_epoch().count()) : std::nullopt;
            } else {
                return std::nullopt;
            }
        },
        thing);
}
}

ClockWatch::ClockWatch(Context &context)
    : m_context(context)
    , m_word(context)
{
    load();
}

ClockWatch::~ClockWatch()
{
    if (m_lastIsOurs) {
        save();
    }
}

void ClockWatch::look()
{
    const auto machine = m_context.machineTime();
    const Glance here {machine.boot, machine.upMs, m_context.clock().time_since_epoch().count()};
    const bool sure = machine.isKept || m_word.isGood(machine);
    const auto leapt = m_last ? here.wallMs - m_last->wallMs - passed(here, sure) : 0;
    m_last = here;
    m_lastIsOurs = true;
    if (sure) {
        m_anchorMs = here.wallMs;
        m_sinceAnchorMs = 0;
        m_wasOff = false;
    }
    const bool changed = see(leapt, sure);
    tell();
    if (!sure && !m_kept.empty() && (m_wasOff || !m_anchorMs)) {
        m_word.ask();
    }
    if (changed || m_savedMs == 0 || here.upMs - m_savedMs > saveEveryMs) {
        save();
    }
}

/// Counts what has passed since the last look, and says how much.
std::int64_t ClockWatch::passed(const Glance &here, bool sure)
{
    const bool sameBoot = m_lastIsOurs || (here.boot == m_last->boot && !here.boot.empty());
    const auto up = sameBoot ? here.upMs - m_last->upMs : here.boot.empty() ? 0 : here.upMs;
    const auto known = std::max<std::int64_t>(up, 0);
    m_wasOff = m_wasOff || !sameBoot;
    m_sinceAnchorMs += known;
    // Both clocks are right: what lies between them beside the time that was counted, the machine was off.
    const auto off = sure && m_wasOff && m_anchorMs ? std::max<std::int64_t>(here.wallMs - *m_anchorMs - m_sinceAnchorMs, 0) : 0;
    for (auto &[id, kept] : m_kept) {
        kept.leftMs = std::max<std::int64_t>(kept.leftMs - known - (kept.anchored ? off : 0), 0);
    }
    return known + off;
}

/// What is retained by now, and whether that is other than before. Of what came since the last look nobody knows whether it came before the clock
/// leapt.
bool ClockWatch::see(std::int64_t leaptMs, bool sure)
{
    std::map<std::string, Kept> seen;
    bool changed = false;
    for (const auto kind : {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::Image, ObjectKind::DataSet}) {
        for (const auto &thing : m_context.broadcast.all(kind)) {
            const auto until = untilOf(thing);
            if (!until) {
                continue;
            }
            const auto known = m_kept.find(idOf(thing).text());
            auto &kept = seen[idOf(thing).text()];
            if (known != m_kept.end() && known->second.untilMs == *until) {
                kept = known->second;
                kept.anchored = kept.anchored || sure;
                continue;
            }
            changed = true;
            const auto left = *until - m_last->wallMs;
            kept = {*until, leaptMs > 0 ? std::max(left, std::min(left + leaptMs, promisedMs(idOf(thing)))) : left, sure};
        }
    }
    changed = changed || seen.size() != m_kept.size();
    m_kept = std::move(seen);
    return changed;
}

/// How long its copy was to be kept; no end if that is not known.
std::int64_t ClockWatch::promisedMs(const ObjectId &object) const
{
    const auto record = m_context.journal.departureOf(object.text());
    const auto departure = record && *record ? departureFrom(**record) : Result<Departure>(unexpected(Problem {}));
    return departure ? departure->order.retentionSeconds * 1000 : std::numeric_limits<std::int64_t>::max();
}

std::int64_t ClockWatch::lateMs(const Kept &kept) const
{
    return std::max<std::int64_t>(m_last->wallMs + kept.leftMs - kept.untilMs, 0);
}

/// What is kept although its time is up by the clock, or whose end is far from what the clock says.
void ClockWatch::tell()
{
    std::int64_t late = 0;
    for (const auto &[id, kept] : m_kept) {
        const auto by = lateMs(kept);
        late = std::max(late, by > dayMs || (by > rightMs && kept.untilMs <= m_last->wallMs) ? by : 0);
    }
    const auto self = m_context.broadcast.find({m_context.config.siteId, ObjectKind::Site, {}});
    if (late == 0 || !self) {
        m_toldMs > 0 ? settleAlert(m_context, alertId) : void();
        m_toldMs = 0;
        return;
    }
    if (std::abs(late - m_toldMs) > rightMs) {
        m_toldMs = late;
        const auto seconds = std::to_string(late / 1000);
        raiseAlert(m_context, alertId, AlertSeverity::Critical,
            {Reason::Conflict, {{"cause", "clock"}, {"seconds", seconds}}, "the clock leapt; what is retained is kept for the time promised"}, *self);
    }
}

Instant ClockWatch::at() const
{
    return m_last ? Instant(milliseconds(m_last->wallMs)) : Instant {};
}

Instant ClockWatch::endOf(const ObjectId &object, Instant retainedUntil) const
{
    const auto kept = m_kept.find(object.text());
    const bool known = kept != m_kept.end() && kept->second.untilMs == retainedUntil.time_since_epoch().count();
    return std::max(retainedUntil, at() + milliseconds(known ? kept->second.leftMs : 1));
}

void ClockWatch::load()
{
    std::ifstream stream(fileOf(m_context));
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    try {
        if (!json.is_object() || !json.contains("kept")) {
            return;
        }
        const Glance last {json.at("boot").get<std::string>(), json.at("up_ms").get<std::int64_t>(), json.at("wall_ms").get<std::int64_t>()};
        std::map<std::string, Kept> kept;
        for (const auto &[id, one] : json.at("kept").items()) {
            kept[id] = {one.at("until_ms").get<std::int64_t>(), one.at("left_ms").get<std::int64_t>(), one.at("anchored").get<bool>()};
        }
        if (!json.at("anchor_ms").is_null()) {
            m_anchorMs = json.at("anchor_ms").get<std::int64_t>();
        }
        m_sinceAnchorMs = json.at("since_anchor_ms").get<std::int64_t>();
        m_wasOff = json.at("was_off").get<bool>();
        m_last = last;
        m_kept = std::move(kept);
    } catch (const nlohmann::json::exception &error) {
        m_anchorMs.reset();
        m_context.log.problem("clock.forgotten", {Reason::Malformed, {{"file", fileOf(m_context)}}, error.what()});
    }
}

void ClockWatch::save()
{
    m_savedMs = m_last->upMs;
    nlohmann::json json {{"boot", m_last->boot}, {"up_ms", m_last->upMs}, {"wall_ms", m_last->wallMs}, {"anchor_ms", nullptr},
        {"since_anchor_ms", m_sinceAnchorMs}, {"was_off", m_wasOff}, {"kept", nlohmann::json::object()}};
    if (m_anchorMs) {
        json["anchor_ms"] = *m_anchorMs;
    }
    for (const auto &[id, kept] : m_kept) {
        json["kept"][id] = {{"until_ms", kept.untilMs}, {"left_ms", kept.leftMs}, {"anchored", kept.anchored}};
    }
    if (const auto done = keepFile(fileOf(m_context), [&json](std::ostream &stream) { stream << json.dump(1) << '\n'; }); !done) {
        m_context.log.problem("clock.unnoted", done.error());
    }
}

}
