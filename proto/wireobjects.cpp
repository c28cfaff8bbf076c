// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Projects, instances and the disks they boot from.
#include "proto/wireparts.h"

namespace portulan::wire {

void write(v1::Common &message, const Common &object)
{
    message.set_name(object.id.resourceName());
    message.set_display_name(presentable(object.name));
    message.set_project(object.project);
    message.set_etag(object.etag);
    if (isKnown(object.createdAt)) {
        *message.mutable_create_time() = toWire(object.createdAt);
    }
    if (isKnown(object.changedAt)) {
        *message.mutable_update_time() = toWire(object.changedAt);
    }
    std::size_t count = 0;
    for (const auto &[key, value] : object.labels) {
        if (++count > 32) { // what a stack holds beyond the contract stays there
            break;
        }
        (*message.mutable_labels())[note(key, 63)] = note(value, 255);
    }
}

void read(Reader &reader, const v1::Common &message, ObjectKind kind, Common &object)
{
    object.id = reader.object("name", message.name(), {kind});
    object.name = reader.displayName("display_name", message.display_name());
    object.project = reader.idOrNone("project", message.project());
    object.etag = reader.text("etag", message.etag());
    object.createdAt = reader.moment("create_time", message.has_create_time(), message.create_time());
    object.changedAt = reader.moment("update_time", message.has_update_time(), message.update_time());
    object.labels = reader.labels("labels", message.labels());
}

v1::Project toWire(const Project &project)
{
    v1::Project message;
    write(*message.mutable_common(), project);
    message.set_tenant_type(project.tenantType);
    write(*message.mutable_quota(), project.quota.limit);
    message.set_quota_instances(project.quota.instances);
    message.set_quota_volumes(project.quota.volumes);
    write(*message.mutable_used(), project.used);
    message.set_used_instances(project.usedInstances);
    message.set_used_volumes(project.usedVolumes);
    auto &policy = *message.mutable_policy();
    for (const auto &country : project.policy.allowedCountries) {
        policy.add_allowed_countries(country);
    }
    policy.set_require_secnumcloud(project.policy.requireSecNumCloud);
    policy.set_forbid_us_exposure(project.policy.forbidUsExposure);
    policy.set_min_seal(project.policy.minSeal);
    policy.set_gaiax_label(project.policy.gaiaxLabel);
    return message;
}

namespace {
Quota readQuota(Reader &reader, const v1::Project &message)
{
    Quota quota;
    if (message.has_quota()) {
        quota.limit = {reader.limitOrNone("quota.vcpus", message.quota().vcpus(), maxCpus),
            reader.limitOrNone("quota.ram_bytes", message.quota().ram_bytes()),
            reader.limitOrNone("quota.storage_bytes", message.quota().storage_bytes())};
    }
    const auto count = [&](std::string_view field, std::int64_t value) { // a client that says nothing of quotas asks for no limit
        return value == 0 && !message.has_quota() ? -1 : reader.limitOrNone(field, value, maxObjects);
    };
    quota.instances = count("quota_instances", message.quota_instances());
    quota.volumes = count("quota_volumes", message.quota_volumes());
    return quota;
}

ProjectPolicy readPolicy(Reader &reader, const v1::ProjectPolicy &message)
{
    ProjectPolicy policy;
    if (reader.fits("policy.allowed_countries", message.allowed_countries_size(), 256)) {
        for (const auto &country : message.allowed_countries()) {
            policy.allowedCountries.push_back(reader.text("policy.allowed_countries", country, 16));
        }
    }
    policy.requireSecNumCloud = message.require_secnumcloud();
    policy.forbidUsExposure = message.forbid_us_exposure();
    policy.minSeal = static_cast<int>(reader.amount("policy.min_seal", message.min_seal(), 4));
    if (!message.gaiax_label().empty()) {
        policy.gaiaxLabel = reader.text("policy.gaiax_label", message.gaiax_label(), 64);
    }
    return policy;
}
}

Result<Project> fromWire(const v1::Project &message)
{
    Reader reader;
    Project project;
    read(reader, message.common(), ObjectKind::Project, project);
    if (project.project.empty()) {
        project.project = project.id.id;
    }
    project.tenantType = reader.text("tenant_type", message.tenant_type(), 64);
    project.quota = readQuota(reader, message);
    project.used = read(reader, "used", message.used());
    project.usedInstances = reader.amount("used_instances", message.used_instances(), maxObjects);
    project.usedVolumes = reader.amount("used_volumes", message.used_volumes(), maxObjects);
    project.policy = readPolicy(reader, message.policy());
    return reader.done(std::move(project));
}

void write(v1::Instance &message, const Instance &instance)
{
    write(*message.mutable_common(), instance);
    message.set_flavor(presentable(instance.flavor));
    message.set_vcpus(instance.vcpus);
    message.set_ram_bytes(instance.ramBytes);
    message.set_state(std::string(toString(instance.state)));
    message.set_state_note(note(instance.stateNote));
    message.set_classification(std::string(toString(instance.classification)));
    message.set_image(instance.imageId);
    message.set_firmware(presentable(instance.firmware, 32));
    message.set_disk_bus(presentable(instance.diskBus, 32));
    message.set_nic_model(presentable(instance.nicModel, 32));
    for (const auto &volume : instance.volumeIds) {
        message.add_volumes(volume);
    }
    for (const auto &network : instance.networkIds) {
        message.add_networks(network);
    }
    message.set_custody(std::string(toString(instance.custody)));
    if (isKnown(instance.retainedUntil)) {
        *message.mutable_retained_until() = toWire(instance.retainedUntil);
    }
    message.set_moved_to(instance.movedTo);
}

v1::Instance toWire(const Instance &instance)
{
    v1::Instance message;
    write(message, instance);
    return message;
}

Result<Instance> fromWire(const v1::Instance &message)
{
    Reader reader;
    Instance instance;
    read(reader, message.common(), ObjectKind::Instance, instance);
    instance.flavor = reader.displayName("flavor", message.flavor());
    instance.vcpus = reader.amount("vcpus", message.vcpus(), maxInstanceCpus);
    instance.ramBytes = reader.amount("ram_bytes", message.ram_bytes());
    instance.state = powerStateFrom(reader.text("state", message.state(), 64));
    instance.stateNote = reader.text("state_note", message.state_note(), maxNoteBytes);
    instance.classification = reader.take(classificationFrom(message.classification()));
    instance.imageId = reader.idOrNone("image", message.image());
    instance.firmware = reader.text("firmware", message.firmware(), 32);
    instance.diskBus = reader.text("disk_bus", message.disk_bus(), 32);
    instance.nicModel = reader.text("nic_model", message.nic_model(), 32);
    instance.volumeIds = reader.ids("volumes", message.volumes(), 32);
    instance.networkIds = reader.ids("networks", message.networks(), 16);
    instance.custody = custodyFrom(reader.text("custody", message.custody(), 64));
    instance.retainedUntil = reader.moment("retained_until", message.has_retained_until(), message.retained_until());
    instance.movedTo = reader.idOrNone("moved_to", message.moved_to());
    return reader.done(std::move(instance));
}

void write(v1::Volume &message, const Volume &volume)
{
    write(*message.mutable_common(), volume);
    message.set_size_bytes(volume.sizeBytes);
    message.set_allocated_bytes(volume.allocatedBytes);
    message.set_format(volume.format);
    message.set_instance(volume.instanceId);
    message.set_bootable(volume.bootable);
    message.set_classification(std::string(toString(volume.classification)));
    message.set_custody(std::string(toString(volume.custody)));
    if (isKnown(volume.retainedUntil)) {
        *message.mutable_retained_until() = toWire(volume.retainedUntil);
    }
    message.set_moved_to(volume.movedTo);
}

v1::Volume toWire(const Volume &volume)
{
    v1::Volume message;
    write(message, volume);
    return message;
}

Result<Volume> fromWire(const v1::Volume &message)
{
    Reader reader;
    Volume volume;
    read(reader, message.common(), ObjectKind::Volume, volume);
    volume.sizeBytes = reader.amount("size_bytes", message.size_bytes());
    volume.allocatedBytes = reader.amount("allocated_bytes", message.allocated_bytes());
    volume.format = reader.text("format", message.format(), 64);
    volume.instanceId = reader.idOrNone("instance", message.instance());
    volume.bootable = message.bootable();
    volume.classification = reader.take(classificationFrom(message.classification()));
    volume.custody = custodyFrom(reader.text("custody", message.custody(), 64));
    volume.retainedUntil = reader.moment("retained_until", message.has_retained_until(), message.retained_until());
    volume.movedTo = reader.idOrNone("moved_to", message.moved_to());
    return reader.done(std::move(volume));
}

v1::Image toWire(const Image &image)
{
    v1::Image message;
    write(*message.mutable_common(), image);
    message.set_size_bytes(image.sizeBytes);
    message.set_file_bytes(image.fileBytes);
    message.set_format(image.format);
    message.set_os(presentable(image.os));
    message.set_sha256(image.sha256);
    message.set_custody(std::string(toString(image.custody)));
    if (isKnown(image.retainedUntil)) {
        *message.mutable_retained_until() = toWire(image.retainedUntil);
    }
    message.set_moved_to(image.movedTo);
    return message;
}

Result<Image> fromWire(const v1::Image &message)
{
    Reader reader;
    Image image;
    read(reader, message.common(), ObjectKind::Image, image);
    image.sizeBytes = reader.amount("size_bytes", message.size_bytes());
    image.fileBytes = reader.amount("file_bytes", message.file_bytes());
    image.format = reader.text("format", message.format(), 64);
    image.os = reader.displayName("os", message.os());
    image.sha256 = reader.digest("sha256", message.sha256());
    image.custody = custodyFrom(reader.text("custody", message.custody(), 64));
    image.retainedUntil = reader.moment("retained_until", message.has_retained_until(), message.retained_until());
    image.movedTo = reader.idOrNone("moved_to", message.moved_to());
    return reader.done(std::move(image));
}

v1::Snapshot toWire(const Snapshot &snapshot)
{
    v1::Snapshot message;
    write(*message.mutable_common(), snapshot);
    message.set_volume(snapshot.volumeId);
    message.set_instance(snapshot.instanceId);
    message.set_size_bytes(snapshot.sizeBytes);
    return message;
}

Result<Snapshot> fromWire(const v1::Snapshot &message)
{
    Reader reader;
    Snapshot snapshot;
    read(reader, message.common(), ObjectKind::Snapshot, snapshot);
    snapshot.volumeId = reader.idOrNone("volume", message.volume());
    snapshot.instanceId = reader.idOrNone("instance", message.instance());
    snapshot.sizeBytes = reader.amount("size_bytes", message.size_bytes());
    return reader.done(std::move(snapshot));
}

}
