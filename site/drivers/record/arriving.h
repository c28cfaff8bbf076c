// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/record/store.h"

namespace portulan::site {

/// What an arrival was received as, by an earlier call; without what it was prefilled with.
std::optional<Received> receivedBefore(Store &store, const std::string &migration);
Result<> noteReceived(Draft &draft, const std::string &migration, const Received &received);
/// The migration an object has arrived by, "" if it has not.
std::string migrationOf(Store &store, const ObjectId &object);
/// Takes the note off; the migration it was of, "" if there was none.
std::string forgetReceived(Draft &draft, const ObjectId &object);
/// InvalidArgument unless it is exactly one instance, volume, image or data set.
Result<> checkArrival(const Arrival &arrival);

/// The id it had at the source if nobody here has or had it, else a new one; `chosen`, if one was chosen before.
Result<ObjectId> berthId(Draft &draft, ObjectKind kind, const std::string &there, const ObjectId &chosen);
/// As it will lie here: under this id, in this project, with custody Incoming.
template <typename T>
void arrive(T &thing, const ObjectId &id, const std::string &project)
{
    thing.id = id;
    thing.project = project;
    thing.custody = Custody::Incoming;
    thing.retainedUntil = {};
    thing.movedTo.clear();
}

/// Records for what arrives, with the ids in `received`, chosen if they are empty. A second call with the same ids does the same.
/// `amend` may add to a machine what is known of it here.
Result<> berthInstance(Draft &draft, const Arrival &arrival, Received &received, const std::function<void(Instance &)> &amend);
Result<> berthVolumes(Draft &draft, const Arrival &arrival, Received &received, const std::string &instance);
Result<> berthImage(Draft &draft, const Arrival &arrival, Received &received);

}
