// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/machine.h"

#include "core/manifest.h"
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {
constexpr auto socketName = "qmp.sock", pidName = "pid", wordsName = "qemu.log";
using namespace std::chrono_literals;
}

Machine::Machine(Watcher &watcher, std::string directory, Listener listener)
    : m_watcher(watcher)
    , m_directory(std::move(directory))
    , m_listener(std::move(listener))
{
}

Machine::~Machine()
{
    if (m_qmp) {
        m_watcher.forget(m_qmp->socket());
    }
    if (m_process) {
        m_watcher.forget(m_process->pidfd());
    }
}

Result<> Machine::start(const std::vector<std::string> &line)
{
    if (auto made = makeDirectory(m_directory); !made) {
        return made;
    }
    auto listening = listenLocal(m_directory, socketName);
    if (!listening) {
        return tl::unexpected(listening.error());
    }
    auto words = openFile(m_directory + '/' + wordsName, O_WRONLY | O_CREAT | O_TRUNC);
    if (!words) {
        return tl::unexpected(words.error());
    }
    removeFile(m_directory + '/' + pidName);
    const auto pid = spawn({line, m_directory, words->get(), listening->get()});
    if (!pid) {
        return tl::unexpected(pid.error());
    }
    listening->close();
    auto socket = connectLocal(m_directory, socketName);
    auto up = socket ? attach(std::move(*socket), *pid) : tl::unexpected(socket.error());
    if (!up) {
        if (auto process = m_process ? Result<Process>(std::move(*m_process)) : Process::of(*pid); process) {
            process->signal(SIGKILL);
            process->ended(-1ms);
        }
        m_process.reset();
        Problem problem = up.error();
        problem.reason = problem.reason == Reason::TimedOut ? Reason::TimedOut : Reason::Internal;
        problem.detail += ": " + readText(m_directory + '/' + wordsName, 500).value_or("");
        return tl::unexpected(problem);
    }
    return {};
}

Result<> Machine::find()
{
    auto socket = connectLocal(m_directory, socketName);
    if (!socket) {
        return tl::unexpected(socket.error());
    }
    const auto text = readText(m_directory + '/' + pidName, 32);
    pid_t pid = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), pid).ec != std::errc() || pid <= 1) {
        return refuse(Reason::Unreachable, {}, "no process id");
    }
    return attach(std::move(*socket), pid);
}

Machine::End Machine::postMortem() const
{
    // QEMU takes its pid file with it when it ends by itself; one that was killed leaves it.
    return ::access((m_directory + '/' + pidName).c_str(), F_OK) == 0
        ? End {false, "QEMU ended without a word while the gateway was away (killed, or the host restarted)"}
        : End {true, "ended while the gateway was away"};
}

Result<> Machine::attach(Fd socket, pid_t pid)
{
    auto process = Process::of(pid);
    if (!process) {
        return tl::unexpected(process.error());
    }
    m_process = std::move(*process);
    m_qmp = std::make_unique<Qmp>(std::move(socket), [this](const Qmp::Json &event) { onEvent(event); });
    m_watcher.watch(m_qmp->socket(), [this] { return m_qmp->take(); });
    const auto greeted = m_qmp->greet(15s);
    if (!greeted) {
        m_watcher.forget(m_qmp->socket());
        return greeted;
    }
    m_watcher.watch(m_process->pidfd(), [this] { return onExit(); });
    return {};
}

void Machine::onEvent(const Qmp::Json &event)
{
    const auto name = event.value("event", std::string());
    const auto data = event.value("data", Qmp::Json::object());
    if (name == "SHUTDOWN") {
        m_reason = data.value("reason", std::string("unknown"));
    } else if (name == "GUEST_PANICKED") {
        m_panicked = true;
    } else if (name == "BLOCK_IO_ERROR") {
        m_diskFull = data.value("nospace", false);
    } else if (name == "STOP" && m_reason.empty()) {
        m_listener.paused(true, m_diskFull ? "the site's disk is full" : "");
    } else if (name == "RESUME") {
        m_diskFull = false;
        m_listener.paused(false, "");
    }
}

bool Machine::onExit()
{
    m_qmp->take(); // its last words may still be in the socket
    m_process->ended(0ms);
    End end {!m_reason.empty() || m_killed, {}};
    if (m_panicked) {
        end = {false, "the guest's system crashed"};
    } else if (!end.lawful) {
        end.note = "QEMU ended unexpectedly" + (m_process->fate().empty() ? std::string() : " (" + m_process->fate() + ')');
    } else if (m_reason == "host-signal" && !m_killed) {
        end.note = "stopped by a signal";
    }
    m_over = true; // first: who starts it and is about to write "running" must see that it is not
    m_listener.ended(end);
    const std::lock_guard lock(m_mutex);
    m_told = true;
    m_ended.notify_all();
    return false;
}

bool Machine::waitEnd(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    return m_ended.wait_for(lock, patience, [&] { return m_told; });
}

Result<> Machine::kill()
{
    m_killed = true;
    (void)m_qmp->execute("quit", Qmp::Json::object(), 2s); // lets it write its tables; one that hangs is killed
    if (!waitEnd(3s)) {
        m_process->signal(SIGKILL);
        if (!waitEnd(10s)) {
            return refuse(Reason::TimedOut, {}, "QEMU cannot be ended");
        }
    }
    return {};
}

namespace {

/// A comma ends an option's value unless doubled.
std::string escaped(const std::string &text)
{
    std::string out;
    for (const char c : text) {
        out += c == ',' ? ",," : std::string(1, c);
    }
    return out;
}

/// TCG's translation cache is most of what a tiny guest costs.
std::string cacheFor(std::int64_t ramBytes)
{
    const std::int64_t mib = ramBytes >> 20;
    return mib <= 64 ? "4" : mib <= 512 ? "32" : "128";
}

}

std::string nodeName(const std::string &volume)
{
    constexpr std::size_t longest = 31; // QEMU's
    if (volume.size() + 2 <= longest) {
        return "n-" + volume;
    }
    Hasher hasher;
    hasher.add(volume);
    return "n-" + toHex(hasher.end()).substr(0, longest - 2);
}

Qmp::Json blockdevOf(const MachinePlan::Disk &disk)
{
    return {{"driver", "qcow2"}, {"node-name", nodeName(disk.volume)}, {"discard", "unmap"},
        {"file", {{"driver", "file"}, {"filename", disk.path}, {"discard", "unmap"}}}};
}

Qmp::Json deviceOf(const std::string &volume)
{
    return {{"driver", "virtio-blk-pci"}, {"drive", nodeName(volume)}, {"id", "d-" + volume}, {"serial", volume.substr(0, 20)}};
}

std::vector<std::string> commandLine(const MachinePlan &plan, const std::string &qemu, const std::string &accelerator, bool sandbox)
{
    const std::int64_t mib = std::max<std::int64_t>((plan.ramBytes + (1 << 20) - 1) >> 20, 8);
    std::vector<std::string> line {qemu, "-name", escaped(plan.id), "-nodefaults", "-no-user-config", "-display", "none", "-M",
        "pc,usb=off,vmport=off,hpet=off", "-smp", std::to_string(plan.vcpus), "-m", std::to_string(mib), "-pidfile", pidName, "-net", "none"};
    const auto add = [&](std::initializer_list<std::string> more) { line.insert(line.end(), more); };
    if (accelerator == "kvm") {
        add({"-accel", "kvm", "-cpu", "host"});
    } else {
        add({"-accel", "tcg,tb-size=" + cacheFor(plan.ramBytes), "-cpu", "max"});
    }
    add({"-chardev", "socket,id=qmp,fd=3,server=on,wait=off", "-mon", "chardev=qmp,mode=control"});
    add({"-chardev", "file,id=console,path=console.log,append=on", "-serial", "chardev:console"});
    if (sandbox) {
        add({"-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"});
    }
    for (std::size_t i = 0; i < plan.disks.size(); ++i) {
        auto device = deviceOf(plan.disks[i].volume);
        device["bootindex"] = i;
        add({"-blockdev", blockdevOf(plan.disks[i]).dump(), "-device", device.dump()});
    }
    for (std::size_t i = 0; i < plan.userNetworks; ++i) {
        const std::string name = "net" + std::to_string(i);
        add({"-netdev", "user,id=" + name, "-device", "virtio-net-pci,netdev=" + name + ",romfile="});
    }
    return line;
}

}
