// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/fd.h"
#include "site/drivers/libvirt/describe.h"
#include "site/drivers/libvirt/host.h"
#include "site/drivers/libvirt/xml.h"

#include <fcntl.h>

namespace portulan::site::libvirt {

using cloud::Power, cloud::Ref, cloud::Sighting;

Result<Sighting> Host::look(const Ref &ref)
{
    if (ref.kind == ObjectKind::Instance) {
        return domain(ref.word).and_then(
            [&](const Domain &found) { return instanceOf(found.get()).map([](Instance instance) { return Sighting(std::move(instance)); }); });
    }
    if (ref.kind == ObjectKind::Network) {
        return lookAtNetwork(ref.word);
    }
    return ref.kind == ObjectKind::Snapshot ? lookAtSnapshot(ref.word)
                                            : volume(ref.word).and_then([&](const StorageVolume &found) { return sightingOf(found.get()); });
}

bool Host::knows(const Ref &ref)
{
    if (ref.kind == ObjectKind::Volume || ref.kind == ObjectKind::Image) {
        {
            const std::lock_guard lock(m_mutex);
            if (!ref.word.starts_with(m_name + ':')) {
                return false;
            }
        }
        return volume(ref.word).has_value(); // hosts may have the same name
    }
    return ref.kind == ObjectKind::Network ? lookAtNetwork(ref.word).has_value() : domain(ref.word.substr(0, ref.word.find('/'))).has_value();
}

Result<> Host::power(const std::string &uuid, Power power)
{
    const auto found = this->domain(uuid);
    if (!found) {
        return tl::unexpected(found.error());
    }
    auto *domain = found->get();
    int state = 0, done = -1;
    (void)::virDomainGetState(domain, &state, nullptr, 0);
    switch (power) {
    case Power::Start:
        done = state == VIR_DOMAIN_PAUSED ? ::virDomainResume(domain) : ::virDomainCreate(domain);
        break;
    case Power::Stop:
        done = ::virDomainShutdownFlags(domain, VIR_DOMAIN_SHUTDOWN_DEFAULT);
        break;
    case Power::StopNow:
        done = ::virDomainDestroyFlags(domain, VIR_DOMAIN_DESTROY_GRACEFUL);
        break;
    case Power::Reboot:
        done = ::virDomainReboot(domain, VIR_DOMAIN_REBOOT_DEFAULT);
        break;
    case Power::RebootNow:
        done = ::virDomainReset(domain, 0);
        break;
    }
    return done == 0 ? Result<>() : lastRefusal("power");
}

Result<> Host::undefine(const std::string &uuid)
{
    const auto found = this->domain(uuid);
    if (!found) {
        return tl::unexpected(found.error());
    }
    constexpr unsigned some = VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA;
    constexpr unsigned all = some | VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA;
    if (::virDomainUndefineFlags(found->get(), all) == 0) {
        return {};
    }
    // A hypervisor that has neither NVRAM nor checkpoints refuses the words for them.
    return lastProblem("undefine").reason == Reason::InvalidArgument && ::virDomainUndefineFlags(found->get(), some) == 0 ? Result<>()
                                                                                                                          : lastRefusal("undefine");
}

Result<Ref> Host::createVolume(const CreateVolume &order, const std::string &image)
{
    const auto line = this->line();
    if (!line) {
        return tl::unexpected(line.error());
    }
    cloud::NewInstance wanted;
    wanted.image = image;
    wanted.diskBytes = order.sizeBytes;
    return makeDisk(*line, wanted, nameFor(order.id, "v-") + ".qcow2").and_then([&](const StorageVolume &made) {
        const auto path = textOf(::virStorageVolGetPath(made.get()));
        return path.empty() ? Result<Ref>(lastRefusal("volume")) : Ref {ObjectKind::Volume, wordOf(path)};
    });
}

Result<> Host::resizeVolume(const std::string &word, std::int64_t bytes)
{
    return volume(word).and_then([&](const StorageVolume &found) {
        return ::virStorageVolResize(found.get(), static_cast<unsigned long long>(bytes), 0) == 0 ? Result<>() : lastRefusal("volume.resize");
    });
}

Result<> Host::deleteVolume(const std::string &word)
{
    return volume(word).and_then([&](const StorageVolume &found) {
        return ::virStorageVolDelete(found.get(), VIR_STORAGE_VOL_DELETE_NORMAL) == 0 ? Result<>() : lastRefusal("volume.delete");
    });
}

/// A console that is written to a file beside the gateway is read there; another one has no past.
Result<std::pair<std::string, std::int64_t>> Host::consoleOutput(const std::string &uuid, std::size_t maxBytes)
{
    const auto found = this->domain(uuid);
    if (!found) {
        return tl::unexpected(found.error());
    }
    const auto facts = domainFrom(textOf(::virDomainGetXMLDesc(found->get(), 0)));
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    if (facts->console.empty()) {
        return refuse(Reason::Unsupported, {{"what", "console"}}, "no serial console of this domain is written to a file");
    }
    const auto file = openFile(facts->console, O_RDONLY);
    if (!file && file.error().reason == Reason::NotFound) { // it has not run yet
        return std::pair(std::string(), std::int64_t(0));
    }
    const auto size = file ? fileSize(file->get()) : tl::unexpected(file.error());
    if (!size) {
        return tl::unexpected(size.error());
    }
    const std::uint64_t length = std::min<std::uint64_t>(*size, maxBytes), from = *size - length;
    std::string text(length, '\0');
    return readAt(file->get(), from, std::as_writable_bytes(std::span(text))).map([&] {
        return std::pair(std::move(text), static_cast<std::int64_t>(from));
    });
}

}
