// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/tls.h"

#include <fstream>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <iterator>
#include <sys/stat.h>

namespace portulan::site {

namespace {

constexpr auto warnBefore = std::chrono::days(30);
constexpr auto alarmBefore = std::chrono::days(7);

Result<std::string> contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return refuse(Reason::NotFound, {{"file", path}});
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<> checkMode(const std::string &key)
{
    struct stat status = {};
    if (::stat(key.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return refuse(Reason::InvalidArgument, {{"file", key}, {"field", "tls.key"}, {"expected", "mode 0600: nobody else may read a key"}});
    }
    return {};
}

Problem about(Problem problem, const std::string &file)
{
    problem.facts.emplace("file", file);
    return problem;
}

void warn(std::vector<Alert> &alerts, const Site &site, const std::string &id, const std::string &what, Instant until, Instant now)
{
    if (until - now > warnBefore) {
        return;
    }
    Alert alert;
    alert.id = {site.id, ObjectKind::Alert, id};
    alert.name = what;
    alert.severity = until - now > alarmBefore ? AlertSeverity::Warning : AlertSeverity::Critical;
    alert.problem = {Reason::Expired, {{"what", what}, {"until", toRfc3339(until)}}, {}};
    alert.object = site.id;
    alert.since = until - warnBefore;
    alert.createdAt = alert.changedAt = alert.since;
    alerts.push_back(std::move(alert));
}

}

Result<Papers> readPapers(const Config &config, Instant now)
{
    Papers papers;
    const std::pair<const std::string &, std::string &> files[]
        = {{config.authorityPem, papers.authorityPem}, {config.certificatePem, papers.own.certificatePem}, {config.keyPem, papers.own.keyPem}};
    for (const auto &[path, into] : files) {
        auto content = contentOf(path);
        if (!content) {
            return tl::unexpected(content.error());
        }
        into = std::move(*content);
    }
    if (const auto mode = checkMode(config.keyPem); !mode) {
        return tl::unexpected(mode.error());
    }
    auto facts = inspect(papers.own.certificatePem);
    if (!facts) {
        return tl::unexpected(about(facts.error(), config.certificatePem));
    }
    if (facts->identity != "site/" + config.siteId) {
        return refuse(Reason::Untrusted, {{"file", config.certificatePem}, {"expected", "site/" + config.siteId}, {"found", facts->identity}});
    }
    if (const auto pair = checkPair(papers.own); !pair) {
        return tl::unexpected(about(pair.error(), config.keyPem));
    }
    if (const auto vouched = verifyCertificate(papers.own.certificatePem, papers.authorityPem, now); !vouched) {
        return tl::unexpected(about(vouched.error(), config.certificatePem));
    }
    papers.facts = std::move(*facts);
    return papers;
}

std::shared_ptr<grpc::ServerCredentials> serverCredentials(const Config &config, std::chrono::seconds look)
{
    // gRPC's own word for what has been in it for years: only this kind of credentials reads renewed files.
    using namespace grpc::experimental; // NOLINT(google-build-using-namespace)
    TlsServerCredentialsOptions options(std::make_shared<FileWatcherCertificateProvider>(
        config.keyPem, config.certificatePem, config.authorityPem, static_cast<unsigned>(look.count())));
    options.watch_root_certs();
    options.watch_identity_key_cert_pairs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    return TlsServerCredentials(options);
}

std::vector<Alert> expiryAlerts(const Site &site, const CertificateFacts &certificate, Instant now)
{
    std::vector<Alert> alerts;
    warn(alerts, site, "expiry-gateway", "gateway certificate", certificate.notAfter, now);
    std::size_t number = 0;
    for (const auto &attestation : site.certificates) {
        ++number;
        if (attestation.status != CertificateStatus::Revoked && attestation.validUntil != Date {}) {
            // good to the end of its last day
            warn(alerts, site, "expiry-" + std::to_string(number), attestation.scheme + ' ' + attestation.level,
                Instant(attestation.validUntil + std::chrono::days(1)), now);
        }
    }
    return alerts;
}

}
