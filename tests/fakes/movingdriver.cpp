// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/movingdriver.h"

#include "core/manifest.h"

#include <algorithm>

namespace portulan::test {

namespace {

Custody *custodyIn(Thing &thing)
{
    return std::visit(
        [](auto &object) -> Custody * {
            if constexpr (requires { object.custody; }) {
                return &object.custody;
            } else {
                return nullptr;
            }
        },
        thing);
}

void hand(Thing &thing, Custody custody, Instant until, std::string_view to)
{
    std::visit(
        [&](auto &object) {
            if constexpr (requires { object.custody; }) {
                object.custody = custody;
                object.retainedUntil = until;
                object.movedTo = to;
            }
        },
        thing);
}

}

Result<> MovingDriver::ask(const std::string &call)
{
    return asked ? asked(call) : Result<>();
}

void MovingDriver::put(Thing thing)
{
    const std::scoped_lock lock(m_mutex);
    const auto id = idOf(thing);
    m_things[id] = thing;
    if (m_announce) {
        m_announce(thing);
    }
}

void MovingDriver::remove(const ObjectId &id)
{
    const std::scoped_lock lock(m_mutex);
    m_things.erase(id);
    if (m_announce) {
        m_announce(Vanished {id});
    }
}

std::vector<ObjectId> MovingDriver::family(const ObjectId &object)
{
    std::vector all {object};
    const auto at = m_things.find(object);
    if (const auto *instance = at == m_things.end() ? nullptr : std::get_if<Instance>(&at->second)) {
        for (const auto &volume : instance->volumeIds) {
            all.push_back({m_site, ObjectKind::Volume, volume});
        }
    }
    return all;
}

void MovingDriver::addVolume(const std::string &id, const Disk &disk)
{
    Volume volume;
    volume.id = {m_site, ObjectKind::Volume, id};
    volume.name = id;
    volume.project = "care";
    volume.sizeBytes = std::int64_t(disk->bytes.size());
    volume.allocatedBytes = volume.sizeBytes;
    volume.classification = Classification::Internal;
    m_disks[{id, {}}] = disk;
    put(volume);
}

void MovingDriver::addInstance(const std::string &id, PowerState state, std::vector<Disk> disks, Classification classification)
{
    Instance instance;
    instance.id = {m_site, ObjectKind::Instance, id};
    instance.name = id;
    instance.project = "care";
    instance.state = state;
    instance.classification = classification;
    for (std::size_t i = 0; i < disks.size(); ++i) {
        const auto volume = id + "-disk" + std::to_string(i);
        addVolume(volume, disks[i]);
        auto attached = std::get<Volume>(m_things[{m_site, ObjectKind::Volume, volume}]);
        attached.instanceId = id;
        put(attached);
        instance.volumeIds.push_back(volume);
    }
    put(instance);
}

void MovingDriver::addImage(const std::string &id, const Disk &disk)
{
    Image image;
    image.id = {m_site, ObjectKind::Image, id};
    image.name = id;
    image.project = "care";
    image.sizeBytes = std::int64_t(disk->bytes.size());
    m_disks[{id, {}}] = disk;
    put(image);
}

std::optional<Custody> MovingDriver::custody(const ObjectId &id)
{
    const std::scoped_lock lock(m_mutex);
    const auto at = m_things.find(id);
    return at == m_things.end() ? std::nullopt : std::optional(*custodyIn(at->second));
}

std::optional<Instance> MovingDriver::instance(const std::string &id)
{
    const std::scoped_lock lock(m_mutex);
    const auto at = m_things.find({m_site, ObjectKind::Instance, id});
    return at == m_things.end() ? std::nullopt : std::optional(std::get<Instance>(at->second));
}

MovingDriver::Disk MovingDriver::disk(const std::string &volume, const std::string &key)
{
    const std::scoped_lock lock(m_mutex);
    const auto at = m_disks.find({volume, key});
    return at == m_disks.end() ? nullptr : at->second;
}

void MovingDriver::losePower()
{
    const std::scoped_lock lock(m_mutex);
    std::ranges::for_each(m_disks, [](const auto &entry) { entry.second->losePower(); });
}

Result<> MovingDriver::start(std::function<void(const Thing &)> announce)
{
    const std::scoped_lock lock(m_mutex);
    m_announce = std::move(announce);
    for (const auto &[id, thing] : m_things) {
        m_announce(thing);
    }
    return {};
}

void MovingDriver::stop()
{
    const std::scoped_lock lock(m_mutex);
    m_announce = {};
}

Result<std::vector<Thing>> MovingDriver::inventory()
{
    const std::scoped_lock lock(m_mutex);
    std::vector<Thing> all;
    for (const auto &[id, thing] : m_things) {
        all.push_back(thing);
    }
    return all;
}

Result<Thing> MovingDriver::find(const ObjectId &id)
{
    if (auto allowed = ask("find"); !allowed) {
        return unexpected(allowed.error());
    }
    const std::scoped_lock lock(m_mutex);
    const auto at = m_things.find(id);
    return at == m_things.end() ? refuse(Reason::NotFound, {{"id", id.text()}}) : Result<Thing>(at->second);
}

Result<ObjectId> MovingDriver::perform(const Order &order, std::string_view, site::Progress &)
{
    const auto *starting = std::get_if<StartInstance>(&order);
    const auto *stopping = std::get_if<StopInstance>(&order);
    const auto id = starting ? starting->instance : stopping->instance;
    if (auto allowed = ask(starting ? "start" : stopping->force ? "stop hard" : "stop"); !allowed) {
        return unexpected(allowed.error());
    }
    const std::scoped_lock lock(m_mutex);
    auto instance = std::get<Instance>(m_things.at(id));
    if (starting && instance.custody != Custody::Owner) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(instance.custody))}});
    }
    if (starting || stopping->force || !ignoresShutdown) {
        instance.state = starting ? PowerState::Running : PowerState::Stopped;
        memories[id.id] = {};
        put(instance);
    }
    return ask(starting ? "start done" : "stop done").map([&] { return id; });
}

Result<> MovingDriver::setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo)
{
    if (auto allowed = ask("custody " + std::string(toString(custody))); !allowed) {
        return allowed;
    }
    const std::scoped_lock lock(m_mutex);
    if (!m_things.contains(object)) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    for (const auto &id : family(object)) {
        auto thing = m_things.at(id);
        hand(thing, custody, retainedUntil, custody == Custody::Retained ? movedTo : std::string_view());
        put(thing);
    }
    return ask("custody " + std::string(toString(custody)) + " done");
}

Result<std::unique_ptr<site::BlockReader>> MovingDriver::openForRead(const ObjectId &object, std::string_view key)
{
    if (auto allowed = ask("open for read"); !allowed) {
        return unexpected(allowed.error());
    }
    const auto found = disk(object.id, std::string(key));
    if (!found) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    return std::make_unique<MemoryReader>(found, [this] { return ask("read"); });
}

Result<> MovingDriver::erase(const ObjectId &object)
{
    if (auto allowed = ask("erase"); !allowed) {
        return allowed;
    }
    const std::scoped_lock lock(m_mutex);
    if (custody(object) != Custody::Retained) {
        return refuse(Reason::NotReady);
    }
    for (const auto &id : family(object)) {
        std::erase_if(m_disks, [&](const auto &entry) { return entry.first.first == id.id; });
        remove(id);
    }
    ++erased;
    return ask("erase done");
}

Result<site::Received> MovingDriver::receive(const site::Arrival &arrival)
{
    if (auto allowed = ask("receive"); !allowed) {
        return unexpected(allowed.error());
    }
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_arrivals.find(arrival.migration); known != m_arrivals.end()) {
        return known->second;
    }
    site::Received received;
    const auto fresh = [&](ObjectId id) { // what is here already keeps its name
        for (id.site = m_site; m_things.contains(id);) {
            id.id += "-again";
        }
        return id;
    };
    const auto admit = [&](auto thing) {
        thing.id = fresh(thing.id);
        thing.project = arrival.project;
        thing.custody = Custody::Incoming;
        if constexpr (requires { thing.state; }) {
            thing.state = PowerState::Stopped;
        }
        put(thing);
        return thing.id;
    };
    for (const auto &volume : arrival.volumes) {
        received.volumes.push_back(admit(volume));
        auto disk = std::make_shared<MemoryDisk>(std::uint64_t(volume.sizeBytes));
        disk->room = room;
        m_disks[{received.volumes.back().id, {}}] = disk;
    }
    if (arrival.instance) {
        auto instance = *arrival.instance;
        std::ranges::transform(received.volumes, instance.volumeIds.begin(), &ObjectId::id);
        received.object = admit(instance);
    } else {
        received.object = arrival.dataSet ? admit(*arrival.dataSet) : arrival.image ? admit(*arrival.image) : received.volumes.at(0);
    }
    for (const auto &object : arrival.objects) {
        m_disks[{received.object.id, object.key}] = std::make_shared<MemoryDisk>(std::uint64_t(object.size));
    }
    if (arrival.image) {
        m_disks[{arrival.image->id.id, {}}] = std::make_shared<MemoryDisk>(std::uint64_t(arrival.image->sizeBytes));
    }
    fillFrom(arrival, received);
    for (const auto &[place, disk] : m_disks) {
        if (const auto owner = place.first; owner == received.object.id || std::ranges::count(received.volumes, owner, &ObjectId::id) > 0) {
            disk->cache();
        }
    }
    m_arrivals[arrival.migration] = received;
    return ask("receive done").map([&] { return received; });
}

void MovingDriver::fillFrom(const site::Arrival &arrival, site::Received &received)
{
    if (!arrival.former || custody(arrival.former->object) != Custody::Retained) {
        return;
    }
    const auto fill = [this](const Disk &kept, const Disk &fresh) {
        const bool fits = kept && kept->bytes.size() <= fresh->bytes.size();
        if (fits) {
            std::ranges::copy(kept->bytes, fresh->bytes.begin());
        }
        return fits;
    };
    for (std::size_t i = 0; i < arrival.volumes.size(); ++i) {
        received.prefilled.push_back(fill(disk(arrival.former->volumes.at(i).id), disk(received.volumes.at(i).id)));
    }
    for (const auto &object : arrival.objects) {
        const auto kept = disk(arrival.former->object.id, object.key);
        const bool same = kept && toHex(sha256(kept->bytes)) == object.sha256;
        received.prefilled.push_back(same && fill(kept, disk(received.object.id, object.key)));
    }
    filled += int(std::ranges::count(received.prefilled, true));
}

Result<std::unique_ptr<site::BlockWriter>> MovingDriver::openForWrite(const ObjectId &object, std::string_view key)
{
    if (auto allowed = ask("open for write"); !allowed) {
        return unexpected(allowed.error());
    }
    const auto found = disk(object.id, std::string(key));
    if (!found) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    return std::make_unique<MemoryWriter>(found, [this](const std::string &call) {
        disturbed = disturbed || (testing > 0 && call == "write");
        return ask(call);
    });
}

Result<> MovingDriver::adopt(const ObjectId &object)
{
    if (auto allowed = ask("adopt"); !allowed) {
        return allowed;
    }
    disturbed = disturbed || testing > 0;
    const std::scoped_lock lock(m_mutex);
    for (const auto &id : family(object)) {
        auto thing = m_things.at(id);
        hand(thing, Custody::Owner, {}, {});
        put(thing);
    }
    return ask("adopt done");
}

Result<> MovingDriver::drop(const ObjectId &object)
{
    if (auto allowed = ask("drop"); !allowed) {
        return allowed;
    }
    disturbed = disturbed || testing > 0;
    const std::scoped_lock lock(m_mutex);
    if (custody(object) == Custody::Incoming) {
        memories.erase(object.id);
    }
    for (const auto &id : family(object)) {
        if (custody(id) == Custody::Incoming) {
            std::erase_if(m_disks, [&](const auto &entry) { return entry.first.first == id.id; });
            remove(id);
        }
    }
    return ask("drop done");
}

}
