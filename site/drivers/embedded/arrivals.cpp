// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/moves.h"

#include "site/drivers/record/arriving.h"

namespace portulan::site::embedded {

std::optional<Received> Moves::known(const std::string &migration)
{
    auto received = receivedBefore(m_plant.store, migration);
    if (received) {
        received->prefilled = filledFrom(m_plant.store.note(filledKey(migration)));
    }
    return received;
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
        done = berthInstance(draft, arrival, received, [&](Instance &instance) {
            instance.firmware.clear(); // its machines are all alike
            instance.diskBus.clear();
            instance.nicModel.clear();
            if (arrival.former) {
                resume(draft, *arrival.former, instance);
            }
        });
    } else if (arrival.dataSet) {
        DataSet set = *arrival.dataSet;
        const auto id = berthId(draft, ObjectKind::DataSet, set.id.id, received.object);
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
        done = berthImage(draft, arrival, received);
    } else {
        done = berthVolumes(draft, arrival, received, {});
    }
    return done.and_then([&] { return draft.note(filledKey(arrival.migration), wordOf(received.prefilled)); }).and_then([&] {
        return noteReceived(draft, arrival.migration, received);
    });
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
    if (auto good = checkArrival(arrival); !good) {
        return tl::unexpected(good.error());
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
