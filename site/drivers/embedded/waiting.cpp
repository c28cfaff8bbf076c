// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/waiting.h"

#include "site/drivers/embedded/machineform.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::site::embedded {

using namespace std::chrono_literals;
using Json = Qmp::Json;

namespace {

constexpr auto socketName = "memory.sock";
constexpr auto patience = 60s;

enum class Rest { Empty, Full, Runs }; ///< what a machine that waits has

Result<Rest> restOf(Machine &machine)
{
    const auto status = machine.qmp().execute("query-status");
    const auto migration = status ? machine.qmp().execute("query-migrate") : status;
    if (!migration) {
        return tl::unexpected(migration.error());
    }
    const auto word = status->value("status", std::string());
    return word == "running" ? Rest::Runs : word == "paused" && migration->value("status", std::string()) == "completed" ? Rest::Full : Rest::Empty;
}

/// Into the socket on which QEMU waits for it.
class Landing final : public MemorySink {
public:
    Landing(std::shared_ptr<Machine> machine, Fd socket)
        : m_machine(std::move(machine))
        , m_socket(std::move(socket))
    {
    }
    Result<> write(std::span<const std::byte> bytes) override
    {
        for (const auto until = std::chrono::steady_clock::now() + patience; !bytes.empty();) {
            if (m_cut || m_machine->isOver() || std::chrono::steady_clock::now() > until) {
                return refuse(m_cut           ? Reason::Cancelled
                        : m_machine->isOver() ? Reason::Internal
                                              : Reason::TimedOut,
                    {{"what", "memory"}}, "QEMU does not take it");
            }
            pollfd waiting {m_socket.get(), POLLOUT, 0};
            if (::poll(&waiting, 1, 100) <= 0) {
                continue;
            }
            const auto sent = ::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno != EINTR && errno != EAGAIN) {
                return refuse(Reason::Internal, {{"what", "memory"}}, std::strerror(errno));
            }
            bytes = bytes.subspan(sent > 0 ? std::size_t(sent) : 0);
        }
        return {};
    }
    Result<> finish() override
    {
        ::shutdown(m_socket.get(), SHUT_WR);
        for (const auto until = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < until && !m_cut;) {
            const auto rest = restOf(*m_machine);
            if (!rest || *rest == Rest::Full) {
                m_here = rest.has_value();
                return rest ? Result<>() : refuse(Reason::Internal, {{"what", "memory"}}, "QEMU cannot use it: " + rest.error().detail);
            }
            m_machine->waitEnd(2ms);
        }
        return refuse(m_cut ? Reason::Cancelled : Reason::TimedOut, {{"what", "memory"}});
    }
    void cut() override
    {
        m_cut = true;
        if (!m_here && !m_machine->isOver()) { // half a memory is of no use
            (void)m_machine->kill();
        }
    }

private:
    const std::shared_ptr<Machine> m_machine;
    const Fd m_socket;
    std::atomic<bool> m_cut = false, m_here = false;
};

Result<Fd> readied(Machine &machine, const std::string &directory)
{
    const Json late {{"capability", "late-block-activate"}, {"state", true}}; // its disks are still being written by others
    auto ready = machine.qmp().execute("migrate-set-capabilities", {{"capabilities", Json::array({late})}}).and_then([&](const Json &) {
        return machine.qmp().execute("migrate-incoming", {{"uri", std::string("unix:") + socketName}});
    });
    return ready ? connectLocal(directory, socketName) : tl::unexpected(ready.error());
}

}

Result<> Waiting::mayTake(const std::string &form)
{
    return machineFormFrom(form).and_then([&](const MachineForm &known) { return demandSame(known, m_plant.hypervisor); });
}

Result<std::shared_ptr<MemorySink>> Waiting::take(const ObjectId &id, const std::string &text)
{
    const auto held = m_plant.locks.hold({id});
    const auto form = held ? machineFormFrom(text) : tl::unexpected(held.error());
    if (!form) {
        return tl::unexpected(form.error());
    }
    const auto instance = m_plant.store.get<Instance>(id);
    if (!instance || instance->custody != Custody::Incoming) {
        return instance ? notReady(toString(instance->custody)) : tl::unexpected(instance.error());
    }
    if (instance->volumeIds.size() != form->disks.size()) {
        return refuse(Reason::Malformed, {{"file", "machine"}, {"expected", std::to_string(instance->volumeIds.size()) + " disks"}});
    }
    if (auto good = demandSame(*form, m_plant.hypervisor).and_then([&] { return drop(id); }); !good) {
        return tl::unexpected(good.error());
    }
    const auto directory = m_plant.layout.machine(id.id);
    const auto line = waitingLine(*form, m_instances.plan(*instance), m_plant.hypervisor);
    // Marked first: whatever is found there later is known for what it is.
    const auto marked = makeDirectory(directory).and_then([&] { return openFile(markOf(id), O_WRONLY | O_CREAT); });
    if (!marked) {
        return tl::unexpected(marked.error());
    }
    removeFile(directory + '/' + socketName);
    const auto machine = std::make_shared<Machine>(m_plant.watcher, directory, Machine::Listener {[](bool, const auto &) {}, [](const auto &) {}});
    const auto started = machine->start(line);
    auto socket = started ? readied(*machine, directory) : tl::unexpected(started.error());
    if (!socket) {
        if (started && !machine->isOver()) {
            (void)machine->kill();
        }
        removeFile(markOf(id));
        return tl::unexpected(socket.error());
    }
    const std::lock_guard lock(m_mutex);
    m_machines[id.id] = machine;
    return std::make_shared<Landing>(machine, std::move(*socket));
}

/// Nothing if none waits there.
Result<std::shared_ptr<Machine>> Waiting::find(const ObjectId &id)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto at = m_machines.find(id.id); at != m_machines.end() && !at->second->isOver()) {
            return at->second;
        }
    }
    if (!isWaiting(id)) {
        return std::shared_ptr<Machine>();
    }
    auto machine = std::make_shared<Machine>(
        m_plant.watcher, m_plant.layout.machine(id.id), Machine::Listener {[](bool, const auto &) {}, [](const auto &) {}});
    const auto found = machine->find();
    if (!found) {
        return found.error().reason == Reason::TimedOut ? tl::unexpected(found.error()) : Result<std::shared_ptr<Machine>>(nullptr);
    }
    const std::lock_guard lock(m_mutex);
    return m_machines[id.id] = machine;
}

std::shared_ptr<Machine> Waiting::forget(const ObjectId &id)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_machines.find(id.id);
    return at == m_machines.end() ? nullptr : m_machines.extract(at).mapped();
}

bool Waiting::isWaiting(const ObjectId &id)
{
    return id.kind == ObjectKind::Instance && ::access(markOf(id).c_str(), F_OK) == 0;
}

Result<bool> Waiting::hasMemory(const ObjectId &id)
{
    const auto machine = find(id);
    if (!machine || !*machine) {
        return machine ? Result<bool>(false) : tl::unexpected(machine.error());
    }
    const auto rest = restOf(**machine);
    return rest ? *rest == Rest::Full : (*machine)->waitEnd(1s) ? Result<bool>(false) : tl::unexpected(rest.error());
}

Result<> Waiting::resume(const ObjectId &id)
{
    const auto held = m_plant.locks.hold({id});
    const auto instance = held ? m_plant.store.get<Instance>(id) : tl::unexpected(held.error());
    if (auto owned = instance ? demandOwned(instance->custody) : tl::unexpected(instance.error()); !owned) {
        return owned;
    }
    const auto here = hasMemory(id);
    if (!here || !*here) {
        return here ? refuse(Reason::Unreachable, {{"what", "memory"}}, "it is gone") : tl::unexpected(here.error());
    }
    forget(id).reset(); // QEMU listens to one at a time
    auto runs = m_instances.takeOver(id);
    if (runs) {
        removeFile(markOf(id));
        return runs;
    }
    return drop(id).and_then([&]() -> Result<> { return refuse(Reason::Unreachable, runs.error().facts, runs.error().detail); });
}

Result<> Waiting::drop(const ObjectId &id)
{
    if (id.kind != ObjectKind::Instance) {
        return {};
    }
    const auto machine = find(id);
    if (!machine) {
        return tl::unexpected(machine.error());
    }
    if (*machine) {
        if (auto ended = (*machine)->kill(); !ended) {
            return ended;
        }
    }
    forget(id).reset();
    removeFile(markOf(id));
    return {};
}

void Waiting::recover()
{
    for (const auto &instance : m_plant.store.each<Instance>()) {
        const auto machine = isWaiting(instance.id) ? find(instance.id) : Result<std::shared_ptr<Machine>>();
        if (!machine) {
            continue; // asked again when it is needed
        }
        const auto rest = *machine ? restOf(**machine) : Result<Rest>(Rest::Empty);
        if (rest && *rest == Rest::Runs) { // the gateway ended before it could say so
            forget(instance.id).reset();
            if (m_instances.takeOver(instance.id)) {
                removeFile(markOf(instance.id));
            }
        } else if ((!rest || *rest == Rest::Empty) && isWaiting(instance.id)) {
            (void)drop(instance.id);
        }
    }
}

}
