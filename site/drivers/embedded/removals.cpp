// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What goes, with its bytes: a copy whose retention has ended, or what was arriving and is given up.
#include "site/drivers/embedded/moves.h"

#include "site/drivers/record/arriving.h"
#include "site/drivers/record/custody.h"

#include <set>
#include <unistd.h>

namespace portulan::site::embedded {

Result<> Moves::takeOff(Draft &draft, const ObjectId &object, Custody demanded)
{
    const auto demand = [demanded](Custody custody) { return custody == demanded ? Result<>() : Result<>(notReady(toString(custody))); };
    if (const auto migration = forgetReceived(draft, object); !migration.empty()) {
        (void)draft.note(filledKey(migration), {});
    }
    switch (object.kind) {
    case ObjectKind::Instance: {
        const auto instance = draft.get<Instance>(object);
        return instance ? demand(instance->custody).map([&] { m_instances.remove(draft, *instance, true); }) : tl::unexpected(instance.error());
    }
    case ObjectKind::Volume: {
        const auto volume = draft.get<Volume>(object);
        return volume ? demand(volume->custody).map([&] { m_volumes.remove(draft, object); }) : tl::unexpected(volume.error());
    }
    case ObjectKind::Image: { // while disks of this site rest on it, it stays
        const auto image = draft.get<Image>(object);
        return image ? demand(image->custody).and_then([&] { return m_volumes.removeImage(draft, object); }) : tl::unexpected(image.error());
    }
    default: {
        const auto set = draft.get<DataSet>(object);
        (void)draft.note(lotKey(object), {});
        return set ? demand(set->custody).and_then([&] { return m_dataSets.remove(draft, object); }) : tl::unexpected(set.error());
    }
    }
}

Result<> Moves::removeBytes(const ObjectId &object, const std::vector<ObjectId> &ids, const std::vector<std::string> &files)
{
    std::set<std::string> paths, directories;
    for (const auto &id : ids) {
        if (id.kind == ObjectKind::Volume) {
            m_volumes.erase(id.id);
            paths.insert(m_plant.layout.disk(id.id));
            directories.insert(m_plant.layout.root() + "/snapshots");
        }
    }
    m_dataSets.erase(files);
    std::ranges::transform(files, std::inserter(paths, paths.end()), [&](const auto &file) { return m_plant.layout.object(file); });
    if (object.kind == ObjectKind::Image) {
        removeFile(m_plant.layout.image(object.id));
        paths.insert(m_plant.layout.image(object.id));
    }
    if (object.kind == ObjectKind::Instance) {
        m_instances.sweep(object.id);
    }
    for (const auto &path : paths) {
        if (::access(path.c_str(), F_OK) == 0) {
            return refuse(Reason::Internal, {{"file", path}}, "it cannot be removed");
        }
        directories.insert(parentOf(path));
    }
    for (const auto &directory : directories) {
        if (auto synced = syncDirectory(directory); !synced) {
            return synced;
        }
    }
    return {};
}

Result<> Moves::erase(const ObjectId &object)
{
    const auto ids = withVolumes(m_plant.store, object);
    const auto held = ids ? m_plant.locks.hold(*ids) : tl::unexpected(ids.error());
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto files = object.kind == ObjectKind::DataSet ? m_dataSets.filesOf(object) : std::vector<std::string>();
    const auto off = [&](Draft &draft) { return takeOff(draft, object, Custody::Retained); };
    // The bytes first: as long as it is on record it is erased again, and what is off the record is gone.
    return m_plant.store.rehearse(off).and_then([&] { return removeBytes(object, *ids, files); }).and_then([&] { return m_plant.store.change(off); });
}

Result<> Moves::drop(const ObjectId &object)
{
    const auto ids = withVolumes(m_plant.store, object);
    if (!ids) {
        return ids.error().reason == Reason::NotFound ? Result<>() : tl::unexpected(ids.error());
    }
    const auto held = m_plant.locks.hold(*ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto files = object.kind == ObjectKind::DataSet ? m_dataSets.filesOf(object) : std::vector<std::string>();
    auto done = m_plant.store.change([&](Draft &draft) { return takeOff(draft, object, Custody::Incoming); });
    if (done) {
        (void)removeBytes(object, *ids, files); // what stays is swept away at the next start
    }
    return !done && done.error().reason == Reason::NotFound ? Result<>() : done;
}

}
