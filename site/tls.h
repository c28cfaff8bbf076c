// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"
#include "core/workload.h"
#include "site/config.h"

#include <memory>

namespace grpc {
class ServerCredentials;
}

namespace portulan::site {

/// The gateway's papers, read and checked: a key only its owner may read, a certificate of that key for this very site, vouched for by
/// the federation's authority and valid today.
struct Papers {
    std::string authorityPem;
    KeyAndCertificate own;
    CertificateFacts facts;
};
/// NotFound{file}, Malformed{file}, Untrusted{file}, Expired{what, until}, InvalidArgument{file, expected} for a key others may read.
Result<Papers> readPapers(const Config &config, Instant now);

/// TLS in which both sides show a certificate of the federation; nobody is let in without. Files that are renewed are noticed at the next look and
/// count for the next connection.
std::shared_ptr<grpc::ServerCredentials> serverCredentials(const Config &config, std::chrono::seconds look = std::chrono::seconds(60));

/// What will lapse, or has: the gateway's own certificate and the site's attestations; Warning from 30 days before, Critical from 7.
std::vector<Alert> expiryAlerts(const Site &site, const CertificateFacts &certificate, Instant now);

}
