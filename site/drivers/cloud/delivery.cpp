// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/delivery.h"

#include "site/drivers/disk/fd.h"

namespace portulan::site::cloud {

class Delivery::Report final : public Progress {
public:
    Report(Delivery &delivery, std::int64_t before)
        : m_delivery(delivery)
        , m_before(before)
    {
    }
    void phase(std::string_view) override { }
    void bytes(std::int64_t done, std::int64_t) override { m_delivery.m_done = std::min(m_before + done, m_delivery.m_total.load()); }
    void log(std::string_view) override { }
    bool isCancelled() const override { return m_delivery.m_isCut; }

private:
    Delivery &m_delivery;
    const std::int64_t m_before;
};

Delivery::Delivery(Cloud &cloud, Registry &registry, ObjectId object, std::string tag, std::vector<Part> parts)
    : m_cloud(cloud)
    , m_registry(registry)
    , m_object(std::move(object))
    , m_tag(std::move(tag))
    , m_parts(std::move(parts))
{
    for (const auto &part : m_parts) {
        m_total += allocatedBytes(part.path);
    }
    m_thread = std::thread([this] {
        auto outcome = run();
        const std::lock_guard lock(m_mutex);
        m_outcome = std::move(outcome);
    });
}

Delivery::~Delivery()
{
    m_isCut = true;
    m_thread.join();
}

Settling Delivery::soFar() const
{
    return {m_done, m_total};
}

std::optional<Result<>> Delivery::outcome() const
{
    const std::lock_guard lock(m_mutex);
    return m_outcome;
}

Result<> Delivery::run()
{
    const Registry::Making making(m_registry);
    for (const auto &part : m_parts) {
        const auto before = m_done.load();
        if (auto done = m_registry.isBound(part.disk) ? Result<>() : deliver(part); !done) {
            return done;
        }
        m_done = before + allocatedBytes(part.path);
    }
    const bool isDue = m_object.kind == ObjectKind::Instance && !m_cloud.runsWhenMade() && !m_registry.isBound(m_object);
    return isDue ? cloud::makeMachine(m_cloud, m_registry, m_object, m_tag) : Result<>();
}

Result<> Delivery::deliver(const Part &part)
{
    NewDisk disk {part.disk, m_tag, {}, part.path, 0};
    const auto thing = m_registry.store().find(part.disk);
    if (const auto *volume = thing ? std::get_if<Volume>(&*thing) : nullptr) {
        disk.name = volume->name;
        disk.sizeBytes = volume->sizeBytes;
        const auto machine = m_registry.store().get<Instance>(m_registry.store().id(ObjectKind::Instance, volume->instanceId));
        if (machine && machine->volumeIds.front() == part.disk.id) {
            disk.hardware = {machine->firmware, machine->diskBus, machine->nicModel};
        }
    } else if (const auto *image = thing ? std::get_if<Image>(&*thing) : nullptr) {
        disk.name = image->name;
        disk.sizeBytes = image->sizeBytes;
    } else {
        return refuse(Reason::NotFound, {{"id", part.disk.text()}});
    }
    Report report(*this, m_done);
    return m_cloud.deliver(disk, report).and_then([&](const Ref &ref) {
        return m_registry.bind(part.disk, ref).and_then([&] { return m_cloud.look(ref); }).and_then([&](const Sighting &seen) {
            return m_registry.observe(seen, {part.disk.id, disk.name}).map([](const ObjectId &) {});
        });
    });
}

Result<> makeMachine(Cloud &cloud, Registry &registry, const ObjectId &id, const std::string &tag)
{
    const auto instance = registry.store().get<Instance>(id);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    NewInstance wanted;
    wanted.id = id.id;
    wanted.tag = tag;
    wanted.start = cloud.runsWhenMade();
    wanted.name = instance->name;
    wanted.flavor = instance->flavor;
    wanted.vcpus = instance->vcpus;
    wanted.ramBytes = instance->ramBytes;
    wanted.hardware = {instance->firmware, instance->diskBus, instance->nicModel};
    return registry.wordsOf(ObjectKind::Volume, instance->volumeIds)
        .and_then([&](std::vector<std::string> words) {
            wanted.volumes = std::move(words);
            return registry.wordsOf(ObjectKind::Network, instance->networkIds);
        })
        .and_then([&](std::vector<std::string> words) {
            wanted.networks = std::move(words);
            return cloud.createInstance(wanted);
        })
        .and_then([&](const Ref &ref) {
            return registry.bind(id, ref).and_then([&] { return cloud.look(ref); }).and_then([&](const Sighting &seen) {
                return registry.observe(seen, {id.id, wanted.name}).map([](const ObjectId &) {});
            });
        });
}

}
