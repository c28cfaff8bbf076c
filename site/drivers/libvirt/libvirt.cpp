// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/libvirt.h"

#include "site/drivers/libvirt/eventloop.h"
#include "site/drivers/libvirt/host.h"

#include <algorithm>
#include <map>
#include <optional>

namespace portulan::site::libvirt {

using namespace cloud;

namespace {

class Hosts final : public Cloud {
public:
    explicit Hosts(Settings settings)
        : m_settings(std::move(settings))
        , m_facts(known())
    {
    }
    ~Hosts() override { close(); }

    Result<> open(std::function<void()> stir) override
    {
        demandEventLoop();
        {
            const std::lock_guard lock(m_ear->mutex);
            m_ear->stir = std::move(stir);
        }
        for (const auto &uri : m_settings.uris) {
            m_hosts.push_back(std::make_unique<Host>(
                uri, Host::Places {m_settings.pool, m_settings.imagePool, m_settings.consoleDirectory}, [ear = m_ear] { ear->hear(); }));
        }
        m_last.resize(m_hosts.size());
        return {};
    }
    void close() override
    {
        {
            const std::lock_guard lock(m_ear->mutex);
            m_ear->stir = {};
        }
        for (const auto &host : m_hosts) {
            host->close();
        }
    }
    CloudFacts facts() override
    {
        const std::lock_guard lock(m_mutex);
        return m_facts;
    }

    Result<Sightings> look(bool) override;
    Result<Sighting> look(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.look(ref); });
    }
    Result<std::pair<std::string, std::int64_t>> consoleOutput(const Ref &ref, std::size_t maxBytes) override
    {
        return at(ref, [&](Host &host) { return host.consoleOutput(ref.word, maxBytes); });
    }
    Result<> power(const Ref &ref, Power power) override
    {
        return at(ref, [&](Host &host) { return host.power(ref.word, power); });
    }
    Result<Ref> createInstance(const NewInstance &wanted) override
    {
        return !wanted.volumes.empty() ? at({ObjectKind::Volume, wanted.volumes.front()}, [&](Host &host) { return host.createInstance(wanted); })
            : !wanted.image.empty()    ? at({ObjectKind::Image, wanted.image}, [&](Host &host) { return host.createInstance(wanted); })
            : !wanted.networks.empty() ? at({ObjectKind::Network, wanted.networks.front()}, [&](Host &host) { return host.createInstance(wanted); })
                                       : roomiest().createInstance(wanted);
    }
    bool forgetsStop() const override { return true; } // a power button is pressed once
    Result<> deleteInstance(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.undefine(ref.word); });
    }
    Foresight foresee(const Arrival &arrival) override { return roomiest().foresee(arrival); }
    std::vector<Problem> leftBehind(const Ref &ref) override
    {
        const auto left = at(ref, [&](Host &host) { return Result<std::vector<Problem>>(host.leftBehind(ref.word)); });
        return left.value_or(std::vector<Problem>());
    }
    Result<> resizeInstance(const Ref &ref, std::int64_t vcpus, std::int64_t ramBytes) override
    {
        return at(ref, [&](Host &host) { return host.resizeInstance(ref.word, vcpus, ramBytes); });
    }
    Result<> attachVolume(const Ref &instance, const Ref &volume) override
    {
        return at(instance, [&](Host &host) { return host.attachVolume(instance.word, volume.word); });
    }
    Result<> detachVolume(const Ref &instance, const Ref &volume) override
    {
        return at(instance, [&](Host &host) { return host.detachVolume(instance.word, volume.word); });
    }
    Result<> fence(const Ref &ref, const std::string &movedTo) override
    {
        return at(ref, [&](Host &host) { return host.fence(ref.word, movedTo); });
    }
    Result<Ref> createSnapshot(const NewSnapshot &wanted) override
    {
        return at(wanted.of, [&](Host &host) { return host.createSnapshot(wanted); });
    }
    Result<> revertSnapshot(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.revertSnapshot(ref.word); });
    }
    Result<> deleteSnapshot(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.deleteSnapshot(ref.word); });
    }
    Result<Ref> createImage(const NewImage &wanted, Progress &) override
    {
        return at({ObjectKind::Volume, wanted.volume}, [&](Host &host) { return host.createImage(wanted); });
    }
    Result<Ref> createNetwork(const CreateNetwork &order) override { return roomiest().createNetwork(order); }
    Result<> deleteNetwork(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.deleteNetwork(ref.word); });
    }
    Result<Ref> createVolume(const CreateVolume &order, const std::string &image) override
    {
        return image.empty() ? roomiest().createVolume(order, image)
                             : at({ObjectKind::Image, image}, [&](Host &host) { return host.createVolume(order, image); });
    }
    Result<> resizeVolume(const Ref &ref, std::int64_t bytes) override
    {
        return at(ref, [&](Host &host) { return host.resizeVolume(ref.word, bytes); });
    }
    Result<> deleteVolume(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.deleteVolume(ref.word); });
    }
    Result<> deleteImage(const Ref &ref) override { return deleteVolume(ref); }
    Result<std::unique_ptr<LiveDisks>> follow(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.follow(ref.word); });
    }
    Result<std::unique_ptr<BlockReader>> openDisk(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.openDisk(ref.word); });
    }
    Result<std::string> fetch(const Ref &ref, const std::string &path, Progress &progress) override
    {
        return at(ref, [&](Host &host) { return host.fetch(ref.word, path, progress); });
    }
    /// Disks of one machine go to one host.
    Result<Ref> deliver(const NewDisk &disk, Progress &progress) override
    {
        const auto begun = std::ranges::find_if(m_hosts, [&](const auto &host) { return m_hosts.size() > 1 && host->hasDelivered(disk.tag); });
        return (begun == m_hosts.end() ? roomiest() : **begun).deliver(disk, progress);
    }

private:
    /// Events may still be on their way from libvirt's thread when nobody listens any more.
    struct Ear {
        std::mutex mutex;
        std::function<void()> stir;
        void hear()
        {
            const std::lock_guard lock(mutex);
            if (stir) {
                stir();
            }
        }
    };
    struct Part {
        Sightings seen;
        Host::Facts facts;
    };
    CloudFacts known() const
    {
        CloudFacts facts;
        facts.stack = Stack::Libvirt;
        facts.capabilities = {"console", "image.create", "image.delete", "instance.create", "instance.delete", "instance.reboot", "instance.resize",
            "instance.start", "instance.stop", "instance.update", "migrate", "migrate.in", "network.create", "network.delete", "snapshot.create",
            "snapshot.delete", "snapshot.revert", "volume.attach", "volume.create", "volume.create.image", "volume.delete", "volume.detach",
            "volume.resize"};
        if (std::ranges::all_of(m_settings.uris, [](const auto &uri) { return uri.starts_with("qemu") && Host::isHere(uri); })) {
            facts.capabilities.push_back("migrate.warm");
        }
        // A daemon of a user's own makes no bridges.
        if (std::ranges::any_of(m_settings.uris, [](const std::string &uri) { return uri.find(":///session") != std::string::npos; })) {
            std::erase_if(facts.capabilities, [](const std::string &word) { return word.starts_with("network."); });
        }
        return facts;
    }
    /// Where new things are made: the host with most memory left of those that answer.
    Host &roomiest()
    {
        return **std::ranges::max_element(m_hosts, {}, [this](const auto &host) { return m_hosts.size() == 1 ? 0 : host->freeBytes(); });
    }
    /// Asks the host a thing is on, or was when it was last seen.
    template <typename F>
    auto at(const Ref &ref, F use) -> decltype(use(std::declval<Host &>()))
    {
        if (m_hosts.size() == 1) {
            return use(*m_hosts.front());
        }
        std::optional<std::size_t> owner;
        {
            const std::lock_guard lock(m_mutex);
            if (const auto seen = m_owners.find(ref); seen != m_owners.end()) {
                owner = seen->second;
            }
        }
        if (owner) {
            return use(*m_hosts[*owner]);
        }
        for (const auto &host : m_hosts) {
            if (host->knows(ref)) {
                return use(*host);
            }
        }
        return refuse(Reason::NotFound, {{"id", ref.word}});
    }

    const Settings m_settings;
    const std::shared_ptr<Ear> m_ear = std::make_shared<Ear>();
    std::vector<std::unique_ptr<Host>> m_hosts;
    std::vector<std::optional<Part>> m_last; ///< of each host; only looks touch it, one at a time
    std::mutex m_mutex; ///< all below
    CloudFacts m_facts;
    std::map<Ref, std::size_t> m_owners;
};

/// What a host that is away had does not seem gone: it is as it was last seen. One that was never seen leaves it open what there is.
Result<Sightings> Hosts::look(bool)
{
    Sightings all;
    all.isWhole = true;
    auto facts = known();
    std::map<Ref, std::size_t> owners;
    std::optional<Problem> away;
    std::size_t answered = 0;
    for (std::size_t i = 0; i < m_hosts.size(); ++i) {
        Part part;
        const auto one = m_hosts[i]->look(part.seen).and_then([&] { return m_hosts[i]->facts(); });
        if (one) {
            ++answered;
            part.facts = *one;
            m_last[i] = std::move(part);
        } else {
            away = one.error();
        }
        if (!m_last[i]) {
            return tl::unexpected(*away);
        }
        facts.hypervisor = facts.hypervisor.empty() ? m_last[i]->facts.hypervisor : facts.hypervisor;
        facts.measured = facts.measured + m_last[i]->facts.measured;
        for (const auto &thing : m_last[i]->seen.seen) {
            owners.emplace(Ref {idOf(thing).kind, idOf(thing).id}, i);
            all.seen.push_back(thing);
        }
    }
    if (answered == 0 && away) {
        return tl::unexpected(*away);
    }
    const std::lock_guard lock(m_mutex);
    m_facts = std::move(facts);
    m_owners = std::move(owners);
    return all;
}

}

std::unique_ptr<Cloud> makeCloud(Settings settings)
{
    return std::make_unique<Hosts>(std::move(settings));
}

}
