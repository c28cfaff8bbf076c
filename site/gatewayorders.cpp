// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Orders, one method each: the message says what, Orders does the rest.
#include "site/gateway.h"

namespace portulan::site {

Gateway::Reactor *Gateway::order(Call *call, v1::Operation *response, Result<Request> request)
{
    return m_calls.serve<v1::Operation>(call, response, [this, request = std::move(request)](const std::string &who) -> Result<v1::Operation> {
        if (!request) {
            return tl::unexpected(request.error());
        }
        return m_orders.submit(who, *request).map([](const Operation &operation) { return wire::toWire(operation); });
    });
}

Gateway::Reactor *Gateway::CreateProject(Call *call, const v1::CreateProjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::UpdateProject(Call *call, const v1::UpdateProjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::DeleteProject(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DeleteProject>(*request, site()));
}

Gateway::Reactor *Gateway::CreateInstance(Call *call, const v1::CreateInstanceRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::UpdateInstance(Call *call, const v1::UpdateInstanceRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::StartInstance(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::StartInstance>(*request, site()));
}

Gateway::Reactor *Gateway::StopInstance(Call *call, const v1::PowerRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::StopInstance>(*request, site()));
}

Gateway::Reactor *Gateway::RebootInstance(Call *call, const v1::PowerRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::RebootInstance>(*request, site()));
}

Gateway::Reactor *Gateway::ResizeInstance(Call *call, const v1::ResizeInstanceRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::DeleteInstance(Call *call, const v1::DeleteInstanceRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::AttachVolume(Call *call, const v1::AttachmentRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::AttachVolume>(*request, site()));
}

Gateway::Reactor *Gateway::DetachVolume(Call *call, const v1::AttachmentRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DetachVolume>(*request, site()));
}

Gateway::Reactor *Gateway::CreateVolume(Call *call, const v1::CreateVolumeRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::ResizeVolume(Call *call, const v1::ResizeVolumeRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::DeleteVolume(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DeleteVolume>(*request, site()));
}

Gateway::Reactor *Gateway::CreateSnapshot(Call *call, const v1::CreateSnapshotRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::RevertSnapshot(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::RevertSnapshot>(*request, site()));
}

Gateway::Reactor *Gateway::DeleteSnapshot(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DeleteSnapshot>(*request, site()));
}

Gateway::Reactor *Gateway::CreateImage(Call *call, const v1::CreateImageRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::DeleteImage(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DeleteImage>(*request, site()));
}

Gateway::Reactor *Gateway::CreateDataSet(Call *call, const v1::CreateDataSetRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::UpdateDataSet(Call *call, const v1::UpdateDataSetRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::DeleteDataSet(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DeleteDataSet>(*request, site()));
}

Gateway::Reactor *Gateway::DeleteDataObject(Call *call, const v1::DeleteDataObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::CreateNetwork(Call *call, const v1::CreateNetworkRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::DeleteNetwork(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::DeleteNetwork>(*request, site()));
}

Gateway::Reactor *Gateway::Migrate(Call *call, const v1::MigrateRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

Gateway::Reactor *Gateway::CancelOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::CancelOperation>(*request, site()));
}

Gateway::Reactor *Gateway::PauseOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::PauseOperation>(*request, site()));
}

Gateway::Reactor *Gateway::ResumeOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::ResumeOperation>(*request, site()));
}

Gateway::Reactor *Gateway::TestBootOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::TestBootOperation>(*request, site()));
}

Gateway::Reactor *Gateway::CutOverOperation(Call *call, const v1::ObjectRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWireAs<portulan::CutOverOperation>(*request, site()));
}

Gateway::Reactor *Gateway::Evacuate(Call *call, const v1::EvacuateRequest *request, v1::Operation *response)
{
    return order(call, response, wire::fromWire(*request, site()));
}

}
