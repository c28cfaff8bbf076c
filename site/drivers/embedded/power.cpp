// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/console.h"
#include "site/drivers/embedded/following.h"
#include "site/drivers/embedded/instances.h"

#include <unistd.h>

namespace portulan::site::embedded {

using namespace std::chrono_literals;

namespace {
constexpr auto insistence = 2s; ///< between two presses of the power button
constexpr auto patience = 60s; ///< how long a guest may take to shut down
}

Result<> Instances::recover()
{
    for (const auto &instance : m_plant.store.each<Instance>()) {
        if (!isUp(instance.state)) {
            continue;
        }
        const auto machine = machineFor(instance.id.id);
        const auto found = machine->find();
        Result<> told;
        if (found) {
            const auto status = machine->qmp().execute("query-status");
            const auto word = status ? status->value("status", std::string()) : std::string();
            if (word == "shutdown") { // powered off for a move, and the gateway went before it could end QEMU
                told = machine->kill();
            } else {
                (void)machine->qmp().execute("set-action", {{"shutdown", "poweroff"}});
                (void)Following::sweep(*machine, m_plant.layout.machine(instance.id.id)); // else swept when it is followed again
                const bool paused = word == "paused" || word == "finish-migrate" || word == "postmigrate";
                told = become(instance.id, paused ? PowerState::Paused : PowerState::Running, {}, machine.get());
            }
        } else if (found.error().reason == Reason::TimedOut) {
            told = become(instance.id, PowerState::Failed, "QEMU is there but does not answer");
        } else {
            hasEnded(instance.id, machine->postMortem());
        }
        if (!told) {
            return told;
        }
    }
    return {};
}

std::shared_ptr<Machine> Instances::machineFor(const std::string &instance)
{
    const ObjectId id = m_plant.store.id(ObjectKind::Instance, instance);
    Machine::Listener listener {
        [this, id](bool paused, const std::string &note) { (void)become(id, paused ? PowerState::Paused : PowerState::Running, note); },
        [this, id](const Machine::End &end) { hasEnded(id, end); }};
    auto machine = std::make_shared<Machine>(m_plant.watcher, m_plant.layout.machine(instance), std::move(listener));
    std::shared_ptr<Machine> former; // let go of outside the lock
    const std::lock_guard lock(m_plant.machinesMutex);
    former = std::exchange(m_plant.machines[instance], machine);
    return machine;
}

Result<> Instances::become(const ObjectId &id, PowerState state, const std::string &note, const Machine *unlessOver)
{
    return m_plant.store.change([&](Draft &draft) -> Result<> {
        auto instance = draft.get<Instance>(id);
        if (!instance || (unlessOver && unlessOver->isOver()) || (instance->state == state && instance->stateNote == note)) {
            return {};
        }
        instance->state = state;
        instance->stateNote = note;
        return draft.put(*instance);
    });
}

void Instances::hasEnded(const ObjectId &id, const Machine::End &end)
{
    (void)m_plant.store.change([&](Draft &draft) -> Result<> {
        auto instance = draft.get<Instance>(id);
        if (!instance) {
            return {};
        }
        instance->state = end.lawful ? PowerState::Stopped : PowerState::Failed;
        instance->stateNote = end.note;
        for (const auto &volumeId : instance->volumeIds) {
            if (auto volume = draft.get<Volume>(m_plant.store.id(ObjectKind::Volume, volumeId))) {
                m_volumes.refresh(draft, *volume);
            }
        }
        return draft.put(*instance);
    });
}

Result<> Instances::demandBootable(const Instance &instance)
{
    if (auto owned = demandOwned(instance.custody); !owned) {
        return owned;
    }
    if (isUp(instance.state) || instance.state == PowerState::RecordedOnly) {
        return notReady(toString(instance.state));
    }
    const auto ram = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
    if (m_plant.hypervisor.isThere() && instance.ramBytes > ram) {
        return refuse(Reason::NoCapacity, {{"resource", "ram"}, {"free", std::to_string(ram)}, {"wanted", std::to_string(instance.ramBytes)}});
    }
    return {};
}

MachinePlan Instances::plan(const Instance &instance)
{
    MachinePlan plan {instance.id.id, m_plant.layout.machine(instance.id.id), instance.vcpus, instance.ramBytes, {}, 0};
    for (const auto &volume : instance.volumeIds) {
        plan.disks.push_back({volume, m_plant.layout.disk(volume)});
    }
    for (const auto &id : instance.networkIds) {
        const auto network = m_plant.store.get<Network>(m_plant.store.id(ObjectKind::Network, id));
        plan.userNetworks += network && network->kind == "user" ? 1 : 0;
    }
    return plan;
}

/// Starts what demandBootable() has let pass; the instance is locked.
Result<> Instances::power(const ObjectId &id, Progress &progress)
{
    if (!m_plant.hypervisor.isThere()) {
        return become(id, PowerState::RecordedOnly, "no hypervisor on this site: the instance is recorded, nothing runs");
    }
    const auto instance = m_plant.store.get<Instance>(id);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    progress.phase("starting");
    if (auto done = become(id, PowerState::Starting, {}); !done) {
        return done;
    }
    const auto made = plan(*instance);
    Console(m_plant.layout.machine(id.id)).trim();
    const auto machine = machineFor(id.id);
    const auto started = machine->start(commandLine(made, m_plant.hypervisor.qemu, m_plant.hypervisor.accelerator, m_plant.hypervisor.sandbox));
    if (!started) {
        (void)become(id, PowerState::Failed, started.error().detail);
        return started;
    }
    return become(id, PowerState::Running, {}, machine.get());
}

Result<> Instances::takeOver(const ObjectId &id)
{
    const auto machine = machineFor(id.id);
    return machine->find().and_then([&] { return machine->qmp().execute("cont").map([](const Qmp::Json &) {}); }).and_then([&] {
        return become(id, PowerState::Running, {}, machine.get());
    });
}

Result<> Instances::prepare(Draft &draft, StartInstance &order, std::string_view etag)
{
    const auto instance = draft.get<Instance>(order.instance);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    return demandEtag(*instance, etag).and_then([&] { return demandBootable(*instance); });
}

Result<ObjectId> Instances::perform(StartInstance order, std::string_view etag, Progress &progress)
{
    const auto held = m_plant.locks.hold({order.instance});
    if (!held) {
        return tl::unexpected(held.error());
    }
    return m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); })
        .and_then([&] { return power(order.instance, progress); })
        .map([&] { return order.instance; });
}

Result<> Instances::prepare(Draft &draft, StopInstance &order, std::string_view etag)
{
    const auto instance = draft.get<Instance>(order.instance);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    if (auto good = demandEtag(*instance, etag); !good) {
        return good;
    }
    // What stops by itself may still be forced; what leaves must be stopped by whoever moves it.
    const bool may = instance->state == PowerState::Running || instance->state == PowerState::RecordedOnly || instance->state == PowerState::Paused
        || (order.force && instance->state == PowerState::Stopping);
    return may ? Result<>() : Result<>(notReady(toString(instance->state)));
}

Result<ObjectId> Instances::perform(StopInstance order, std::string_view etag, Progress &progress)
{
    if (auto good = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); }); !good) {
        return tl::unexpected(good.error());
    }
    return (order.force ? stopNow(order.instance) : stopGently(order.instance, progress)).map([&] { return order.instance; });
}

/// Presses the power button and waits. Nothing is locked meanwhile, so that a guest that does not listen can be forced.
Result<> Instances::stopGently(const ObjectId &id, Progress &progress)
{
    const auto machine = m_plant.running(id.id);
    if (!machine) {
        return become(id, PowerState::Stopped, {});
    }
    progress.phase("stopping");
    if (auto done = become(id, PowerState::Stopping, {}, machine.get()); !done) {
        return done;
    }
    auto pressed = machine->qmp().execute("system_powerdown");
    Problem problem {Reason::TimedOut, {{"id", id.text()}}, "the guest does not shut down"};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    auto again = std::chrono::steady_clock::now() + insistence;
    while (pressed && std::chrono::steady_clock::now() < deadline) {
        if (machine->waitEnd(100ms)) {
            return {};
        }
        if (progress.isCancelled()) {
            problem = {Reason::Cancelled, {}, {}};
            break;
        }
        if (std::chrono::steady_clock::now() > again) { // a guest that is still booting has not felt the first
            pressed = machine->qmp().execute("system_powerdown");
            again += insistence;
        }
    }
    if (machine->waitEnd(0ms)) {
        return {};
    }
    (void)become(id, PowerState::Running, "does not react to its power button", machine.get());
    return tl::unexpected(pressed ? problem : pressed.error());
}

Result<> Instances::stopNow(const ObjectId &id)
{
    const auto machine = m_plant.running(id.id);
    if (!machine) {
        return become(id, PowerState::Stopped, {});
    }
    (void)become(id, PowerState::Stopping, {}, machine.get());
    return machine->kill();
}

/// As stopGently(), but QEMU stays when the guest has powered off.
Result<> Instances::awaitRest(const ObjectId &id, Machine &machine, Progress &progress)
{
    auto pressed = machine.qmp().execute("system_powerdown");
    const auto deadline = std::chrono::steady_clock::now() + patience;
    auto again = std::chrono::steady_clock::now() + insistence;
    while (pressed && !progress.isCancelled() && std::chrono::steady_clock::now() < deadline) {
        machine.qmp().waitEvent("SHUTDOWN", {}, 100ms);
        const auto status = machine.qmp().execute("query-status");
        if (!status) {
            return tl::unexpected(status.error());
        }
        if (status->value("status", std::string()) == "shutdown") {
            return {};
        }
        if (std::chrono::steady_clock::now() > again) {
            pressed = machine.qmp().execute("system_powerdown");
            again += insistence;
        }
    }
    if (!pressed) {
        return tl::unexpected(pressed.error());
    }
    return progress.isCancelled() ? refuse(Reason::Cancelled) : refuse(Reason::TimedOut, {{"id", id.text()}}, "the guest does not shut down");
}

Result<> Instances::halt(const ObjectId &id, bool force, Progress &progress, const std::function<Result<>()> &atRest)
{
    const auto machine = m_plant.running(id.id);
    if (!machine) {
        return refuse(Reason::NotReady, {{"state", "stopped"}}, "it has ended by itself");
    }
    progress.phase("stopping");
    if (auto done = become(id, PowerState::Stopping, {}, machine.get()); !done) {
        return done;
    }
    auto rests = force ? machine->qmp().execute("stop").map([](const Qmp::Json &) {})
                       : machine->qmp().execute("set-action", {{"shutdown", "pause"}}).and_then([&](const Qmp::Json &) {
                             return awaitRest(id, *machine, progress);
                         });
    if (!rests && (rests.error().reason == Reason::TimedOut || rests.error().reason == Reason::Cancelled)) {
        (void)machine->qmp().execute("set-action", {{"shutdown", "poweroff"}});
        (void)become(id, PowerState::Running, "does not react to its power button", machine.get());
        return rests;
    }
    const auto done = rests ? atRest() : rests;
    const auto ended = machine->kill();
    return done ? ended : done;
}

Result<> Instances::prepare(Draft &draft, RebootInstance &order, std::string_view etag)
{
    StopInstance stop {order.instance, order.force};
    const auto instance = draft.get<Instance>(order.instance);
    return prepare(draft, stop, etag).and_then([&] { return demandOwned(instance->custody); });
}

Result<ObjectId> Instances::perform(RebootInstance order, std::string_view etag, Progress &progress)
{
    const auto held = m_plant.locks.hold({order.instance});
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto done = m_plant.store.rehearse([&](Draft &draft) { return prepare(draft, order, etag); });
    const auto machine = m_plant.running(order.instance.id);
    if (done && machine) { // not system_reset: in the middle of its firmware's start a machine does not survive one
        done = (order.force ? stopNow(order.instance) : stopGently(order.instance, progress)).and_then([&] {
            return power(order.instance, progress);
        });
    }
    return done.map([&] { return order.instance; });
}

void Instances::trimConsoles()
{
    for (const auto &instance : m_plant.store.each<Instance>()) {
        if (isUp(instance.state)) {
            Console(m_plant.layout.machine(instance.id.id)).trim();
        }
    }
}

}
