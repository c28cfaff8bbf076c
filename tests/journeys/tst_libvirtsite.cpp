// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A real gateway before a real libvirtd, asked as any client would.
#include "tests/journeys/machines.h"
#include "tests/site/libvirtrig.h"
#include "tests/site/scratch.h"

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

struct LibvirtSite : testing::Test {
    tests::LibvirtRig daemon;
    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    GatewayProcess brest {papers, scratch.path("brest"), "brest"};
    Machines machines {brest};

    LibvirtSite()
    {
        brest.drives(
            "name = \"libvirt\"\n[libvirt]\nuris = [\"" + daemon.uri() + "\"]\nconsole_directory = \"" + daemon.dir.path("lv/data") + "\"\n");
        daemon.addImage("nano");
        daemon.define("old");
    }
};

}

TEST_F(LibvirtSite, machinesAreListedMadeAndSurviveTheGateway)
{
    brest.start();
    EXPECT_EQ(machines.names(), (std::vector<std::string> {"old"}));
    const auto made = machines.create("web-1");
    EXPECT_EQ(made.state(), "done") << made.DebugString();
    EXPECT_EQ(machines.names(), (std::vector<std::string> {"Machine web-1", "old"}));
    EXPECT_TRUE(daemon.isRunning("web-1"));
    brest.kill();
    EXPECT_TRUE(daemon.isRunning("web-1")) << "machines are the cloud's";
    brest.start();
    const auto again = brest.find("sites/brest/instances/web-1");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->instance().state(), "running");
    EXPECT_EQ(again->instance().common().display_name(), "Machine web-1");
}

TEST_F(LibvirtSite, aGatewayWhoseCloudIsAwayStartsAndSaysSo)
{
    brest.start();
    EXPECT_EQ(brest.terminate(), 0);
    daemon.kill();
    brest.start();
    EXPECT_EQ(machines.names(), (std::vector<std::string> {"old"})) << "as it was last seen";
    const auto failed = machines.create("web-1");
    EXPECT_EQ(failed.state(), "failed") << failed.DebugString();
    EXPECT_EQ(failed.problem().reason(), "UNREACHABLE") << failed.DebugString();
    daemon.revive();
    const auto made = machines.create("web-2");
    EXPECT_EQ(made.state(), "done") << made.DebugString();
}

/// Out of libvirt, and back into it: the disk is fetched from its pool, and delivered to it.
TEST_F(LibvirtSite, aMachineLeavesForAnotherStackAndComesBack)
{
    GatewayProcess lille {papers, scratch.path("lille"), "lille"};
    lille.runsMachines();
    lille.start();
    Machines there(lille);
    there.addProject();
    brest.knows("lille", lille.endpoint());
    brest.start();
    ASSERT_EQ(machines.create("web-1").state(), "done");
    const auto gone = machines.move("web-1", lille);
    ASSERT_EQ(gone.state(), "done") << gone.DebugString();
    ASSERT_EQ(gone.digests_size(), 1);
    await([&] { return there.isUp("web-1"); }, 60s);
    lille.terminate();
    lille.knows("brest", brest.endpoint());
    lille.start();
    EXPECT_FALSE(daemon.isRunning("web-1")) << "what is kept here does not run";
    const auto back = there.move("web-1", brest);
    ASSERT_EQ(back.state(), "done") << back.DebugString();
    const auto id = machines.owned("Machine web-1");
    EXPECT_NE(id, "web-1") << "the kept copy has that id";
    await([&] { return machines.isUp(id); }, 60s);
}

/// By libvirt's checkpoints: all but the last pass goes while it runs.
TEST_F(LibvirtSite, aMachineThatRunsLeavesWarm)
{
    GatewayProcess lille {papers, scratch.path("lille"), "lille"};
    lille.runsMachines();
    lille.start();
    Machines there(lille);
    there.addProject();
    brest.knows("lille", lille.endpoint());
    brest.start();
    ASSERT_EQ(machines.create("web-1").state(), "done");
    const auto gone = machines.move("web-1", lille, "warm");
    ASSERT_EQ(gone.state(), "done") << gone.DebugString();
    EXPECT_EQ(gone.mode(), "warm");
    EXPECT_GE(gone.passes().bytes_size(), 1);
    ASSERT_EQ(gone.digests_size(), 1);
    await([&] { return there.isUp("web-1"); }, 60s);
    EXPECT_FALSE(daemon.isRunning("web-1"));
}
