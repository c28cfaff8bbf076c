// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"

#include <chrono>

/// Certificates for tests, of this machine's present day (TLS reads the real clock).
namespace portulan::papers {

inline Instant now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

inline KeyAndCertificate authority(const std::string &federation = "test federation")
{
    return makeAuthority(federation, now() - std::chrono::days(400), now() + std::chrono::days(400)).value();
}

inline KeyAndCertificate site(const KeyAndCertificate &authority, const std::string &id)
{
    return issue(authority, {Bearer::Kind::Site, id, {}, {"127.0.0.1"}}, now() - std::chrono::hours(1), now() + std::chrono::hours(24)).value();
}

inline KeyAndCertificate user(const KeyAndCertificate &authority, const std::string &name)
{
    return issue(authority, {Bearer::Kind::User, name}, now() - std::chrono::hours(1), now() + std::chrono::hours(24)).value();
}

inline KeyAndCertificate expiredSite(const KeyAndCertificate &authority, const std::string &id)
{
    return issue(authority, {Bearer::Kind::Site, id}, now() - std::chrono::days(2), now() - std::chrono::days(1)).value();
}

inline KeyAndCertificate expiredUser(const KeyAndCertificate &authority, const std::string &name)
{
    return issue(authority, {Bearer::Kind::User, name}, now() - std::chrono::days(2), now() - std::chrono::days(1)).value();
}

}
