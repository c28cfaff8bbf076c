// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Moments of a domain's disks, kept within them (qcow2), of one that runs with its memory. A word for one: "<uuid>/<name>".
#include "site/drivers/libvirt/describe.h"
#include "site/drivers/libvirt/host.h"
#include "site/drivers/libvirt/xml.h"

namespace portulan::site::libvirt {

using cloud::NewImage, cloud::NewSnapshot, cloud::Ref, cloud::Sighting;

namespace {
using Moment = std::unique_ptr<virDomainSnapshot, Release<virDomainSnapshotFree>>;

Result<Moment> momentOf(virDomainPtr domain, const std::string &word)
{
    Moment found(::virDomainSnapshotLookupByName(domain, word.substr(word.find('/') + 1).c_str(), 0));
    return found ? Result<Moment>(std::move(found)) : lastRefusal("snapshot");
}
}

Result<> Host::snapshotsOf(virDomainPtr domain, const Instance &instance, std::vector<Sighting> &into)
{
    virDomainSnapshotPtr *list = nullptr;
    const int count = ::virDomainListAllSnapshots(domain, &list, 0);
    if (count < 0) {
        const auto problem = lastProblem("snapshots");
        return problem.reason == Reason::Unsupported || problem.reason == Reason::NotFound ? Result<>() : Result<>(tl::unexpected(problem));
    }
    for (const auto &one : owned<Moment>(list, count)) {
        pugi::xml_document about;
        const char *name = ::virDomainSnapshotGetName(one.get());
        const auto xml = textOf(::virDomainSnapshotGetXMLDesc(one.get(), 0));
        if (!name || !about.load_string(xml.c_str())) {
            continue; // gone meanwhile
        }
        Snapshot snapshot;
        snapshot.id = {{}, ObjectKind::Snapshot, instance.id.id + '/' + name};
        const std::string description = about.child("domainsnapshot").child_value("description");
        snapshot.name = description.empty() ? name : description;
        snapshot.instanceId = instance.id.id;
        for (const auto &word : instance.volumeIds) {
            virStorageVolInfo info {};
            const auto disk = volume(word);
            snapshot.sizeBytes += disk && ::virStorageVolGetInfo(disk->get(), &info) == 0 ? static_cast<std::int64_t>(info.capacity) : 0;
        }
        into.emplace_back(std::move(snapshot));
    }
    return {};
}

/// Of a machine; so also of the disk of one that has no other.
Result<Ref> Host::createSnapshot(const NewSnapshot &wanted)
{
    auto uuid = wanted.of.word;
    if (wanted.of.kind == ObjectKind::Volume) {
        const auto owner = ownerOf(wanted.of.word);
        if (!owner) {
            return tl::unexpected(owner.error());
        }
        uuid = *owner;
    }
    const auto found = domain(uuid);
    if (!found) {
        return tl::unexpected(found.error());
    }
    pugi::xml_document form;
    auto root = form.append_child("domainsnapshot");
    put(root, "name", wanted.id);
    put(root, "description", wanted.name);
    const Moment made(::virDomainSnapshotCreateXML(found->get(), textOf(form).c_str(), 0));
    return made ? Result<Ref>(Ref {ObjectKind::Snapshot, uuid + '/' + wanted.id}) : lastRefusal("snapshot.create");
}

/// The machine that has this disk and no other; libvirt keeps no moments of a disk alone.
Result<std::string> Host::ownerOf(const std::string &word)
{
    cloud::Sightings all;
    if (auto looked = look(all); !looked) {
        return tl::unexpected(looked.error());
    }
    for (const auto &thing : all.seen) {
        const auto *instance = std::get_if<Instance>(&thing);
        if (instance && instance->volumeIds == std::vector {word}) {
            return instance->id.id;
        }
    }
    return refuse(Reason::Unsupported, {{"what", "snapshot.create.volume"}}, "libvirt takes snapshots of machines");
}

/// Its disks only: a machine that ran then does not run now.
Result<> Host::revertSnapshot(const std::string &word)
{
    const auto found = domain(word.substr(0, word.find('/')));
    const auto moment = found ? momentOf(found->get(), word) : tl::unexpected(found.error());
    if (!moment) {
        return tl::unexpected(moment.error());
    }
    pugi::xml_document about;
    (void)about.load_string(textOf(::virDomainSnapshotGetXMLDesc(moment->get(), 0)).c_str());
    const bool ran = std::string_view(about.child("domainsnapshot").child_value("state")) != "shutoff";
    if (::virDomainRevertToSnapshot(moment->get(), ran ? unsigned(VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED) : 0U) != 0) {
        return lastRefusal("snapshot.revert");
    }
    return ::virDomainIsActive(found->get()) != 1 || ::virDomainDestroy(found->get()) == 0 ? Result<>() : lastRefusal("snapshot.revert");
}

Result<> Host::deleteSnapshot(const std::string &word)
{
    const auto found = domain(word.substr(0, word.find('/')));
    return found.and_then([&](const Domain &domain) { return momentOf(domain.get(), word); }).and_then([](const Moment &moment) {
        return ::virDomainSnapshotDelete(moment.get(), 0) == 0 ? Result<>() : lastRefusal("snapshot.delete");
    });
}

Result<Sighting> Host::lookAtSnapshot(const std::string &word)
{
    std::vector<Sighting> seen;
    const auto found = domain(word.substr(0, word.find('/')));
    const auto instance = found ? instanceOf(found->get()) : tl::unexpected(found.error());
    const auto done = instance ? snapshotsOf(found->get(), *instance, seen) : tl::unexpected(instance.error());
    if (!done) {
        return tl::unexpected(done.error());
    }
    for (auto &sighting : seen) {
        if (idOf(sighting).id == word) {
            return sighting;
        }
    }
    return refuse(Reason::NotFound, {{"id", word}});
}

/// A full copy, whatever stands behind the volume.
Result<Ref> Host::createImage(const NewImage &wanted)
{
    const auto line = this->line();
    const auto from = line ? volume(wanted.volume) : tl::unexpected(line.error());
    if (!from) {
        return tl::unexpected(from.error());
    }
    const Pool pool(::virStoragePoolLookupByName(line->get(), m_places.imagePool.c_str()));
    virStorageVolInfo info {};
    if (!pool || ::virStorageVolGetInfo(from->get(), &info) != 0) {
        return lastRefusal("pool");
    }
    const auto form = volumeXml(nameFor(wanted.id, "m-") + ".qcow2", static_cast<std::int64_t>(info.capacity));
    const StorageVolume made(::virStorageVolCreateXMLFrom(pool.get(), form.c_str(), from->get(), 0));
    if (!made) {
        return lastRefusal("image");
    }
    return Ref {ObjectKind::Image, wordOf(textOf(::virStorageVolGetPath(made.get())))};
}

}
