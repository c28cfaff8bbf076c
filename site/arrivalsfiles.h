// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"

#include <iosfwd>

namespace portulan::site {

// What a destination keeps of a migration beside the journal, in one directory: <migration>.request, written once, and <migration>.log; of a data
// set that comes in lots also <migration>.lot-<number>.request, .log and .arrived (IncomingLots).

/// A whole file or none, durable on return. DiskFull, Internal{file}.
Result<> keepFile(const std::string &path, const std::function<void(std::ostream &)> &write);

/// Durable on return. DiskFull, Internal{file}.
Result<> writeRequest(const std::string &directory, const Wanted &wanted);
/// Malformed{file} if it is not what writeRequest() wrote.
Result<Wanted> readRequest(const std::string &directory, const std::string &migration);
std::string logFile(const std::string &directory, const std::string &migration);
void removeFiles(const std::string &directory, const std::string &migration);

}
