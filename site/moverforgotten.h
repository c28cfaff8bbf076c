// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"

/// What a start finds of migrations that no open record speaks of: the gateway died between two notes, or its journal was lost.
namespace portulan::site {

/// Operations of migrations away from here that are over, or never began, but had not been told so. `operations`: as the journal has them.
void endForgotten(Context &context, const std::vector<Operation> &operations);
/// …and of those towards here.
Result<> endForgottenArrivals(Context &context);

/// Objects fenced for a move of which `open` holds no record become their owner's again: a move whose record is lost had not been committed, or
/// else its object would be Retained.
void releaseForgotten(Context &context, const std::vector<MigrationRecord> &open);
/// Whether the object (resource name) was handed over to that site for good, by a move the journal has lost: a fence that a known move explains
/// says nothing of an older one, whose copy is stale.
bool isFencedFor(Context &context, const std::string &object, const std::string &destination);

}
