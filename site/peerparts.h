// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/peer.h"

#include <map>
#include <mutex>
#include <optional>

namespace portulan::site {

/// Reservations too long for one message, until their last part is here. Parts are numbered: whoever begins again begins with the first, and what
/// does not follow upon what is here (an answer was lost, this gateway was restarted) is refused, so that its source begins again.
struct PeerService::Parts {
    struct Open {
        Wanted wanted;
        std::uint32_t next = 1; ///< the number of the part that is missing
    };
    static constexpr std::size_t maxParts = 8; ///< reservations that come in several messages, at once
    static constexpr std::size_t maxPartObjects = 1'000'000;
    std::mutex mutex;
    std::map<std::string, Open> open; ///< by caller and migration

    /// The whole once it is complete. Unreachable if parts before this one are not here.
    Result<std::optional<Wanted>> add(const std::string &caller, Wanted part, std::uint32_t number, bool more)
    {
        const std::scoped_lock lock(mutex);
        const auto key = caller + ' ' + part.arrival.migration;
        if (number == 0) {
            open.erase(key);
            if (!more) {
                return std::optional(std::move(part));
            }
            if (open.size() >= maxParts) {
                open.erase(open.begin()); // its source will begin again
            }
            open.emplace(key, Open {std::move(part)});
            return std::optional<Wanted>();
        }
        const auto at = open.find(key);
        if (at == open.end() || at->second.next != number) {
            return refuse(Reason::Unreachable, {{"what", "reservation"}}, "the parts before this one are not here: begin again");
        }
        ++at->second.next;
        auto &objects = at->second.wanted.arrival.objects;
        if (objects.size() + part.arrival.objects.size() > maxPartObjects) {
            open.erase(at);
            return refuse(Reason::TooLarge, {{"what", "reservation"}, {"limit", std::to_string(maxPartObjects)}});
        }
        objects.insert(objects.end(), std::make_move_iterator(part.arrival.objects.begin()), std::make_move_iterator(part.arrival.objects.end()));
        if (more) {
            return std::optional<Wanted>();
        }
        auto whole = std::optional(std::move(at->second.wanted));
        open.erase(at);
        return whole;
    }
};

}
