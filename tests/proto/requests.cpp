// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/proto/requests.h"

#include "proto/wire.h"

namespace portulan::requests {

namespace {

using Read = Result<Request> (*)(const google::protobuf::Message &, std::string_view);

template <typename M>
Result<Request> as(const google::protobuf::Message &message, std::string_view site)
{
    return wire::fromWire(dynamic_cast<const M &>(message), site);
}

template <typename O>
Result<Request> about(const google::protobuf::Message &message, std::string_view site)
{
    return wire::fromWireAs<O>(dynamic_cast<const v1::ObjectRequest &>(message), site);
}

template <typename O, typename M>
Result<Request> sharing(const google::protobuf::Message &message, std::string_view site)
{
    return wire::fromWireAs<O>(dynamic_cast<const M &>(message), site);
}

constexpr Read readers[]
    = {as<v1::CreateProjectRequest>, as<v1::UpdateProjectRequest>, about<DeleteProject>, as<v1::CreateInstanceRequest>, as<v1::UpdateInstanceRequest>,
        about<StartInstance>, sharing<StopInstance, v1::PowerRequest>, sharing<RebootInstance, v1::PowerRequest>, as<v1::ResizeInstanceRequest>,
        as<v1::DeleteInstanceRequest>, sharing<AttachVolume, v1::AttachmentRequest>, sharing<DetachVolume, v1::AttachmentRequest>,
        as<v1::CreateVolumeRequest>, as<v1::ResizeVolumeRequest>, about<DeleteVolume>, as<v1::CreateSnapshotRequest>, about<RevertSnapshot>,
        about<DeleteSnapshot>, as<v1::CreateImageRequest>, about<DeleteImage>, as<v1::CreateDataSetRequest>, as<v1::UpdateDataSetRequest>,
        about<DeleteDataSet>, as<v1::DeleteDataObjectRequest>, as<v1::CreateNetworkRequest>, about<DeleteNetwork>, as<v1::MigrateRequest>,
        about<CancelOperation>, about<PauseOperation>, about<ResumeOperation>, about<CutOverOperation>, about<TestBootOperation>, as<v1::EvacuateRequest>};
static_assert(std::size(readers) == std::variant_size_v<Order>);

}

Result<Request> read(const google::protobuf::Message &message, std::size_t order, std::string_view site)
{
    return readers[order](message, site);
}

}
