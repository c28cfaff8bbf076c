// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/arriving.h"

#include "site/drivers/disk/qcow2writer.h"
#include "site/drivers/record/demands.h"

#include <sstream>

namespace portulan::site {

namespace {

std::string keyOf(const std::string &migration)
{
    return "arrival:" + migration;
}

std::string keyOf(const ObjectId &object)
{
    return "arrival-of:" + std::string(toString(object.kind)) + ':' + object.id;
}

std::string wordsOf(const Received &received)
{
    std::string words = std::string(toString(received.object.kind)) + ' ' + received.object.id;
    for (const auto &volume : received.volumes) {
        words += ' ' + volume.id;
    }
    return words;
}

}

std::optional<Received> receivedBefore(Store &store, const std::string &migration)
{
    std::istringstream words(store.note(keyOf(migration)));
    std::string kind;
    Received received;
    if (!(words >> kind >> received.object.id)) {
        return std::nullopt;
    }
    received.object = store.id(objectKindFrom(kind).value_or(ObjectKind::Instance), received.object.id);
    for (std::string volume; words >> volume;) {
        received.volumes.push_back(store.id(ObjectKind::Volume, volume));
    }
    return received;
}

Result<> noteReceived(Draft &draft, const std::string &migration, const Received &received)
{
    return draft.note(keyOf(migration), wordsOf(received)).and_then([&] { return draft.note(keyOf(received.object), migration); });
}

std::string migrationOf(Store &store, const ObjectId &object)
{
    return store.note(keyOf(object));
}

std::string forgetReceived(Draft &draft, const ObjectId &object)
{
    const auto migration = draft.note(keyOf(object));
    if (!migration.empty()) {
        (void)draft.note(keyOf(migration), {});
        (void)draft.note(keyOf(object), {});
    }
    return migration;
}

Result<> checkArrival(const Arrival &arrival)
{
    const int kinds = (arrival.instance ? 1 : 0) + (arrival.dataSet ? 1 : 0) + (arrival.image ? 1 : 0)
        + (!arrival.instance && arrival.volumes.size() == 1 ? 1 : 0);
    const bool isOne = kinds == 1 && (!arrival.dataSet || arrival.volumes.empty()) && !arrival.migration.empty();
    return isOne ? Result<>() : refuse(Reason::InvalidArgument, {{"field", "arrival"}, {"expected", "one instance, volume, image or data set"}});
}

Result<ObjectId> berthId(Draft &draft, ObjectKind kind, const std::string &there, const ObjectId &chosen)
{
    if (!chosen.id.empty()) {
        return draft.newId(kind, chosen.id);
    }
    const auto same = draft.newId(kind, there);
    return same || same.error().reason != Reason::AlreadyExists ? same : draft.newId(kind, {});
}

Result<> berthVolumes(Draft &draft, const Arrival &arrival, Received &received, const std::string &instance)
{
    received.volumes.resize(arrival.volumes.size());
    for (std::size_t i = 0; i < arrival.volumes.size(); ++i) {
        Volume volume = arrival.volumes[i];
        const auto id = berthId(draft, ObjectKind::Volume, volume.id.id, received.volumes[i]);
        if (!id) {
            return tl::unexpected(id.error());
        }
        received.volumes[i] = *id;
        arrive(volume, *id, arrival.project);
        volume.instanceId = instance;
        volume.format = "qcow2";
        volume.allocatedBytes = 0;
        auto good = checkCommon(volume.name, volume.labels)
                        .and_then([&] { return checkRange("size_bytes", volume.sizeBytes, 0, std::int64_t(Qcow2Writer::largest)); })
                        .and_then([&] { return draft.put(volume); });
        if (!good) {
            return good;
        }
    }
    if (instance.empty()) {
        received.object = received.volumes.empty() ? ObjectId {} : received.volumes.front();
    }
    return {};
}

Result<> berthInstance(Draft &draft, const Arrival &arrival, Received &received, const std::function<void(Instance &)> &amend)
{
    Instance instance = *arrival.instance;
    const auto id = berthId(draft, ObjectKind::Instance, instance.id.id, received.object);
    if (!id) {
        return tl::unexpected(id.error());
    }
    received.object = *id;
    arrive(instance, *id, arrival.project);
    instance.state = PowerState::Stopped;
    instance.stateNote.clear();
    amend(instance);
    // What is only known at the source stays there.
    std::erase_if(instance.networkIds, [&](const std::string &n) { return !draft.has({id->site, ObjectKind::Network, n}); });
    if (!draft.has({id->site, ObjectKind::Image, instance.imageId})) {
        instance.imageId.clear();
    }
    return checkCommon(instance.name, instance.labels).and_then([&] { return berthVolumes(draft, arrival, received, id->id); }).and_then([&] {
        instance.volumeIds.clear();
        for (const auto &volume : received.volumes) {
            instance.volumeIds.push_back(volume.id);
        }
        return draft.put(instance);
    });
}

Result<> berthImage(Draft &draft, const Arrival &arrival, Received &received)
{
    Image image = *arrival.image;
    const auto id = berthId(draft, ObjectKind::Image, image.id.id, received.object);
    if (!id) {
        return tl::unexpected(id.error());
    }
    received.object = *id;
    arrive(image, *id, arrival.project);
    image.format = "qcow2";
    image.fileBytes = 0;
    image.sha256.clear(); // of another file
    return checkCommon(image.name, image.labels)
        .and_then([&] { return checkRange("size_bytes", image.sizeBytes, 0, std::int64_t(Qcow2Writer::largest)); })
        .and_then([&] { return draft.put(image); });
}

}
