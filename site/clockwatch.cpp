// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/clockwatch.h"

#include "site/alarm.h"
#include "site/arrivalsfiles.h"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

namespace portulan::site {

using std::chrono::milliseconds;

namespace {
constexpr auto alertId = "clock-leapt";
// A machine that was off for longer is taken for one whose clock was set: what it retains is kept longer, never shorter.
constexpr auto longestOff = std::chrono::hours(24 * 7);
constexpr std::int64_t saveEveryMs = 600'000;
constexpr std::int64_t rightMs = 60'000; // nobody sets a clock right to the millisecond

std::string fileOf(const Context &context)
{
    return context.config.directory + "/clock.json";
}
}

ClockWatch::ClockWatch(Context &context, milliseconds leap)
    : m_context(context)
    , m_leap(leap)
{
    load();
}

ClockWatch::Glance ClockWatch::now() const
{
    Glance glance;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), glance.boot);
    timespec up {};
    ::clock_gettime(CLOCK_BOOTTIME, &up); // also while the machine sleeps
    glance.upMs = std::int64_t(up.tv_sec) * 1000 + up.tv_nsec / 1'000'000;
    glance.wallMs = m_context.clock().time_since_epoch().count();
    return glance;
}

void ClockWatch::look()
{
    const auto here = now();
    if (m_last) {
        const auto passed = milliseconds(here.wallMs - m_last->wallMs);
        const bool sameBoot = here.boot == m_last->boot && !here.boot.empty();
        const auto off = std::min<milliseconds>(std::max(passed, milliseconds(0)), longestOff);
        const auto expected = sameBoot ? milliseconds(here.upMs - m_last->upMs) : off;
        if (const auto by = passed - expected; by > m_leap || by < -m_leap) {
            m_last = here;
            leapt(by);
            return;
        }
    }
    m_last = here;
    if (m_savedMs == 0 || here.upMs - m_savedMs > saveEveryMs) {
        save();
    }
}

void ClockWatch::leapt(milliseconds by)
{
    for (const auto kind : {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::Image, ObjectKind::DataSet}) {
        for (const auto &thing : m_context.broadcast.all(kind)) {
            const bool retained = std::visit(
                [](const auto &its) {
                    if constexpr (requires { its.custody; }) {
                        return its.custody == Custody::Retained;
                    } else {
                        return false;
                    }
                },
                thing);
            if (retained && by > milliseconds(0)) {
                m_longer[idOf(thing).text()] += by.count();
            }
        }
    }
    if (by < milliseconds(0)) {
        std::ranges::for_each(m_longer, [&by](auto &entry) { entry.second += by.count(); });
        std::erase_if(m_longer, [](const auto &entry) { return entry.second <= rightMs; });
    }
    const auto seconds = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(by).count());
    const Problem problem {
        Reason::Conflict, {{"cause", "clock"}, {"seconds", seconds}}, "the clock leapt; what is retained is kept for the time promised"};
    m_context.log.problem("clock.leapt", problem, {{"seconds", seconds}});
    const auto self = m_context.broadcast.find({m_context.config.siteId, ObjectKind::Site, {}});
    if (self && !m_longer.empty()) {
        raiseAlert(m_context, alertId, AlertSeverity::Critical, problem, *self);
    } else {
        settleAlert(m_context, alertId);
    }
    save();
}

Instant ClockWatch::endOf(const ObjectId &object, Instant retainedUntil) const
{
    const auto at = m_longer.find(object.text());
    return at == m_longer.end() ? retainedUntil : retainedUntil + milliseconds(at->second);
}

void ClockWatch::load()
{
    std::ifstream stream(fileOf(m_context));
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    try {
        if (json.is_object()) {
            m_last = Glance {json.at("boot").get<std::string>(), json.at("up_ms").get<std::int64_t>(), json.at("wall_ms").get<std::int64_t>()};
            m_longer = json.at("longer").get<std::map<std::string, std::int64_t>>();
        }
    } catch (const nlohmann::json::exception &error) {
        m_context.log.problem("clock.forgotten", {Reason::Malformed, {{"file", fileOf(m_context)}}, error.what()});
    }
}

void ClockWatch::save()
{
    m_savedMs = m_last->upMs;
    const nlohmann::json json {{"boot", m_last->boot}, {"up_ms", m_last->upMs}, {"wall_ms", m_last->wallMs}, {"longer", m_longer}};
    if (const auto kept = keepFile(fileOf(m_context), [&json](std::ostream &stream) { stream << json.dump(1) << '\n'; }); !kept) {
        m_context.log.problem("clock.unnoted", kept.error());
    }
}

}
