// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "core/order.h"
#include "core/verdict.h"
#include "gateway.pb.h"
#include "inventory.pb.h"
#include "peer.pb.h"
#include "problem.pb.h"

#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

/// core ⇄ messages: the only place where both meet. Every fromWire() distrusts: limits, UTF-8, ranges, depth; what is out of bounds is
/// InvalidArgument{field} or TooLarge{what, limit, size}, never a crash or a guess.
namespace portulan::wire {

/// Documented limits of portulan.v1 (see gateway.proto).
inline constexpr int maxMessageBytes = 4 << 20;
inline constexpr int maxChunkBytes = 1 << 20;
inline constexpr int maxTextBytes = 64 << 10;
inline constexpr int maxPage = 1000;

v1::Change toWire(const Change &change);
/// The same into an empty message, which may live in an arena.
void write(v1::Change &message, const Change &change);
Result<Change> fromWire(const v1::Change &message);

v1::Site toWire(const Site &site);
Result<Site> fromWire(const v1::Site &message);
v1::Operation toWire(const Operation &operation);
Result<Operation> fromWire(const v1::Operation &message);
v1::Instance toWire(const Instance &instance);
Result<Instance> fromWire(const v1::Instance &message);
v1::Volume toWire(const Volume &volume);
Result<Volume> fromWire(const v1::Volume &message);
v1::Image toWire(const Image &image);
Result<Image> fromWire(const v1::Image &message);
v1::DataSet toWire(const DataSet &dataSet);
Result<DataSet> fromWire(const v1::DataSet &message);
v1::DataObject toWire(const DataObject &object);
Result<DataObject> fromWire(const v1::DataObject &message);
v1::Project toWire(const Project &project);
Result<Project> fromWire(const v1::Project &message);
v1::CapacitySample toWire(const CapacitySample &sample);
Result<CapacitySample> fromWire(const v1::CapacitySample &message);
v1::Verdict toWire(const Verdict &verdict);
Result<Verdict> fromWire(const v1::Verdict &message);
v1::Problem toWire(const Problem &problem);
Problem fromWire(const v1::Problem &message);

google::protobuf::Timestamp toWire(Instant moment);
Result<Instant> fromWire(const google::protobuf::Timestamp &message);

/// A problem as gRPC carries it: matching code, English message, v1::Problem packed in google.rpc.Status details.
grpc::Status toStatus(const Problem &problem);
/// The problem of a failed call: from the details if a gateway of ours answered, from the code otherwise.
Problem problemFrom(const grpc::Status &status);

/// The request message of an order (CreateInstanceRequest…), by the order's type.
std::unique_ptr<google::protobuf::Message> toWire(const Request &request);
// …and back, one overload a message type. `site` is this gateway's id: names of other sites are NotFound.
Result<Request> fromWire(const v1::CreateProjectRequest &message, std::string_view site);
Result<Request> fromWire(const v1::UpdateProjectRequest &message, std::string_view site);
Result<Request> fromWire(const v1::CreateInstanceRequest &message, std::string_view site);
Result<Request> fromWire(const v1::UpdateInstanceRequest &message, std::string_view site);
Result<Request> fromWire(const v1::ResizeInstanceRequest &message, std::string_view site);
Result<Request> fromWire(const v1::DeleteInstanceRequest &message, std::string_view site);
Result<Request> fromWire(const v1::CreateVolumeRequest &message, std::string_view site);
Result<Request> fromWire(const v1::ResizeVolumeRequest &message, std::string_view site);
Result<Request> fromWire(const v1::CreateSnapshotRequest &message, std::string_view site);
Result<Request> fromWire(const v1::CreateImageRequest &message, std::string_view site);
Result<Request> fromWire(const v1::CreateDataSetRequest &message, std::string_view site);
Result<Request> fromWire(const v1::UpdateDataSetRequest &message, std::string_view site);
Result<Request> fromWire(const v1::DeleteDataObjectRequest &message, std::string_view site);
Result<Request> fromWire(const v1::CreateNetworkRequest &message, std::string_view site);
Result<Request> fromWire(const v1::MigrateRequest &message, std::string_view site);
Result<Request> fromWire(const v1::EvacuateRequest &message, std::string_view site);
/// The header alone, for calls that carry files and are no `Order`: only requestId, etag and validateOnly mean something.
Result<Request> fromWire(const v1::OrderHeader &message);
// Messages shared by several orders: `O` is the order meant. Instantiated in wire for StartInstance, DeleteVolume…
template <typename O>
Result<Request> fromWireAs(const v1::ObjectRequest &message, std::string_view site);
template <typename O>
Result<Request> fromWireAs(const v1::PowerRequest &message, std::string_view site); ///< StopInstance, RebootInstance
template <typename O>
Result<Request> fromWireAs(const v1::AttachmentRequest &message, std::string_view site); ///< AttachVolume, DetachVolume

}
