// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/libvirt.h"

#include "site/drivers/libvirt/eventloop.h"
#include "site/drivers/libvirt/host.h"

#include <algorithm>

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

    /// All or nothing: what a host that is away had must not seem gone.
    Result<Sightings> look(bool) override
    {
        Sightings all;
        all.isWhole = true;
        auto facts = known();
        for (const auto &host : m_hosts) {
            const auto one = host->look(all).and_then([&] { return host->facts(); });
            if (!one) {
                return tl::unexpected(one.error());
            }
            facts.hypervisor = facts.hypervisor.empty() ? one->hypervisor : facts.hypervisor;
            facts.measured = facts.measured + one->measured;
        }
        const std::lock_guard lock(m_mutex);
        m_facts = std::move(facts);
        return all;
    }
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
    Result<Ref> createInstance(const NewInstance &wanted) override { return m_hosts.front()->createInstance(wanted); }
    bool forgetsStop() const override { return true; } // a power button is pressed once
    Result<> deleteInstance(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.undefine(ref.word); });
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
    Result<Ref> createNetwork(const CreateNetwork &order) override { return m_hosts.front()->createNetwork(order); }
    Result<> deleteNetwork(const Ref &ref) override
    {
        return at(ref, [&](Host &host) { return host.deleteNetwork(ref.word); });
    }
    Result<Ref> createVolume(const CreateVolume &order, const std::string &image) override { return m_hosts.front()->createVolume(order, image); }
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
    Result<Ref> deliver(const NewDisk &disk, Progress &progress) override { return m_hosts.front()->deliver(disk, progress); }

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
    /// Asks the host a thing is on.
    template <typename F>
    auto at(const Ref &ref, F use) -> decltype(use(std::declval<Host &>()))
    {
        if (m_hosts.size() == 1) {
            return use(*m_hosts.front());
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
    std::mutex m_mutex; ///< m_facts
    CloudFacts m_facts;
};

}

std::unique_ptr<Cloud> makeCloud(Settings settings)
{
    return std::make_unique<Hosts>(std::move(settings));
}

}
