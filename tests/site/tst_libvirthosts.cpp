// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Two real libvirtds as one site.
#include "site/drivers/libvirt/libvirt.h"

#include "tests/site/libvirtrig.h"
#include "tests/site/oncloud.h"

using namespace portulan;
using namespace portulan::site;

namespace {

struct LibvirtHosts : tests::OnCloud {
    tests::LibvirtRig one, other;
    tests::Workshop dir;
    void begin() { OnCloud::begin(libvirt::makeCloud({{one.uri(), other.uri()}, "default", "images", {}}), dir.path("driver")); }
};

}

TEST_F(LibvirtHosts, eachThingIsSteeredWhereItIs)
{
    one.define("web");
    other.define("db");
    other.addImage("nano");
    begin();
    ASSERT_EQ(each<Instance>().size(), 2);
    ASSERT_TRUE(perform(StartInstance {named("db").id}));
    EXPECT_TRUE(other.isRunning("db"));
    EXPECT_FALSE(one.isRunning("web"));
    CreateInstance order;
    order.id = "made";
    order.name = "made";
    order.project = "default";
    order.ramBytes = 8 << 20;
    order.imageId = each<Image>().at(0).id.id;
    const auto made = perform(order);
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_TRUE(other.isRunning("made")) << "where its image is";
    ASSERT_TRUE(perform(DeleteInstance {*made, true}));
}

TEST_F(LibvirtHosts, oneThatIsAwayHidesNothingAndStopsNobody)
{
    one.define("web");
    other.define("db");
    begin();
    const auto web = named("web").id, db = named("db").id;
    other.kill();
    EXPECT_EQ(perform(StartInstance {db}).error().reason, Reason::Unreachable);
    ASSERT_TRUE(perform(StartInstance {web}));
    EXPECT_TRUE(one.isRunning("web"));
    EXPECT_TRUE(await([&] { return named("web").state == PowerState::Running; }));
    EXPECT_EQ(each<Instance>().size(), 2) << "as it was last seen";
    other.revive();
    EXPECT_TRUE(await([&] { return perform(StartInstance {db}).has_value(); }));
    EXPECT_TRUE(other.isRunning("db"));
}

TEST_F(LibvirtHosts, allDisksOfAMachineGoToOneHost)
{
    begin();
    const auto received = arrive(machineArriving("pair", {"root", "data"}), tests::nanoGuest());
    const auto done = settled(received.object);
    ASSERT_TRUE(done) << describe(done.error());
    ASSERT_TRUE(driver->adopt(received.object));
    EXPECT_EQ(get<Instance>(received.object).volumeIds.size(), 2);
    const auto started = perform(StartInstance {received.object});
    ASSERT_TRUE(started) << describe(started.error());
}
