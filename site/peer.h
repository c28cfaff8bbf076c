// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "peer.grpc.pb.h"
#include "site/arrivals.h"
#include "site/mover.h"

namespace portulan::site {

/// What other gateways may ask of this one: thin, checks who asks, delegates to workers. Users are never answered here.
class PeerService final : public v1::Peer::CallbackService {
public:
    /// Decides and records whether a site may do something ("peer.reserve"…): NotAuthorised, DiskFull. From a worker.
    using Doorkeeper = std::function<Result<>(const std::string &who, const std::string &action, const std::string &migration)>;

    /// `identity` tells who called ("site/lyon"), from the transport's certificate.
    PeerService(Context &context, Arrivals &arrivals, Mover &mover, Doorkeeper doorkeeper);
    ~PeerService() override;

    grpc::ServerUnaryReactor *Greet(grpc::CallbackServerContext *context, const v1::GreetRequest *request, v1::GreetResponse *response) override;
    grpc::ServerUnaryReactor *Assess(grpc::CallbackServerContext *context, const v1::ReserveRequest *request, v1::AssessResponse *response) override;
    grpc::ServerUnaryReactor *Reserve(
        grpc::CallbackServerContext *context, const v1::ReserveRequest *request, v1::ReserveResponse *response) override;
    grpc::ServerUnaryReactor *Receive(
        grpc::CallbackServerContext *context, const v1::ReceiveRequest *request, v1::ReceiveResponse *response) override;
    grpc::ServerUnaryReactor *GetProgress(
        grpc::CallbackServerContext *context, const v1::ProgressRequest *request, v1::ProgressResponse *response) override;
    grpc::ServerUnaryReactor *ListFingerprints(
        grpc::CallbackServerContext *context, const v1::FingerprintsRequest *request, v1::FingerprintsResponse *response) override;
    grpc::ServerUnaryReactor *Prepare(
        grpc::CallbackServerContext *context, const v1::PrepareRequest *request, v1::PrepareResponse *response) override;
    grpc::ServerUnaryReactor *Verify(grpc::CallbackServerContext *context, const v1::VerifyRequest *request, v1::VerifyResponse *response) override;
    grpc::ServerUnaryReactor *TestBoot(
        grpc::CallbackServerContext *context, const v1::TestBootRequest *request, v1::TestBootResponse *response) override;
    grpc::ServerUnaryReactor *Activate(
        grpc::CallbackServerContext *context, const v1::ActivateRequest *request, v1::ActivateResponse *response) override;
    grpc::ServerUnaryReactor *Certify(
        grpc::CallbackServerContext *context, const v1::CertifyRequest *request, v1::CertifyResponse *response) override;
    grpc::ServerUnaryReactor *Abort(grpc::CallbackServerContext *context, const v1::MigrationRequest *request, v1::AbortResponse *response) override;
    grpc::ServerUnaryReactor *GetDecision(
        grpc::CallbackServerContext *context, const v1::MigrationRequest *request, v1::DecisionResponse *response) override;

private:
    struct Parts;
    template <typename Work>
    grpc::ServerUnaryReactor *answer(grpc::CallbackServerContext *context, std::string action, std::string migration, Work work);
    template <typename Response>
    void introduce(Response *response) const; ///< sets its `site` to this one
    Context &m_context;
    Arrivals &m_arrivals;
    Mover &m_mover;
    Doorkeeper m_doorkeeper;
    std::unique_ptr<Parts> m_parts;
};

}
