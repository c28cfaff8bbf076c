// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Orders as requests: what a console or a script sends.
#include "proto/wireparts.h"

namespace portulan::wire {

namespace {

using Message = std::unique_ptr<google::protobuf::Message>;

template <typename Labels>
void writeLabels(Labels &to, const std::map<std::string, std::string> &labels)
{
    for (const auto &[key, value] : labels) {
        to[key] = value;
    }
}

struct WriteOrder {
    const Request &request;

    template <typename M>
    std::unique_ptr<M> begin() const
    {
        auto message = std::make_unique<M>();
        message->mutable_header()->set_request_id(request.requestId);
        message->mutable_header()->set_etag(request.etag);
        message->mutable_header()->set_validate_only(request.validateOnly);
        return message;
    }
    Message about(const ObjectId &id) const
    {
        auto message = begin<v1::ObjectRequest>();
        message->set_name(id.resourceName());
        return message;
    }
    Message power(const ObjectId &instance, bool force) const
    {
        auto message = begin<v1::PowerRequest>();
        message->set_name(instance.resourceName());
        message->set_force(force);
        return message;
    }
    Message attachment(const ObjectId &instance, const ObjectId &volume) const
    {
        auto message = begin<v1::AttachmentRequest>();
        message->set_name(instance.resourceName());
        message->set_volume(volume.resourceName());
        return message;
    }

    Message operator()(const CreateProject &o) const
    {
        auto message = begin<v1::CreateProjectRequest>();
        *message->mutable_project() = toWire(o.project);
        return message;
    }
    Message operator()(const UpdateProject &o) const
    {
        auto message = begin<v1::UpdateProjectRequest>();
        *message->mutable_project() = toWire(o.project);
        return message;
    }
    Message operator()(const DeleteProject &o) const { return about(o.project); }
    Message operator()(const CreateInstance &o) const
    {
        auto message = begin<v1::CreateInstanceRequest>();
        message->set_instance_id(o.id);
        message->set_display_name(o.name);
        message->set_project(o.project);
        message->set_flavor(o.flavor);
        message->set_vcpus(o.vcpus);
        message->set_ram_bytes(o.ramBytes);
        message->set_image(o.imageId);
        message->set_disk_bytes(o.diskBytes);
        message->set_classification(std::string(toString(o.classification)));
        for (const auto &network : o.networkIds) {
            message->add_networks(network);
        }
        writeLabels(*message->mutable_labels(), o.labels);
        message->set_start(o.start);
        return message;
    }
    Message operator()(const UpdateInstance &o) const
    {
        auto message = begin<v1::UpdateInstanceRequest>();
        message->set_name(o.instance.resourceName());
        if (o.name) {
            message->set_display_name(*o.name);
        }
        if (o.classification) {
            message->set_classification(std::string(toString(*o.classification)));
        }
        if (o.labels) {
            writeLabels(*message->mutable_labels()->mutable_labels(), *o.labels);
        }
        return message;
    }
    Message operator()(const StartInstance &o) const { return about(o.instance); }
    Message operator()(const StopInstance &o) const { return power(o.instance, o.force); }
    Message operator()(const RebootInstance &o) const { return power(o.instance, o.force); }
    Message operator()(const ResizeInstance &o) const
    {
        auto message = begin<v1::ResizeInstanceRequest>();
        message->set_name(o.instance.resourceName());
        message->set_vcpus(o.vcpus);
        message->set_ram_bytes(o.ramBytes);
        return message;
    }
    Message operator()(const DeleteInstance &o) const
    {
        auto message = begin<v1::DeleteInstanceRequest>();
        message->set_name(o.instance.resourceName());
        message->set_keep_volumes(!o.withVolumes);
        return message;
    }
    Message operator()(const AttachVolume &o) const { return attachment(o.instance, o.volume); }
    Message operator()(const DetachVolume &o) const { return attachment(o.instance, o.volume); }
    Message operator()(const CreateVolume &o) const
    {
        auto message = begin<v1::CreateVolumeRequest>();
        message->set_volume_id(o.id);
        message->set_display_name(o.name);
        message->set_project(o.project);
        message->set_size_bytes(o.sizeBytes);
        message->set_classification(std::string(toString(o.classification)));
        message->set_image(o.imageId);
        writeLabels(*message->mutable_labels(), o.labels);
        return message;
    }
    Message operator()(const ResizeVolume &o) const
    {
        auto message = begin<v1::ResizeVolumeRequest>();
        message->set_name(o.volume.resourceName());
        message->set_size_bytes(o.sizeBytes);
        return message;
    }
    Message operator()(const DeleteVolume &o) const { return about(o.volume); }
    Message operator()(const CreateSnapshot &o) const
    {
        auto message = begin<v1::CreateSnapshotRequest>();
        message->set_object(o.of.resourceName());
        message->set_display_name(o.name);
        return message;
    }
    Message operator()(const RevertSnapshot &o) const { return about(o.snapshot); }
    Message operator()(const DeleteSnapshot &o) const { return about(o.snapshot); }
    Message operator()(const CreateImage &o) const
    {
        auto message = begin<v1::CreateImageRequest>();
        message->set_image_id(o.id);
        message->set_display_name(o.name);
        message->set_project(o.project);
        message->set_volume(o.fromVolume.resourceName());
        message->set_os(o.os);
        return message;
    }
    Message operator()(const DeleteImage &o) const { return about(o.image); }
    Message operator()(const CreateDataSet &o) const
    {
        auto message = begin<v1::CreateDataSetRequest>();
        message->set_data_set_id(o.id);
        message->set_display_name(o.name);
        message->set_project(o.project);
        message->set_classification(std::string(toString(o.classification)));
        writeLabels(*message->mutable_labels(), o.labels);
        return message;
    }
    Message operator()(const UpdateDataSet &o) const
    {
        auto message = begin<v1::UpdateDataSetRequest>();
        message->set_name(o.dataSet.resourceName());
        if (o.name) {
            message->set_display_name(*o.name);
        }
        if (o.classification) {
            message->set_classification(std::string(toString(*o.classification)));
        }
        return message;
    }
    Message operator()(const DeleteDataSet &o) const { return about(o.dataSet); }
    Message operator()(const DeleteDataObject &o) const
    {
        auto message = begin<v1::DeleteDataObjectRequest>();
        message->set_name(o.dataSet.resourceName());
        message->set_key(o.key);
        return message;
    }
    Message operator()(const CreateNetwork &o) const
    {
        auto message = begin<v1::CreateNetworkRequest>();
        message->set_network_id(o.id);
        message->set_display_name(o.name);
        message->set_project(o.project);
        message->set_kind(o.kind);
        message->set_cidr(o.cidr);
        return message;
    }
    Message operator()(const DeleteNetwork &o) const { return about(o.network); }
    Message operator()(const Migrate &o) const
    {
        auto message = begin<v1::MigrateRequest>();
        message->set_name(o.object.resourceName());
        message->set_to_site(o.toSite);
        message->set_to_endpoint(o.toEndpoint);
        message->set_to_project(o.toProject);
        message->set_bandwidth_bytes_per_second(o.bandwidth);
        message->set_retention_seconds(o.retentionSeconds);
        message->set_start(o.start);
        message->set_mode(std::string(toString(o.mode)));
        message->set_cut_over(std::string(toString(o.cutOver)));
        message->set_window(toString(o.window));
        for (const auto &rate : o.hourly) {
            auto *span = message->add_hourly();
            span->set_hours(toString(rate.hours));
            span->set_bytes_per_second(rate.bytesPerSecond);
        }
        if (isKnown(o.notBefore)) {
            *message->mutable_not_before_time() = toWire(o.notBefore);
        }
        return message;
    }
    Message operator()(const CancelOperation &o) const { return about(o.operation); }
    Message operator()(const PauseOperation &o) const { return about(o.operation); }
    Message operator()(const ResumeOperation &o) const { return about(o.operation); }
    Message operator()(const CutOverOperation &o) const { return about(o.operation); }
    Message operator()(const TestBootOperation &o) const { return about(o.operation); }
    Message operator()(const Evacuate &o) const
    {
        auto message = begin<v1::EvacuateRequest>();
        write(*message, request, o);
        return message;
    }
};

}

std::unique_ptr<google::protobuf::Message> toWire(const Request &request)
{
    return std::visit(WriteOrder {request}, request.order);
}

}
