// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "gateway.grpc.pb.h"
#include "site/calls.h"
#include "site/depot.h"
#include "site/orders.h"

namespace portulan::site {

/// What the gateway's service stands on; made in site/runtime, outlives it.
struct GatewayParts {
    Context &context;
    const Authority &authority;
    Audit &audit;
    Mover *mover = nullptr; ///< null: no migrations
};

/// The service of gateway.proto: thin. Each call is converted, admitted, handed to the desk (questions, orders) or the porters (files), and
/// answered from there. Who may is asked in the Admission, once a call.
class Gateway final : public v1::Gateway::CallbackService {
public:
    explicit Gateway(const GatewayParts &parts);
    ~Gateway() override; ///< after the server has ended its calls

    using Reactor = grpc::ServerUnaryReactor;
    using Call = grpc::CallbackServerContext;

    // Facts: gatewayfacts.cpp, gatewayquestions.cpp
    grpc::ServerWriteReactor<v1::WatchResponse> *Watch(Call *call, const v1::WatchRequest *request) override;
    Reactor *GetSite(Call *call, const v1::GetRequest *request, v1::Site *response) override;
    Reactor *WhoAmI(Call *call, const google::protobuf::Empty *request, v1::Identity *response) override;
    Reactor *ListProjects(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListInstances(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListVolumes(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListImages(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListSnapshots(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListDataSets(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListNetworks(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListOperations(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *ListAlerts(Call *call, const v1::ListRequest *request, v1::ListResponse *response) override;
    Reactor *GetObject(Call *call, const v1::GetRequest *request, v1::Change *response) override;
    Reactor *ListCapacitySamples(Call *call, const v1::ListCapacitySamplesRequest *request, v1::ListCapacitySamplesResponse *response) override;
    Reactor *GetConsoleOutput(Call *call, const v1::GetConsoleOutputRequest *request, v1::ConsoleOutput *response) override;
    Reactor *Judge(Call *call, const v1::JudgeRequest *request, v1::Verdict *response) override;
    Reactor *PlanMigration(Call *call, const v1::MigrateRequest *request, v1::MigrationPlan *response) override;
    Reactor *GetMigrationCertificate(Call *call, const v1::GetRequest *request, v1::MigrationCertificate *response) override;
    Reactor *ListAuditEntries(Call *call, const v1::ListAuditEntriesRequest *request, v1::ListAuditEntriesResponse *response) override;
    Reactor *VerifyAudit(Call *call, const google::protobuf::Empty *request, v1::AuditVerification *response) override;

    // Orders: gatewayorders.cpp
    Reactor *CreateProject(Call *call, const v1::CreateProjectRequest *request, v1::Operation *response) override;
    Reactor *UpdateProject(Call *call, const v1::UpdateProjectRequest *request, v1::Operation *response) override;
    Reactor *DeleteProject(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *CreateInstance(Call *call, const v1::CreateInstanceRequest *request, v1::Operation *response) override;
    Reactor *UpdateInstance(Call *call, const v1::UpdateInstanceRequest *request, v1::Operation *response) override;
    Reactor *StartInstance(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *StopInstance(Call *call, const v1::PowerRequest *request, v1::Operation *response) override;
    Reactor *RebootInstance(Call *call, const v1::PowerRequest *request, v1::Operation *response) override;
    Reactor *ResizeInstance(Call *call, const v1::ResizeInstanceRequest *request, v1::Operation *response) override;
    Reactor *DeleteInstance(Call *call, const v1::DeleteInstanceRequest *request, v1::Operation *response) override;
    Reactor *AttachVolume(Call *call, const v1::AttachmentRequest *request, v1::Operation *response) override;
    Reactor *DetachVolume(Call *call, const v1::AttachmentRequest *request, v1::Operation *response) override;
    Reactor *CreateVolume(Call *call, const v1::CreateVolumeRequest *request, v1::Operation *response) override;
    Reactor *ResizeVolume(Call *call, const v1::ResizeVolumeRequest *request, v1::Operation *response) override;
    Reactor *DeleteVolume(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *CreateSnapshot(Call *call, const v1::CreateSnapshotRequest *request, v1::Operation *response) override;
    Reactor *RevertSnapshot(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *DeleteSnapshot(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *CreateImage(Call *call, const v1::CreateImageRequest *request, v1::Operation *response) override;
    Reactor *DeleteImage(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *CreateDataSet(Call *call, const v1::CreateDataSetRequest *request, v1::Operation *response) override;
    Reactor *UpdateDataSet(Call *call, const v1::UpdateDataSetRequest *request, v1::Operation *response) override;
    Reactor *DeleteDataSet(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *DeleteDataObject(Call *call, const v1::DeleteDataObjectRequest *request, v1::Operation *response) override;
    Reactor *CreateNetwork(Call *call, const v1::CreateNetworkRequest *request, v1::Operation *response) override;
    Reactor *DeleteNetwork(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *Migrate(Call *call, const v1::MigrateRequest *request, v1::Operation *response) override;
    Reactor *CancelOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *PauseOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *ResumeOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *CutOverOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *TestBootOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response) override;
    Reactor *Evacuate(Call *call, const v1::EvacuateRequest *request, v1::Operation *response) override;

    // Bytes: gatewaybytes.cpp
    grpc::ServerReadReactor<v1::ImportRequest> *ImportVolume(Call *call, v1::Operation *response) override;
    grpc::ServerReadReactor<v1::ImportRequest> *ImportImage(Call *call, v1::Operation *response) override;
    grpc::ServerWriteReactor<v1::ContentChunk> *ExportVolume(Call *call, const v1::ExportRequest *request) override;
    grpc::ServerWriteReactor<v1::ContentChunk> *ExportImage(Call *call, const v1::ExportRequest *request) override;
    grpc::ServerReadReactor<v1::PutDataObjectRequest> *PutDataObject(Call *call, v1::DataObject *response) override;
    grpc::ServerWriteReactor<v1::ContentChunk> *GetDataObject(Call *call, const v1::GetDataObjectRequest *request) override;
    Reactor *ListDataObjects(Call *call, const v1::ListDataObjectsRequest *request, v1::ListDataObjectsResponse *response) override;

private:
    const std::string &site() const { return m_context.config.siteId; }
    Reactor *order(Call *call, v1::Operation *response, Result<Request> request);
    Reactor *list(Call *call, const v1::ListRequest *request, v1::ListResponse *response, ObjectKind kind);
    grpc::ServerReadReactor<v1::ImportRequest> *takeIn(Call *call, v1::Operation *response, ObjectKind kind);
    grpc::ServerWriteReactor<v1::ContentChunk> *handOut(Call *call, const v1::ExportRequest *request, ObjectKind kind);
    /// The object a question names, if the caller may `action` it.
    Result<ObjectId> permitted(const std::string &who, std::string_view action, const std::string &resourceName) const;

    Context &m_context;
    Audit &m_audit;
    Mover *m_mover;
    Admission m_admission;
    Orders m_orders;
    Depot m_depot;
    Timer m_timer;
    Workers m_desk; ///< questions and the checks before an order: short
    Workers m_porters; ///< files in and out: as long as the client takes
    Calls m_calls;
};

}
