// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/snapshots.h"

#include "site/drivers/embedded/instances.h"
#include "site/drivers/disk/qcow2format.h"

#include <algorithm>
#include <fcntl.h>
#include <sstream>

namespace portulan::site::embedded {

namespace {

std::string keyOf(const ObjectId &snapshot)
{
    return "snapshot:" + snapshot.id;
}

}

Result<Snapshots::Plan> Snapshots::planOf(Draft &draft, const ObjectId &of)
{
    Plan plan;
    plan.inside = m_plant.hypervisor.isThere() && !m_plant.hypervisor.qemuImg.empty();
    if (of.kind == ObjectKind::Instance) {
        const auto instance = draft.get<Instance>(of);
        if (!instance) {
            return tl::unexpected(instance.error());
        }
        plan.volumes = instance->volumeIds;
        plan.instance = of.id;
    } else {
        const auto volume = draft.get<Volume>({of.site, ObjectKind::Volume, of.id});
        if (!volume) {
            return tl::unexpected(volume.error());
        }
        plan.volumes = {of.id};
        plan.instance = volume->instanceId;
    }
    return plan;
}

Result<Snapshots::Plan> Snapshots::recorded(const ObjectId &snapshot)
{
    const auto known = m_plant.store.get<Snapshot>(snapshot);
    if (!known) {
        return tl::unexpected(known.error());
    }
    Plan plan;
    plan.id = snapshot;
    std::istringstream words(m_plant.store.note(keyOf(snapshot)));
    std::string word;
    words >> word;
    plan.inside = word == "inside";
    while (words >> word) {
        if (const auto volume = m_plant.store.get<Volume>(m_plant.store.id(ObjectKind::Volume, word))) { // one may have been deleted since
            plan.volumes.push_back(word);
            plan.instance = volume->instanceId.empty() ? plan.instance : volume->instanceId;
        }
    }
    return plan;
}

std::vector<ObjectId> Snapshots::involved(const Plan &plan) const
{
    std::vector<ObjectId> ids;
    std::ranges::transform(plan.volumes, std::back_inserter(ids), [&](const auto &v) { return m_plant.store.id(ObjectKind::Volume, v); });
    if (!plan.instance.empty()) {
        ids.push_back(m_plant.store.id(ObjectKind::Instance, plan.instance));
    }
    return ids;
}

Result<> Snapshots::prepare(Draft &draft, CreateSnapshot &order, std::string_view)
{
    ObjectId id;
    return prepare(draft, order, id);
}

Result<> Snapshots::prepare(Draft &draft, CreateSnapshot &order, ObjectId &id)
{
    if (auto good = checkDisplayName("name", order.name); !good) {
        return good;
    }
    const auto plan = planOf(draft, order.of);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (plan->volumes.empty()) {
        return notReady("no_volumes");
    }
    const auto chosen = draft.newId(ObjectKind::Snapshot, id.id);
    if (!chosen) {
        return tl::unexpected(chosen.error());
    }
    id = *chosen;
    Snapshot snapshot;
    snapshot.id = *chosen;
    snapshot.name = order.name;
    (order.of.kind == ObjectKind::Instance ? snapshot.instanceId : snapshot.volumeId) = order.of.id;
    std::string note = plan->inside ? "inside" : "copy";
    for (const auto &volumeId : plan->volumes) {
        const auto volume = draft.get<Volume>(m_plant.store.id(ObjectKind::Volume, volumeId));
        if (!volume) {
            return tl::unexpected(volume.error());
        }
        // Without QEMU nobody can see a moment of a disk that is being written.
        if (auto quiet = plan->inside ? demandOwned(volume->custody) : m_volumes.demandQuiet(draft, *volume); !quiet) {
            return quiet;
        }
        snapshot.project = volume->project;
        snapshot.sizeBytes += volume->sizeBytes;
        note += ' ' + volumeId;
    }
    const auto instance = draft.get<Instance>(m_plant.store.id(ObjectKind::Instance, plan->instance));
    if (instance && (instance->state == PowerState::Starting || instance->state == PowerState::Stopping)) {
        return notReady(toString(instance->state));
    }
    return draft.put(snapshot).and_then([&] { return draft.note(keyOf(id), note); });
}

Result<ObjectId> Snapshots::perform(CreateSnapshot order, std::string_view, Progress &progress)
{
    Plan plan;
    auto done = m_plant.store.rehearse([&](Draft &draft) { return planOf(draft, order.of).map([&](Plan found) { plan = std::move(found); }); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto held = m_plant.locks.hold(involved(plan));
    if (!held) {
        return tl::unexpected(held.error());
    }
    done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, plan.id); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    done = take(plan, progress).and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, plan.id); }); });
    if (!done) {
        (void)drop(plan);
    }
    return done.map([&] { return plan.id; });
}

Result<> Snapshots::take(const Plan &plan, Progress &progress)
{
    if (const auto machine = m_plant.running(plan.instance); machine && plan.inside) {
        auto actions = Qmp::Json::array();
        for (const auto &volume : plan.volumes) {
            actions.push_back({{"type", "blockdev-snapshot-internal-sync"}, {"data", {{"device", nodeName(volume)}, {"name", plan.id.id}}}});
        }
        return machine->qmp().execute("transaction", {{"actions", actions}}).map([](const Qmp::Json &) {});
    }
    for (const auto &volume : plan.volumes) {
        if (progress.isCancelled()) {
            return refuse(Reason::Cancelled);
        }
        const auto done
            = plan.inside ? imageTool("-c", plan.id, volume) : copyFile(m_plant.layout.disk(volume), m_plant.layout.snapshotCopy(plan.id.id, volume));
        if (!done) {
            return done;
        }
    }
    return {};
}

Result<> Snapshots::imageTool(const std::string &action, const ObjectId &snapshot, const std::string &volume)
{
    std::string file;
    for (const char c : m_plant.layout.disk(volume)) {
        file += c == ',' ? ",," : std::string(1, c);
    }
    return runTool(
        {{m_plant.hypervisor.qemuImg, "snapshot", action, snapshot.id, "--image-opts", "driver=qcow2,file.driver=file,file.filename=" + file}, {}, -1,
            -1},
        {}, {})
        .map([](const std::string &) {});
}

Result<> Snapshots::drop(const Plan &plan)
{
    Result<> done;
    const auto machine = m_plant.running(plan.instance);
    for (const auto &volume : plan.volumes) {
        if (!plan.inside) {
            removeFile(m_plant.layout.snapshotCopy(plan.id.id, volume));
        } else if (machine) {
            const auto dropped
                = machine->qmp().execute("blockdev-snapshot-delete-internal-sync", {{"device", nodeName(volume)}, {"name", plan.id.id}});
            done = dropped ? done : tl::unexpected(dropped.error());
        } else if (const auto dropped = imageTool("-d", plan.id, volume); !dropped) {
            done = dropped;
        }
    }
    return done;
}

Result<> Snapshots::prepare(Draft &draft, RevertSnapshot &order, std::string_view etag)
{
    const auto snapshot = draft.get<Snapshot>(order.snapshot);
    if (!snapshot) {
        return tl::unexpected(snapshot.error());
    }
    if (auto good = demandEtag(*snapshot, etag); !good) {
        return good;
    }
    std::istringstream words(draft.note(keyOf(order.snapshot)));
    std::string volumeId;
    words >> volumeId;
    if (volumeId == "inside" && m_plant.hypervisor.qemuImg.empty()) {
        return refuse(Reason::Unsupported, {{"what", "snapshot.revert"}}, "qemu-img is gone");
    }
    while (words >> volumeId) {
        auto volume = draft.get<Volume>(m_plant.store.id(ObjectKind::Volume, volumeId));
        if (!volume) {
            return notReady("volume_deleted");
        }
        if (auto quiet = m_volumes.demandQuiet(draft, *volume); !quiet) {
            return quiet;
        }
        if (const auto instance = draft.get<Instance>(m_plant.store.id(ObjectKind::Instance, volume->instanceId));
            instance && instance->state == PowerState::RecordedOnly) {
            return notReady(toString(instance->state));
        }
    }
    return {};
}

Result<ObjectId> Snapshots::perform(RevertSnapshot order, std::string_view etag, Progress &)
{
    const auto plan = recorded(order.snapshot);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    const auto held = m_plant.locks.hold(involved(*plan));
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); }).and_then([&] { return revert(*plan); });
    // The disk may have been grown since; its record follows the header.
    done = done.and_then([&] {
        return m_plant.store.change([&](Draft &draft) -> Result<> {
            for (const auto &volumeId : plan->volumes) {
                auto volume = draft.get<Volume>(m_plant.store.id(ObjectKind::Volume, volumeId));
                const std::string path = m_plant.layout.disk(volumeId);
                const auto file = openFile(path, O_RDONLY);
                const auto header = file ? qcow2::readHeader(file->get(), path) : tl::unexpected(file.error());
                if (!volume || !header) {
                    return tl::unexpected(volume ? header.error() : volume.error());
                }
                volume->sizeBytes = static_cast<std::int64_t>(header->size);
                volume->allocatedBytes = allocatedBytes(path);
                if (auto put = draft.put(*volume); !put) {
                    return put;
                }
            }
            return {};
        });
    });
    return done.map([&] { return order.snapshot; });
}

Result<> Snapshots::revert(const Plan &plan)
{
    std::vector<std::string> copies;
    for (const auto &volume : plan.volumes) {
        if (plan.inside) {
            if (auto done = imageTool("-a", plan.id, volume); !done) {
                return done;
            }
            continue;
        }
        copies.push_back(m_plant.layout.scrap(".qcow2"));
        const Scrap scrap(copies.back());
        const auto done = copyFile(m_plant.layout.snapshotCopy(plan.id.id, volume), copies.back()).and_then([&] {
            return renameDurably(copies.back(), m_plant.layout.disk(volume));
        });
        if (!done) {
            return done;
        }
    }
    return {};
}

Result<> Snapshots::prepare(Draft &draft, DeleteSnapshot &order, std::string_view etag)
{
    const auto snapshot = draft.get<Snapshot>(order.snapshot);
    if (!snapshot) {
        return tl::unexpected(snapshot.error());
    }
    if (auto good = demandEtag(*snapshot, etag); !good) {
        return good;
    }
    draft.remove(order.snapshot);
    return draft.note(keyOf(order.snapshot), {});
}

Result<ObjectId> Snapshots::perform(DeleteSnapshot order, std::string_view etag, Progress &)
{
    const auto plan = recorded(order.snapshot);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    const auto held = m_plant.locks.hold(involved(*plan));
    if (!held) {
        return tl::unexpected(held.error());
    }
    return m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); })
        .and_then([&] { return drop(*plan); })
        .and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); }); })
        .map([&] { return order.snapshot; });
}

}
