// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/moves.h"

#include <algorithm>
#include <sstream>

namespace portulan::site::embedded {

namespace {

std::string wordsOf(const Received &received)
{
    std::string words = std::string(toString(received.object.kind)) + ' ' + received.object.id;
    for (const auto &volume : received.volumes) {
        words += ' ' + volume.id;
    }
    return words;
}

/// The id it had at the source if nobody here has or had it, else a new one.
Result<ObjectId> settle(Draft &draft, ObjectKind kind, const std::string &there, const ObjectId &chosen)
{
    if (!chosen.id.empty()) {
        return draft.newId(kind, chosen.id);
    }
    const auto same = draft.newId(kind, there);
    return same || same.error().reason != Reason::AlreadyExists ? same : draft.newId(kind, {});
}

template <typename T>
void arrive(T &thing, const ObjectId &id, const std::string &project)
{
    thing.id = id;
    thing.project = project;
    thing.custody = Custody::Incoming;
    thing.retainedUntil = {};
    thing.movedTo.clear();
}

}

std::optional<Received> Moves::known(const std::string &migration)
{
    std::istringstream words(m_plant.store.note("arrival:" + migration));
    std::string kind;
    Received received;
    if (!(words >> kind >> received.object.id)) {
        return std::nullopt;
    }
    received.object = m_plant.store.id(objectKindFrom(kind).value_or(ObjectKind::Instance), received.object.id);
    for (std::string volume; words >> volume;) {
        received.volumes.push_back(m_plant.store.id(ObjectKind::Volume, volume));
    }
    received.prefilled = filledFrom(m_plant.store.note(filledKey(migration)));
    return received;
}

Result<> Moves::prepareVolumes(Draft &draft, const Arrival &arrival, Berth &berth, const std::string &instance)
{
    berth.received.volumes.resize(arrival.volumes.size());
    for (std::size_t i = 0; i < arrival.volumes.size(); ++i) {
        Volume volume = arrival.volumes[i];
        const auto id = settle(draft, ObjectKind::Volume, volume.id.id, berth.received.volumes[i]);
        if (!id) {
            return tl::unexpected(id.error());
        }
        berth.received.volumes[i] = *id;
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
    return {};
}

/// It comes back to the networks and the image it was of, unless it has others by now.
void Moves::resume(Draft &draft, const Former &former, Instance &instance)
{
    const auto kept = draft.get<Instance>(former.object);
    if (!kept || kept->custody != Custody::Retained) {
        return;
    }
    instance.networkIds = instance.networkIds.empty() ? kept->networkIds : instance.networkIds;
    instance.imageId = instance.imageId.empty() ? kept->imageId : instance.imageId;
}

Result<> Moves::prepare(Draft &draft, const Arrival &arrival, Berth &berth)
{
    Received &received = berth.received;
    Result<> done;
    if (arrival.instance) {
        Instance instance = *arrival.instance;
        const auto id = settle(draft, ObjectKind::Instance, instance.id.id, received.object);
        if (!id) {
            return tl::unexpected(id.error());
        }
        received.object = *id;
        arrive(instance, *id, arrival.project);
        instance.state = PowerState::Stopped;
        instance.stateNote.clear();
        if (arrival.former) {
            resume(draft, *arrival.former, instance);
        }
        // What is only known at the source stays there.
        std::erase_if(instance.networkIds, [&](const std::string &n) { return !draft.has(m_plant.store.id(ObjectKind::Network, n)); });
        if (!draft.has(m_plant.store.id(ObjectKind::Image, instance.imageId))) {
            instance.imageId.clear();
        }
        done = checkCommon(instance.name, instance.labels).and_then([&] { return prepareVolumes(draft, arrival, berth, id->id); }).and_then([&] {
            instance.volumeIds.clear();
            for (const auto &volume : received.volumes) {
                instance.volumeIds.push_back(volume.id);
            }
            return draft.put(instance);
        });
    } else if (arrival.dataSet) {
        DataSet set = *arrival.dataSet;
        const auto id = settle(draft, ObjectKind::DataSet, set.id.id, received.object);
        if (!id) {
            return tl::unexpected(id.error());
        }
        received.object = *id;
        arrive(set, *id, arrival.project);
        done = checkCommon(set.name, set.labels);
        for (std::size_t i = 0; i < arrival.objects.size(); ++i) {
            const std::string file = i < berth.files.size() ? berth.files[i] : std::string();
            done = done.and_then([&] { return checkKey(arrival.objects[i].key); }).and_then([&] {
                return draft.putObject(id->id, arrival.objects[i], file);
            });
        }
        done = done.and_then([&] { return draft.tally(set); }).and_then([&] { return draft.put(set); });
    } else if (arrival.image) {
        Image image = *arrival.image;
        const auto id = settle(draft, ObjectKind::Image, image.id.id, received.object);
        if (!id) {
            return tl::unexpected(id.error());
        }
        received.object = *id;
        arrive(image, *id, arrival.project);
        image.format = "qcow2";
        image.fileBytes = 0;
        image.sha256.clear(); // of another file
        done = checkCommon(image.name, image.labels)
                   .and_then([&] { return checkRange("size_bytes", image.sizeBytes, 0, std::int64_t(Qcow2Writer::largest)); })
                   .and_then([&] { return draft.put(image); });
    } else {
        done = prepareVolumes(draft, arrival, berth, {});
        received.object = received.volumes.empty() ? ObjectId {} : received.volumes.front();
    }
    return done.and_then([&] { return draft.note("arrival:" + arrival.migration, wordsOf(received)); })
        .and_then([&] { return draft.note(filledKey(arrival.migration), wordOf(received.prefilled)); })
        .and_then(
            [&] { return draft.note("arrival-of:" + std::string(toString(received.object.kind)) + ':' + received.object.id, arrival.migration); });
}

Result<> Moves::makeFiles(const Arrival &arrival, Berth &berth)
{
    for (std::size_t i = 0; i < arrival.volumes.size(); ++i) {
        auto made = Qcow2Writer::create(m_plant.layout.disk(berth.received.volumes[i].id), static_cast<std::uint64_t>(arrival.volumes[i].sizeBytes));
        if (!made) {
            return made;
        }
    }
    if (arrival.image) {
        auto made = Qcow2Writer::create(m_plant.layout.image(berth.received.object.id), static_cast<std::uint64_t>(arrival.image->sizeBytes));
        if (!made) {
            return made;
        }
    }
    return makeObjectFiles(arrival.objects, berth.files);
}

void Moves::removeFiles(const Berth &berth)
{
    for (const auto &volume : berth.received.volumes) {
        m_volumes.erase(volume.id);
    }
    if (berth.received.object.kind == ObjectKind::Image && !berth.received.object.id.empty()) {
        removeFile(m_plant.layout.image(berth.received.object.id));
    }
    m_dataSets.erase(berth.files);
}

Result<Received> Moves::receive(const Arrival &arrival)
{
    const auto held = m_plant.locks.hold({{arrival.migration, ObjectKind::Operation, {}}}); // the same arrival asked for twice at once
    if (!held) {
        return tl::unexpected(held.error());
    }
    if (const auto before = known(arrival.migration)) {
        return *before;
    }
    const int kinds = (arrival.instance ? 1 : 0) + (arrival.dataSet ? 1 : 0) + (arrival.image ? 1 : 0)
        + (!arrival.instance && arrival.volumes.size() == 1 ? 1 : 0);
    if (kinds != 1 || (arrival.dataSet && !arrival.volumes.empty()) || arrival.migration.empty()) {
        return refuse(Reason::InvalidArgument, {{"field", "arrival"}, {"expected", "one instance, volume, image or data set"}});
    }
    Berth berth;
    auto done = demandRoom(m_plant, roomFor(arrival)).and_then([&] {
        return m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, arrival, berth); });
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    done = makeFiles(arrival, berth);
    if (done && arrival.former) {
        done = fillFromFormer(arrival, berth);
    }
    done = done.and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft, arrival, berth); }); });
    if (!done) {
        removeFiles(berth);
        return tl::unexpected(done.error());
    }
    return berth.received;
}

}
