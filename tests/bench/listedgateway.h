// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/credentials.h"

#include <string>
#include <sys/types.h>

namespace portulan {

/// A real gateway in a process of its own, over a cloud in memory that holds `instances` machines of twenty projects. Made before the first
/// thread of this program; ended with it.
class ListedGateway {
public:
    explicit ListedGateway(int instances);
    ~ListedGateway();
    ListedGateway(const ListedGateway &) = delete;
    ListedGateway &operator=(const ListedGateway &) = delete;

    const std::string &endpoint() const { return m_endpoint; } ///< empty: it did not start
    const LinkCredentials &credentials() const { return m_credentials; } ///< of a user who sees all of it
    double processorSeconds() const; ///< of the gateway's process so far

private:
    std::string m_directory;
    LinkCredentials m_credentials;
    std::string m_endpoint;
    pid_t m_process = -1;
    int m_leash = -1; ///< its end is the gateway's
};

}
