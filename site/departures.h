// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"

namespace portulan::site {

/// Whether a thing has left its site, for another site where something comes after it.
enum class Departed {
    Yes, ///< somebody else owns it, or it is not there at all
    NotYet, ///< it is leaving, or an evacuation is going to move it
    No, ///< it is there, and nothing is going to move it
};
Departed hasDeparted(const Context &context, const ObjectId &object);
/// NotFound{site}: neither configured nor given is where that site could be asked.
Result<> mayAskDeparture(const Config &config, const ObjectId &object, const std::string &endpoint);
/// The same as hasDeparted(), asked of the object's site; blocks.
Result<Departed> askDeparture(const Config &config, const ObjectId &object, const std::string &endpoint);

/// As Peer.GetDecision says it: "committed", "undecided", "aborted".
std::string_view toString(Departed departed);

}
