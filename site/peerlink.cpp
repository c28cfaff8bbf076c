// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/peerlink.h"

#include "core/credentials.h"
#include "proto/wire.h"
#include "site/dataplanechannel.h"
#include "site/dataplanesocket.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <grpcpp/grpcpp.h>
#include <sstream>

namespace portulan::site {

namespace {
using std::chrono::seconds;
constexpr auto quick = seconds(10);
constexpr auto patient = seconds(60); // makes room, adopts, starts
constexpr auto thorough = seconds(300); // flushes whole disks

Result<std::string> contents(const std::string &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    if (!stream) {
        return refuse(Reason::Malformed, {{"file", file}, {"expected", "a readable PEM file"}});
    }
    return text.str();
}

v1::MigrationRequest about(const std::string &migration)
{
    v1::MigrationRequest request;
    request.set_migration(migration);
    return request;
}
}

template <typename Response, typename Request, typename Method>
Result<Response> PeerLink::call(Method method, const Request &request, seconds limit)
{
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + limit);
    {
        const std::scoped_lock lock(m_mutex);
        if (m_cancelled) {
            return refuse(Reason::Cancelled);
        }
        m_calls.insert(&context);
    }
    Response response;
    const auto status = (m_stub.get()->*method)(&context, request, &response);
    {
        const std::scoped_lock lock(m_mutex);
        m_calls.erase(&context);
    }
    if (!status.ok()) {
        const auto problem = wire::problemFrom(status);
        const bool inDoubt = problem.reason == Reason::Unreachable && status.error_message().find("certificate verify failed") != std::string::npos;
        return unexpected(inDoubt ? whyNotTrusted().value_or(problem) : problem);
    }
    return response;
}

/// gRPC says only that a certificate does not verify: a handshake of our own says why. Nothing if it would do now, or nobody answers.
std::optional<Problem> PeerLink::whyNotTrusted() const
{
    const auto tls = DataTls::load(m_credentials);
    const auto looked = tls ? DataChannel::connect(*tls, {m_host, m_port, m_site}, quick) : Result<std::unique_ptr<DataChannel>>();
    if (looked || looked.error().fact("what") != "certificate") { // what else it lacks is the data plane's, and lies elsewhere
        return std::nullopt;
    }
    auto why = looked.error();
    why.facts["site"] = m_site;
    why.detail += why.reason == Reason::Untrusted ? "; compare the certificate of " + m_site + " and the authorities both sites trust" : "";
    return why;
}

void PeerLink::cancel()
{
    const std::scoped_lock lock(m_mutex);
    m_cancelled = true;
    std::ranges::for_each(m_calls, [](auto *context) { context->TryCancel(); });
}

PeerLink::PeerLink(std::shared_ptr<grpc::Channel> channel, std::string site, std::pair<std::string, std::string> address, Credentials credentials)
    : m_stub(v1::Peer::NewStub(std::move(channel)))
    , m_site(std::move(site))
    , m_host(std::move(address.first))
    , m_port(std::atoi(address.second.c_str()))
    , m_credentials(std::move(credentials))
    , m_stamp(stampOf(m_credentials))
{
}

bool PeerLink::isOutdated() const
{
    return stampOf(m_credentials) != m_stamp;
}

Result<std::unique_ptr<PeerLink>> PeerLink::to(const Config &config, const std::string &site, const std::string &endpoint)
{
    const auto address = hostAndPort(endpoint);
    if (!address) {
        return unexpected(address.error());
    }
    const auto authority = contents(config.authorityPem);
    const auto certificate = contents(config.certificatePem);
    const auto key = contents(config.keyPem);
    for (const auto *pem : {&authority, &certificate, &key}) {
        if (!*pem) {
            return unexpected(pem->error());
        }
    }
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    if (const auto facts = inspect(*certificate); facts && facts->notAfter < now) {
        return refuse(Reason::Expired, {{"what", "gateway certificate"}, {"until", toRfc3339(facts->notAfter)}}, config.certificatePem);
    }
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride(site + ".site.portulan");
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(wire::maxMessageBytes);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 500);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 250);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
    auto channel = grpc::CreateCustomChannel(endpoint, grpc::SslCredentials({*authority, *key, *certificate}), arguments);
    return std::unique_ptr<PeerLink>(new PeerLink(std::move(channel), site, *address, {config.authorityPem, config.certificatePem, config.keyPem}));
}

Result<v1::GreetResponse> PeerLink::greet(const v1::GreetRequest &request)
{
    return call<v1::GreetResponse>(&v1::Peer::Stub::Greet, request, quick);
}

Result<v1::GreetResponse> PeerLink::meet()
{
    return greet({}).and_then([this](const v1::GreetResponse &answer) -> Result<v1::GreetResponse> {
        if (answer.protocol() != protocol) {
            return refuse(Reason::Version,
                {{"site", m_site}, {"expected", std::to_string(protocol)}, {"found", std::to_string(answer.protocol())}, {"what", "peer protocol"}});
        }
        return answer;
    });
}

Result<v1::AssessResponse> PeerLink::assess(const v1::ReserveRequest &request)
{
    return call<v1::AssessResponse>(&v1::Peer::Stub::Assess, request, quick);
}

Result<v1::ReserveResponse> PeerLink::reserve(const v1::ReserveRequest &request)
{
    return call<v1::ReserveResponse>(&v1::Peer::Stub::Reserve, request, patient);
}

Result<> PeerLink::receive(const v1::ReceiveRequest &request)
{
    return call<v1::ReceiveResponse>(&v1::Peer::Stub::Receive, request, thorough).map([](const auto &) {});
}

Result<v1::ProgressResponse> PeerLink::progress(const v1::ProgressRequest &request)
{
    return call<v1::ProgressResponse>(&v1::Peer::Stub::GetProgress, request, patient);
}

Result<v1::FingerprintsResponse> PeerLink::fingerprints(const v1::FingerprintsRequest &request)
{
    return call<v1::FingerprintsResponse>(&v1::Peer::Stub::ListFingerprints, request, patient);
}

Result<v1::PrepareResponse> PeerLink::prepare(const v1::PrepareRequest &request)
{
    return call<v1::PrepareResponse>(&v1::Peer::Stub::Prepare, request, patient);
}

Result<v1::VerifyResponse> PeerLink::verify(const v1::VerifyRequest &request)
{
    return call<v1::VerifyResponse>(&v1::Peer::Stub::Verify, request, thorough);
}

Result<v1::TestBootResponse> PeerLink::testBoot(const v1::TestBootRequest &request)
{
    return call<v1::TestBootResponse>(&v1::Peer::Stub::TestBoot, request, request.whole().empty() ? patient : thorough);
}

Result<v1::CertifyResponse> PeerLink::certify(const v1::CertifyRequest &request)
{
    return call<v1::CertifyResponse>(&v1::Peer::Stub::Certify, request, quick);
}

Result<v1::ActivateResponse> PeerLink::activate(const v1::ActivateRequest &request)
{
    return call<v1::ActivateResponse>(&v1::Peer::Stub::Activate, request, patient);
}

Result<> PeerLink::abort(const std::string &migration)
{
    return call<v1::AbortResponse>(&v1::Peer::Stub::Abort, about(migration), patient).map([](const auto &) {});
}

Result<v1::DecisionResponse> PeerLink::decision(const std::string &migration, const std::string &object)
{
    auto request = about(migration);
    request.set_object(object);
    return call<v1::DecisionResponse>(&v1::Peer::Stub::GetDecision, request, quick);
}

Result<std::string> endpointOf(const Config &config, const std::string &site, const std::string &proposed)
{
    const auto known = std::ranges::find(config.peers, site, &PeerRow::site);
    const auto &endpoint = known == config.peers.end() ? proposed : known->endpoint;
    if (endpoint.empty()) {
        return refuse(Reason::NotFound, {{"site", site}, {"id", site}}, "no endpoint of this site is configured or was given");
    }
    return endpoint;
}

bool mayPass(const Problem &problem)
{
    switch (problem.reason) {
    case Reason::Unreachable:
    case Reason::TimedOut:
    case Reason::Internal:
    case Reason::Integrity:
        return true;
    default:
        return false;
    }
}

}
