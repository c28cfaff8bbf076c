// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/embedded.h"

#include "site/drivers/embedded/console.h"
#include "site/drivers/embedded/leaving.h"
#include "site/drivers/embedded/machineform.h"
#include "site/drivers/embedded/moves.h"
#include "site/drivers/embedded/projects.h"
#include "site/drivers/embedded/snapshots.h"
#include "site/drivers/embedded/testboot.h"
#include "site/drivers/embedded/transfers.h"
#include "site/drivers/embedded/waiting.h"

#include <algorithm>
#include <sys/statvfs.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {

/// The driver's parts and the way from an order to the part that does it.
class Embedded final : public Driver {
public:
    explicit Embedded(Settings settings)
        : m_plant(std::move(settings))
        , m_projects(m_plant)
        , m_volumes(m_plant)
        , m_instances(m_plant, m_volumes)
        , m_snapshots(m_plant, m_volumes)
        , m_dataSets(m_plant)
        , m_waiting(m_plant, m_instances)
        , m_moves(m_plant, m_volumes, m_instances, m_dataSets)
        , m_transfers(m_plant, m_volumes)
    {
    }
    ~Embedded() override { m_plant.watcher.stop(); }

    Result<> start(std::function<void(const Thing &)> announce) override;
    void stop() override { m_plant.store.announceTo({}); }
    DriverFacts facts() override;
    Result<Amounts> used() override;
    Result<std::vector<Thing>> inventory() override { return m_plant.store.all(); }
    Result<Thing> find(const ObjectId &id) override
    {
        auto thing = m_plant.store.find(id);
        return thing ? Result<Thing>(std::move(*thing)) : refuse(Reason::NotFound, {{"id", id.text()}});
    }
    Result<std::vector<DataObject>> dataObjects(const ObjectId &dataSet, std::string_view after, std::size_t limit) override
    {
        return m_plant.store.get<DataSet>(dataSet).and_then([&](const DataSet &) { return m_plant.store.dataObjects(dataSet.id, after, limit); });
    }
    Result<ObjectId> perform(const Order &order, std::string_view etag, Progress &progress) override;
    Result<> check(const Order &order, std::string_view etag) override;
    Result<std::unique_ptr<Upload>> beginImport(const ImportSpec &spec) override { return m_transfers.beginImport(spec); }
    Result<std::unique_ptr<Download>> beginExport(const ObjectId &object, std::string_view format, Progress &progress) override
    {
        return m_transfers.beginExport(object, format, progress);
    }
    Result<std::unique_ptr<Upload>> beginPut(const ObjectId &dataSet, std::string_view key, std::string_view sha256) override
    {
        return m_dataSets.beginPut(dataSet, key, sha256);
    }
    Result<std::unique_ptr<Download>> beginGet(const ObjectId &dataSet, std::string_view key) override { return m_dataSets.beginGet(dataSet, key); }
    Result<std::pair<std::string, std::int64_t>> consoleOutput(const ObjectId &instance, std::size_t maxBytes) override;
    Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo) override
    {
        return m_moves.setCustody(object, custody, retainedUntil, movedTo);
    }
    Result<std::unique_ptr<BlockReader>> openForRead(const ObjectId &object, std::string_view key) override
    {
        return m_moves.openForRead(object, key);
    }
    Result<std::unique_ptr<RunningDisks>> follow(const ObjectId &instance) override { return m_moves.follow(instance); }
    Result<std::string> describeMachine(const ObjectId &instance) override;
    Result<std::unique_ptr<RunningMemory>> sendMemory(const ObjectId &instance) override;
    Result<> resume(const ObjectId &instance) override;
    Result<> mayTake(const std::string &machine) override { return m_waiting.mayTake(machine); }
    Result<std::shared_ptr<MemorySink>> takeMemory(const ObjectId &instance, const std::string &machine) override
    {
        return m_waiting.take(instance, machine);
    }
    Result<bool> hasMemory(const ObjectId &instance) override { return m_waiting.hasMemory(instance); }
    Result<> dropMemory(const ObjectId &instance) override { return m_waiting.drop(instance); }
    Foresight foresee(const Arrival &arrival) override;
    Result<> erase(const ObjectId &object) override { return m_moves.erase(object); }
    Result<Received> receive(const Arrival &arrival) override { return m_moves.receive(arrival); }
    Result<std::unique_ptr<BlockWriter>> openForWrite(const ObjectId &object, std::string_view key) override
    {
        return m_moves.openForWrite(object, key);
    }
    Result<std::unique_ptr<TestMachine>> testBoot(const ObjectId &instance) override { return m_moves.testBoot(instance); }
    Result<> adopt(const ObjectId &object) override { return m_moves.adopt(object); }
    Result<std::vector<bool>> takeLot(const ObjectId &dataSet, const Lot &lot, const std::optional<Former> &former) override
    {
        return m_moves.takeLot(dataSet, lot, former);
    }
    Result<> drop(const ObjectId &object) override
    {
        const auto instance = m_plant.store.get<Instance>(object); // what is owned may be about to go on: it is not ours to end
        const bool arriving = object.kind == ObjectKind::Instance && instance && instance->custody == Custody::Incoming;
        return (arriving ? m_waiting.drop(object) : Result<>()).and_then([&] { return m_moves.drop(object); });
    }

private:
    template <typename P, typename O>
    static constexpr bool knows = requires(P &part, Draft &draft, O &order)
    {
        part.prepare(draft, order, std::string_view());
    };
    template <typename P, typename O>
    static constexpr bool acts = requires(P &part, O order, Progress &progress)
    {
        part.perform(order, std::string_view(), progress);
    };

    /// Calls `use` with the part that knows this kind of order; Unsupported for those no driver performs.
    template <typename R, typename O, typename F>
    Result<R> withPart(const O &order, F use);
    template <typename P, typename O>
    Result<ObjectId> record(P &part, O order, std::string_view etag);
    Result<> sweep();

    Plant m_plant;
    Projects m_projects;
    Volumes m_volumes;
    Instances m_instances;
    Snapshots m_snapshots;
    DataSets m_dataSets;
    Waiting m_waiting;
    Moves m_moves;
    Transfers m_transfers;
};

template <typename R, typename O, typename F>
Result<R> Embedded::withPart(const O &order, F use)
{
    if constexpr (knows<Projects, O>) {
        return use(m_projects, order);
    } else if constexpr (knows<Volumes, O>) {
        return use(m_volumes, order);
    } else if constexpr (knows<Instances, O>) {
        return use(m_instances, order);
    } else if constexpr (knows<Snapshots, O>) {
        return use(m_snapshots, order);
    } else if constexpr (knows<DataSets, O>) {
        return use(m_dataSets, order);
    } else {
        return refuse(Reason::Unsupported, {{"what", std::string(kindOf(order))}});
    }
}

/// An order that changes nothing but the record.
template <typename P, typename O>
Result<ObjectId> Embedded::record(P &part, O order, std::string_view etag)
{
    ObjectId object = objectOf(order);
    const auto held = m_plant.locks.hold(object.id.empty() ? std::vector<ObjectId> {} : std::vector {m_plant.store.id(object.kind, object.id)});
    if (!held) {
        return tl::unexpected(held.error());
    }
    return m_plant.store.change([&](Draft &draft) { return part.prepare(draft, order, etag); }).map([&] {
        object = objectOf(order);
        object.site = m_plant.store.site();
        return object;
    });
}

Result<ObjectId> Embedded::perform(const Order &any, std::string_view etag, Progress &progress)
{
    return std::visit(
        [&](const auto &order) {
            return withPart<ObjectId>(order, [&]<typename P, typename O>(P &part, const O &known) -> Result<ObjectId> {
                if constexpr (acts<P, O>) {
                    return part.perform(known, etag, progress);
                } else {
                    return record(part, known, etag);
                }
            });
        },
        any);
}

Result<> Embedded::check(const Order &any, std::string_view etag)
{
    return std::visit(
        [&](const auto &order) {
            return withPart<void>(order, [&]<typename P, typename O>(P &part, O known) -> Result<> {
                return m_plant.store.rehearse([&](Draft &draft) { return part.prepare(draft, known, etag); });
            });
        },
        any);
}

Result<> Embedded::start(std::function<void(const Thing &)> announce)
{
    auto layout = Layout::prepare(m_plant.settings.directory);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    m_plant.layout = std::move(*layout);
    sweepTests(m_plant.layout);
    // Disks nobody knows are swept away, so a lost database must not be mistaken for an empty one.
    if (::access(m_plant.layout.database().c_str(), F_OK) != 0
        && !(m_plant.layout.files("volumes").empty() && m_plant.layout.files("images").empty())) {
        return refuse(Reason::Integrity, {{"where", m_plant.layout.database()}, {"expected", "the record of the disks beside it"}});
    }
    if (auto opened = m_plant.store.open(m_plant.layout.database()); !opened) {
        return opened;
    }
    auto hypervisor = probeHypervisor(m_plant.settings.qemu, m_plant.layout.root() + "/tmp");
    if (!hypervisor) {
        return tl::unexpected(hypervisor.error());
    }
    m_plant.hypervisor = std::move(*hypervisor);
    m_plant.store.announceTo(std::move(announce));
    return sweep().and_then([&] { return m_instances.recover(); }).map([&] {
        m_waiting.recover();
        m_plant.watcher.every(std::chrono::seconds(5), [this] { m_instances.trimConsoles(); });
    });
}

/// Removes what was being made when an earlier gateway ended: the records are what is true.
Result<> Embedded::sweep()
{
    const auto clean = [&](const std::string &part, ObjectKind kind) {
        for (const auto &name : m_plant.layout.files(part)) {
            if (!m_plant.store.find(m_plant.store.id(kind, name.substr(0, name.find('.'))))) {
                removeFile(m_plant.layout.root() + '/' + part + '/' + name);
            }
        }
    };
    clean("volumes", ObjectKind::Volume);
    clean("images", ObjectKind::Image);
    clean("snapshots", ObjectKind::Snapshot);
    return m_dataSets.sweep();
}

DriverFacts Embedded::facts()
{
    DriverFacts facts;
    facts.erasure = "files_removed";
    facts.hypervisor = m_plant.hypervisor.name();
    facts.lifecycleRecordedOnly = !m_plant.hypervisor.isThere();
    facts.capabilities = m_transfers.capabilities();
    const auto add = [&]<std::size_t... I>(std::index_sequence<I...>)
    {
        const auto kind = [&](const Order &order) {
            if (!std::holds_alternative<Migrate>(order) && !std::holds_alternative<Evacuate>(order) && !kindOf(order).starts_with("operation.")) {
                facts.capabilities.emplace_back(kindOf(order));
            }
        };
        (kind(Order(std::in_place_index<I>)), ...);
    };
    facts.capabilities.insert(facts.capabilities.end(), {"migrate", "migrate.in"});
    add(std::make_index_sequence<std::variant_size_v<Order>>());
    if (m_plant.hypervisor.isThere()) {
        facts.capabilities.insert(
            facts.capabilities.end(), {"console", "migrate.live", "migrate.warm", "migrate.testboot", "volume.hotplug", "snapshot.running"});
    }
    std::ranges::sort(facts.capabilities);
    facts.measured.vcpus = ::sysconf(_SC_NPROCESSORS_ONLN);
    facts.measured.ramBytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
    struct statvfs room { };
    if (::statvfs(m_plant.layout.root().c_str(), &room) == 0) {
        facts.measured.storageBytes = static_cast<std::int64_t>(room.f_blocks * room.f_frsize);
    }
    return facts;
}

/// vCPUs and memory promised to instances, as quotas count them; bytes really on disk.
Result<Amounts> Embedded::used()
{
    Amounts sum;
    for (const auto &thing : m_plant.store.all()) {
        if (const auto *instance = std::get_if<Instance>(&thing); instance && instance->custody != Custody::Retained) {
            sum = sum + Amounts {instance->vcpus, instance->ramBytes, 0};
        } else if (std::holds_alternative<Volume>(thing)) {
            sum.storageBytes += allocatedBytes(m_plant.layout.disk(idOf(thing).id));
        } else if (std::holds_alternative<Image>(thing)) {
            sum.storageBytes += allocatedBytes(m_plant.layout.image(idOf(thing).id));
        } else if (const auto *set = std::get_if<DataSet>(&thing)) {
            sum.storageBytes += set->bytes;
        }
    }
    return sum;
}

/// Its machines start with a BIOS, from virtio disks.
Foresight Embedded::foresee(const Arrival &arrival)
{
    Foresight foresight;
    if (!arrival.instance) {
        return foresight;
    }
    const auto &machine = *arrival.instance;
    if (machine.firmware == "uefi") {
        foresight.obstacles.push_back({Reason::Unsupported, {{"cause", "firmware"}, {"what", "uefi"}}, {}});
    }
    for (const auto &[cause, word] : {std::pair("other-bus", machine.diskBus), std::pair("other-nic", machine.nicModel)}) {
        if (!word.empty() && word != "virtio") {
            foresight.changes.push_back({Reason::Unsupported, {{"cause", cause}, {"from", word}, {"to", "virtio"}}, {}});
        }
    }
    return foresight;
}

Result<std::string> Embedded::describeMachine(const ObjectId &id)
{
    const auto instance = m_plant.store.get<Instance>(id);
    const auto machine = instance ? m_plant.running(id.id) : nullptr;
    if (!machine) {
        return instance ? notReady(toString(instance->state)) : tl::unexpected(instance.error());
    }
    return formOf(*machine, instance->volumeIds, m_plant.hypervisor).map([](const MachineForm &form) { return textOf(form); });
}

Result<std::unique_ptr<RunningMemory>> Embedded::sendMemory(const ObjectId &id)
{
    const auto machine = m_plant.running(id.id);
    return machine ? Leaving::begin(machine, m_plant.layout.machine(id.id)) : notReady("stopped");
}

Result<> Embedded::resume(const ObjectId &id)
{
    if (m_waiting.isWaiting(id)) {
        return m_waiting.resume(id);
    }
    const auto machine = m_plant.running(id.id);
    return machine ? goOn(*machine) : notReady("stopped");
}

Result<std::pair<std::string, std::int64_t>> Embedded::consoleOutput(const ObjectId &instance, std::size_t maxBytes)
{
    return m_plant.store.get<Instance>(instance).map(
        [&](const Instance &) { return Console(m_plant.layout.machine(instance.id)).tail(std::min<std::size_t>(maxBytes, 1 << 20)); });
}

}

std::unique_ptr<Driver> makeDriver(Settings settings)
{
    return std::make_unique<Embedded>(std::move(settings));
}

}
