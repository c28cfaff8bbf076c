// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/testboot.h"

#include "site/drivers/embedded/console.h"
#include "site/drivers/embedded/machine.h"
#include "site/drivers/disk/qcow2writer.h"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <sys/statvfs.h>

namespace portulan::site::embedded {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t ownRam = std::int64_t(64) << 20; ///< of QEMU itself
constexpr std::int64_t leastRoom = std::int64_t(64) << 20; ///< on the storage
constexpr std::int64_t share = 4; ///< of the free storage a test may fill

std::int64_t freeRam()
{
    std::istringstream lines(readText("/proc/meminfo", 8192).value_or(""));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name;
        std::int64_t kib = 0;
        if (words >> name >> kib && name == "MemAvailable:") {
            return kib << 10;
        }
    }
    return 0;
}

std::int64_t freeStorage(const std::string &directory)
{
    struct statvfs room { };
    return ::statvfs(directory.c_str(), &room) == 0 ? static_cast<std::int64_t>(room.f_bavail * room.f_frsize) : 0;
}

unexpected<Problem> noRoom(const char *resource, std::int64_t free, std::int64_t wanted)
{
    return refuse(
        Reason::NoCapacity, {{"resource", resource}, {"free", std::to_string(free)}, {"wanted", std::to_string(wanted)}}, "for a test boot");
}

void removeDirectory(const std::string &directory)
{
    std::error_code gone;
    std::filesystem::remove_all(directory, gone);
}

/// What stands before QEMU: each runs the next in its place.
std::vector<std::string> modestly(std::vector<std::string> line)
{
    const std::vector<std::vector<std::string>> wrappers {{"setpriv", "--pdeathsig", "KILL"}, {"ionice", "-t", "-c", "3"}, {"nice", "-n", "15"}};
    for (const auto &wrapper : wrappers) {
        if (!findProgram(wrapper.front()).empty()) {
            line.insert(line.begin(), wrapper.begin(), wrapper.end());
        }
    }
    return line;
}

class TestRun final : public TestMachine {
public:
    TestRun(Plant &plant, std::string directory)
        : m_directory(std::move(directory))
        , m_machine(plant.watcher, m_directory,
              {[state = m_state](bool paused, const std::string &note) {
                   const std::lock_guard lock(state->mutex);
                   state->stuck = paused && !note.empty(); // QEMU stopped it: its disk is full
               },
                  [state = m_state](const Machine::End &end) {
                      const std::lock_guard lock(state->mutex);
                      state->end = end;
                  }})
    {
    }
    ~TestRun() override
    {
        if (m_started && !m_machine.isOver()) {
            (void)m_machine.kill(); // what does not go now goes with the gateway, or at the next start
        }
        removeDirectory(m_directory);
    }

    Result<> begin(const Layout &layout, const std::vector<Volume> &volumes, MachinePlan plan, const Hypervisor &hypervisor)
    {
        removeDirectory(m_directory);
        if (auto made = makeDirectory(m_directory); !made) {
            return made;
        }
        m_allowance = freeStorage(m_directory) / share;
        for (const auto &volume : volumes) {
            const auto overlay = m_directory + '/' + volume.id.id + ".qcow2";
            if (auto made = Qcow2Writer::create(overlay, static_cast<std::uint64_t>(volume.sizeBytes), {layout.disk(volume.id.id), "qcow2"}); !made) {
                return made;
            }
            m_overlays.push_back(overlay);
            plan.disks.push_back({volume.id.id, overlay});
        }
        auto started = m_machine.start(modestly(commandLine(plan, hypervisor.qemu, hypervisor.accelerator, hypervisor.sandbox)));
        m_started = started.has_value();
        return started;
    }

    Look look(std::size_t maxConsoleBytes) override
    {
        const Console console(m_directory);
        console.trim();
        Look look {console.tail(maxConsoleBytes).first, false, {}};
        std::int64_t written = 0;
        for (const auto &overlay : m_overlays) {
            written += allocatedBytes(overlay);
        }
        const std::lock_guard lock(m_state->mutex);
        if (const auto &end = m_state->end) {
            look.isOver = end->lawful;
            look.problem = end->lawful ? std::nullopt : std::optional(Problem {Reason::Internal, {{"what", "boot"}}, end->note});
        } else if (m_state->stuck || written > m_allowance) {
            look.problem = Problem {Reason::DiskFull, {}, "the test wrote " + std::to_string(written) + " bytes"};
        }
        return look;
    }

private:
    struct State {
        std::mutex mutex;
        std::optional<Machine::End> end;
        bool stuck = false;
    };
    const std::shared_ptr<State> m_state = std::make_shared<State>();
    const std::string m_directory;
    std::vector<std::string> m_overlays;
    std::int64_t m_allowance = 0; ///< bytes of all overlays
    bool m_started = false;
    Machine m_machine;
};

}

Result<std::unique_ptr<TestMachine>> bootTest(Plant &plant, const Instance &instance)
{
    if (!plant.hypervisor.isThere()) {
        return refuse(Reason::Unsupported, {{"what", "migrate.testboot"}}, "no hypervisor on this site");
    }
    if (instance.custody != Custody::Incoming) {
        return notReady(toString(instance.custody));
    }
    if (const auto free = freeRam(), wanted = instance.ramBytes + ownRam; free < wanted) {
        return noRoom("ram_bytes", free, wanted);
    }
    if (const auto free = freeStorage(plant.layout.root()); free < leastRoom) {
        return noRoom("storage", free, leastRoom);
    }
    std::vector<Volume> volumes;
    for (const auto &id : instance.volumeIds) {
        auto volume = plant.store.get<Volume>(plant.store.id(ObjectKind::Volume, id));
        if (!volume) {
            return tl::unexpected(volume.error());
        }
        volumes.push_back(std::move(*volume));
    }
    const auto directory = plant.layout.test(instance.id.id);
    auto run = std::make_unique<TestRun>(plant, directory);
    const MachinePlan plan {"test-" + instance.id.id, directory, instance.vcpus, instance.ramBytes, {}, 0};
    if (auto begun = run->begin(plant.layout, volumes, plan, plant.hypervisor); !begun) {
        return tl::unexpected(begun.error());
    }
    return run;
}

void sweepTests(const Layout &layout)
{
    const auto tests = layout.test({});
    std::error_code error;
    // By the directory it runs in: a number from a file might be another's by now.
    for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        pid_t pid = 0;
        std::error_code unreadable;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size()
            || !std::filesystem::read_symlink(entry->path() / "cwd", unreadable).string().starts_with(tests)) {
            continue;
        }
        if (auto process = Process::of(pid)) {
            process->signal(SIGKILL);
            process->ended(10s);
        }
    }
    for (const auto &name : layout.files("tests")) {
        removeDirectory(tests + name);
    }
}

}
