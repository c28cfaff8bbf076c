// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/forecasting.h"
#include "core/order.h"
#include "site/context.h"
#include "site/peerlink.h"

#include <chrono>

namespace portulan::site {

/// How fast the ways to other sites are, by a short probe; one that is fresh is not asked for again. Thread safe.
class LinkRates {
public:
    std::int64_t of(const std::string &site, PeerLink &link); ///< bytes a second, 0 if that cannot be told

private:
    struct Rate {
        std::int64_t bytesPerSecond = 0;
        std::chrono::steady_clock::time_point at {};
    };
    std::mutex m_mutex;
    std::map<std::string, Rate> m_rates;
};
std::int64_t measureLink(PeerLink &link); ///< anew

/// What a migration is expected to take: by the disks' maps, the link, the limits of order and gateway, and what earlier ones to that site took.
struct Expectation {
    Prospect prospect;
    Outlook outlook;
};
Expectation outlookFor(Context &context, const Migrate &order, const Arrival &arrival, std::int64_t linkBytesPerSecond);
/// The last migrations to that site that are over and were expected.
std::vector<Precedent> precedentsOf(Context &context, const std::string &site);

}
