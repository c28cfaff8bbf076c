// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/fakedriver.h"

#include <algorithm>

namespace portulan::test {

using namespace site;

namespace {

const Common *commonOf(const Thing &thing)
{
    return std::visit(
        [](const auto &it) -> const Common * {
            if constexpr (std::is_base_of_v<Common, std::decay_t<decltype(it)>>) {
                return &it;
            }
            return nullptr;
        },
        thing);
}

bool isCreation(const Order &order)
{
    return std::holds_alternative<CreateProject>(order) || std::holds_alternative<CreateInstance>(order)
        || std::holds_alternative<CreateVolume>(order) || std::holds_alternative<CreateImage>(order) || std::holds_alternative<CreateDataSet>(order)
        || std::holds_alternative<CreateNetwork>(order);
}

}

/// Does an order, its driver's lock held.
class FakeDriver::Act {
public:
    explicit Act(FakeDriver &driver)
        : d(driver)
    {
    }
    ObjectId operator()(const CreateProject &o) { return keep(o.project); }
    ObjectId operator()(const UpdateProject &o) { return keep(o.project); }
    ObjectId operator()(const CreateInstance &o)
    {
        Instance made;
        common(made, ObjectKind::Instance, o.id, 'i', o.name, o.project, o.labels);
        made.vcpus = o.vcpus;
        made.ramBytes = o.ramBytes;
        made.classification = o.classification;
        made.imageId = o.imageId;
        made.networkIds = o.networkIds;
        made.state = o.start ? PowerState::Running : PowerState::Stopped;
        return keep(made);
    }
    ObjectId operator()(const UpdateInstance &o)
    {
        Instance &it = *d.as<Instance>(o.instance);
        it.name = o.name.value_or(it.name);
        it.classification = o.classification.value_or(it.classification);
        it.labels = o.labels.value_or(it.labels);
        return keep(it);
    }
    ObjectId operator()(const StartInstance &o) { return power(o.instance, PowerState::Running); }
    ObjectId operator()(const StopInstance &o) { return power(o.instance, PowerState::Stopped); }
    ObjectId operator()(const RebootInstance &o) { return power(o.instance, PowerState::Running); }
    ObjectId operator()(const ResizeInstance &o)
    {
        Instance &it = *d.as<Instance>(o.instance);
        it.vcpus = o.vcpus > 0 ? o.vcpus : it.vcpus;
        it.ramBytes = o.ramBytes > 0 ? o.ramBytes : it.ramBytes;
        return keep(it);
    }
    ObjectId operator()(const AttachVolume &o)
    {
        Volume &volume = *d.as<Volume>(o.volume);
        Instance &instance = *d.as<Instance>(o.instance);
        volume.instanceId = o.instance.id;
        instance.volumeIds.push_back(o.volume.id);
        keep(volume);
        return keep(instance);
    }
    ObjectId operator()(const DetachVolume &o)
    {
        Volume &volume = *d.as<Volume>(o.volume);
        Instance &instance = *d.as<Instance>(o.instance);
        volume.instanceId.clear();
        std::erase(instance.volumeIds, o.volume.id);
        keep(volume);
        return keep(instance);
    }
    ObjectId operator()(const CreateVolume &o)
    {
        Volume made;
        common(made, ObjectKind::Volume, o.id, 'v', o.name, o.project, o.labels);
        made.sizeBytes = o.sizeBytes;
        made.format = "raw";
        made.classification = o.classification;
        return keep(made);
    }
    ObjectId operator()(const ResizeVolume &o)
    {
        Volume &it = *d.as<Volume>(o.volume);
        it.sizeBytes = o.sizeBytes;
        return keep(it);
    }
    ObjectId operator()(const CreateSnapshot &o)
    {
        Snapshot made;
        common(made, ObjectKind::Snapshot, {}, 's', o.name, commonOf(d.m_things.at(o.of))->project, {});
        (o.of.kind == ObjectKind::Volume ? made.volumeId : made.instanceId) = o.of.id;
        return keep(made);
    }
    ObjectId operator()(const RevertSnapshot &o) { return o.snapshot; }
    ObjectId operator()(const CreateImage &o)
    {
        Image made;
        common(made, ObjectKind::Image, o.id, 'm', o.name, o.project, {});
        made.os = o.os;
        return keep(made);
    }
    ObjectId operator()(const CreateDataSet &o)
    {
        DataSet made;
        common(made, ObjectKind::DataSet, o.id, 'd', o.name, o.project, o.labels);
        made.classification = o.classification;
        return keep(made);
    }
    ObjectId operator()(const UpdateDataSet &o)
    {
        DataSet &it = *d.as<DataSet>(o.dataSet);
        it.name = o.name.value_or(it.name);
        it.classification = o.classification.value_or(it.classification);
        return keep(it);
    }
    ObjectId operator()(const DeleteDataObject &o)
    {
        d.m_disks.erase({o.dataSet, o.key});
        return o.dataSet;
    }
    ObjectId operator()(const CreateNetwork &o)
    {
        Network made;
        common(made, ObjectKind::Network, o.id, 'n', o.name, o.project, {});
        made.kind = o.kind;
        made.cidr = o.cidr;
        return keep(made);
    }
    template <typename T>
    ObjectId operator()(const T &o)
    {
        const ObjectId gone = objectOf(Order(o));
        d.remove(gone);
        return gone;
    }

private:
    void common(Common &made, ObjectKind kind, const std::string &proposed, char letter, const std::string &name, const std::string &project,
        const std::map<std::string, std::string> &labels)
    {
        made.id = {d.m_site, kind, d.newId(proposed, letter)};
        made.name = name;
        made.project = project;
        made.labels = labels;
    }
    ObjectId power(const ObjectId &id, PowerState state)
    {
        Instance &it = *d.as<Instance>(id);
        it.state = state;
        return keep(it);
    }
    template <typename T>
    ObjectId keep(T it)
    {
        const ObjectId id = it.id;
        d.store(std::move(it));
        return id;
    }
    FakeDriver &d;
};

FakeDriver::FakeDriver(std::string site)
    : m_site(std::move(site))
{
}

std::string FakeDriver::newId(const std::string &proposed, char letter)
{
    return proposed.empty() ? std::string(1, letter) + '-' + std::to_string(++m_count) : proposed;
}

void FakeDriver::store(Thing thing)
{
    std::visit(
        [this](auto &it) {
            if constexpr (std::is_base_of_v<Common, std::decay_t<decltype(it)>>) {
                it.etag = "e" + std::to_string(++m_count);
            }
        },
        thing);
    m_things[idOf(thing)] = thing;
    if (m_announce) {
        m_announce(thing);
    }
}

void FakeDriver::remove(const ObjectId &id)
{
    m_things.erase(id);
    std::erase_if(m_disks, [&](const auto &disk) { return disk.first.first == id; });
    if (m_announce) {
        m_announce(Vanished {id});
    }
}

void FakeDriver::put(const Thing &thing)
{
    const std::lock_guard lock(m_mutex);
    store(thing);
}

void FakeDriver::fail(const Problem &problem)
{
    const std::lock_guard lock(m_mutex);
    m_failure = problem;
}

void FakeDriver::hold()
{
    const std::lock_guard lock(m_mutex);
    m_holding = true;
}

void FakeDriver::release()
{
    const std::lock_guard lock(m_mutex);
    m_holding = false;
    m_changed.notify_all();
}

int FakeDriver::held() const
{
    const std::lock_guard lock(m_mutex);
    return m_held;
}

void FakeDriver::awaitHeld(int count) const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::seconds(60), [&] { return m_held >= count; });
}

Result<> FakeDriver::start(std::function<void(const Thing &)> announce)
{
    const std::lock_guard lock(m_mutex);
    m_announce = std::move(announce);
    return {};
}

void FakeDriver::stop()
{
    const std::lock_guard lock(m_mutex);
    m_announce = nullptr;
}

DriverFacts FakeDriver::facts()
{
    return {Stack::Embedded, "", true, {"instance.create", "volume.create", "volume.import", "dataset.create"},
        {8, std::int64_t(16) << 30, std::int64_t(1) << 40}, {}};
}

Result<Amounts> FakeDriver::used()
{
    const std::lock_guard lock(m_mutex);
    Amounts sum;
    for (const auto &[id, thing] : m_things) {
        if (const auto *instance = std::get_if<Instance>(&thing)) {
            sum = sum + Amounts {instance->vcpus, instance->ramBytes, 0};
        } else if (const auto *volume = std::get_if<Volume>(&thing)) {
            sum.storageBytes += volume->sizeBytes;
        }
    }
    return sum;
}

Result<std::vector<Thing>> FakeDriver::inventory()
{
    const std::lock_guard lock(m_mutex);
    std::vector<Thing> all;
    for (const auto &[id, thing] : m_things) {
        all.push_back(thing);
    }
    return all;
}

Result<Thing> FakeDriver::find(const ObjectId &id)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_things.find(id);
    return at == m_things.end() ? Result<Thing>(refuse(Reason::NotFound, {{"id", id.text()}})) : at->second;
}

Result<> FakeDriver::checkRoom(ObjectKind kind, const std::string &project, const std::string &id) const
{
    if (!id.empty() && m_things.contains({m_site, kind, id})) {
        return refuse(Reason::AlreadyExists, {{"id", id}});
    }
    const auto owner = m_things.find({m_site, ObjectKind::Project, project});
    if (owner == m_things.end()) {
        return refuse(Reason::NotFound, {{"id", project}});
    }
    const Quota &quota = std::get<Project>(owner->second).quota;
    const std::int64_t limit = kind == ObjectKind::Instance ? quota.instances : kind == ObjectKind::Volume ? quota.volumes : -1;
    const auto used
        = std::ranges::count_if(m_things, [&](const auto &it) { return it.first.kind == kind && commonOf(it.second)->project == project; });
    if (limit >= 0 && used >= limit) {
        return refuse(Reason::Quota,
            {{"resource", std::string(collection(kind))}, {"limit", std::to_string(limit)}, {"used", std::to_string(used)}, {"wanted", "1"}});
    }
    return {};
}

Result<> FakeDriver::checkLocked(const Order &order, std::string_view etag) const
{
    const ObjectId object = objectOf(order);
    if (const auto *o = std::get_if<CreateInstance>(&order)) {
        return checkRoom(ObjectKind::Instance, o->project, o->id);
    }
    if (const auto *o = std::get_if<CreateVolume>(&order)) {
        return checkRoom(ObjectKind::Volume, o->project, o->id);
    }
    const auto at = m_things.find(object);
    if (isCreation(order)) {
        return object.id.empty() || at == m_things.end() ? Result<>() : refuse(Reason::AlreadyExists, {{"id", object.text()}});
    }
    if (at == m_things.end()) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    if (!etag.empty() && commonOf(at->second)->etag != etag) {
        return refuse(Reason::Conflict, {{"id", object.text()}});
    }
    return {};
}

Result<> FakeDriver::check(const Order &order, std::string_view etag)
{
    const std::lock_guard lock(m_mutex);
    return checkLocked(order, etag);
}

Result<ObjectId> FakeDriver::perform(const Order &order, std::string_view etag, Progress &progress)
{
    std::unique_lock lock(m_mutex);
    ++m_held;
    m_changed.notify_all();
    while (m_holding && !progress.isCancelled()) {
        m_changed.wait_for(lock, std::chrono::milliseconds(5));
    }
    --m_held;
    if (progress.isCancelled()) {
        return refuse(Reason::Cancelled);
    }
    if (m_failure) {
        return tl::unexpected(*std::exchange(m_failure, std::nullopt));
    }
    if (const auto able = checkLocked(order, etag); !able) {
        return tl::unexpected(able.error());
    }
    return std::visit(Act(*this), order);
}

}
