// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"

namespace portulan::site {

// What a destination keeps of a migration beside the journal, in one directory: <migration>.request, written once, and <migration>.log.

/// Durable on return. DiskFull, Internal{file}.
Result<> writeRequest(const std::string &directory, const Wanted &wanted);
/// Malformed{file} if it is not what writeRequest() wrote.
Result<Wanted> readRequest(const std::string &directory, const std::string &migration);
std::string logFile(const std::string &directory, const std::string &migration);
void removeFiles(const std::string &directory, const std::string &migration);

}
