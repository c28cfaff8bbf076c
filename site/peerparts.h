// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/peer.h"

#include <map>
#include <mutex>
#include <optional>

namespace portulan::site {

/// Reservations too long for one message, until their last part is here.
struct PeerService::Parts {
    static constexpr std::size_t maxParts = 8; ///< reservations that come in several messages, at once
    static constexpr std::size_t maxPartObjects = 1'000'000;
    std::mutex mutex;
    std::map<std::string, Wanted> open; ///< by caller and migration

    /// The whole once it is complete.
    Result<std::optional<Wanted>> add(const std::string &caller, Wanted part, bool more)
    {
        const std::scoped_lock lock(mutex);
        const auto key = caller + ' ' + part.arrival.migration;
        const auto at = open.find(key);
        if (at == open.end()) {
            if (!more) {
                return std::optional(std::move(part));
            }
            if (open.size() >= maxParts) {
                open.erase(open.begin()); // its source will begin again
            }
            open.emplace(key, std::move(part));
            return std::optional<Wanted>();
        }
        auto &objects = at->second.arrival.objects;
        if (objects.size() + part.arrival.objects.size() > maxPartObjects) {
            open.erase(at);
            return refuse(Reason::TooLarge, {{"what", "reservation"}, {"limit", std::to_string(maxPartObjects)}});
        }
        objects.insert(objects.end(), std::make_move_iterator(part.arrival.objects.begin()), std::make_move_iterator(part.arrival.objects.end()));
        if (more) {
            return std::optional<Wanted>();
        }
        auto whole = std::optional(std::move(at->second));
        open.erase(at);
        return whole;
    }
};

}
