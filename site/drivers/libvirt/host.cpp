// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/host.h"

#include "site/drivers/libvirt/describe.h"
#include "site/drivers/libvirt/follow.h"

namespace portulan::site::libvirt {

using cloud::Ref, cloud::Sighting, cloud::Sightings;

namespace {

/// What libvirt holds for an event callback: a word to this host, as long as it lives.
using Stir = std::function<void()>;

void stirred(virConnectPtr, virDomainPtr, int, int, void *opaque)
{
    (*static_cast<Stir *>(opaque))();
}
void poolStirred(virConnectPtr, virStoragePoolPtr, int, int, void *opaque)
{
    (*static_cast<Stir *>(opaque))();
}
void networkStirred(virConnectPtr, virNetworkPtr, int, int, void *opaque)
{
    (*static_cast<Stir *>(opaque))();
}
void forget(void *opaque)
{
    delete static_cast<Stir *>(opaque);
}

}

Host::Host(std::string uri, Places places, std::function<void()> stir)
    : m_uri(std::move(uri))
    , m_places(std::move(places))
    , m_stir(std::move(stir))
{
}

Host::~Host()
{
    close();
}

void Host::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_line.reset();
}

Result<Host::Line> Host::line()
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed) {
        return refuse(Reason::Cancelled);
    }
    if (m_line && ::virConnectIsAlive(m_line.get()) == 1) {
        return m_line;
    }
    m_line.reset();
    Connection connection(::virConnectOpen(m_uri.c_str()));
    if (!connection) {
        auto problem = lastProblem("connect");
        problem.reason = problem.reason == Reason::Unauthenticated ? problem.reason : Reason::Unreachable;
        problem.facts = {{"endpoint", m_uri}};
        return tl::unexpected(problem);
    }
    (void)::virConnectSetKeepAlive(connection.get(), 5, 3);
    m_name = textOf(::virConnectGetHostname(connection.get()));
    listen(connection.get());
    m_line = Line(connection.release(), ::virConnectClose);
    return m_line;
}

/// A daemon that has no such events is looked at from time to time all the same.
void Host::listen(virConnectPtr connection)
{
    (void)::virConnectDomainEventRegisterAny(
        connection, nullptr, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(stirred), new Stir(m_stir), forget);
    (void)::virConnectStoragePoolEventRegisterAny(
        connection, nullptr, VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE, VIR_STORAGE_POOL_EVENT_CALLBACK(poolStirred), new Stir(m_stir), forget);
    (void)::virConnectNetworkEventRegisterAny(
        connection, nullptr, VIR_NETWORK_EVENT_ID_LIFECYCLE, VIR_NETWORK_EVENT_CALLBACK(networkStirred), new Stir(m_stir), forget);
}

Result<Host::Facts> Host::facts()
{
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    Facts facts;
    unsigned long version = 0;
    const char *type = ::virConnectGetType(line->get());
    if (type && ::virConnectGetVersion(line->get(), &version) == 0) {
        facts.hypervisor = std::string(type) + ' ' + std::to_string(version / 1'000'000) + '.' + std::to_string(version / 1000 % 1000) + '.'
            + std::to_string(version % 1000);
    }
    virNodeInfo node {};
    if (::virNodeGetInfo(line->get(), &node) != 0) {
        return lastRefusal("node");
    }
    facts.measured.vcpus = node.cpus;
    facts.measured.ramBytes = static_cast<std::int64_t>(node.memory) * 1024;
    const Pool pool(::virStoragePoolLookupByName(line->get(), m_places.pool.c_str()));
    virStoragePoolInfo room {};
    if (pool && ::virStoragePoolGetInfo(pool.get(), &room) == 0) {
        facts.measured.storageBytes = static_cast<std::int64_t>(room.capacity);
    }
    return facts;
}

std::int64_t Host::freeBytes()
{
    const auto line = this->line();
    return line ? static_cast<std::int64_t>(::virNodeGetFreeMemory(line->get())) : -1;
}

Result<Domain> Host::domain(const std::string &uuid)
{
    return line().and_then([&](const Line &line) {
        Domain found(::virDomainLookupByUUIDString(line.get(), uuid.c_str()));
        return found ? Result<Domain>(std::move(found)) : lastRefusal("domain");
    });
}

Result<StorageVolume> Host::volume(const std::string &word)
{
    return line().and_then([&](const Line &line) {
        StorageVolume found(::virStorageVolLookupByPath(line.get(), word.substr(word.find(':') + 1).c_str()));
        return found ? Result<StorageVolume>(std::move(found)) : lastRefusal("volume");
    });
}

Result<Instance> Host::instanceOf(virDomainPtr domain)
{
    int state = 0;
    if (::virDomainGetState(domain, &state, nullptr, 0) != 0) {
        return lastRefusal("state");
    }
    const auto xml = textOf(::virDomainGetXMLDesc(domain, 0));
    const auto facts = xml.empty() ? Result<DomainFacts>(lastRefusal("description")) : domainFrom(xml);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    Instance instance;
    instance.id = {{}, ObjectKind::Instance, facts->uuid};
    instance.name = facts->name;
    instance.vcpus = facts->vcpus;
    instance.ramBytes = facts->ramBytes;
    instance.state = powerStateOf(state);
    instance.firmware = facts->firmware;
    instance.diskBus = facts->diskBus;
    instance.nicModel = facts->nicModel;
    for (const auto &disk : facts->disks) {
        instance.volumeIds.push_back(wordOf(disk));
    }
    for (const auto &network : facts->networks) {
        char uuid[VIR_UUID_STRING_BUFLEN] = "";
        const HostNetwork found(::virNetworkLookupByName(::virDomainGetConnect(domain), network.c_str()));
        if (found && ::virNetworkGetUUIDString(found.get(), uuid) == 0) {
            instance.networkIds.emplace_back(uuid);
        }
    }
    return instance;
}

Result<Sighting> Host::sightingOf(virStorageVolPtr volume)
{
    const auto xml = textOf(::virStorageVolGetXMLDesc(volume, 0));
    const auto facts = xml.empty() ? Result<VolumeFacts>(lastRefusal("volume")) : volumeFrom(xml);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const auto fill = [&](auto thing, ObjectKind kind) {
        thing.id = {{}, kind, wordOf(facts->path)};
        thing.name = facts->name;
        thing.format = facts->format;
        thing.sizeBytes = facts->sizeBytes;
        return thing;
    };
    const Pool pool(::virStoragePoolLookupByVolume(volume));
    const char *name = pool ? ::virStoragePoolGetName(pool.get()) : nullptr;
    if (name && m_places.imagePool == name) {
        auto image = fill(Image {}, ObjectKind::Image);
        image.fileBytes = facts->allocatedBytes;
        return Sighting(image);
    }
    auto seen = fill(Volume {}, ObjectKind::Volume);
    seen.allocatedBytes = facts->allocatedBytes;
    return Sighting(seen);
}

Result<Sighting> Host::sightingOf(virNetworkPtr network)
{
    return networkFrom(textOf(::virNetworkGetXMLDesc(network, 0))).map([](const NetworkFacts &facts) {
        Network seen;
        seen.id = {{}, ObjectKind::Network, facts.uuid};
        seen.name = facts.name;
        seen.kind = facts.kind;
        seen.cidr = facts.cidr;
        return Sighting(seen);
    });
}

Result<Sighting> Host::lookAtNetwork(const std::string &uuid)
{
    return line().and_then([&](const Line &line) -> Result<Sighting> {
        const HostNetwork found(::virNetworkLookupByUUIDString(line.get(), uuid.c_str()));
        return found ? sightingOf(found.get()) : lastRefusal("network");
    });
}

Result<> Host::lookAtPools(const Line &line, Sightings &into)
{
    virStoragePoolPtr *pools = nullptr;
    const int count = ::virConnectListAllStoragePools(line.get(), &pools, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    if (count < 0) {
        return lastProblem("pools").reason == Reason::Unsupported ? Result<>() : lastRefusal("pools");
    }
    for (const auto &pool : owned<Pool>(pools, count)) {
        virStorageVolPtr *volumes = nullptr;
        const int many = ::virStoragePoolListAllVolumes(pool.get(), &volumes, 0);
        if (many < 0) {
            return lastRefusal("volumes");
        }
        for (const auto &one : owned<StorageVolume>(volumes, many)) {
            const char *name = ::virStorageVolGetName(one.get());
            if (!name || std::string_view(name).ends_with(scratchEnding)) {
                continue;
            }
            auto seen = sightingOf(one.get());
            if (seen) { // one that is gone meanwhile is not seen
                into.seen.push_back(std::move(*seen));
            } else if (seen.error().reason != Reason::NotFound) {
                return tl::unexpected(seen.error());
            }
        }
    }
    return {};
}

Result<> Host::look(Sightings &into)
{
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    virNetworkPtr *networks = nullptr;
    const int netCount = ::virConnectListAllNetworks(line->get(), &networks, 0);
    for (const auto &one : owned<HostNetwork>(networks, netCount)) { // a host without network driver has none
        if (auto network = sightingOf(one.get())) {
            into.seen.push_back(std::move(*network));
        }
    }
    if (auto pools = lookAtPools(*line, into); !pools) {
        return pools;
    }
    virDomainPtr *domains = nullptr;
    const int count = ::virConnectListAllDomains(line->get(), &domains, 0);
    if (count < 0) {
        return lastRefusal("domains");
    }
    for (const auto &one : owned<Domain>(domains, count)) {
        auto seen = instanceOf(one.get());
        if (seen) {
            if (auto moments = snapshotsOf(one.get(), *seen, into.seen); !moments) {
                return moments;
            }
            into.seen.emplace_back(std::move(*seen));
        } else if (seen.error().reason != Reason::NotFound) {
            return tl::unexpected(seen.error());
        }
    }
    return {};
}

}
