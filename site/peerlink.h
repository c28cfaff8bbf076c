// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "peer.grpc.pb.h"
#include "site/config.h"
#include "site/dataplanetls.h"

#include <chrono>
#include <mutex>
#include <set>

namespace portulan::site {

/// Another gateway, as a client sees it: each call blocks, has a deadline and answers with a Problem if it fails; Expired{what, site} if its
/// certificate is not valid today, Untrusted{what, site} if nobody we trust vouches for it. Thread safe.
class PeerLink {
public:
    static constexpr std::uint32_t protocol = 2; ///< that we speak; 1 digested chunks whole
    /// `endpoint`: "host:port". The certificate must be `site`'s whatever the address. Malformed{file} if our own credentials cannot be read,
    /// Expired{what, until} if they are no longer good.
    static Result<std::unique_ptr<PeerLink>> to(const Config &config, const std::string &site, const std::string &endpoint);

    Result<v1::GreetResponse> greet(const v1::GreetRequest &request);
    /// greet(), and Version{site, expected, found} unless it speaks our protocol.
    Result<v1::GreetResponse> meet();
    Result<v1::AssessResponse> assess(const v1::ReserveRequest &request);
    Result<v1::ReserveResponse> reserve(const v1::ReserveRequest &request);
    Result<> receive(const v1::ReceiveRequest &request);
    Result<v1::ProgressResponse> progress(const v1::ProgressRequest &request);
    Result<v1::FingerprintsResponse> fingerprints(const v1::FingerprintsRequest &request);
    Result<v1::PrepareResponse> prepare(const v1::PrepareRequest &request);
    Result<v1::VerifyResponse> verify(const v1::VerifyRequest &request);
    Result<v1::TestBootResponse> testBoot(const v1::TestBootRequest &request);
    Result<v1::ActivateResponse> activate(const v1::ActivateRequest &request);
    Result<v1::CertifyResponse> certify(const v1::CertifyRequest &request);
    Result<> abort(const std::string &migration);
    /// `object`: the workload's resource name there.
    Result<v1::DecisionResponse> decision(const std::string &migration, const std::string &object);
    const std::string &host() const { return m_host; }
    /// Our own credentials have been renewed since.
    bool isOutdated() const;
    /// From any thread: calls under way and all later ones fail with Cancelled.
    void cancel();

private:
    PeerLink(std::shared_ptr<grpc::Channel> channel, std::string site, std::pair<std::string, std::string> address, Credentials credentials);
    template <typename Response, typename Request, typename Method>
    Result<Response> call(Method method, const Request &request, std::chrono::seconds limit);
    std::optional<Problem> whyNotTrusted() const;
    std::unique_ptr<v1::Peer::Stub> m_stub;
    std::mutex m_mutex;
    std::set<grpc::ClientContext *> m_calls; ///< under way
    bool m_cancelled = false;
    std::string m_site;
    std::string m_host;
    int m_port;
    Credentials m_credentials;
    std::string m_stamp;
};

/// The endpoint of a site: the configured one, else the one proposed. NotFound{site} if there is neither.
Result<std::string> endpointOf(const Config &config, const std::string &site, const std::string &proposed);
/// Whether the same call may succeed later without anybody's doing.
bool mayPass(const Problem &problem);

}
