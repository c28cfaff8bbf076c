// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/problem.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace portulan::site {

/// Which migrations away from here may copy: so many at once, and so many to one destination. The oldest order goes first, of those whose
/// destination has a place. Nobody who has one waits for another's, so that nothing can stand still for good. Thread safe.
class Turns {
public:
    using Number = std::uint64_t; ///< of an order: the older, the smaller

    Turns(std::size_t atOnce, std::size_t atOncePerSite);
    Number next(); ///< for a new order
    void ask(Number number, const std::string &site); ///< may be repeated
    void force(Number number, const std::string &site); ///< a machine stands still for it: at once, whoever else copies
    void leave(Number number); ///< has it no longer, wants it no longer
    bool has(Number number) const;
    /// Why each of those who wait has to: as obstacle() says.
    std::map<Number, Problem> obstacles() const;
    /// Why it does not have it: NotReady{cause: "slot", limit, before} and, where it is the destination's places that are taken, {site}.
    std::optional<Problem> obstacle(Number number) const;

private:
    struct Place {
        std::string site;
        bool taken = false;
    };
    std::size_t taken() const;
    std::map<std::string, std::size_t> takenBySite() const;
    void settle();
    const std::size_t m_atOnce;
    const std::size_t m_atOncePerSite;
    mutable std::mutex m_mutex;
    Number m_last = 0;
    std::map<Number, Place> m_places;
};

/// Whom a destination takes in: so many at once, and of those it told to wait the one first that asked first. Whoever does not ask any more is
/// forgotten. Not locked.
class WaitingRoom {
public:
    using Clock = std::chrono::steady_clock;
    WaitingRoom(std::size_t places, std::chrono::milliseconds memory)
        : m_places(places)
        , m_memory(memory)
    {
    }
    /// nullopt: it may come in, `taken` being in already; else how many are before it.
    std::optional<std::size_t> ask(const std::string &migration, std::size_t taken, Clock::time_point now);

private:
    struct Guest {
        std::string migration;
        Clock::time_point asked;
    };
    const std::size_t m_places;
    const std::chrono::milliseconds m_memory;
    std::vector<Guest> m_guests; ///< in order of arrival
};

}
