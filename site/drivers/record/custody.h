// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/record/store.h"

namespace portulan::site {

/// The object itself and, of an instance, its volumes; NotFound{id}.
Result<std::vector<ObjectId>> withVolumes(const Store &store, const ObjectId &object);

/// Changes one thing that has a custody, if it is a T.
template <typename T>
Result<> alter(Draft &draft, const ObjectId &id, const std::function<Result<>(T &)> &set)
{
    auto object = draft.get<T>(id);
    if (!object) {
        return tl::unexpected(object.error());
    }
    return set(*object).and_then([&] { return draft.put(*object); });
}

/// Gives all of these a custody; NotReady{state} for what is Incoming, and of a machine that is up Retained.
Result<> giveCustody(Store &store, const std::vector<ObjectId> &ids, Custody custody, Instant retainedUntil, std::string_view movedTo);
/// Incoming (or Owner already) → Owner; NotReady{state}.
template <typename T>
Result<> own(T &thing)
{
    if (thing.custody != Custody::Incoming && thing.custody != Custody::Owner) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(thing.custody))}});
    }
    thing.custody = Custody::Owner;
    return {};
}
/// None for what has none, or is not there.
std::optional<Custody> custodyOf(const Store &store, const ObjectId &id);

}
