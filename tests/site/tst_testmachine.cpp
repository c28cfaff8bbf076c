// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What has arrived of a machine boots in QEMU, as a test: the nano guest for real.
#include "tests/site/driverrig.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t diskBytes = 32 << 20;

struct TestMachines : testing::Test {
    /// A machine that has arrived, with these bytes at the front of its disk.
    static ObjectId arrive(DriverRig &rig, const std::string &file)
    {
        Arrival arriving {"m-1", "p", Instance {}, {}, {Volume {}}, {}};
        arriving.instance->id = {"afar", ObjectKind::Instance, "web"};
        arriving.instance->name = "Web";
        arriving.instance->vcpus = 1;
        arriving.instance->ramBytes = 8 << 20;
        arriving.instance->networkIds = {"default"};
        arriving.volumes[0].id = {"afar", ObjectKind::Volume, "web-disk"};
        arriving.volumes[0].name = "disk";
        arriving.volumes[0].sizeBytes = diskBytes;
        const auto received = rig.driver().receive(arriving).value();
        if (!file.empty()) {
            auto bytes = tests::bytesOf(file);
            bytes.resize(std::min<std::size_t>(bytes.size(), 1 << 20));
            const auto writer = rig.driver().openForWrite(received.volumes[0], {}).value();
            EXPECT_TRUE(writer->write(0, bytes).and_then([&] { return writer->flush(); }));
        }
        return received.object;
    }
    static std::string tests(const DriverRig &rig) { return std::filesystem::canonical(rig.root()).string() + "/tests"; }
    /// The process that runs in the directory of the machine's test; 0 if there is none.
    static pid_t running(const DriverRig &rig)
    {
        for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
            std::error_code gone;
            const auto name = entry.path().filename().string();
            pid_t pid = 0;
            if (std::filesystem::read_symlink(entry.path() / "cwd", gone).string().starts_with(tests(rig) + "/web")
                && std::from_chars(name.data(), name.data() + name.size(), pid).ec == std::errc()) {
                return pid;
            }
        }
        return 0;
    }
    static bool isSwept(const DriverRig &rig) { return running(rig) == 0 && std::filesystem::is_empty(tests(rig)); }
    /// Looks until it is so; false after two minutes.
    static bool await(TestMachine &machine, const std::function<bool(const TestMachine::Look &)> &isSo)
    {
        std::mutex mutex;
        std::condition_variable tick;
        std::unique_lock lock(mutex);
        for (const auto until = std::chrono::steady_clock::now() + 120s; std::chrono::steady_clock::now() < until;) {
            if (isSo(machine.look(4096))) {
                return true;
            }
            tick.wait_for(lock, 20ms);
        }
        return false;
    }
    static bool prints(TestMachine &machine, const std::string &text)
    {
        return await(machine, [&](const auto &look) { return look.console.find(text) != std::string::npos; });
    }

    const std::string nano = PORTULAN_BINARY_DIR "/nano/nano.raw";
};

}

TEST_F(TestMachines, aCopyBootsWithoutANetworkAndLeavesNothing)
{
    DriverRig rig;
    const auto instance = arrive(rig, nano);
    const auto disk = rig.root() + "/volumes/web-disk.qcow2";
    const auto before = tests::bytesOf(disk);
    const auto inventory = rig.driver().inventory().value();
    auto machine = rig.driver().testBoot(instance);
    ASSERT_TRUE(machine) << describe(machine.error());
    EXPECT_TRUE(prints(**machine, "PORTULAN"));
    EXPECT_TRUE(prints(**machine, "0003")) << "it counts, and writes its count to its disk";

    const auto pid = running(rig);
    ASSERT_GT(pid, 0);
    const auto bytes = tests::bytesOf("/proc/" + std::to_string(pid) + "/cmdline");
    const std::string line(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    EXPECT_NE(line.find(std::string("-net\0none", 9)), std::string::npos);
    EXPECT_EQ(line.find("netdev"), std::string::npos);
    EXPECT_EQ(line.find("virtio-net"), std::string::npos);
    EXPECT_EQ(::getpriority(PRIO_PROCESS, id_t(pid)), 15);

    EXPECT_EQ(rig.driver().inventory().value(), inventory) << "nobody takes it for a machine of the site";
    EXPECT_EQ(rig.refusal(StartInstance {instance}), Reason::NotReady);
    EXPECT_EQ(rig.driver().consoleOutput(instance, 4096).value().first, "") << "nor its words for those of the machine";
    machine->reset();
    EXPECT_TRUE(isSwept(rig));
    EXPECT_EQ(tests::bytesOf(disk), before) << "what it wrote is gone with it";
    EXPECT_TRUE(rig.driver().testBoot(instance)) << "again, as often as one likes";
    EXPECT_TRUE(isSwept(rig));
    ASSERT_TRUE(rig.driver().adopt(instance));
    EXPECT_EQ(rig.driver().testBoot(instance).error().reason, Reason::NotReady) << "what is owned is started, not tested";
    rig.done(StartInstance {instance});
    EXPECT_TRUE(rig.awaitConsole(instance, "PORTULAN"));
}

TEST_F(TestMachines, aMachineWithoutAnythingToBootPrintsNothing)
{
    DriverRig rig;
    const auto instance = arrive(rig, {});
    const auto machine = rig.driver().testBoot(instance).value();
    EXPECT_GT(running(rig), 0);
    const auto look = machine->look(4096);
    EXPECT_TRUE(look.console.empty() && !look.isOver && !look.problem);
    ::kill(running(rig), SIGKILL);
    EXPECT_TRUE(await(*machine, [](const auto &now) { return now.problem.has_value(); })) << "and one that is killed has not ended lawfully";
}

TEST_F(TestMachines, aQemuThatDoesNotStartSaysWhyAndLeavesNothing)
{
    DriverRig rig;
    const auto wrapper = rig.dir.path("qemu");
    std::ofstream(wrapper) << "#!/bin/sh\ncase \"$*\" in *\"-name test-\"*) echo 'no such luck'; exit 1;; esac\nexec qemu-system-x86_64 \"$@\"\n";
    std::filesystem::permissions(wrapper, std::filesystem::perms::owner_all);
    DriverRig broken(wrapper);
    const auto refused = broken.driver().testBoot(arrive(broken, nano));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Internal);
    EXPECT_NE(refused.error().detail.find("no such luck"), std::string::npos) << describe(refused.error());
    EXPECT_TRUE(isSwept(broken));
}

TEST_F(TestMachines, aSiteWithoutAHypervisorCannot)
{
    DriverRig rig("none");
    EXPECT_EQ(std::ranges::count(rig.driver().facts().capabilities, "migrate.testboot"), 0);
    EXPECT_EQ(rig.driver().testBoot(arrive(rig, nano)).error().fact("what"), "migrate.testboot");
}

TEST_F(TestMachines, aMachineLargerThanTheHostIsRefusedForWantOfRoom)
{
    DriverRig rig;
    Arrival arriving {"m-2", "p", Instance {}, {}, {}, {}};
    arriving.instance->id = {"afar", ObjectKind::Instance, "huge"};
    arriving.instance->name = "Huge";
    arriving.instance->ramBytes = std::int64_t(60) << 40;
    const auto refused = rig.driver().testBoot(rig.driver().receive(arriving).value().object);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::NoCapacity);
    EXPECT_EQ(refused.error().fact("resource"), "ram_bytes");
}

TEST_F(TestMachines, whatAGatewayThatDiedLeftIsSweptByTheNext)
{
    DriverRig rig;
    arrive(rig, nano);
    const auto left = tests(rig) + "/web";
    ASSERT_TRUE(std::filesystem::create_directory(left));
    std::ofstream(left + "/web-disk.qcow2") << "an overlay";
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::execl("/bin/sh", "sh", "-c", ("cd '" + left + "' && exec sleep 600").c_str(), static_cast<char *>(nullptr));
        ::_exit(127);
    }
    for (const auto until = std::chrono::steady_clock::now() + 60s; running(rig) == 0 && std::chrono::steady_clock::now() < until;) { }
    ASSERT_EQ(running(rig), pid);
    rig.restart();
    EXPECT_TRUE(isSwept(rig));
    ::waitpid(pid, nullptr, 0);
}

TEST_F(TestMachines, aTestOnAFullDiskEndsAndItsRoomComesBack)
{
    tests::Workshop disk;
    const std::string place = disk.path("small");
    ASSERT_TRUE(std::filesystem::create_directory(place));
    if (::mount("none", place.c_str(), "tmpfs", 0, "size=80m") != 0) {
        return; // not to be had here
    }
    const std::shared_ptr<void> mount(nullptr, [&](void *) { ::umount2(place.c_str(), MNT_DETACH); });
    DriverRig rig("auto", place + "/site");
    const auto instance = arrive(rig, PORTULAN_BUSY_GUEST);
    {
        const auto machine = rig.driver().testBoot(instance);
        ASSERT_TRUE(machine) << describe(machine.error());
        EXPECT_NE(disk.run("cat /dev/zero > small/filler 2>/dev/null"), 0);
        EXPECT_TRUE(await(**machine, [](const auto &look) { return look.problem && look.problem->reason == Reason::DiskFull; }));
    }
    EXPECT_TRUE(isSwept(rig));
    ASSERT_EQ(disk.run("rm small/filler"), 0);
    EXPECT_TRUE(rig.driver().drop(instance));
}
