// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// On a real OpenStack: its APIs, policies, scheduler, images and volumes; only its hypervisors run nothing.
#include "site/drivers/openstack/openstack.h"

#include "tests/site/cloudcontract.h"

#include <fstream>

using namespace portulan;
using namespace portulan::site;
using namespace std::chrono_literals;

namespace {

std::string textOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct OpenStack : tests::OnCloud {
    const std::string place = std::getenv("PORTULAN_OPENSTACK") ? std::getenv("PORTULAN_OPENSTACK") : "";
    tests::Workshop dir;
    openstack::Session::Settings settings;

    OpenStack()
    {
        auto url = textOf(place + "/endpoint");
        url.resize(url.find_last_not_of('\n') + 1);
        settings = {url, {}, "public", {}, place + "/member.json"};
    }
    void begin() { OnCloud::begin(openstack::makeCloud(settings), dir.path("driver"), 1s); }
    void TearDown() override // the cloud is every test's: nothing stays
    {
        if (!driver) {
            return;
        }
        for (const auto &instance : each<Instance>()) {
            const auto gone = perform(DeleteInstance {instance.id, true});
            EXPECT_TRUE(gone) << describe(gone.error());
        }
        for (const auto &volume : each<Volume>()) {
            const auto gone = perform(DeleteVolume {volume.id});
            EXPECT_TRUE(gone) << describe(gone.error());
        }
        driver.reset();
    }
};

TEST_F(OpenStack, anAdministratorSeesTheWholeCapacityAndAMemberItsQuota)
{
    begin();
    const auto mine = driver->facts();
    EXPECT_EQ(mine.stack, Stack::OpenStack);
    driver.reset();
    settings.credentials = place + "/admin.json";
    begin();
    EXPECT_GT(driver->facts().measured.vcpus, mine.measured.vcpus);
    EXPECT_GE(each<Network>().size(), 1);
}

TEST_F(OpenStack, aMachineIsMadeOfAnImageAndLivesItsLife)
{
    begin();
    Image guest;
    guest.id = {"there", ObjectKind::Image, "nano"};
    guest.name = "Nano";
    guest.sizeBytes = std::int64_t(std::filesystem::file_size(tests::nanoGuest()));
    Arrival arrival {"m-image", "default", {}, {}, {}, {}};
    arrival.image = guest;
    const auto image = arrive(arrival, tests::nanoGuest()).object;
    ASSERT_TRUE(settled(image));
    ASSERT_TRUE(driver->adopt(image));
    EXPECT_EQ(get<Image>(image).name, "Nano");
    EXPECT_EQ(get<Image>(image).sizeBytes, guest.sizeBytes);

    CreateInstance order;
    order.id = "web-1";
    order.name = "Site « public » 🌍";
    order.project = "default";
    order.vcpus = 1;
    order.ramBytes = 256 << 20;
    order.imageId = image.id;
    order.classification = Classification::Internal;
    order.start = true;
    const auto web = perform(order);
    ASSERT_TRUE(web) << describe(web.error());
    EXPECT_EQ(web->text(), "here/instance/web-1");
    const auto made = get<Instance>(*web);
    EXPECT_EQ(made.name, "Site « public » 🌍");
    EXPECT_EQ(made.state, PowerState::Running);
    EXPECT_EQ(made.classification, Classification::Internal);
    ASSERT_EQ(made.volumeIds.size(), 1);
    EXPECT_EQ(get<Volume>({"here", ObjectKind::Volume, made.volumeIds.front()}).instanceId, "web-1");
    EXPECT_FALSE(consoleOf(*web).empty());
    ASSERT_TRUE(perform(RebootInstance {*web, false}));
    ASSERT_TRUE(perform(StopInstance {*web, false}));
    EXPECT_EQ(get<Instance>(*web).state, PowerState::Stopped);
    EXPECT_EQ(perform(StopInstance {*web, false}).error().reason, Reason::NotReady);
    ASSERT_TRUE(perform(StartInstance {*web}));
    ASSERT_TRUE(perform(DeleteInstance {*web, true}));
    EXPECT_FALSE(driver->find(*web));
    EXPECT_FALSE(driver->find({"here", ObjectKind::Volume, made.volumeIds.front()}));
    ASSERT_TRUE(driver->setCustody(image, Custody::Leaving, {}, "there"));
    EXPECT_EQ(bytesOf(image), textOf(tests::nanoGuest()).substr(0, bytesOf(image).size()));
    ASSERT_TRUE(driver->setCustody(image, Custody::Retained, {}, "there"));
    ASSERT_TRUE(driver->erase(image));
}

TEST_F(OpenStack, volumesAreMadeGrownAndTakenAway)
{
    begin();
    const auto volume = perform(CreateVolume {"papers", "Papiers « 2026 »", "default", 100 << 20, Classification::Personal, {}, {{"owner", "rh"}}});
    ASSERT_TRUE(volume) << describe(volume.error());
    EXPECT_EQ(get<Volume>(*volume).sizeBytes, std::int64_t(1) << 30) << "whole GiB";
    EXPECT_EQ(get<Volume>(*volume).name, "Papiers « 2026 »");
    ASSERT_TRUE(perform(ResizeVolume {*volume, std::int64_t(2) << 30}));
    EXPECT_EQ(get<Volume>(*volume).sizeBytes, std::int64_t(2) << 30);
    ASSERT_TRUE(perform(DeleteVolume {*volume}));
    EXPECT_FALSE(driver->find(*volume));
}

TEST_F(OpenStack, whatEveryDriverAnswers)
{
    begin();
    tests::CloudContract contract(*this, {{}, 256 << 20, [&] {
                                              driver.reset();
                                              begin();
                                          }});
    contract.all();
}

TEST_F(OpenStack, aVolumeThatNoMachineHasGoesBackToItsNewestSnapshot)
{
    begin();
    const auto volume = perform(CreateVolume {"papers", "Papiers", "default", 1 << 30, {}, {}, {}});
    ASSERT_TRUE(volume) << describe(volume.error());
    const auto moment = perform(CreateSnapshot {*volume, "Avant"});
    ASSERT_TRUE(moment) << describe(moment.error());
    EXPECT_EQ(get<Snapshot>(*moment).volumeId, "papers");
    const auto back = perform(RevertSnapshot {*moment});
    ASSERT_TRUE(back) << describe(back.error());
    const auto gone = perform(DeleteVolume {*volume});
    ASSERT_TRUE(gone) << describe(gone.error());
    EXPECT_FALSE(driver->find(*moment)) << "it goes with its volume";
}

TEST_F(OpenStack, aLockThatIsSomebodyElsesStays)
{
    begin();
    CreateInstance order;
    order.id = "locked";
    order.name = "locked";
    order.project = "default";
    order.ramBytes = 256 << 20;
    order.diskBytes = 1 << 30;
    order.start = false;
    const auto id = perform(order);
    ASSERT_TRUE(id) << describe(id.error());
    openstack::Session session(settings);
    std::string path;
    ASSERT_TRUE(session.each(openstack::Service::Compute, "/servers?limit=1000", "servers", [&](const openstack::Json &server) {
        path = openstack::wordIn(server, "name") == "locked" ? "/servers/" + openstack::wordIn(server, "id") : path;
    }));
    const auto why
        = [&] { return openstack::wordIn(openstack::in(session.get(openstack::Service::Compute, path).value(), "server"), "locked_reason"); };
    ASSERT_TRUE(session.call(openstack::Service::Compute, "POST", path + "/action", {{"lock", {{"locked_reason", "audit"}}}}));
    ASSERT_TRUE(driver->setCustody(*id, Custody::Leaving, {}, "there"));
    ASSERT_TRUE(driver->setCustody(*id, Custody::Owner, {}, {}));
    EXPECT_EQ(why(), "audit") << "a move that was given up";
    ASSERT_TRUE(session.call(openstack::Service::Compute, "POST", path + "/action", {{"unlock", nullptr}}));
    ASSERT_TRUE(driver->setCustody(*id, Custody::Retained, Instant {std::chrono::hours(24)}, "there"));
    EXPECT_EQ(why(), "portulan: moved to there");
    ASSERT_TRUE(driver->setCustody(*id, Custody::Owner, {}, {}));
    EXPECT_EQ(why(), "");
}

TEST_F(OpenStack, aMachineArrivesByteForByteAndLeavesAgain)
{
    begin();
    auto arrival = machineArriving("nano-1", {"root"});
    arrival.instance->diskBus = "sata";
    const auto foresight = driver->foresee(arrival);
    EXPECT_TRUE(foresight.obstacles.empty());
    ASSERT_EQ(foresight.changes.size(), 2);
    EXPECT_EQ(foresight.changes[0].fact("cause"), "disk-grows");
    EXPECT_EQ(foresight.changes[0].fact("to"), std::to_string(std::int64_t(1) << 30));
    EXPECT_EQ(foresight.changes[1].fact("cause"), "other-size");
    EXPECT_FALSE(foresight.changes[1].fact("flavor").empty());
    arrival.instance->vcpus = 200;
    ASSERT_EQ(driver->foresee(arrival).obstacles.size(), 1);
    EXPECT_EQ(driver->foresee(arrival).obstacles[0].reason, Reason::NoCapacity);
    arrival.instance->vcpus = 1;
    const auto received = arrive(arrival, tests::nanoGuest());
    EXPECT_EQ(received.object.id, "nano-1");
    const auto done = settled(received.object);
    ASSERT_TRUE(done) << describe(done.error());
    ASSERT_TRUE(driver->adopt(received.object));
    auto machine = get<Instance>(received.object);
    EXPECT_EQ(machine.custody, Custody::Owner);
    EXPECT_EQ(machine.state, PowerState::Stopped) << "nothing runs before it is told to";
    const auto started = perform(StartInstance {received.object});
    ASSERT_TRUE(started) << describe(started.error());
    machine = get<Instance>(received.object);
    EXPECT_EQ(machine.state, PowerState::Running);
    EXPECT_EQ(machine.name, "Machine « nano-1 »");
    EXPECT_EQ(machine.classification, Classification::Personal);
    EXPECT_EQ(machine.volumeIds, std::vector<std::string> {"root"});
    EXPECT_EQ(machine.ramBytes, std::stoll(foresight.changes[1].fact("ram"))) << "as it was foretold";
    EXPECT_EQ(get<Volume>({"here", ObjectKind::Volume, "root"}).sizeBytes, std::int64_t(1) << 30);

    ASSERT_TRUE(perform(StopInstance {received.object, false}));
    ASSERT_TRUE(driver->setCustody(received.object, Custody::Leaving, {}, "there"));
    auto nano = textOf(tests::nanoGuest());
    nano.resize(nano.find_last_not_of('\0') + 1);
    EXPECT_EQ(bytesOf(received.volumes.front()), nano);
    ASSERT_TRUE(driver->setCustody(
        received.object, Custody::Retained, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()), "there"));
    EXPECT_EQ(perform(StartInstance {received.object}).error().reason, Reason::NotReady);
    const auto erased = driver->erase(received.object);
    ASSERT_TRUE(erased) << describe(erased.error());
    EXPECT_FALSE(driver->find(received.object));
    EXPECT_FALSE(driver->find(received.volumes.front()));
}

TEST_F(OpenStack, whatIsGivenUpLeavesNothing)
{
    begin();
    const auto before = each<Volume>().size() + each<Image>().size();
    const auto received = arrive(machineArriving("given-up", {"root"}), tests::nanoGuest());
    ASSERT_TRUE(settled(received.object));
    ASSERT_TRUE(driver->drop(received.object));
    EXPECT_FALSE(driver->find(received.object));
    EXPECT_FALSE(driver->find(received.volumes.front()));
    EXPECT_TRUE(std::filesystem::is_empty(dir.path("driver/arriving")));
    driver.reset();
    std::filesystem::remove_all(dir.path("driver"));
    begin(); // whoever looks at the cloud for the first time
    EXPECT_EQ(each<Volume>().size() + each<Image>().size(), before);
}

TEST_F(OpenStack, wrongCredentialsAreToldAndNotWritten)
{
    dir.run("echo '{\"user\": \"portulan\", \"password\": \"secret-word\", \"project\": \"portulan\"}' > wrong.json; chmod 600 wrong.json");
    settings.credentials = dir.path("wrong.json");
    openstack::Session session(settings);
    const auto refused = session.isAdmin();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unauthenticated);
    EXPECT_EQ(describe(refused.error()).find("secret-word"), std::string::npos);
    EXPECT_FALSE(refused.error().fact("request").empty()) << "the cloud's own request id";
    dir.run("chmod 644 wrong.json");
    EXPECT_EQ(session.isAdmin().error().reason, Reason::Untrusted) << "others may read it";
}

TEST_F(OpenStack, whatTheCloudRefusesIsSaidInItsWords)
{
    begin();
    CreateInstance order;
    order.id = "huge";
    order.name = "huge";
    order.project = "default";
    order.vcpus = 200;
    order.ramBytes = std::int64_t(4) << 40;
    order.diskBytes = 1 << 30;
    EXPECT_EQ(perform(order).error().reason, Reason::NoCapacity) << "no flavor is that large";
    auto administrator = settings;
    administrator.credentials = place + "/admin.json";
    openstack::Session session(administrator);
    const auto limit = [&](int gigabytes) {
        const auto path = "/os-quota-sets/" + session.projectId().value();
        return session.call(openstack::Service::Volume, "PUT", path, {{"quota_set", {{"gigabytes", gigabytes}}}});
    };
    ASSERT_TRUE(limit(1));
    const auto tooMuch = perform(CreateVolume {"v", "v", "default", std::int64_t(2) << 30, {}, {}, {}});
    EXPECT_TRUE(limit(-1));
    ASSERT_FALSE(tooMuch);
    EXPECT_EQ(tooMuch.error().reason, Reason::Quota);
    EXPECT_NE(tooMuch.error().fact("cloud"), "");
    EXPECT_NE(tooMuch.error().fact("request"), "");
}

}
