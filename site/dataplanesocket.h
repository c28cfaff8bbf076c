// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <atomic>
#include <chrono>
#include <openssl/bio.h>

namespace portulan::site {

/// A connected TCP socket, within ten seconds. Unreachable, TimedOut.
Result<int> dial(const std::string &host, int port);
/// A listening TCP socket on "host:port" (port 0: any). InvalidArgument, Internal.
Result<int> listenOn(const std::string &address);
int portOf(int socket);
/// Time limit on each read and write, no Nagle, keep-alive.
void tune(int socket, std::chrono::seconds idle);

/// OpenSSL over a blocking socket that it does not own: no SIGPIPE, a passed time limit is "retry", bytes are counted in `wire`.
BIO *socketBio(int socket, std::atomic<std::int64_t> *wire);

/// "host:port", "[::1]:port" → both parts. InvalidArgument{field = "endpoint"}.
Result<std::pair<std::string, std::string>> hostAndPort(std::string_view endpoint);

}
