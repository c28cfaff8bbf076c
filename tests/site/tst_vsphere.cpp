// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// On a simulated vCenter: the API, its sessions, tasks and leases are real, the machines are not.
#include "site/drivers/vsphere/vsphere.h"

#include "tests/site/cloudcontract.h"
#include "tests/site/vcsimrig.h"

#include <fstream>

using namespace portulan;
using namespace portulan::site;
using namespace std::chrono_literals;

namespace {

struct VSphere : tests::OnCloud {
    tests::VcsimRig center;
    void begin() { OnCloud::begin(vsphere::makeCloud({center.url(), {}, center.credentials()}), center.dir.path("driver")); }
};

TEST_F(VSphere, whatIsThereIsShownAsItIs)
{
    begin();
    const auto facts = driver->facts();
    EXPECT_EQ(facts.stack, Stack::VMware);
    EXPECT_TRUE(facts.hypervisor.starts_with("VMware vCenter")) << facts.hypervisor;
    EXPECT_GT(facts.measured.vcpus, 0);
    EXPECT_GT(facts.measured.ramBytes, 0);
    EXPECT_GT(facts.measured.storageBytes, 0);
    EXPECT_GE(each<Instance>().size(), 5);
    EXPECT_GE(each<Network>().size(), 1);
    const auto machine = named("DC0_C0_RP0_VM0");
    EXPECT_EQ(machine.state, PowerState::Running);
    EXPECT_GT(machine.ramBytes, 0);
    ASSERT_EQ(machine.volumeIds.size(), 1);
    EXPECT_EQ(get<Volume>({"here", ObjectKind::Volume, machine.volumeIds.front()}).instanceId, machine.id.id);
}

TEST_F(VSphere, aMachineIsMadeLivesAndGoes)
{
    begin();
    CreateInstance order;
    order.id = "web-1";
    order.name = "Site 100 % « public »/2";
    order.project = "default";
    order.vcpus = 2;
    order.ramBytes = 64 << 20;
    order.diskBytes = 1 << 30;
    order.start = true;
    const auto web = perform(order);
    ASSERT_TRUE(web) << describe(web.error());
    const auto made = get<Instance>(*web);
    EXPECT_EQ(made.name, "Site 100 % « public »/2");
    EXPECT_EQ(made.state, PowerState::Running);
    EXPECT_EQ(made.vcpus, 2);
    EXPECT_EQ(made.ramBytes, 64 << 20);
    ASSERT_EQ(made.volumeIds.size(), 1);
    EXPECT_EQ(get<Volume>({"here", ObjectKind::Volume, made.volumeIds.front()}).sizeBytes, 1 << 30);
    ASSERT_TRUE(perform(StopInstance {*web, true}));
    EXPECT_EQ(get<Instance>(*web).state, PowerState::Stopped);
    EXPECT_EQ(perform(DeleteInstance {*web, false}).error().reason, Reason::Unsupported) << "its disks would go with it";
    ASSERT_TRUE(perform(DeleteInstance {*web, true}));
    EXPECT_FALSE(driver->find(*web));
    EXPECT_FALSE(driver->find({"here", ObjectKind::Volume, made.volumeIds.front()}));
}

TEST_F(VSphere, aDiskLeavesThroughALease)
{
    begin();
    const auto machine = named("DC0_C0_RP0_VM0");
    ASSERT_TRUE(perform(StopInstance {machine.id, true}));
    ASSERT_TRUE(driver->setCustody(machine.id, Custody::Leaving, {}, "there"));
    std::ifstream file(tests::nanoGuest(), std::ios::binary);
    std::string nano {std::istreambuf_iterator<char>(file), {}};
    nano.resize(nano.find_last_not_of('\0') + 1);
    EXPECT_EQ(bytesOf({"here", ObjectKind::Volume, machine.volumeIds.front()}), nano);
    Arrival arrival;
    arrival.migration = "m";
    arrival.project = "default";
    arrival.instance = machine;
    EXPECT_EQ(driver->receive(arrival).error().reason, Reason::Unsupported) << "nothing is taken in";
}

TEST_F(VSphere, whatEveryDriverAnswers)
{
    begin();
    tests::CloudContract contract(*this, {{}, 64 << 20, [&] {
                                              driver.reset();
                                              begin();
                                          }});
    contract.all();
}

TEST_F(VSphere, aFenceIsALineAmongItsAdministratorsNotes)
{
    begin();
    const auto machine = named("DC0_C0_RP0_VM0");
    ASSERT_TRUE(perform(StopInstance {machine.id, true}));
    vsphere::Soap soap({center.url(), {}, center.credentials()});
    vsphere::Moref self {"VirtualMachine", {}};
    ASSERT_TRUE(soap.each({{"VirtualMachine", {"name"}}}, [&](const vsphere::Moref &each, const vsphere::Soap::Properties &about) {
        self.id = std::string_view(about.at("name").text().get()) == "DC0_C0_RP0_VM0" ? each.id : self.id;
    }));
    const auto notes = [&] {
        std::string text;
        EXPECT_TRUE(soap.one(self, {"config.annotation"}, [&](const vsphere::Moref &, const vsphere::Soap::Properties &about) {
            text = about.contains("config.annotation") ? about.at("config.annotation").text().get() : "";
        }));
        return text;
    };
    ASSERT_TRUE(soap.perform("ReconfigVM_Task", self, "<spec><annotation>backed up on Mondays</annotation></spec>", std::chrono::seconds(30)));
    ASSERT_TRUE(driver->setCustody(machine.id, Custody::Leaving, {}, "there"));
    ASSERT_TRUE(driver->setCustody(machine.id, Custody::Owner, {}, {}));
    EXPECT_EQ(notes(), "backed up on Mondays") << "a move that was given up";
    ASSERT_TRUE(driver->setCustody(machine.id, Custody::Retained, Instant {std::chrono::hours(24)}, "lyon"));
    EXPECT_NE(notes().find("lyon\nbacked up on Mondays"), std::string::npos) << notes();
    ASSERT_TRUE(driver->setCustody(machine.id, Custody::Owner, {}, {}));
    EXPECT_EQ(notes(), "backed up on Mondays");
}

TEST_F(VSphere, aSessionThatHasEndedIsBegunAnew)
{
    vsphere::Soap soap({center.url(), {}, center.credentials()});
    ASSERT_TRUE(soap.version());
    ASSERT_TRUE(soap.call("Logout", {"SessionManager", "SessionManager"}, {}));
    std::size_t machines = 0;
    const auto listed = soap.each({{"VirtualMachine", {"name"}}}, [&](const vsphere::Moref &, const vsphere::Soap::Properties &) { ++machines; });
    ASSERT_TRUE(listed) << describe(listed.error());
    EXPECT_GE(machines, 5);
}

TEST_F(VSphere, wrongCredentialsAndNobodyThere)
{
    center.dir.run("umask 077; echo '{\"user\": \"user\", \"password\": \"wrong-word\"}' > wrong.json");
    vsphere::Soap soap({center.url(), {}, center.dir.path("wrong.json")});
    const auto refused = soap.version();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unauthenticated) << describe(refused.error());
    EXPECT_EQ(describe(refused.error()).find("wrong-word"), std::string::npos);
    begin();
    center.kill();
    EXPECT_EQ(perform(StopInstance {named("DC0_C0_RP0_VM0").id, true}).error().reason, Reason::Unreachable);
    EXPECT_GE(each<Instance>().size(), 5) << "as they were last seen";
}

}
