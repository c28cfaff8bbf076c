// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"
#include "core/order.h"
#include "site/driver.h"
#include "site/journal.h"

namespace portulan::site {

/// A migration as its source's journal keeps it: all that is needed to go on after a crash.
struct Departure {
    std::string migration;
    MigrationStep step = MigrationStep::Planned;
    Migrate order;
    ObjectId operation;
    std::string requestedBy;
    bool ran = false; ///< the machine was up when it was stopped
    bool asked = false; ///< the destination may know of it
    bool followed = false; ///< sent while its machine ran: after a restart nobody knows which of it still counts
    bool memory = false; ///< live: it is paused here, and its memory is there
    bool hasMany = false; ///< a data set of more than mostObjectsAtOnce
    std::uint64_t lot = 0; ///< of a data set that goes in lots: the last number that may have been used
    ObjectId arrived; ///< what it is called at the destination
    std::vector<std::string> arrivedVolumes; ///< …and its volumes, in the order in which they were sent
    std::optional<Problem> aborting; ///< decided to end as before, and why
    MigrationCertificate draft; ///< what will be certified, as far as it has come
    bool startsThere() const { return order.start && ran; }
};
MigrationRecord recordOf(const Departure &departure);
Result<Departure> departureFrom(const MigrationRecord &record); ///< Malformed

/// A data set of more objects than this goes in lots, also cold: what is told at once is kept in memory at both ends.
inline constexpr std::int64_t mostObjectsAtOnce = 2'000;

/// What travels with the object: an instance takes its volumes along, a data set its objects. NotFound, NotReady{state} if a volume is
/// attached, Unsupported for kinds that do not move.
Result<Arrival> arrivalOf(Driver &driver, const ObjectId &object, bool withObjects = true);
/// A fresh UUID (version 4), lower case.
std::string newMigrationId();

}
