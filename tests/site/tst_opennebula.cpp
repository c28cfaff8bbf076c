// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Before an OpenNebula as one was recorded, played by a server that answers and delays as it does.
#include "site/drivers/opennebula/opennebula.h"

#include "site/drivers/opennebula/describe.h"
#include "tests/site/fakeone.h"
#include "tests/site/oncloud.h"

#include <algorithm>

using namespace portulan;
using namespace portulan::site;

namespace {

struct OpenNebula : tests::OnCloud {
    tests::FakeOne one;
    void begin() { OnCloud::begin(opennebula::makeCloud({one.url(), {}, one.credentials()}), one.dir.path("driver")); }
    static CreateInstance order(const std::string &id)
    {
        CreateInstance wanted;
        wanted.id = id;
        wanted.name = "Site \"public\" \\ n° 1";
        wanted.project = "default";
        wanted.vcpus = 2;
        wanted.ramBytes = 512 << 20;
        wanted.diskBytes = 64 << 20;
        wanted.start = true;
        return wanted;
    }
};

TEST(OpenNebulaRecorded, machinesAreReadAsTheyAre)
{
    pugi::xml_document document;
    ASSERT_TRUE(document.load_file(PORTULAN_SOURCE_DIR "/tests/peers/opennebula/vmpool.infoextended.xml"));
    std::vector<cloud::Sighting> seen;
    for (const auto vm : document.child("VM_POOL").children("VM")) {
        EXPECT_EQ(opennebula::sightingsFrom(vm, seen), opennebula::Being::There);
    }
    const auto &direct = std::get<Instance>(seen.at(1));
    EXPECT_EQ(direct.name, "vm-direct");
    EXPECT_EQ(direct.id.id, "1");
    EXPECT_EQ(direct.state, PowerState::Running);
    EXPECT_EQ(direct.ramBytes, 256 << 20);
    EXPECT_EQ(direct.volumeIds, std::vector<std::string> {"1/0"});
    EXPECT_EQ(std::get<Volume>(seen.at(0)).sizeBytes, 8 << 20);
}

TEST(OpenNebulaRecorded, thatAnActionWasTakenIsNotThatItHasHappened)
{
    using opennebula::stateOf;
    EXPECT_EQ(stateOf(1, 0), PowerState::Starting);
    EXPECT_EQ(stateOf(3, 1), PowerState::Starting) << "its disks are copied";
    EXPECT_EQ(stateOf(3, 3), PowerState::Running);
    EXPECT_EQ(stateOf(3, 4), PowerState::Running) << "it moves live";
    EXPECT_EQ(stateOf(3, 18), PowerState::Stopping);
    EXPECT_EQ(stateOf(8, 0), PowerState::Stopped);
    EXPECT_EQ(stateOf(3, 36), PowerState::Failed);
    EXPECT_EQ(stateOf(3, 16), PowerState::Failed) << "its host does not tell of it";
}

TEST_F(OpenNebula, whatIsThereIsShownAsItIs)
{
    one.addMachines(3);
    begin();
    const auto facts = driver->facts();
    EXPECT_EQ(facts.stack, Stack::OpenNebula);
    EXPECT_EQ(facts.measured.vcpus, 16) << "two hosts of 800 per cent";
    EXPECT_EQ(facts.measured.ramBytes, std::int64_t(32) << 30);
    EXPECT_GT(facts.measured.storageBytes, 0);
    EXPECT_EQ(each<Instance>().size(), 3);
    EXPECT_EQ(each<Network>().size(), 1);
    for (const auto &image : each<Image>()) {
        EXPECT_NE(image.name, "http-bad") << "it never came to be";
    }
    const auto machine = named("vm-10");
    EXPECT_EQ(machine.volumeIds.size(), 1) << "and no CD drive";
    EXPECT_TRUE(std::ranges::none_of(facts.capabilities, [](const auto &word) { return word == "migrate"; })) << "its API carries no bytes";
}

TEST_F(OpenNebula, aMachineIsMadeLivesAndGoes)
{
    begin();
    const auto made = perform(order("web-1"));
    ASSERT_TRUE(made) << describe(made.error());
    const auto web = get<Instance>(*made);
    EXPECT_EQ(web.name, "Site \"public\" \\ n° 1");
    EXPECT_EQ(web.state, PowerState::Running);
    EXPECT_EQ(web.vcpus, 2);
    ASSERT_EQ(web.volumeIds.size(), 1);
    ASSERT_TRUE(perform(RebootInstance {*made, false}));
    ASSERT_TRUE(perform(StopInstance {*made, false}));
    EXPECT_EQ(get<Instance>(*made).state, PowerState::Stopped);
    ASSERT_TRUE(perform(StartInstance {*made}));
    EXPECT_EQ(get<Instance>(*made).state, PowerState::Running);
    ASSERT_TRUE(perform(DeleteInstance {*made, true}));
    EXPECT_FALSE(one.isThere(web.name));
    auto resting = order("db");
    resting.start = false;
    const auto held = perform(resting);
    ASSERT_TRUE(held) << describe(held.error());
    EXPECT_EQ(get<Instance>(*held).state, PowerState::Stopped);
    ASSERT_TRUE(perform(StartInstance {*held}));
}

TEST_F(OpenNebula, oneThatFindsNoHostIsRefusedInItsWordsAndNotLeft)
{
    begin();
    auto huge = order("huge");
    huge.ramBytes = std::int64_t(1) << 40;
    const auto refused = perform(huge);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::NoCapacity);
    EXPECT_EQ(refused.error().fact("cloud"), "Not enough Memory on hosts: 0,1");
    EXPECT_FALSE(one.isThere(huge.name));
}

TEST_F(OpenNebula, dataBlocksAreVolumes)
{
    begin();
    const auto volume = perform(CreateVolume {"papers", "Papiers", "default", 100 << 20, {}, {}, {}});
    ASSERT_TRUE(volume) << describe(volume.error());
    EXPECT_EQ(get<Volume>(*volume).sizeBytes, 100 << 20);
    ASSERT_TRUE(perform(DeleteVolume {*volume}));
    EXPECT_FALSE(driver->find(*volume));
}

TEST_F(OpenNebula, manyMachinesComeByPagesThatMayMove)
{
    one.addMachines(1200);
    one.dropNewest(); // after the first page
    begin();
    EXPECT_EQ(each<Instance>().size(), 1160) << "none is missed, none is made up";
}

TEST_F(OpenNebula, wrongCredentialsAndOtherRefusals)
{
    one.dir.run("umask 077; echo oneadmin:wrong-word > wrong");
    opennebula::Rpc stranger({one.url(), {}, one.dir.path("wrong")});
    const auto refused = stranger.read("hostpool.info", {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unauthenticated);
    EXPECT_EQ(describe(refused.error()).find("wrong-word"), std::string::npos);
    opennebula::Rpc rpc({one.url(), {}, one.credentials()});
    EXPECT_EQ(rpc.read("vm.info", {std::int64_t(99)}).error().reason, Reason::NotFound);
    EXPECT_EQ(rpc.call("vm.nonsense", {}).error().fact("cloud"), "Method 'one.vm.nonsense' not defined");
}

TEST(OpenNebulaAnswers, thatAreNoneAreSaid)
{
    tests::Workshop dir;
    dir.run("umask 077; echo a:b > auth");
    std::string body;
    tests::HttpScript server([&](const std::string &) { return tests::HttpScript::json(body); });
    opennebula::Rpc rpc({server.url(), {}, dir.path("auth")});
    for (const auto *text : {"<html>welcome</html>", "<methodResponse><params><param><value><array><data><value><boolean>1</boo", "",
             "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><methodResponse>&c;</methodResponse>"}) {
        body = text;
        EXPECT_EQ(rpc.call("system.version", {}).error().reason, Reason::Malformed) << text;
    }
}

}
