// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverturns.h"

#include <algorithm>

namespace portulan::site {

Turns::Turns(std::size_t atOnce, std::size_t atOncePerSite)
    : m_atOnce(atOnce)
    , m_atOncePerSite(atOncePerSite)
{
}

Turns::Number Turns::next()
{
    const std::scoped_lock lock(m_mutex);
    return ++m_last;
}

std::size_t Turns::taken() const
{
    return std::size_t(std::ranges::count_if(m_places, [](const auto &entry) { return entry.second.taken; }));
}

std::map<std::string, std::size_t> Turns::takenBySite() const
{
    std::map<std::string, std::size_t> counts;
    for (const auto &[number, place] : m_places) {
        counts[place.site] += place.taken ? 1 : 0;
    }
    return counts;
}

void Turns::settle()
{
    auto all = taken();
    auto bySite = takenBySite();
    for (auto at = m_places.begin(); at != m_places.end() && all < m_atOnce; ++at) {
        auto &place = at->second;
        if (auto &theirs = bySite[place.site]; !place.taken && theirs < m_atOncePerSite) {
            place.taken = true;
            ++theirs;
            ++all;
        }
    }
}

void Turns::ask(Number number, const std::string &site)
{
    const std::scoped_lock lock(m_mutex);
    if (m_places.try_emplace(number, Place {site, false}).second) {
        settle();
    }
}

void Turns::force(Number number, const std::string &site)
{
    const std::scoped_lock lock(m_mutex);
    m_places.insert_or_assign(number, Place {site, true});
}

void Turns::leave(Number number)
{
    const std::scoped_lock lock(m_mutex);
    m_places.erase(number);
    settle();
}

bool Turns::has(Number number) const
{
    const std::scoped_lock lock(m_mutex);
    const auto at = m_places.find(number);
    return at != m_places.end() && at->second.taken;
}

std::optional<Problem> Turns::obstacle(Number number) const
{
    const auto all = obstacles();
    const auto at = all.find(number);
    return at == all.end() ? std::nullopt : std::optional(at->second);
}

std::map<Turns::Number, Problem> Turns::obstacles() const
{
    const std::scoped_lock lock(m_mutex);
    std::map<Number, Problem> found;
    std::map<std::string, std::size_t> waiting;
    const bool areTheirs = taken() < m_atOnce; // there is room here, so it is the destinations that are full
    std::size_t before = 0;
    for (const auto &[number, place] : m_places) {
        if (place.taken) {
            continue;
        }
        auto &ofSite = waiting[place.site];
        Problem why {Reason::NotReady,
            {{"cause", "slot"}, {"limit", std::to_string(areTheirs ? m_atOncePerSite : m_atOnce)},
                {"before", std::to_string(areTheirs ? ofSite : before)}},
            {}};
        if (areTheirs) {
            why.facts.emplace("site", place.site);
        }
        found.emplace(number, std::move(why));
        ++ofSite;
        ++before;
    }
    return found;
}

std::optional<std::size_t> WaitingRoom::ask(const std::string &migration, std::size_t taken, Clock::time_point now)
{
    std::erase_if(m_guests, [&](const Guest &guest) { return guest.migration != migration && now - guest.asked > m_memory; });
    auto at = std::ranges::find(m_guests, migration, &Guest::migration);
    if (at == m_guests.end()) {
        at = m_guests.insert(m_guests.end(), {migration, now});
    }
    at->asked = now;
    const auto before = std::size_t(at - m_guests.begin());
    if (taken + before < m_places) {
        m_guests.erase(at);
        return std::nullopt;
    }
    return before;
}

}
