// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Requests as orders: what a gateway reads, believing nothing.
#include "proto/wireparts.h"

#include <algorithm>

namespace portulan::wire {

namespace {

using enum ObjectKind;
constexpr int maxHourlyRates = 24;
constexpr std::int64_t maxRetentionSeconds = std::int64_t {10} * 366 * 24 * 3600;

bool isUuid(std::string_view text)
{
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) {
            return false;
        }
    }
    return true;
}

bool isEndpoint(std::string_view text)
{
    constexpr std::string_view marks = "-._:[]";
    const auto isAllowed = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.find(c) != std::string_view::npos;
    };
    return text.size() <= 255 && std::ranges::all_of(text, isAllowed);
}

/// Reads one order of `site`.
class OrderReader : public Reader {
public:
    OrderReader(const v1::OrderHeader &header, std::string_view site)
        : m_site(site)
    {
        if (!isUuid(header.request_id())) {
            refuseField("header.request_id", "a UUID", header.request_id());
        }
        m_request.requestId = header.request_id().substr(0, 36);
        m_request.etag = text("header.etag", header.etag());
        m_request.validateOnly = header.validate_only();
    }

    ObjectId mine(std::string_view field, const std::string &name, std::initializer_list<ObjectKind> kinds)
    {
        return object(field, name, kinds, m_site);
    }
    Classification classification(const std::string &word) { return take(classificationFrom(word)); }
    /// A new object is called something: by its display name, else by its id.
    std::string nameOf(const std::string &displayName, const std::string &id)
    {
        if (displayName.empty() && id.empty()) {
            refuseField("display_name", "1 to 255 bytes, or an id");
        }
        return displayName.empty() ? id : Reader::displayName("display_name", displayName);
    }
    std::string changedName(const std::string &displayName)
    {
        if (const auto lawful = checkDisplayName("display_name", displayName); !lawful) {
            fail(lawful.error());
        }
        return displayName;
    }
    portulan::Project project(const v1::Project &message)
    {
        mine("project.name", message.common().name(), {ObjectKind::Project});
        return take(fromWire(message));
    }
    template <typename O>
    Result<Request> order(O order)
    {
        m_request.order = std::move(order);
        return done(std::move(m_request));
    }

private:
    std::string_view m_site;
    Request m_request;
};

}

Result<Request> fromWire(const v1::OrderHeader &message)
{
    return OrderReader(message, {}).order(CreateProject {});
}

Result<Request> fromWire(const v1::CreateProjectRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(CreateProject {reader.project(message.project())});
}

Result<Request> fromWire(const v1::UpdateProjectRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(UpdateProject {reader.project(message.project())});
}

Result<Request> fromWire(const v1::CreateInstanceRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    CreateInstance o;
    o.id = reader.idOrNone("instance_id", message.instance_id());
    o.name = reader.nameOf(message.display_name(), o.id);
    o.project = reader.id("project", message.project());
    o.flavor = reader.displayName("flavor", message.flavor());
    o.vcpus = reader.amount("vcpus", message.vcpus(), maxInstanceCpus);
    o.ramBytes = reader.amount("ram_bytes", message.ram_bytes());
    o.imageId = reader.idOrNone("image", message.image());
    o.diskBytes = reader.amount("disk_bytes", message.disk_bytes());
    o.classification = reader.classification(message.classification());
    o.networkIds = reader.ids("networks", message.networks(), 16);
    o.labels = reader.labels("labels", message.labels());
    o.start = message.start();
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::UpdateInstanceRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    UpdateInstance o {reader.mine("name", message.name(), {Instance}), {}, {}, {}};
    if (message.has_display_name()) {
        o.name = reader.changedName(message.display_name());
    }
    if (message.has_classification()) {
        o.classification = reader.classification(message.classification());
    }
    if (message.has_labels()) {
        o.labels = reader.labels("labels", message.labels().labels());
    }
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::ResizeInstanceRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(ResizeInstance {reader.mine("name", message.name(), {Instance}), reader.amount("vcpus", message.vcpus(), maxInstanceCpus),
        reader.amount("ram_bytes", message.ram_bytes())});
}

Result<Request> fromWire(const v1::DeleteInstanceRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(DeleteInstance {reader.mine("name", message.name(), {Instance}), !message.keep_volumes()});
}

Result<Request> fromWire(const v1::CreateVolumeRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    CreateVolume o;
    o.id = reader.idOrNone("volume_id", message.volume_id());
    o.name = reader.nameOf(message.display_name(), o.id);
    o.project = reader.id("project", message.project());
    o.sizeBytes = reader.amount("size_bytes", message.size_bytes());
    o.classification = reader.classification(message.classification());
    o.imageId = reader.idOrNone("image", message.image());
    o.labels = reader.labels("labels", message.labels());
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::ResizeVolumeRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(ResizeVolume {reader.mine("name", message.name(), {Volume}), reader.amount("size_bytes", message.size_bytes())});
}

Result<Request> fromWire(const v1::CreateSnapshotRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(
        CreateSnapshot {reader.mine("object", message.object(), {Volume, Instance}), reader.displayName("display_name", message.display_name())});
}

Result<Request> fromWire(const v1::CreateImageRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    CreateImage o;
    o.id = reader.idOrNone("image_id", message.image_id());
    o.name = reader.nameOf(message.display_name(), o.id);
    o.project = reader.id("project", message.project());
    o.fromVolume = reader.mine("volume", message.volume(), {Volume});
    o.os = reader.displayName("os", message.os());
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::CreateDataSetRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    CreateDataSet o;
    o.id = reader.idOrNone("data_set_id", message.data_set_id());
    o.name = reader.nameOf(message.display_name(), o.id);
    o.project = reader.id("project", message.project());
    o.classification = reader.classification(message.classification());
    o.labels = reader.labels("labels", message.labels());
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::UpdateDataSetRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    UpdateDataSet o {reader.mine("name", message.name(), {DataSet}), {}, {}};
    if (message.has_display_name()) {
        o.name = reader.changedName(message.display_name());
    }
    if (message.has_classification()) {
        o.classification = reader.classification(message.classification());
    }
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::DeleteDataObjectRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    if (message.key().empty()) {
        reader.refuseField("key", "1 to 1024 bytes");
    }
    return reader.order(DeleteDataObject {reader.mine("name", message.name(), {DataSet}), reader.text("key", message.key(), 1024)});
}

Result<Request> fromWire(const v1::CreateNetworkRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    CreateNetwork o;
    o.id = reader.idOrNone("network_id", message.network_id());
    o.name = reader.nameOf(message.display_name(), o.id);
    o.project = reader.id("project", message.project());
    o.kind = reader.text("kind", message.kind(), 64);
    o.cidr = reader.text("cidr", message.cidr(), 64);
    return reader.order(std::move(o));
}

Result<Request> fromWire(const v1::MigrateRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    Migrate o;
    o.object = reader.mine("name", message.name(), {Instance, Volume, Image, DataSet});
    o.toSite = reader.id("to_site", message.to_site());
    if (!isEndpoint(message.to_endpoint())) {
        reader.refuseField("to_endpoint", "host:port", message.to_endpoint());
    }
    o.toEndpoint = message.to_endpoint();
    o.toProject = reader.idOrNone("to_project", message.to_project());
    o.bandwidth = reader.amount("bandwidth_bytes_per_second", message.bandwidth_bytes_per_second());
    if (message.has_retention_seconds()) {
        o.retentionSeconds = reader.amount("retention_seconds", message.retention_seconds(), maxRetentionSeconds);
    }
    o.start = message.start();
    const auto take = [&reader](auto read, auto &into) {
        if (read) {
            into = *read;
        } else {
            reader.refuseField(read.error().fact("field"), read.error().fact("expected"), read.error().fact("value"));
        }
    };
    take(moveModeFrom(message.mode()), o.mode);
    take(cutOverFrom(message.cut_over()), o.cutOver);
    take(dayWindowFrom(message.window()), o.window);
    if (message.hourly_size() > maxHourlyRates) {
        reader.refuseField("hourly", "at most 24");
    }
    for (int i = 0; i < std::min(message.hourly_size(), maxHourlyRates); ++i) {
        HourlyRate rate;
        take(dayWindowFrom(message.hourly(i).hours()), rate.hours);
        rate.bytesPerSecond = reader.amount("hourly.bytes_per_second", message.hourly(i).bytes_per_second());
        o.hourly.push_back(rate);
    }
    o.notBefore = reader.moment("not_before_time", message.has_not_before_time(), message.not_before_time());
    return reader.order(std::move(o));
}

namespace {
template <typename O>
constexpr ObjectKind aim = Instance;
template <>
constexpr ObjectKind aim<DeleteProject> = Project;
template <>
constexpr ObjectKind aim<DeleteVolume> = Volume;
template <>
constexpr ObjectKind aim<RevertSnapshot> = Snapshot;
template <>
constexpr ObjectKind aim<DeleteSnapshot> = Snapshot;
template <>
constexpr ObjectKind aim<DeleteImage> = Image;
template <>
constexpr ObjectKind aim<DeleteDataSet> = DataSet;
template <>
constexpr ObjectKind aim<DeleteNetwork> = Network;
template <>
constexpr ObjectKind aim<CancelOperation> = Operation;
template <>
constexpr ObjectKind aim<CutOverOperation> = Operation;
template <>
constexpr ObjectKind aim<ResumeOperation> = Operation;
template <>
constexpr ObjectKind aim<TestBootOperation> = Operation;
template <>
constexpr ObjectKind aim<PauseOperation> = Operation;
}

template <typename O>
Result<Request> fromWireAs(const v1::ObjectRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(O {reader.mine("name", message.name(), {aim<O>})});
}
template Result<Request> fromWireAs<DeleteProject>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<StartInstance>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<DeleteVolume>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<RevertSnapshot>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<DeleteSnapshot>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<DeleteImage>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<DeleteDataSet>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<DeleteNetwork>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<CancelOperation>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<CutOverOperation>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<ResumeOperation>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<TestBootOperation>(const v1::ObjectRequest &, std::string_view);
template Result<Request> fromWireAs<PauseOperation>(const v1::ObjectRequest &, std::string_view);

template <typename O>
Result<Request> fromWireAs(const v1::PowerRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(O {reader.mine("name", message.name(), {Instance}), message.force()});
}
template Result<Request> fromWireAs<StopInstance>(const v1::PowerRequest &, std::string_view);
template Result<Request> fromWireAs<RebootInstance>(const v1::PowerRequest &, std::string_view);

template <typename O>
Result<Request> fromWireAs(const v1::AttachmentRequest &message, std::string_view site)
{
    OrderReader reader(message.header(), site);
    return reader.order(O {reader.mine("name", message.name(), {Instance}), reader.mine("volume", message.volume(), {Volume})});
}
template Result<Request> fromWireAs<AttachVolume>(const v1::AttachmentRequest &, std::string_view);
template Result<Request> fromWireAs<DetachVolume>(const v1::AttachmentRequest &, std::string_view);

}
