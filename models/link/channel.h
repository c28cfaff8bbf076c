// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"
#include "models/link/credentials.h"

#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <memory>

namespace portulan {

/// A connection of its own to one site; shares nothing with other sites, dials once somebody asks, gives up after `patience`.
/// InvalidArgument if the endpoint is not "host:port".
Result<std::shared_ptr<grpc::Channel>> openChannel(
    const std::string &endpoint, const std::string &siteId, const LinkCredentials &credentials, std::chrono::milliseconds patience);

/// How a call ended that may not have reached the site at all.
struct Ending {
    Problem problem;
    /// The site is not who it should be, or does not want us.
    bool refused = false;
    /// TLS stood, then the site hung up before a word: what a gateway does that does not accept our certificate, and one that dies.
    bool hungUp = false;
};
Ending endingOf(const grpc::Status &status);

}
