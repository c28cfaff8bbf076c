// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "core/credentials.h"
#include "gateway.grpc.pb.h"

#include <functional>
#include <grpcpp/server.h>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace portulan {

/// A gateway played by a test over real mutual TLS on 127.0.0.1. Everything settable is set before start().
class FakeGateway final : public v1::Gateway::CallbackService {
public:
    FakeGateway();
    ~FakeGateway() override;

    /// Listens with this certificate, trusting clients of this authority. `port` 0 chooses one.
    void start(const KeyAndCertificate &site, const std::string &authorityPem, int port = 0);
    void stop();
    std::string endpoint() const { return "127.0.0.1:" + std::to_string(m_port); }
    int port() const { return m_port; }

    /// The n-th message of a watch asked to resume from `resume`; nullopt: no more for now.
    using Script = std::function<std::optional<v1::WatchResponse>(const std::string &resume, int n)>;
    Script script;
    /// How a watch ends once its script has no more; nullopt: it stays open.
    std::optional<grpc::Status> watchEnd;
    /// What unary calls answer: OK, or the problem.
    std::optional<Problem> problem;
    bool silent = false; ///< unary calls are not answered until the client gives up
    std::function<v1::Operation()> testBoot; ///< what is done when one is ordered, and its answer
    std::function<Result<v1::Operation>(const v1::MigrateRequest &)> migrate; ///< what is done when a migration is ordered, and its answer
    std::string content; ///< of exports and data objects
    std::string statedDigest; ///< of exports; what the site claims

    /// Sends a message to every open watch.
    void tell(const v1::WatchResponse &message);
    /// Ends every open watch.
    void cut();
    int watches() const; ///< open now
    std::vector<std::string> resumes() const; ///< asked for so far
    std::string received() const; ///< by the last import or put
    std::string lastRequest() const; ///< of the last unary call, as text

private:
    class Writer;

    template <typename Request, typename Reply>
    grpc::ServerUnaryReactor *answer(
        grpc::CallbackServerContext *context, const Request *request, Reply *reply, const std::function<void(Reply &)> &fill);

    using Context = grpc::CallbackServerContext;
    grpc::ServerWriteReactor<v1::WatchResponse> *Watch(Context *, const v1::WatchRequest *request) override;
    grpc::ServerUnaryReactor *WhoAmI(Context *, const google::protobuf::Empty *, v1::Identity *) override;
    grpc::ServerUnaryReactor *CreateInstance(Context *, const v1::CreateInstanceRequest *, v1::Operation *) override;
    grpc::ServerUnaryReactor *DeleteVolume(Context *, const v1::ObjectRequest *, v1::Operation *) override;
    grpc::ServerUnaryReactor *TestBootOperation(Context *, const v1::ObjectRequest *, v1::Operation *) override;
    grpc::ServerUnaryReactor *Migrate(Context *, const v1::MigrateRequest *, v1::Operation *) override;
    grpc::ServerUnaryReactor *GetObject(Context *, const v1::GetRequest *, v1::Change *) override;
    grpc::ServerUnaryReactor *Judge(Context *, const v1::JudgeRequest *, v1::Verdict *) override;
    grpc::ServerUnaryReactor *PlanMigration(Context *, const v1::MigrateRequest *, v1::MigrationPlan *) override;
    grpc::ServerUnaryReactor *ListDataObjects(Context *, const v1::ListDataObjectsRequest *, v1::ListDataObjectsResponse *) override;
    grpc::ServerUnaryReactor *ListAuditEntries(Context *, const v1::ListAuditEntriesRequest *, v1::ListAuditEntriesResponse *) override;
    grpc::ServerUnaryReactor *VerifyAudit(Context *, const google::protobuf::Empty *, v1::AuditVerification *) override;
    grpc::ServerReadReactor<v1::ImportRequest> *ImportVolume(Context *, v1::Operation *) override;
    grpc::ServerReadReactor<v1::PutDataObjectRequest> *PutDataObject(Context *, v1::DataObject *) override;
    grpc::ServerWriteReactor<v1::ContentChunk> *ExportVolume(Context *, const v1::ExportRequest *) override;
    grpc::ServerWriteReactor<v1::ContentChunk> *GetDataObject(Context *, const v1::GetDataObjectRequest *) override;

    std::unique_ptr<grpc::Server> m_server;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::set<Writer *> m_watches;
    std::vector<std::string> m_resumes;
    std::string m_received;
    std::string m_lastRequest;
};

/// Messages of an honest watch stream.
namespace watching {
v1::WatchResponse page(const std::vector<Thing> &things, const std::string &resume = "e1:1");
v1::WatchResponse end(const std::string &resume = "e1:1");
/// Changes numbered from `first`.
v1::WatchResponse changes(const std::vector<Thing> &things, std::uint64_t first, const std::string &epoch = "e1");
v1::WatchResponse keepAlive(const std::string &resume);
/// A script that sends these and then waits.
FakeGateway::Script all(std::vector<v1::WatchResponse> messages);
/// A snapshot of these things.
FakeGateway::Script snapshot(const std::vector<Thing> &things);
}

}
