// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/clouddriver.h"

#include "site/drivers/cloud/diskorders.h"
#include "site/drivers/cloud/files.h"
#include "site/drivers/cloud/following.h"
#include "site/drivers/cloud/lookout.h"
#include "site/drivers/cloud/machineorders.h"
#include "site/drivers/cloud/moves.h"
#include "site/drivers/cloud/networkorders.h"
#include "site/drivers/disk/fd.h"
#include "site/drivers/record/projects.h"

#include <algorithm>

namespace portulan::site::cloud {

namespace {

Settings complete(Settings settings)
{
    if (!settings.clock) {
        settings.clock = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
    }
    return settings;
}

constexpr std::chrono::seconds patienceStart {10};

tl::unexpected<Problem> cannot(std::string_view what)
{
    return refuse(Reason::Unsupported, {{"what", std::string(what)}});
}

/// The way from the gateway's questions and orders to the record and the cloud.
class CloudDriver final : public Driver {
public:
    CloudDriver(Settings settings, std::unique_ptr<Cloud> cloud)
        : m_settings(complete(std::move(settings)))
        , m_cloud(std::move(cloud))
        , m_registry(m_settings.site, m_settings.project, m_settings.clock)
        , m_desk(*m_cloud, m_registry)
        , m_machines(m_desk)
        , m_disks(m_desk)
        , m_networks(m_desk)
        , m_moves(*m_cloud, m_registry, m_locks, m_settings.directory)
        , m_files(*m_cloud, m_registry, m_locks, m_settings.directory + "/files")
        , m_lookout(*m_cloud, m_registry, m_settings.interval)
    {
    }
    ~CloudDriver() override
    {
        m_moves.end();
        m_cloud->close();
        m_lookout.end();
    }

    Result<> start(std::function<void(const Thing &)> announce) override;
    void stop() override { store().announceTo({}); }
    DriverFacts facts() override;
    Result<Amounts> used() override;
    Result<std::vector<Thing>> inventory() override { return store().all(); }
    Result<Thing> find(const ObjectId &id) override
    {
        auto thing = store().find(id);
        return thing ? Result<Thing>(std::move(*thing)) : refuse(Reason::NotFound, {{"id", id.text()}});
    }
    Result<std::vector<DataObject>> dataObjects(const ObjectId &, std::string_view, std::size_t) override { return cannot("dataset.list"); }
    Result<ObjectId> perform(const Order &order, std::string_view etag, Progress &progress) override;
    Result<> check(const Order &order, std::string_view etag) override;

    Result<std::unique_ptr<Upload>> beginImport(const ImportSpec &spec) override
    {
        return demandAble("migrate.in").and_then([&] { return m_files.beginImport(spec); });
    }
    Result<std::unique_ptr<Download>> beginExport(const ObjectId &object, std::string_view format, Progress &progress) override
    {
        return demandAble("migrate").and_then([&] { return m_files.beginExport(object, format, progress); });
    }
    Result<std::unique_ptr<Upload>> beginPut(const ObjectId &, std::string_view, std::string_view) override { return cannot("dataset.put"); }
    Result<std::unique_ptr<Download>> beginGet(const ObjectId &, std::string_view) override { return cannot("dataset.get"); }
    Result<std::pair<std::string, std::int64_t>> consoleOutput(const ObjectId &instance, std::size_t maxBytes) override
    {
        return m_registry.refOf(instance).and_then([&](const Ref &ref) { return m_cloud->consoleOutput(ref, maxBytes); });
    }
    Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo) override
    {
        return demandAble("migrate").and_then([&] { return m_moves.setCustody(object, custody, retainedUntil, movedTo); });
    }
    Result<std::unique_ptr<BlockReader>> openForRead(const ObjectId &object, std::string_view) override { return m_moves.openForRead(object); }
    Result<std::unique_ptr<RunningDisks>> follow(const ObjectId &instance) override;
    std::vector<Problem> leftBehind(const ObjectId &instance) override
    {
        const auto ref = m_registry.refOf(instance);
        return ref ? m_cloud->leftBehind(*ref) : std::vector<Problem>();
    }
    Foresight foresee(const Arrival &arrival) override { return m_cloud->foresee(arrival); }
    Result<> erase(const ObjectId &object) override { return m_moves.erase(object); }
    Result<Received> receive(const Arrival &arrival) override
    {
        return demandAble("migrate.in").and_then([&] { return m_moves.receive(arrival); });
    }
    Result<std::unique_ptr<BlockWriter>> openForWrite(const ObjectId &object, std::string_view) override { return m_moves.openForWrite(object); }
    Result<std::optional<Settling>> settle(const ObjectId &object) override { return m_moves.settle(object); }
    Result<> adopt(const ObjectId &object) override { return m_moves.adopt(object); }
    Result<> drop(const ObjectId &object) override { return m_moves.drop(object); }

private:
    template <typename O>
    static constexpr bool isOfProjects = std::is_same_v<O, CreateProject> || std::is_same_v<O, UpdateProject> || std::is_same_v<O, DeleteProject>;
    /// Who takes orders of this kind.
    template <typename Orders, typename O>
    static constexpr bool isTaker = requires(Orders &orders, const O &order)
    {
        orders.admit(order, std::string_view());
    };
    template <typename O>
    static constexpr bool isOfCloud = isTaker<MachineOrders, O> || isTaker<DiskOrders, O> || isTaker<NetworkOrders, O>;
    template <typename O>
    auto &takerOf()
    {
        if constexpr (isTaker<MachineOrders, O>) {
            return m_machines;
        } else if constexpr (isTaker<DiskOrders, O>) {
            return m_disks;
        } else {
            return m_networks;
        }
    }

    Store &store() { return m_registry.store(); }
    std::vector<ObjectId> touchedBy(const Order &order);
    Result<> demandAble(std::string_view what);
    template <typename O>
    Result<> prepare(Draft &draft, O &order, std::string_view etag);
    template <typename O>
    Result<> admit(const O &order, std::string_view etag);

    const Settings m_settings;
    std::unique_ptr<Cloud> m_cloud;
    Registry m_registry;
    Desk m_desk;
    MachineOrders m_machines;
    DiskOrders m_disks;
    NetworkOrders m_networks;
    Locks m_locks;
    Moves m_moves;
    Files m_files;
    Lookout m_lookout;
};

Result<> CloudDriver::start(std::function<void(const Thing &)> announce)
{
    auto ready = makeDirectory(m_settings.directory).and_then([&] { return m_registry.open(m_settings.directory + "/cloud.db"); }).and_then([&] {
        return m_moves.open().and_then([&] { return m_files.open(); });
    });
    if (!ready) {
        return ready;
    }
    store().announceTo(std::move(announce));
    return m_cloud->open([this] { m_lookout.stir(); }).map([this] {
        m_lookout.begin();
        (void)m_lookout.look(patienceStart); // what a cloud that is away, or slow, had is on record
    });
}

DriverFacts CloudDriver::facts()
{
    const auto cloud = m_cloud->facts();
    DriverFacts facts;
    facts.stack = cloud.stack;
    facts.hypervisor = cloud.hypervisor;
    facts.capabilities = cloud.capabilities;
    facts.capabilities.insert(facts.capabilities.end(), {"project.create", "project.delete", "project.update"});
    const bool takes = std::ranges::count(cloud.capabilities, "migrate.in") > 0, gives = std::ranges::count(cloud.capabilities, "migrate") > 0;
    for (const auto &word : m_files.capabilities()) {
        if (word.find(".import.") != std::string::npos ? takes : gives) {
            facts.capabilities.push_back(word);
        }
    }
    std::ranges::sort(facts.capabilities);
    facts.measured = cloud.measured;
    return facts;
}

Result<Amounts> CloudDriver::used()
{
    if (const auto told = m_cloud->facts().used) {
        return *told;
    }
    Amounts sum;
    for (const auto &thing : store().all()) {
        if (const auto *instance = std::get_if<Instance>(&thing); instance && instance->custody != Custody::Retained) {
            sum = sum + Amounts {instance->vcpus, instance->ramBytes, 0};
        } else if (const auto *volume = std::get_if<Volume>(&thing)) {
            sum.storageBytes += volume->allocatedBytes;
        } else if (const auto *image = std::get_if<Image>(&thing)) {
            sum.storageBytes += image->fileBytes;
        } else if (const auto *set = std::get_if<DataSet>(&thing)) {
            sum.storageBytes += set->bytes;
        }
    }
    return sum;
}

Result<> CloudDriver::demandAble(std::string_view what)
{
    return m_desk.can(what) ? Result<>() : Result<>(cannot(what));
}

Result<std::unique_ptr<RunningDisks>> CloudDriver::follow(const ObjectId &instance)
{
    return demandAble("migrate.warm").and_then([&] { return m_registry.refOf(instance); }).and_then([&](const Ref &ref) {
        return m_cloud->follow(ref).map([&](std::unique_ptr<LiveDisks> disks) {
            return std::unique_ptr<RunningDisks>(std::make_unique<Following>(std::move(disks), m_machines, m_locks, instance));
        });
    });
}

std::vector<ObjectId> CloudDriver::touchedBy(const Order &order)
{
    const auto object = objectOf(order);
    auto ids = m_disks.touchedBy(object.id.empty() ? object : m_desk.id(object.kind, object.id));
    if (const auto *attach = std::get_if<AttachVolume>(&order)) {
        ids.push_back(attach->volume);
    } else if (const auto *image = std::get_if<CreateImage>(&order)) {
        std::ranges::copy(m_disks.touchedBy(image->fromVolume), std::back_inserter(ids));
    }
    return ids;
}

template <typename O>
Result<> CloudDriver::prepare(Draft &draft, O &order, std::string_view etag)
{
    if constexpr (std::is_same_v<O, CreateProject>) {
        return prepareProject(draft, order);
    } else if constexpr (std::is_same_v<O, UpdateProject>) {
        return prepareProject(draft, order, etag);
    } else {
        return prepareProject(draft, store(), order, etag);
    }
}

template <typename O>
Result<> CloudDriver::admit(const O &order, std::string_view etag)
{
    return takerOf<O>().admit(order, etag).and_then([&] { return demandAble(kindOf(Order(order))); });
}

Result<> CloudDriver::check(const Order &any, std::string_view etag)
{
    return std::visit(
        [&]<typename O>(const O &order) -> Result<> {
            if constexpr (isOfProjects<O>) {
                return store().rehearse([&](Draft &draft) {
                    O copy = order;
                    return prepare(draft, copy, etag);
                });
            } else if constexpr (isOfCloud<O>) {
                return admit(order, etag);
            } else {
                return cannot(kindOf(Order(order)));
            }
        },
        any);
}

Result<ObjectId> CloudDriver::perform(const Order &any, std::string_view etag, Progress &progress)
{
    const auto held = m_locks.hold(touchedBy(any));
    if (!held) {
        return tl::unexpected(held.error());
    }
    return std::visit(
        [&]<typename O>(const O &order) -> Result<ObjectId> {
            if constexpr (isOfProjects<O>) {
                O copy = order;
                return store().change([&](Draft &draft) { return prepare(draft, copy, etag); }).map([&] {
                    return store().id(ObjectKind::Project, objectOf(Order(copy)).id);
                });
            } else if constexpr (isOfCloud<O>) {
                return admit(order, etag).and_then([&] { return takerOf<O>().carryOut(order, progress); });
            } else {
                return cannot(kindOf(Order(order)));
            }
        },
        any);
}

}

std::unique_ptr<Driver> makeDriver(Settings settings, std::unique_ptr<Cloud> cloud)
{
    return std::make_unique<CloudDriver>(std::move(settings), std::move(cloud));
}

}
