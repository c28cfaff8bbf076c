// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/driverrig.h"

#include <csignal>
#include <thread>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

/// Two sites with QEMU, a machine that counts at the first and room for it at the second.
struct Leaving : testing::Test {
    DriverRig here, there;
    ObjectId image = here.nanoImage();
    ObjectId instance;
    Received received;
    std::string form;

    void SetUp() override
    {
        auto order = here.instance("web", image);
        order.start = true;
        instance = here.done(order);
        ASSERT_TRUE(here.awaitConsole(instance, "beat 00000002"));
        ASSERT_TRUE(here.driver().setCustody(instance, Custody::Leaving, {}, {}));
        Arrival arriving {"m-1", "p", here.get<Instance>(instance), {}, {}, {}};
        for (const auto &volume : arriving.instance->volumeIds) {
            arriving.volumes.push_back(here.get<Volume>(here.id(ObjectKind::Volume, volume)));
        }
        received = there.driver().receive(arriving).value();
        const auto described = here.driver().describeMachine(instance);
        ASSERT_TRUE(described) << describe(described.error());
        form = *described;
        const auto may = there.driver().mayTake(form);
        ASSERT_TRUE(may) << describe(may.error());
    }
    /// Its memory from one to the other, up to its pause; the disks when it is paused.
    std::unique_ptr<RunningMemory> send()
    {
        auto sink = there.driver().takeMemory(received.object, form);
        auto memory = here.driver().sendMemory(instance);
        EXPECT_TRUE(sink) << describe(sink.error());
        EXPECT_TRUE(memory) << describe(memory.error());
        if (!sink || !memory) {
            return nullptr;
        }
        EXPECT_TRUE((*memory)->bear(std::chrono::milliseconds(300)));
        std::thread tunnel([&] {
            std::vector<std::byte> piece(100'000);
            for (auto got = (*memory)->read(piece); got && *got > 0; got = (*memory)->read(piece)) {
                EXPECT_TRUE((*sink)->write(std::span(piece).first(*got)));
            }
            const auto done = (*sink)->finish();
            EXPECT_TRUE(done) << describe(done.error());
        });
        for (auto flow = (*memory)->flow(); flow && !flow->isPaused; flow = (*memory)->flow()) { }
        EXPECT_TRUE(here.awaitState(instance, PowerState::Paused));
        EXPECT_EQ(here.driver().openForRead(disk(), {}).error().reason, Reason::NotReady) << "not yet at rest";
        const auto finished = (*memory)->finish();
        EXPECT_TRUE(finished) << describe(finished.error());
        tunnel.join();
        return std::move(*memory);
    }
    ObjectId disk() { return here.id(ObjectKind::Volume, here.get<Instance>(instance).volumeIds.front()); }
    void sendDisk()
    {
        const auto reader = here.driver().openForRead(disk(), {});
        ASSERT_TRUE(reader) << describe(reader.error());
        const auto writer = there.driver().openForWrite(received.volumes.front(), {});
        ASSERT_TRUE(writer) << describe(writer.error());
        std::vector<std::byte> bytes((*reader)->sizeBytes());
        ASSERT_TRUE((*reader)->read(0, bytes));
        ASSERT_TRUE((*writer)->write(0, bytes));
        ASSERT_TRUE((*writer)->flush());
    }
    std::string saysThere() { return there.driver().consoleOutput(received.object, 10'000).value().first; }
};

}

TEST_F(Leaving, theGuestGoesOnCountingThere)
{
    const auto memory = send();
    ASSERT_TRUE(memory);
    memory->keep();
    sendDisk();
    EXPECT_TRUE(there.driver().hasMemory(received.object).value());
    EXPECT_EQ(there.driver().resume(received.object).error().reason, Reason::NotReady) << "only an owner's";
    ASSERT_TRUE(there.driver().adopt(received.object));
    const auto resumed = there.driver().resume(received.object);
    ASSERT_TRUE(resumed) << describe(resumed.error());
    EXPECT_EQ(there.get<Instance>(received.object).state, PowerState::Running);
    ASSERT_TRUE(there.awaitConsole(received.object, "beat 0000000"));
    EXPECT_EQ(saysThere().find("is up"), std::string::npos) << "it has not been booted";
    EXPECT_TRUE(here.driver().resume(instance)) << "taken back it would go on here, too: whoever commits ends it first";
    here.done(StopInstance {instance, true});
    EXPECT_TRUE(there.driver().resume(received.object));
    there.done(StopInstance {received.object, false}); // it still obeys its power button, and QEMU its gateway
}

TEST_F(Leaving, whatIsNotKeptGoesOnHere)
{
    auto memory = send();
    ASSERT_TRUE(memory);
    memory.reset();
    EXPECT_EQ(here.get<Instance>(instance).state, PowerState::Running);
    ASSERT_TRUE(there.driver().drop(received.object));
    EXPECT_FALSE(there.driver().hasMemory(received.object).value());
    ASSERT_TRUE(here.driver().setCustody(instance, Custody::Owner, {}, {}));
    ASSERT_TRUE(here.awaitConsole(instance, "beat 00000005"));
}

TEST_F(Leaving, aMachineThatWaitsIsFoundAgain)
{
    const auto memory = send();
    ASSERT_TRUE(memory);
    memory->keep();
    sendDisk();
    there.restart();
    EXPECT_TRUE(there.driver().hasMemory(received.object).value());
    EXPECT_EQ(there.get<Instance>(received.object).state, PowerState::Stopped);
    ASSERT_TRUE(there.driver().adopt(received.object));
    ASSERT_TRUE(there.driver().resume(received.object));
    ASSERT_TRUE(there.awaitConsole(received.object, "beat 0000000"));
}

TEST_F(Leaving, oneThatWasKilledIsKnownToBeLostAndTheDiskBoots)
{
    const auto memory = send();
    ASSERT_TRUE(memory);
    memory->keep();
    sendDisk();
    ::kill(there.pidOf(received.object), SIGKILL);
    ASSERT_TRUE(there.driver().adopt(received.object));
    while (there.driver().hasMemory(received.object).value()) { // until its end is noticed
    }
    EXPECT_EQ(there.driver().resume(received.object).error().reason, Reason::Unreachable);
    ASSERT_TRUE(there.driver().dropMemory(received.object));
    there.done(StartInstance {received.object});
    ASSERT_TRUE(there.awaitConsole(received.object, "is up"));
}

TEST_F(Leaving, aGatewayThatRestartsFindsItPausedAndMayTakeItBack)
{
    auto memory = send();
    ASSERT_TRUE(memory);
    memory->keep();
    memory.reset();
    here.restart();
    EXPECT_EQ(here.get<Instance>(instance).state, PowerState::Paused);
    EXPECT_TRUE(here.driver().openForRead(disk(), {}));
    ASSERT_TRUE(here.driver().resume(instance));
    EXPECT_EQ(here.get<Instance>(instance).state, PowerState::Running);
}

TEST_F(Leaving, halfAMemoryIsNone)
{
    auto sink = there.driver().takeMemory(received.object, form).value();
    ASSERT_TRUE(sink->write(std::vector<std::byte>(5, std::byte {1})));
    EXPECT_FALSE(sink->finish());
    sink->cut();
    EXPECT_FALSE(there.driver().hasMemory(received.object).value());
    sink = there.driver().takeMemory(received.object, form).value();
    sink.reset();
    there.restart();
    EXPECT_FALSE(there.driver().hasMemory(received.object).value());
}

TEST_F(Leaving, whatNoQemuWouldSayIsRefused)
{
    const auto with = [this](const std::string &what, const std::string &by) {
        auto text = form;
        const auto at = text.find(what);
        EXPECT_NE(at, std::string::npos) << form;
        return there.driver().mayTake(text.replace(at, what.size(), by));
    };
    EXPECT_EQ(with("\"slot\":2", "\"slot\":99").error().reason, Reason::Malformed);
    EXPECT_EQ(with("\"serial\":\"", "\"serial\":\"x,id=").error().reason, Reason::Malformed);
    EXPECT_EQ(with("\"vcpus\":1", "\"vcpus\":0").error().reason, Reason::Malformed);
    EXPECT_EQ(with("\"vcpus\":1", "\"vcpus\":\"1 -monitor stdio\"").error().reason, Reason::Malformed);
    EXPECT_EQ(with("\"kind\":\"qemu-pc/1\"", "\"kind\":\"xen\"").error().reason, Reason::Unsupported);
    EXPECT_EQ(with("\"version\":\"7", "\"version\":\"77").error().fact("cause"), "other-version");
    EXPECT_EQ(with("\"processor\":\"", "\"processor\":\"z").error().fact("cause"), "other-processor");
    EXPECT_EQ(with("\"ram_mib\":", "\"ram_mib\":6000000").error().reason, Reason::NoCapacity);
    EXPECT_EQ(there.driver().mayTake("{").error().reason, Reason::Malformed);
    EXPECT_EQ(DriverRig("none").driver().mayTake(form).error().fact("cause"), "other-stack");
}
