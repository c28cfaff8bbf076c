// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/ctl/output.h"
#include "models/federation.h"

namespace portulan::ctl {

// JSON of what sites have: snake_case keys that stay, bytes as integers, RFC 3339 moments, enumerations by their wire words.
Json toJson(const Thing &thing);
Json toJson(const Site &site);
Json toJson(const Project &project);
Json toJson(const Operation &operation);
Json toJson(const Verdict &verdict);
Json toJson(const Finding &finding);
Json toJson(const Capacity &capacity);
Json toJson(const Value &value);
/// A row of a list, with the verdict this program gives it.
Json rowJson(const Inventory &inventory, const Row &row);
QStringList rowTitles(ObjectKind kind);
QStringList rowCells(const Inventory &inventory, const Row &row);

QStringList operationTitles();
QStringList operationCells(const Operation &operation);

/// Objects of a kind that a user may mean by `text`: a whole id, "site/kind/name", or an end of either.
std::vector<ObjectId> objectsNamed(const Inventory &inventory, const std::string &text, ObjectKind kind);

}
