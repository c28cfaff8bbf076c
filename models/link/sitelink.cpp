// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/sitelink.h"

#include "core/words.h"

namespace portulan {

namespace {
constexpr auto states = wording<LinkState>({{LinkState::Idle, "idle"}, {LinkState::Connecting, "connecting"}, {LinkState::Live, "live"},
    {LinkState::Stale, "stale"}, {LinkState::Refused, "refused"}});
}

std::string_view toString(LinkState state)
{
    return states.of(state);
}

}
