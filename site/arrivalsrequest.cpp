// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivalsrequest.h"

#include "proto/wire.h"

#include <algorithm>
#include <set>

namespace portulan::site {

namespace {
constexpr int maxVolumes = 32;
constexpr int maxObjects = 10'000;
constexpr std::size_t pageBytes = 1 << 20;
constexpr std::size_t maxMachineBytes = 64 << 10;

unexpected<Problem> bad(std::string_view field, std::string_view expected)
{
    return refuse(Reason::InvalidArgument, {{"field", std::string(field)}, {"expected", std::string(expected)}});
}

/// Takes a converted part, or remembers why it cannot be.
template <typename T>
bool take(Result<T> part, T &into, Problem &problem)
{
    if (!part) {
        problem = part.error();
        return false;
    }
    into = std::move(*part);
    return true;
}

/// The thing itself and its volumes or objects; what fits only one kind must not come with another.
Result<> readObject(const v1::ReserveRequest &request, Arrival &arrival)
{
    Problem problem;
    bool sound = false;
    if (request.has_instance()) {
        sound = take(wire::fromWire(request.instance()), arrival.instance.emplace(), problem);
    } else if (request.has_data_set()) {
        sound = take(wire::fromWire(request.data_set()), arrival.dataSet.emplace(), problem);
    } else if (request.has_image()) {
        sound = take(wire::fromWire(request.image()), arrival.image.emplace(), problem);
    } else if (request.has_volume() && request.volumes_size() == 1) {
        sound = true;
    } else {
        return bad("object", "an instance, a volume with itself among the volumes, an image or a data set");
    }
    for (int i = 0; sound && i < request.volumes_size(); ++i) {
        sound = take(wire::fromWire(request.volumes(i)), arrival.volumes.emplace_back(), problem);
    }
    for (int i = 0; sound && i < request.objects_size(); ++i) {
        sound = take(wire::fromWire(request.objects(i)), arrival.objects.emplace_back(), problem);
    }
    if (!sound) {
        return unexpected(problem);
    }
    std::set<std::string_view> keys;
    for (const auto &object : arrival.objects) {
        if (!keys.insert(object.key).second) {
            return bad("objects", "each key once");
        }
    }
    const bool mixed = (!arrival.dataSet && !arrival.objects.empty()) || ((arrival.dataSet || arrival.image) && !arrival.volumes.empty());
    return mixed ? Result<>(bad("object", "volumes or objects, as the kind has them")) : Result<>();
}

v1::ReserveRequest headOf(const Wanted &wanted)
{
    v1::ReserveRequest request;
    request.set_migration(wanted.arrival.migration);
    request.set_source_site(wanted.sourceSite);
    request.set_source_endpoint(wanted.sourceEndpoint);
    request.set_requested_by(wanted.requestedBy);
    request.set_project(wanted.arrival.project);
    request.set_expected_bytes(wanted.expectedBytes);
    request.set_machine(wanted.machine);
    if (wanted.arrival.instance) {
        *request.mutable_instance() = wire::toWire(*wanted.arrival.instance);
    } else if (wanted.arrival.dataSet) {
        *request.mutable_data_set() = wire::toWire(*wanted.arrival.dataSet);
    } else if (wanted.arrival.image) {
        *request.mutable_image() = wire::toWire(*wanted.arrival.image);
    } else if (!wanted.arrival.volumes.empty()) {
        *request.mutable_volume() = wire::toWire(wanted.arrival.volumes.front());
    }
    return request;
}
}

Result<Wanted> wantedFrom(const v1::ReserveRequest &request)
{
    if (request.migration().size() != 36 || !isId(request.migration())) { // it becomes a file's name
        return bad("migration", "a UUID in lower case");
    }
    if (!isId(request.source_site()) || !isId(request.project())) {
        return bad(isId(request.project()) ? "source_site" : "project", "an id");
    }
    if (request.source_endpoint().size() > 300 || request.requested_by().size() > 300 || !isUtf8(request.requested_by())
        || !isUtf8(request.source_endpoint())) {
        return bad("requested_by", "at most 300 bytes of text");
    }
    if (request.volumes_size() > maxVolumes || request.objects_size() > maxObjects) {
        const auto most = request.volumes_size() > maxVolumes ? maxVolumes : maxObjects;
        return refuse(Reason::TooLarge, {{"what", "reservation"}, {"limit", std::to_string(most)}});
    }
    if (request.machine().size() > maxMachineBytes || !isUtf8(request.machine())) {
        return bad("machine", "at most 64 KiB of text");
    }
    if (request.lot() > 0 && (!request.has_data_set() || request.more() || request.after_lot() >= request.lot())) {
        return bad("lot", "a part of a data set, in one message, after an earlier one");
    }
    if (request.gone_size() > (request.lot() > 0 ? maxObjects : 0) || !std::all_of(request.gone().begin(), request.gone().end(), [](const auto &key) {
            return !key.empty() && key.size() <= 1024 && isUtf8(key);
        })) {
        return bad("gone", "at most 10000 keys of a lot");
    }
    Wanted wanted;
    wanted.machine = request.machine();
    wanted.arrival.migration = request.migration();
    wanted.arrival.project = request.project();
    wanted.sourceSite = request.source_site();
    wanted.sourceEndpoint = request.source_endpoint();
    wanted.requestedBy = request.requested_by();
    wanted.expectedBytes = std::max<std::int64_t>(0, request.expected_bytes());
    if (auto read = readObject(request, wanted.arrival); !read) {
        return unexpected(read.error());
    }
    return wanted;
}

std::vector<v1::ReserveRequest> requestsOf(const Wanted &wanted)
{
    std::vector<v1::ReserveRequest> requests;
    requests.push_back(headOf(wanted));
    for (const auto &volume : wanted.arrival.volumes) {
        *requests.back().add_volumes() = wire::toWire(volume);
    }
    std::size_t bytes = 0;
    for (const auto &object : wanted.arrival.objects) {
        auto message = wire::toWire(object);
        bytes += message.ByteSizeLong() + 8;
        if (bytes > pageBytes || requests.back().objects_size() == maxObjects) {
            requests.back().set_more(true);
            requests.push_back(headOf(wanted));
            requests.back().set_part(std::uint32_t(requests.size() - 1));
            bytes = message.ByteSizeLong() + 8;
        }
        *requests.back().add_objects() = std::move(message);
    }
    return requests;
}

std::vector<Parcel> parcelsOf(const Arrival &arrival)
{
    std::vector<Parcel> parcels;
    for (const auto &volume : arrival.volumes) {
        parcels.push_back({volume.id.id, std::uint64_t(volume.sizeBytes)});
    }
    if (arrival.image) {
        parcels.push_back({arrival.image->id.id, std::uint64_t(arrival.image->sizeBytes)});
    }
    for (const auto &object : arrival.objects) {
        parcels.push_back({object.key, std::uint64_t(object.size)});
    }
    return parcels;
}

ObjectId objectOf(const Arrival &arrival)
{
    return arrival.instance ? arrival.instance->id
        : arrival.dataSet   ? arrival.dataSet->id
        : arrival.image     ? arrival.image->id
                            : arrival.volumes.at(0).id;
}

std::string nameOf(const Arrival &arrival)
{
    return arrival.instance ? arrival.instance->name
        : arrival.dataSet   ? arrival.dataSet->name
        : arrival.image     ? arrival.image->name
                            : arrival.volumes.at(0).name;
}

std::vector<Classification> classificationsOf(const Arrival &arrival)
{
    std::vector<Classification> found;
    if (arrival.instance) {
        found.push_back(arrival.instance->classification);
    }
    if (arrival.dataSet) {
        found.push_back(arrival.dataSet->classification);
    }
    if (arrival.image) {
        found.push_back(Classification::Unclassified); // an image has no class; what may not hold anything unclassified does not take it
    }
    for (const auto &volume : arrival.volumes) {
        found.push_back(volume.classification);
    }
    return found;
}

Verdict verdictOn(const Policy &policy, const Arrival &arrival)
{
    std::optional<Verdict> worst;
    for (const auto classification : classificationsOf(arrival)) {
        auto verdict = policy.judge(classification, arrival.project);
        if (!worst || verdict.status < worst->status) {
            worst = std::move(verdict);
        }
    }
    return worst.value_or(Verdict {});
}

std::int64_t bytesOf(const Arrival &arrival)
{
    std::int64_t bytes = 0;
    for (const auto &volume : arrival.volumes) {
        bytes += volume.sizeBytes;
    }
    bytes += arrival.image ? arrival.image->sizeBytes : 0;
    for (const auto &object : arrival.objects) {
        bytes += object.size;
    }
    return arrival.dataSet && arrival.objects.empty() ? arrival.dataSet->bytes : bytes; // those of many are not told at once
}

}
