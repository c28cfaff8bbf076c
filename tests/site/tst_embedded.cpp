// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/driverrig.h"

#include <algorithm>
#include <csignal>
#include <thread>

using namespace portulan;
using portulan::tests::DriverRig;

namespace {

struct Embedded : testing::Test {
    DriverRig rig;
    ObjectId image = rig.nanoImage();
    ObjectId volumeOf(const ObjectId &instance) { return rig.id(ObjectKind::Volume, rig.get<Instance>(instance).volumeIds.at(0)); }
    ObjectId blank(const std::string &name, std::int64_t bytes = 2 << 20) { return rig.done(CreateVolume {{}, name, "p", bytes, {}, {}, {}}); }
};

}

TEST_F(Embedded, anInstanceLivesItsWholeLife)
{
    EXPECT_TRUE(rig.driver().facts().hypervisor.starts_with("QEMU 7")) << rig.driver().facts().hypervisor;
    const auto id = rig.done(rig.instance("web", image));
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Running);
    EXPECT_TRUE(rig.awaitConsole(id, "PORTULAN nano guest is up"));
    EXPECT_TRUE(rig.awaitConsole(id, "beat 00000002"));
    EXPECT_EQ(std::get<Instance>(rig.announced(id).value()).state, PowerState::Running);

    EXPECT_EQ(rig.refusal(StartInstance {id}), Reason::NotReady);
    EXPECT_EQ(rig.refusal(DeleteInstance {id}), Reason::NotReady);
    EXPECT_EQ(rig.refusal(ResizeInstance {id, 2, 0}), Reason::NotReady);

    rig.done(StopInstance {id}); // by its power button
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Stopped);
    EXPECT_TRUE(rig.awaitConsole(id, "powering off"));
    EXPECT_EQ(rig.dir.run("qemu-img check -q -f qcow2 site/volumes/" + volumeOf(id).id + ".qcow2"), 0);

    rig.done(ResizeInstance {id, 2, 16 << 20});
    rig.done(StartInstance {id});
    rig.done(RebootInstance {id, true});
    rig.done(RebootInstance {id, false});
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Running);
    rig.done(StopInstance {id, true});
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Stopped);
    const auto volume = volumeOf(id);
    rig.done(DeleteInstance {id});
    EXPECT_FALSE(rig.isThere(id));
    EXPECT_FALSE(rig.isThere(volume));
    EXPECT_TRUE(std::holds_alternative<Vanished>(rig.announced(id).value()));
    EXPECT_EQ(rig.dir.run("test -z \"$(ls site/volumes site/machines | grep -v :)\""), 0) << "no file stays behind";
    const auto project = rig.get<Project>(rig.id(ObjectKind::Project, "p"));
    EXPECT_EQ(project.usedInstances, 0);
    EXPECT_EQ(project.used.vcpus, 0);
}

TEST_F(Embedded, aGatewayThatComesBackFindsItsMachinesRunning)
{
    const auto id = rig.done(rig.instance("lives on", image));
    const auto other = rig.done(rig.instance("dies alone", image));
    const auto third = rig.done(rig.instance("is shut down", image));
    const pid_t pid = rig.pidOf(id), doomed = rig.pidOf(other);
    rig.shutDown();
    ::kill(doomed, SIGKILL);
    ::kill(rig.pidOf(third), SIGTERM);
    while (::kill(doomed, 0) == 0 && std::filesystem::exists("/proc/" + std::to_string(doomed) + "/fd/0")) { }
    while (std::filesystem::exists(rig.root() + "/machines/" + third.id + "/pid")) { }
    rig.begin();
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Running);
    EXPECT_EQ(rig.pidOf(id), pid);
    EXPECT_EQ(rig.get<Instance>(other).state, PowerState::Failed);
    EXPECT_NE(rig.get<Instance>(other).stateNote.find("while the gateway was away"), std::string::npos);
    EXPECT_EQ(rig.get<Instance>(third).state, PowerState::Stopped);
    rig.done(StopInstance {id});
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Stopped);
    rig.done(StartInstance {other});
    EXPECT_EQ(rig.get<Instance>(other).state, PowerState::Running);
}

TEST_F(Embedded, aMachineThatIsKilledHasFailedAndSaysWhy)
{
    const auto id = rig.done(rig.instance("web", image));
    ::kill(rig.pidOf(id), SIGKILL);
    ASSERT_TRUE(rig.awaitState(id, PowerState::Failed));
    EXPECT_NE(rig.get<Instance>(id).stateNote.find("signal 9"), std::string::npos) << rig.get<Instance>(id).stateNote;
    rig.done(StartInstance {id});
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Running);
}

TEST_F(Embedded, aGuestThatDoesNotListenCanBeForced)
{
    const auto blank = rig.done(CreateInstance {{}, "no system", "p", {}, 1, 8 << 20, {}, 1 << 20, {}, {}, {}, true});
    rig.progress.cancelled = false;
    std::thread gentle([&] { EXPECT_EQ(rig.perform(StopInstance {blank}).error().reason, Reason::Cancelled); });
    EXPECT_TRUE(rig.awaitState(blank, PowerState::Stopping));
    rig.progress.cancelled = true;
    gentle.join();
    EXPECT_EQ(rig.get<Instance>(blank).state, PowerState::Running);
    EXPECT_FALSE(rig.get<Instance>(blank).stateNote.empty());
    rig.done(StopInstance {blank, true});
    EXPECT_EQ(rig.get<Instance>(blank).state, PowerState::Stopped);
}

TEST_F(Embedded, disksArePluggedAndPulledWhileItRuns)
{
    const auto id = rig.done(rig.instance("web", image));
    ASSERT_TRUE(rig.awaitConsole(id, "beat"));
    const auto volume = blank("data");
    rig.done(AttachVolume {id, volume});
    EXPECT_EQ(rig.get<Volume>(volume).instanceId, id.id);
    EXPECT_EQ(rig.refusal(DeleteVolume {volume}), Reason::NotReady);
    EXPECT_EQ(rig.refusal(AttachVolume {id, volume}), Reason::NotReady);
    rig.done(ResizeVolume {volume, 4 << 20});
    EXPECT_EQ(rig.refusal(ResizeVolume {volume, 2 << 20}), Reason::InvalidArgument) << "disks only grow";
    rig.done(DetachVolume {id, volume});
    EXPECT_EQ(rig.get<Volume>(volume).instanceId, "");
    EXPECT_EQ(rig.get<Volume>(volume).sizeBytes, 4 << 20);
    EXPECT_EQ(rig.refusal(DetachVolume {id, volumeOf(id)}), Reason::NotReady) << "it runs from that one";
    rig.done(AttachVolume {id, volume});
    rig.done(StopInstance {id});
    rig.done(DetachVolume {id, volume});
    rig.done(AttachVolume {id, volume});
    rig.done(StartInstance {id});
    EXPECT_EQ(rig.get<Instance>(id).volumeIds.size(), 2u);
    rig.done(StopInstance {id});
    rig.done(DeleteInstance {id, false});
    EXPECT_EQ(rig.get<Volume>(volume).instanceId, "");
}

TEST_F(Embedded, aSnapshotBringsTheDisksBack)
{
    const auto id = rig.done(rig.instance("web", image));
    ASSERT_TRUE(rig.awaitConsole(id, "beat 00000001"));
    const auto live = rig.done(CreateSnapshot {id, "while it runs"});
    EXPECT_EQ(rig.get<Snapshot>(live).instanceId, id.id);
    EXPECT_EQ(rig.refusal(RevertSnapshot {live}), Reason::NotReady);
    rig.done(StopInstance {id});
    const auto volume = volumeOf(id);
    const auto before = rig.exported(volume, "raw").value();
    const auto stopped = rig.done(CreateSnapshot {volume, "stopped"});
    rig.done(StartInstance {id});
    ASSERT_TRUE(rig.awaitConsole(id, "beat 00000003"));
    rig.done(StopInstance {id});
    EXPECT_NE(rig.exported(volume, "raw").value(), before) << "the guest wrote to its disk";
    rig.done(RevertSnapshot {stopped});
    EXPECT_EQ(rig.exported(volume, "raw").value(), before);
    rig.done(DeleteSnapshot {stopped});
    rig.done(RevertSnapshot {live});
    rig.done(StartInstance {id});
    rig.done(DeleteSnapshot {live});
    rig.done(StopInstance {id});
    EXPECT_EQ(rig.dir.run("qemu-img check -q -f qcow2 site/volumes/" + volume.id + ".qcow2"), 0);
    EXPECT_FALSE(rig.isThere(live));
}

TEST_F(Embedded, anImageIsMadeOfADiskAndServesWhileItIsNeeded)
{
    auto order = rig.instance("web", image);
    order.start = false;
    order.diskBytes = 8 << 20;
    const auto id = rig.done(order);
    EXPECT_EQ(rig.get<Volume>(volumeOf(id)).sizeBytes, 8 << 20);
    EXPECT_EQ(rig.refusal(DeleteImage {image}), Reason::NotReady) << "the disk stands on it";
    const auto copy = rig.done(CreateImage {{}, "copy", "p", volumeOf(id), "nano"});
    EXPECT_EQ(rig.get<Image>(copy).sha256.size(), 64u);
    EXPECT_GT(rig.get<Image>(copy).fileBytes, 0);
    rig.done(DeleteInstance {id});
    rig.done(DeleteImage {image});
    const auto second = rig.done(rig.instance("from the copy", copy));
    EXPECT_TRUE(rig.awaitConsole(second, "PORTULAN"));
}

TEST_F(Embedded, severalOrdersAtOnceAreDoneInSomeOrder)
{
    std::vector<std::thread> threads;
    std::atomic<int> done = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] { done += rig.perform(rig.instance("web " + std::to_string(i), image)).has_value(); });
    }
    std::ranges::for_each(threads, &std::thread::join);
    EXPECT_EQ(done, 4);
    EXPECT_EQ(rig.get<Project>(rig.id(ObjectKind::Project, "p")).usedInstances, 4);
}

TEST_F(Embedded, aMachineThatCannotStartLeavesNothing)
{
    DriverRig broken;
    const auto base = broken.nanoImage();
    ASSERT_EQ(broken.dir.run("printf '\\0\\0\\0\\0' | dd of=site/images/" + base.id + ".qcow2 conv=notrunc 2>/dev/null"), 0);
    EXPECT_EQ(broken.perform(broken.instance("web", base)).error().reason, Reason::Internal);
    EXPECT_EQ(broken.dir.run("test -z \"$(ls site/volumes site/machines | grep -v :)\""), 0);
    EXPECT_EQ(broken.get<Project>(broken.id(ObjectKind::Project, "p")).usedInstances, 0);
}
