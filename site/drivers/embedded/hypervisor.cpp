// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/hypervisor.h"

#include "site/drivers/embedded/nanoguest.h"
#include "site/drivers/disk/process.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {

using namespace std::chrono_literals;

/// Whether the nano guest says its banner under these options in time.
bool boots(const std::string &qemu, const std::vector<std::string> &options, const std::string &disk, std::chrono::milliseconds patience)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    Fd reading(ends[0]), writing(ends[1]);
    Program program {{qemu, "-nodefaults", "-no-user-config", "-display", "none", "-M", "pc,usb=off,vmport=off,hpet=off", "-m", "8", "-net", "none",
                         "-serial", "stdio", "-drive", "file.filename=" + disk + ",driver=raw,if=none,id=d", "-device", "virtio-blk-pci,drive=d"},
        {}, writing.get(), -1};
    program.arguments.insert(program.arguments.end(), options.begin(), options.end());
    const auto pid = spawn(program);
    writing.close();
    auto process = pid ? Process::of(*pid) : Result<Process>(tl::unexpected(pid.error()));
    if (!process) {
        return false;
    }
    std::string said;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (said.find("PORTULAN") == std::string::npos) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd wait {reading.get(), POLLIN, 0};
        char buffer[256];
        if (left <= 0ms || ::poll(&wait, 1, static_cast<int>(left.count())) <= 0) {
            break;
        }
        const ssize_t got = ::read(reading.get(), buffer, sizeof buffer);
        if (got <= 0) {
            break;
        }
        said.append(buffer, static_cast<std::size_t>(got));
    }
    process->signal(SIGKILL);
    process->ended(-1ms);
    return said.find("PORTULAN") != std::string::npos;
}

/// Tries what there is, best first.
void tryAccelerators(Hypervisor &found, const std::string &scratch)
{
    const Scrap disk(scratch + "/probe-" + std::to_string(::getpid()) + ".raw");
    const auto file = openFile(disk.path(), O_RDWR | O_CREAT | O_TRUNC);
    if (!file || !writeAt(file->get(), 0, std::as_bytes(std::span(nanoGuest))) || ::ftruncate(file->get(), 1 << 20) != 0) {
        found.qemu.clear();
        return;
    }
    const std::vector<std::string> tcg {"-accel", "tcg,tb-size=4"}, kvm {"-accel", "kvm", "-cpu", "host"};
    const auto boxed = [](std::vector<std::string> options) {
        options.insert(options.end(), {"-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"});
        return options;
    };
    if (::access("/dev/kvm", R_OK | W_OK) == 0 && boots(found.qemu, kvm, disk.path(), 3s)) {
        found.accelerator = "kvm";
        found.sandbox = boots(found.qemu, boxed(kvm), disk.path(), 5s);
    } else if (boots(found.qemu, boxed(tcg), disk.path(), 30s)) {
        found.accelerator = "tcg";
        found.sandbox = true;
    } else if (boots(found.qemu, tcg, disk.path(), 30s)) {
        found.accelerator = "tcg";
    } else {
        found.qemu.clear();
    }
}

std::string versionOf(const std::string &qemu)
{
    const auto words = runTool({{qemu, "--version"}, {}, -1, -1}, {10s}, {});
    constexpr std::string_view before = "version ";
    const auto at = words ? words->find(before) : std::string::npos;
    if (at == std::string::npos) {
        return {};
    }
    const auto begin = at + before.size();
    return words->substr(begin, words->find_first_not_of("0123456789.", begin) - begin);
}

/// What an earlier gateway of this user found out since the host started: several on one machine need not all try.
Fd openMemory()
{
    const char *temporary = ::getenv("TMPDIR");
    const std::string path = std::string(temporary && *temporary ? temporary : "/tmp") + "/portulan-" + std::to_string(::geteuid()) + "-accelerator";
    auto file = openFile(path, O_RDWR | O_CREAT);
    struct stat info { };
    const bool ours = file && ::fstat(file->get(), &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == ::geteuid() && (info.st_mode & 022) == 0;
    return ours ? std::move(*file) : Fd();
}

std::string recall(const Fd &memory)
{
    std::string text(1024, '\0');
    const ssize_t got = ::pread(memory.get(), text.data(), text.size(), 0);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

}

std::string Hypervisor::name() const
{
    std::string upper = accelerator;
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return qemu.empty() ? std::string() : "QEMU " + version + " (" + upper + ')';
}

Result<Hypervisor> probeHypervisor(const std::string &setting, const std::string &scratch)
{
    Hypervisor found;
    if (setting == "none") {
        return found;
    }
    found.qemuImg = findProgram("qemu-img");
    found.qemu = findProgram(setting == "auto" || setting.empty() ? "qemu-system-x86_64" : setting);
    if (found.qemu.empty()) {
        return setting == "auto" || setting.empty()
            ? Result<Hypervisor>(found)
            : refuse(Reason::InvalidArgument, {{"field", "driver.qemu"}, {"value", setting}, {"expected", "a program"}});
    }
    found.version = versionOf(found.qemu);
    const std::string key = readText("/proc/sys/kernel/random/boot_id", 64).value_or("\n") + found.qemu + '\n' + found.version + '\n';
    const Fd memory = openMemory();
    if (memory) {
        ::flock(memory.get(), LOCK_EX); // whoever comes second waits for what the first finds out
        if (const auto known = recall(memory); known.starts_with(key)) {
            std::istringstream words(known.substr(key.size()));
            words >> found.accelerator >> found.sandbox;
            if (found.accelerator == "kvm" || found.accelerator == "tcg") {
                return found;
            }
        }
    }
    tryAccelerators(found, scratch);
    if (memory && found.isThere()) {
        const std::string text = key + found.accelerator + ' ' + (found.sandbox ? "1" : "0") + '\n';
        if (::ftruncate(memory.get(), 0) == 0) {
            (void)writeAt(memory.get(), 0, std::as_bytes(std::span(text)));
        }
    }
    return found;
}

}
