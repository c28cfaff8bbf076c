// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/records.h"

#include <nlohmann/json.hpp>

namespace portulan::site {

namespace {

using Json = nlohmann::json;

std::int64_t millis(Instant moment)
{
    return moment.time_since_epoch().count();
}
Instant instant(const Json &json)
{
    return Instant {std::chrono::milliseconds(json.get<std::int64_t>())};
}

/// Visits the members of a thing by name, once to write and once to read: the two can never disagree.
struct Writing {
    Json &json;
    bool has(const char *) const { return true; }
    template <typename T>
    void operator()(const char *name, const T &value)
    {
        json[name] = value;
    }
    void operator()(const char *name, const Instant &value) { json[name] = millis(value); }
    void operator()(const char *name, const Classification &value) { json[name] = toString(value); }
    void operator()(const char *name, const Custody &value) { json[name] = toString(value); }
    void operator()(const char *name, const PowerState &value) { json[name] = toString(value); }
    void operator()(const char *name, const Amounts &value) { json[name] = {value.vcpus, value.ramBytes, value.storageBytes}; }
    void operator()(const char *name, const std::vector<Replica> &value)
    {
        json[name] = Json::array();
        for (const auto &replica : value) {
            json[name].push_back({replica.site, millis(replica.asOf), replica.digest});
        }
    }
};
struct Reading {
    const Json &json;
    bool has(const char *name) const { return json.contains(name); }
    template <typename T>
    void operator()(const char *name, T &value)
    {
        json.at(name).get_to(value);
    }
    void operator()(const char *name, Instant &value) { value = instant(json.at(name)); }
    void operator()(const char *name, Classification &value) { value = classificationFrom(json.at(name).get<std::string>()).value(); }
    void operator()(const char *name, Custody &value) { value = custodyFrom(json.at(name).get<std::string>()); }
    void operator()(const char *name, PowerState &value) { value = powerStateFrom(json.at(name).get<std::string>()); }
    void operator()(const char *name, Amounts &value)
    {
        const auto three = json.at(name).get<std::array<std::int64_t, 3>>();
        value = {three[0], three[1], three[2]};
    }
    void operator()(const char *name, std::vector<Replica> &value)
    {
        for (const auto &replica : json.at(name)) {
            value.push_back({replica.at(0).get<std::string>(), instant(replica.at(1)), replica.at(2).get<std::string>()});
        }
    }
};

template <typename V, typename T>
void common(V &visit, T &thing)
{
    visit("name", thing.name);
    visit("project", thing.project);
    visit("etag", thing.etag);
    visit("created", thing.createdAt);
    visit("changed", thing.changedAt);
    visit("labels", thing.labels);
}
template <typename V, typename T>
void custody(V &visit, T &thing)
{
    visit("class", thing.classification);
    visit("custody", thing.custody);
    visit("retained_until", thing.retainedUntil);
    visit("moved_to", thing.movedTo);
}

template <typename V, typename T>
void members(V &visit, T &thing)
{
    using Plain = std::remove_const_t<T>;
    common(visit, thing);
    if constexpr (std::is_same_v<Plain, Project>) {
        visit("tenant", thing.tenantType);
        visit("limit", thing.quota.limit);
        visit("max_instances", thing.quota.instances);
        visit("max_volumes", thing.quota.volumes);
        visit("countries", thing.policy.allowedCountries);
        visit("secnumcloud", thing.policy.requireSecNumCloud);
        visit("no_us", thing.policy.forbidUsExposure);
        visit("seal", thing.policy.minSeal);
        visit("gaiax", thing.policy.gaiaxLabel);
    } else if constexpr (std::is_same_v<Plain, Instance>) {
        custody(visit, thing);
        visit("flavor", thing.flavor);
        visit("vcpus", thing.vcpus);
        visit("ram", thing.ramBytes);
        visit("state", thing.state);
        visit("note", thing.stateNote);
        visit("image", thing.imageId);
        visit("volumes", thing.volumeIds);
        visit("networks", thing.networkIds);
        if (visit.has("firmware")) { // not in an older record
            visit("firmware", thing.firmware);
            visit("bus", thing.diskBus);
            visit("nic", thing.nicModel);
        }
    } else if constexpr (std::is_same_v<Plain, Volume>) {
        custody(visit, thing);
        visit("size", thing.sizeBytes);
        visit("allocated", thing.allocatedBytes);
        visit("format", thing.format);
        visit("instance", thing.instanceId);
        visit("bootable", thing.bootable);
    } else if constexpr (std::is_same_v<Plain, Image>) {
        visit("size", thing.sizeBytes);
        visit("file_bytes", thing.fileBytes);
        visit("format", thing.format);
        visit("os", thing.os);
        visit("sha256", thing.sha256);
        if (visit.has("custody")) { // not in a record older than moves of images
            visit("custody", thing.custody);
            visit("retained_until", thing.retainedUntil);
            visit("moved_to", thing.movedTo);
        }
    } else if constexpr (std::is_same_v<Plain, Snapshot>) {
        visit("volume", thing.volumeId);
        visit("instance", thing.instanceId);
        visit("size", thing.sizeBytes);
    } else if constexpr (std::is_same_v<Plain, DataSet>) {
        custody(visit, thing);
        visit("objects", thing.objects);
        visit("bytes", thing.bytes);
        visit("digest", thing.digest);
        visit("replicas", thing.replicas);
    } else if constexpr (std::is_same_v<Plain, Network>) {
        visit("kind", thing.kind);
        visit("cidr", thing.cidr);
    }
}

template <typename T>
constexpr bool isKept
    = std::is_base_of_v<Common, T> && !std::is_same_v<T, Alert> && !std::is_same_v<T, SecurityGroup> && !std::is_same_v<T, KubernetesCluster>;

template <typename T>
Thing read(const ObjectId &id, const Json &json)
{
    T thing;
    thing.id = id;
    Reading reading {json};
    members(reading, thing);
    return thing;
}

Thing readKind(const ObjectId &id, const Json &json)
{
    switch (id.kind) {
    case ObjectKind::Project:
        return read<Project>(id, json);
    case ObjectKind::Instance:
        return read<Instance>(id, json);
    case ObjectKind::Volume:
        return read<Volume>(id, json);
    case ObjectKind::Image:
        return read<Image>(id, json);
    case ObjectKind::Snapshot:
        return read<Snapshot>(id, json);
    case ObjectKind::DataSet:
        return read<DataSet>(id, json);
    case ObjectKind::Network:
        return read<Network>(id, json);
    default:
        throw std::invalid_argument("a kind that is not kept");
    }
}

}

std::string recordOf(const Thing &thing)
{
    return std::visit(
        [](const auto &object) -> std::string {
            using T = std::remove_cvref_t<decltype(object)>;
            if constexpr (isKept<T>) {
                Json json;
                Writing writing {json};
                members(writing, object);
                return json.dump(-1, ' ', false, Json::error_handler_t::replace);
            } else {
                return {};
            }
        },
        thing);
}

Result<Thing> thingFrom(const ObjectId &id, const std::string &record)
{
    try {
        return readKind(id, Json::parse(record));
    } catch (const std::exception &error) {
        return refuse(Reason::Integrity, {{"where", id.text()}}, error.what());
    }
}

}
