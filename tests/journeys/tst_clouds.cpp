// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Real gateways before real clouds, one federation: a real libvirtd, a real OpenStack.
#include "tests/journeys/machines.h"
#include "tests/site/libvirtrig.h"
#include "tests/site/scratch.h"

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

std::string lineOf(const std::string &path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

struct Clouds : testing::Test {
    tests::LibvirtRig daemon;
    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    GatewayProcess brest {papers, scratch.path("brest"), "brest"};
    GatewayProcess nantes {papers, scratch.path("nantes"), "nantes"};
    Machines onLibvirt {brest}, onOpenStack {nantes};

    Clouds()
    {
        const std::string place = std::getenv("PORTULAN_OPENSTACK") ? std::getenv("PORTULAN_OPENSTACK") : "";
        nantes.drives("name = \"openstack\"\n[openstack]\nauth_url = \"" + lineOf(place + "/endpoint") + "\"\ncredentials = \"" + place
            + "/member.json\"\ninterval_seconds = 1\n");
        nantes.start();
        brest.drives(
            "name = \"libvirt\"\n[libvirt]\nuris = [\"" + daemon.uri() + "\"]\nconsole_directory = \"" + daemon.dir.path("lv/data") + "\"\n");
        brest.knows("nantes", nantes.endpoint());
        daemon.addImage("nano");
        brest.start();
    }
};

}

/// From libvirt to OpenStack, where its image is proven, and back, where it boots.
TEST_F(Clouds, aMachineCrossesStacksAndComesBack)
{
    ASSERT_EQ(onLibvirt.create("web-1").state(), "done");
    const auto gone = onLibvirt.move("web-1", nantes);
    ASSERT_EQ(gone.state(), "done") << gone.DebugString();
    EXPECT_EQ(gone.digests_size(), 1);
    EXPECT_EQ(onOpenStack.state("web-1"), "running");
    EXPECT_FALSE(daemon.isRunning("web-1")) << "what is kept here does not run";

    nantes.terminate();
    nantes.knows("brest", brest.endpoint());
    nantes.start();
    const auto back = onOpenStack.move("web-1", brest);
    ASSERT_EQ(back.state(), "done") << back.DebugString();
    const auto id = onLibvirt.owned("Machine web-1");
    await([&] { return onLibvirt.isUp(id); }, 60s);
    EXPECT_EQ(onOpenStack.owned("Machine web-1"), "");
}
