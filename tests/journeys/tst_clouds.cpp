// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Real gateways before real clouds, one federation: a real libvirtd, a real OpenStack.
#include "tests/journeys/machines.h"
#include "tests/site/libvirtrig.h"
#include "tests/site/ovafile.h"
#include "tests/site/scratch.h"
#include "tests/site/vcsimrig.h"

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
    GatewayProcess rennes {papers, scratch.path("rennes"), "rennes"};
    tests::VcsimRig center;
    Machines onLibvirt {brest}, onOpenStack {nantes}, onVSphere {rennes};

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
        rennes.drives("name = \"vsphere\"\n[vsphere]\nurl = \"" + center.url() + "\"\ncredentials = \"" + center.credentials() + "\"\n");
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

/// Out of VMware: through a vCenter's lease to libvirt, where it boots; and as an OVA, to libvirt and to OpenStack.
TEST_F(Clouds, machinesLeaveVMwareForAnyOther)
{
    rennes.knows("brest", brest.endpoint());
    rennes.start();
    ASSERT_EQ(onVSphere.create("fresh", {}, 64 << 20).state(), "done");
    const auto id = onVSphere.owned("DC0_C0_RP0_VM0");
    ASSERT_NE(id, "");
    const auto moved = onVSphere.move(id, brest);
    ASSERT_EQ(moved.state(), "done") << moved.DebugString();
    const auto there = onLibvirt.owned("DC0_C0_RP0_VM0");
    await([&] { return onLibvirt.isUp(there); }, 60s);

    const auto ova = tests::makeOva(center.dir, PORTULAN_BINARY_DIR "/nano/nano.raw");
    for (auto *site : {&onLibvirt, &onOpenStack}) {
        const auto imported = site->import("old-server", "ova", ova);
        ASSERT_EQ(imported.state(), "done") << imported.DebugString();
        const auto made = site->create("from-ova", "old-server");
        ASSERT_EQ(made.state(), "done") << made.DebugString();
        EXPECT_EQ(site->state("from-ova"), "running");
    }
    await([&] { return onLibvirt.isUp("from-ova"); }, 60s);
}
