// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/order.h"
#include "site/admission.h"

namespace portulan::site {

/// An order looked at in the light of what the site holds: whose it is, what it touches, what the rules must be asked.
struct Errand {
    Target target; ///< what authority is asked about
    ObjectId object; ///< for the trail and the operation; the id of a creation may be empty
    std::string name; ///< display name
    std::string etag; ///< the object's present one
    std::vector<Classification> classes; ///< each must be allowed here
    std::vector<ObjectId> ownProject; ///< must be there, in the same project
    std::vector<ObjectId> visible; ///< must be there and seen by the caller
    Custody custody = Custody::Owner;
    bool isCreation = false;
    bool cancellable = false;
    std::string detail; ///< for the trail
};

Errand errandOf(const Order &order, const std::string &site, const Broadcast &broadcast);

}
