// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"

namespace portulan::site {

/// Things as they are kept in the driver's database: JSON, one object a row. Projects, instances, volumes, images, snapshots, data sets and
/// networks; any other thing gives an empty text.
std::string recordOf(const Thing &thing);
/// Integrity{where} if the text is not such a record.
Result<Thing> thingFrom(const ObjectId &id, const std::string &record);

}
