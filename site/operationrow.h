// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"

namespace portulan::site {

/// An operation as the journal keeps it: one line of JSON.
std::string toRow(const Operation &operation);
/// Malformed{expected} if it is not one of ours.
Result<Operation> operationFrom(std::string_view row);

}
