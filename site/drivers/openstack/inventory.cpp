// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/instant.h"
#include "site/drivers/openstack/describe.h"
#include "site/drivers/openstack/openstack.h"
#include "site/drivers/openstack/project.h"

#include <algorithm>
#include <set>

namespace portulan::site::openstack {

using namespace cloud;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t mib = 1 << 20, gib = 1 << 30;
constexpr auto overlap = 5s; ///< changes of the same second may come late

std::string refPath(const Ref &ref)
{
    const char *collection = ref.kind == ObjectKind::Instance ? "/servers/"
        : ref.kind == ObjectKind::Volume                      ? "/volumes/"
        : ref.kind == ObjectKind::Image                       ? "/images/"
        : ref.kind == ObjectKind::Snapshot                    ? "/snapshots/"
                                                              : "/networks/";
    return collection + escaped(ref.word);
}

CloudFacts known()
{
    CloudFacts facts;
    facts.stack = Stack::OpenStack;
    facts.hypervisor = "OpenStack Nova"; // its kind is told to administrators only
    facts.capabilities
        = {"console", "image.create", "image.delete", "instance.create", "instance.delete", "instance.reboot", "instance.resize", "instance.start",
            "instance.stop", "instance.update", "migrate", "migrate.in", "network.create", "network.delete", "snapshot.create", "snapshot.delete",
            "snapshot.revert", "volume.attach", "volume.create", "volume.create.image", "volume.delete", "volume.detach", "volume.resize"};
    return facts;
}

}

OpenStack::OpenStack(Session::Settings settings)
    : m_session(std::move(settings))
    , m_facts(known())
{
}

void OpenStack::close()
{
    m_isClosed = true;
    m_session.close();
}

CloudFacts OpenStack::facts()
{
    const std::lock_guard lock(m_mutex);
    return m_facts;
}

/// Of the cloud, if it lets us see that; else of the project's quota.
Result<CloudFacts> OpenStack::capacity()
{
    auto facts = known();
    const auto statistics = m_session.get(Service::Compute, "/os-hypervisors/statistics");
    if (statistics) {
        const auto &sum = in(*statistics, "hypervisor_statistics");
        facts.measured = {numberIn(sum, "vcpus"), numberIn(sum, "memory_mb") * mib, numberIn(sum, "local_gb") * gib};
        facts.used = Amounts {numberIn(sum, "vcpus_used"), numberIn(sum, "memory_mb_used") * mib, numberIn(sum, "local_gb_used") * gib};
        const auto hosts = m_session.get(Service::Compute, "/os-hypervisors/detail?limit=1");
        const auto &known = hosts ? listIn(*hosts, "hypervisors") : Json::array();
        const auto kind = known.empty() ? std::string() : wordIn(known.front(), "hypervisor_type");
        facts.hypervisor = kind.empty() ? facts.hypervisor : "OpenStack Nova (" + kind + ')';
    } else if (statistics.error().reason != Reason::NotAuthorised && statistics.error().reason != Reason::NotFound) {
        return tl::unexpected(statistics.error());
    }
    if (!statistics) {
        const auto limits = m_session.get(Service::Compute, "/limits");
        if (!limits) {
            return tl::unexpected(limits.error());
        }
        const auto &all = in(in(*limits, "limits"), "absolute");
        facts.measured = {numberIn(all, "maxTotalCores"), numberIn(all, "maxTotalRAMSize") * mib, 0}; // -1, no limit, reads as not told
        facts.used = Amounts {numberIn(all, "totalCoresUsed"), numberIn(all, "totalRAMUsed") * mib, 0};
    }
    const auto hasVolumes = m_session.has(Service::Volume);
    if (!hasVolumes || !*hasVolumes) {
        return hasVolumes ? Result<CloudFacts>(facts) : tl::unexpected(hasVolumes.error());
    }
    const auto limits = m_session.get(Service::Volume, "/limits");
    const auto pools = m_session.get(Service::Volume, "/scheduler-stats/get_pools?detail=true");
    if (pools && !listIn(*pools, "pools").empty()) {
        std::int64_t total = 0, free = 0;
        for (const auto &pool : listIn(*pools, "pools")) {
            total += numberIn(in(pool, "capabilities"), "total_capacity_gb") * gib; // "infinite" and "unknown" read as none
            free += numberIn(in(pool, "capabilities"), "free_capacity_gb") * gib;
        }
        facts.measured.storageBytes = total;
        facts.used->storageBytes = std::max<std::int64_t>(total - free, 0);
    } else if (limits) {
        const auto &all = in(in(*limits, "limits"), "absolute");
        facts.measured.storageBytes = numberIn(all, "maxTotalVolumeGigabytes") * gib;
        facts.used->storageBytes = numberIn(all, "totalGigabytesUsed") * gib;
    }
    return facts;
}

/// Networks, and their ids by name where the name is one's alone.
Result<> OpenStack::lookAtNetworks(Sightings &into)
{
    std::map<std::string, std::string> byName;
    std::set<std::string> shared;
    auto done = m_session.each(Service::Network, "/networks?limit=1000", "networks", [&](const Json &json) {
        auto network = networkFrom(json);
        if (!byName.emplace(network.name, network.id.id).second) {
            shared.insert(network.name);
        }
        into.seen.emplace_back(std::move(network));
    });
    std::erase_if(byName, [&](const auto &each) { return shared.contains(each.first); });
    const std::lock_guard lock(m_mutex);
    m_networks = done ? std::move(byName) : m_networks;
    return done;
}

/// All, or the last changed first until those of before `since`. What is gone only a whole look tells.
Result<> OpenStack::lookAtVolumes(Sightings &into, const std::string &since)
{
    const auto from = instantFrom(since);
    const auto path = from ? "/volumes/detail?limit=100&sort=updated_at:desc" : "/volumes/detail?limit=1000";
    return m_session.eachUntil(Service::Volume, path, "volumes", [&](const Json &volume) {
        const auto changed = wordIn(volume, "updated_at"), made = wordIn(volume, "created_at");
        if (const auto moment = instantFrom((changed.empty() ? made : changed).substr(0, 19) + 'Z'); from && moment && *moment < *from) {
            return true;
        }
        noteDevices(volume);
        if (wordIn(in(volume, "metadata"), transitKey).empty()) {
            into.seen.emplace_back(volumeFrom(volume));
        }
        return false;
    });
}

void OpenStack::noteDevices(const Json &volume)
{
    const std::lock_guard lock(m_mutex);
    const auto &attachments = listIn(volume, "attachments");
    if (attachments.empty()) {
        m_devices.erase(wordIn(volume, "id"));
    } else {
        m_devices.insert_or_assign(wordIn(volume, "id"), wordIn(attachments.front(), "device"));
    }
}

void OpenStack::order(Instance &instance)
{
    if (instance.volumeIds.size() < 2) {
        return;
    }
    const auto isKnown = [&] {
        const std::lock_guard lock(m_mutex);
        return std::ranges::all_of(instance.volumeIds, [&](const auto &id) { return m_devices.contains(id); });
    };
    if (!isKnown()) {
        const auto told = m_session.get(Service::Compute, "/servers/" + escaped(instance.id.id) + "/os-volume_attachments");
        const std::lock_guard lock(m_mutex);
        for (const auto &each : told ? listIn(*told, "volumeAttachments") : Json::array()) {
            m_devices.insert_or_assign(wordIn(each, "volumeId"), wordIn(each, "device"));
        }
    }
    const std::lock_guard lock(m_mutex);
    std::ranges::stable_sort(instance.volumeIds, {}, [&](const auto &id) {
        const auto at = m_devices.find(id);
        return at == m_devices.end() ? std::pair(std::size_t(99), std::string()) : std::pair(at->second.size(), at->second); // vdaa after vdz
    });
}

/// What a refresh does not ask for: images, snapshots.
Result<> OpenStack::lookAtStill(Sightings &into, bool hasVolumes)
{
    auto done = m_session.each(Service::Image, "/images?limit=500", "images", [&](const Json &image) {
        if (wordIn(image, "status") == "active" && wordIn(image, transitKey).empty()) {
            into.seen.emplace_back(imageFrom(image));
        }
    });
    return !hasVolumes ? done : done.and_then([&] {
        return m_session.each(Service::Volume, "/snapshots/detail?limit=1000", "snapshots", [&](const Json &snapshot) {
            if (wordIn(snapshot, "status") == "available" && wordIn(in(snapshot, "metadata"), transitKey).empty()) {
                into.seen.emplace_back(snapshotFrom(snapshot));
            }
        });
    });
}

Result<Sightings> OpenStack::look(bool isWhole)
{
    std::string since;
    std::chrono::milliseconds before {};
    {
        const std::lock_guard lock(m_mutex);
        since = m_changedUntil;
        before = m_overlap;
    }
    const auto began = std::chrono::steady_clock::now();
    Sightings found;
    found.isWhole = isWhole || since.empty();
    auto newest = since;
    std::string path = "/servers/detail?limit=1000";
    if (!found.isWhole) {
        const auto until = instantFrom(since);
        since = until ? toRfc3339(*until - before) : since;
        path += "&changes-since=" + escaped(since);
    }
    const auto hasVolumes = m_session.has(Service::Volume);
    auto done = !hasVolumes ? Result<>(tl::unexpected(hasVolumes.error())) : found.isWhole ? lookAtNetworks(found) : Result<>();
    if (done && *hasVolumes) {
        done = lookAtVolumes(found, found.isWhole ? std::string() : since);
    }
    const auto networks = this->networks();
    done = done.and_then([&] {
        return m_session.each(Service::Compute, path, "servers", [&](const Json &server) {
            newest = std::max(newest, wordIn(server, "updated"));
            if (isDeleted(server)) {
                found.gone.push_back({ObjectKind::Instance, wordIn(server, "id")});
            } else {
                auto instance = instanceFrom(server, networks);
                order(instance);
                found.seen.emplace_back(std::move(instance));
            }
        });
    });
    if (done && found.isWhole) {
        done = lookAtStill(found, *hasVolumes);
    }
    auto facts = done ? capacity() : Result<CloudFacts>(known());
    if (!done || !facts) {
        return tl::unexpected(done ? facts.error() : done.error());
    }
    const std::lock_guard lock(m_mutex);
    m_changedUntil = newest;
    // What changed while this look went through its pages may be older than the newest it saw.
    m_overlap = overlap + std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    m_facts = std::move(*facts);
    return found;
}

std::map<std::string, std::string> OpenStack::networks()
{
    const std::lock_guard lock(m_mutex);
    return m_networks;
}

Result<Sighting> OpenStack::look(const Ref &ref)
{
    const auto read = [&](Service service, const char *key) {
        return m_session.get(service, refPath(ref)).map([&](const Json &json) { return *key ? in(json, key) : json; });
    };
    switch (ref.kind) {
    case ObjectKind::Instance:
        return read(Service::Compute, "server").and_then([&](const Json &server) {
            auto instance = instanceFrom(server, networks());
            order(instance);
            return isDeleted(server) ? Result<Sighting>(refuse(Reason::NotFound, {{"id", ref.word}})) : Sighting(std::move(instance));
        });
    case ObjectKind::Volume:
        return read(Service::Volume, "volume").map([](const Json &volume) { return Sighting(volumeFrom(volume)); });
    case ObjectKind::Snapshot:
        return read(Service::Volume, "snapshot").map([](const Json &snapshot) { return Sighting(snapshotFrom(snapshot)); });
    case ObjectKind::Image:
        return read(Service::Image, "").map([](const Json &image) { return Sighting(imageFrom(image)); });
    default:
        return read(Service::Network, "network").map([](const Json &network) { return Sighting(networkFrom(network)); });
    }
}

std::unique_ptr<Cloud> makeCloud(Session::Settings settings)
{
    return std::make_unique<OpenStack>(std::move(settings));
}

}
