// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/libvirt.h"

#include "site/drivers/libvirt/describe.h"
#include "tests/site/cloudcontract.h"
#include "tests/site/libvirtrig.h"

#include <algorithm>

using namespace portulan;
using namespace portulan::site;
using namespace std::chrono_literals;
using tests::LibvirtRig;

namespace {

struct Libvirt : tests::OnCloud {
    LibvirtRig daemon;
    void begin() { OnCloud::begin(libvirt::makeCloud({{daemon.uri()}, "default", "images", daemon.dir.path("lv/data")}), daemon.dir.path("driver")); }
};

}

TEST_F(Libvirt, whatIsThereIsShownAsItIs)
{
    daemon.define("web", "<title>Site web de l’état &amp; \"co\"</title>");
    daemon.define("db");
    begin();
    const auto web = named("Site web de l’état & \"co\"");
    EXPECT_EQ(web.vcpus, 1);
    EXPECT_EQ(web.ramBytes, 8 << 20);
    EXPECT_EQ(web.state, PowerState::Stopped);
    EXPECT_EQ(web.project, "default");
    ASSERT_EQ(web.volumeIds, std::vector<std::string> {"web"}) << "and no CD drive";
    const auto disk = std::get<Volume>(driver->find({"here", ObjectKind::Volume, "web"}).value());
    EXPECT_EQ(disk.instanceId, web.id.id);
    EXPECT_EQ(disk.sizeBytes, std::int64_t(std::filesystem::file_size(daemon.disk("web"))));
    EXPECT_TRUE(disk.bootable);
    EXPECT_EQ(named("db").volumeIds, std::vector<std::string> {"db"});
    const auto facts = driver->facts();
    EXPECT_EQ(facts.stack, Stack::Libvirt);
    EXPECT_TRUE(facts.hypervisor.starts_with("QEMU ")) << facts.hypervisor;
    EXPECT_GT(facts.measured.ramBytes, 0);
    EXPECT_GT(facts.measured.storageBytes, 0);
    EXPECT_EQ(driver->used().value().vcpus, 2);
}

TEST_F(Libvirt, aMachineRunsAndRestsForReal)
{
    daemon.define("web");
    begin();
    const auto id = named("web").id;
    ASSERT_TRUE(perform(StartInstance {id}));
    EXPECT_EQ(named("web").state, PowerState::Running);
    EXPECT_TRUE(daemon.isRunning("web"));
    EXPECT_TRUE(await([&] { return consoleOf(id).find('2') != std::string::npos; })) << consoleOf(id);
    EXPECT_EQ(perform(StartInstance {id}).error().reason, Reason::NotReady);
    ASSERT_TRUE(perform(RebootInstance {id, true}));
    const auto stopped = perform(StopInstance {id, false}); // the guest answers the power button
    ASSERT_TRUE(stopped) << describe(stopped.error());
    EXPECT_EQ(named("web").state, PowerState::Stopped);
    EXPECT_FALSE(daemon.isRunning("web"));
}

TEST_F(Libvirt, whatOthersDoIsSeen)
{
    daemon.define("web");
    begin();
    const auto id = named("web").id;
    const auto connection = daemon.connect();
    const libvirt::Domain domain(::virDomainLookupByName(connection.get(), "web"));
    ASSERT_EQ(::virDomainCreate(domain.get()), 0);
    EXPECT_TRUE(await([&] { return named("web").state == PowerState::Running; }));
    ASSERT_EQ(::virDomainDestroy(domain.get()), 0);
    EXPECT_TRUE(await([&] { return named("web").state == PowerState::Stopped; }));
    ASSERT_EQ(::virDomainUndefine(domain.get()), 0);
    EXPECT_TRUE(await([&] { return !driver->find(id); }));
    EXPECT_TRUE(await([&] { // told after it is on record, by another thread
        const std::lock_guard lock(mutex);
        return std::holds_alternative<Vanished>(announced.at(id));
    }));
}

TEST_F(Libvirt, volumesAreMadeGrownAndTakenAway)
{
    begin();
    const auto id = perform(CreateVolume {"papers", "Papiers « 2026 »", "default", 8 << 20, Classification::Personal, {}, {{"owner", "rh"}}});
    ASSERT_TRUE(id) << describe(id.error());
    EXPECT_EQ(id->text(), "here/volume/papers");
    const auto volume = std::get<Volume>(driver->find(*id).value());
    EXPECT_EQ(volume.name, "Papiers « 2026 »");
    EXPECT_EQ(volume.classification, Classification::Personal);
    EXPECT_EQ(volume.sizeBytes, 8 << 20);
    EXPECT_EQ(volume.format, "qcow2");
    EXPECT_EQ(perform(CreateVolume {"papers", "x", "default", 8 << 20, {}, {}, {}}).error().reason, Reason::AlreadyExists);
    ASSERT_TRUE(perform(ResizeVolume {*id, 16 << 20}));
    EXPECT_EQ(std::get<Volume>(driver->find(*id).value()).sizeBytes, 16 << 20);
    EXPECT_EQ(std::get<Volume>(driver->find(*id).value()).classification, Classification::Personal) << "a look does not forget it";
    EXPECT_EQ(std::get<Volume>(driver->find(*id).value()).name, "Papiers « 2026 »");
    ASSERT_TRUE(perform(DeleteVolume {*id}));
    EXPECT_FALSE(driver->find(*id));
    EXPECT_FALSE(std::filesystem::exists(daemon.dir.path("lv/images/papers.qcow2")));
}

TEST_F(Libvirt, aMachineIsMadeOfAnImageAndWritesOnItsConsole)
{
    daemon.addImage("nano");
    begin();
    const auto image = each<Image>().at(0).id.id;
    EXPECT_EQ(image, "nano");
    CreateInstance order;
    order.id = "web-1";
    order.name = "Site « état » <&>";
    order.project = "default";
    order.ramBytes = 8 << 20;
    order.imageId = image;
    order.diskBytes = 64 << 20;
    order.classification = Classification::Internal;
    order.networkIds = {"nowhere"};
    EXPECT_EQ(driver->check(order, {}).error().reason, Reason::NotFound);
    order.networkIds.clear();
    order.imageId = "none";
    EXPECT_EQ(driver->check(order, {}).error().reason, Reason::NotFound);
    order.imageId = image;
    ASSERT_TRUE(driver->check(order, {})) << describe(driver->check(order, {}).error());
    const auto id = perform(order);
    ASSERT_TRUE(id) << describe(id.error());
    EXPECT_EQ(id->text(), "here/instance/web-1");
    const auto made = named(order.name);
    EXPECT_EQ(made.state, PowerState::Running);
    EXPECT_EQ(made.classification, Classification::Internal);
    ASSERT_EQ(made.volumeIds.size(), 1U);
    const auto disk = std::get<Volume>(driver->find({"here", ObjectKind::Volume, made.volumeIds[0]}).value());
    EXPECT_EQ(disk.sizeBytes, 64 << 20);
    EXPECT_EQ(disk.instanceId, "web-1");
    EXPECT_TRUE(disk.bootable);
    EXPECT_EQ(perform(DeleteVolume {disk.id}).error().reason, Reason::NotReady) << "it is in use from the first moment";
    EXPECT_EQ(disk.classification, Classification::Internal) << "a disk is as sensitive as its machine";
    EXPECT_TRUE(daemon.isRunning("web-1"));
    EXPECT_TRUE(await([&] { return consoleOf(*id).find('2') != std::string::npos; })) << consoleOf(*id);
    EXPECT_EQ(perform(order).error().reason, Reason::AlreadyExists);
    ASSERT_TRUE(perform(DeleteInstance {*id, true}));
    EXPECT_TRUE(each<Volume>().empty());
    EXPECT_FALSE(std::filesystem::exists(daemon.dir.path("lv/images/web-1.qcow2")));
}

TEST_F(Libvirt, aMachineThatDoesNotStartIsNotThere)
{
    daemon.addImage("nano");
    begin();
    CreateInstance order;
    order.name = "too large";
    order.project = "default";
    order.ramBytes = std::int64_t(60) << 40; // no host has that
    order.imageId = "nano";
    EXPECT_FALSE(perform(order));
    EXPECT_TRUE(each<Instance>().empty());
    EXPECT_TRUE(each<Volume>().empty());
    EXPECT_TRUE(std::filesystem::is_empty(daemon.dir.path("lv/images")));
}

TEST_F(Libvirt, aMachineGoesWithItsDisksOrWithoutThem)
{
    daemon.define("web");
    daemon.define("db");
    begin();
    ASSERT_TRUE(perform(StartInstance {named("web").id}));
    ASSERT_TRUE(perform(DeleteInstance {named("web").id, true}));
    EXPECT_FALSE(daemon.isRunning("web"));
    EXPECT_FALSE(std::filesystem::exists(daemon.disk("web")));
    ASSERT_TRUE(perform(DeleteInstance {named("db").id, false}));
    EXPECT_TRUE(std::filesystem::exists(daemon.disk("db")));
    EXPECT_TRUE(each<Instance>().empty());
    ASSERT_EQ(each<Volume>().size(), 1U);
    EXPECT_EQ(each<Volume>().front().instanceId, "");
}

TEST_F(Libvirt, aDaemonThatIsAwayHidesNothingAndComesBack)
{
    daemon.define("web");
    begin();
    const auto id = named("web").id;
    ASSERT_TRUE(perform(StartInstance {id}));
    daemon.kill();
    const auto refused = perform(StopInstance {id, true});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unreachable) << describe(refused.error());
    EXPECT_EQ(named("web").state, PowerState::Running) << "as it was last seen";
    driver.reset();
    begin(); // also a gateway that starts meanwhile
    EXPECT_EQ(named("web").id, id);
    daemon.revive();
    const auto stopped = perform(StopInstance {id, true});
    ASSERT_TRUE(stopped) << describe(stopped.error());
    EXPECT_EQ(named("web").state, PowerState::Stopped);
}

TEST_F(Libvirt, idsAndWhatIsOnlyKnownHereOutliveTheGateway)
{
    daemon.define("web");
    begin();
    const auto id = named("web").id;
    ASSERT_TRUE(perform(UpdateInstance {id, {}, Classification::HealthFr, std::map<std::string, std::string> {{"owner", "chu"}}}));
    const auto before = driver->inventory().value();
    driver.reset();
    begin();
    EXPECT_EQ(driver->inventory().value(), before);
    EXPECT_EQ(named("web").classification, Classification::HealthFr);
}

TEST_F(Libvirt, whatEveryDriverAnswers)
{
    daemon.addImage("nano");
    begin();
    tests::CloudContract contract(*this, {"nano", 16 << 20, [&] {
                                              driver.reset();
                                              begin();
                                          }});
    contract.all();
}

/// Before libvirt's own test hypervisor, which makes networks where a user's daemon may not.
TEST(LibvirtTestHypervisor, networksAreMadeAndKeptWhileTheyAreUsed)
{
    struct OnTest : tests::OnCloud {
        void TestBody() override { }
    } on;
    const tests::Workshop dir;
    const auto begin = [&] { on.begin(libvirt::makeCloud({{"test:///default"}, "default-pool", "default-pool", {}}), dir.path("driver")); };
    begin();
    tests::CloudContract contract(on, {{}, 16 << 20, begin});
    contract.networksAreKeptWhileTheyAreUsed();
    const auto routed = on.perform(CreateNetwork {{}, "x", "default", "nat", "192.168.77.0/24"});
    ASSERT_TRUE(routed) << describe(routed.error());
    EXPECT_EQ(on.get<Network>(*routed).kind, "nat");
    EXPECT_EQ(on.get<Network>(*routed).cidr, "192.168.77.1/24");
    EXPECT_TRUE(on.perform(DeleteNetwork {*routed}));
    EXPECT_EQ(on.perform(CreateNetwork {{}, "x", "default", "bridge", ""}).error().reason, Reason::Unsupported);
    for (const auto *cidr : {"10.0.0.0/31", "fe80::/64", "10.0.0.0", "ten"}) {
        EXPECT_EQ(on.perform(CreateNetwork {{}, "x", "default", "isolated", cidr}).error().reason, Reason::InvalidArgument) << cidr;
    }
}

/// A machine that runs is read while it writes; every byte is seen once it has stopped.
TEST_F(Libvirt, aMachineIsFollowedWhileItWrites)
{
    daemon.addImage("nano", PORTULAN_BUSY_GUEST);
    begin();
    const auto capabilities = driver->facts().capabilities;
    ASSERT_EQ(std::ranges::count(capabilities, "migrate.warm"), 1);
    CreateInstance order;
    order.id = "busy";
    order.name = "busy";
    order.project = "default";
    order.ramBytes = 8 << 20;
    order.imageId = "nano";
    const auto id = perform(order).value();
    const ObjectId disk {"here", ObjectKind::Volume, get<Instance>(id).volumeIds.front()};
    EXPECT_EQ(driver->openForRead(disk, {}).error().reason, Reason::NotReady) << "it runs";
    ASSERT_TRUE(await([&] { return consoleOf(id).find("is up") != std::string::npos; }));
    ASSERT_TRUE(driver->setCustody(id, Custody::Leaving, {}, "there"));
    std::string copy;
    std::size_t rounds = 0, dirtyBytes = 0;
    {
        const auto following = driver->follow(id);
        ASSERT_TRUE(following) << describe(following.error());
        const auto take = [&](BlockReader &reader, const std::vector<Extent> &extents) {
            for (const auto &extent : extents) {
                ASSERT_TRUE(reader.read(extent.offset, std::as_writable_bytes(std::span(copy).subspan(extent.offset, extent.length))));
            }
        };
        auto views = (*following)->next();
        ASSERT_TRUE(views) << describe(views.error());
        ASSERT_EQ(views->size(), 1);
        EXPECT_TRUE(views->front().dirty.empty());
        copy.resize(views->front().reader->sizeBytes());
        take(*views->front().reader, {{0, copy.size()}});
        ASSERT_TRUE(await([&] { return (*following)->written().value_or(0) > 0; })) << "its guest writes";
        for (; rounds < 3; ++rounds) {
            views->clear();
            views = (*following)->next();
            ASSERT_TRUE(views) << describe(views.error());
            for (const auto &extent : views->front().dirty) {
                dirtyBytes += extent.length;
            }
            take(*views->front().reader, views->front().dirty);
        }
        EXPECT_GT(dirtyBytes, 0);
        EXPECT_LT(dirtyBytes, 3 * copy.size());
        views->clear();
        const auto rest = (*following)->stop(true, progress);
        ASSERT_TRUE(rest) << describe(rest.error());
        EXPECT_EQ(get<Instance>(id).state, PowerState::Stopped);
        const auto reader = driver->openForRead(disk, {});
        ASSERT_TRUE(reader) << describe(reader.error());
        take(**reader, rest->front());
    }
    copy.resize(copy.find_last_not_of('\0') + 1);
    EXPECT_EQ(copy, bytesOf(disk));
    const auto connection = daemon.connect();
    const libvirt::Domain domain(::virDomainLookupByName(connection.get(), "busy"));
    EXPECT_EQ(::virDomainListAllCheckpoints(domain.get(), nullptr, 0), 0) << "nothing stays in it";
}

TEST_F(Libvirt, aDiskThatCanHoldNoBitmapIsNotFollowed)
{
    daemon.define("web"); // on a raw disk
    begin();
    const auto id = named("web").id;
    EXPECT_EQ(driver->follow(id).error().reason, Reason::NotReady);
    ASSERT_TRUE(perform(StartInstance {id}));
    const auto following = driver->follow(id);
    ASSERT_TRUE(following) << describe(following.error());
    const auto refused = (*following)->next();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unsupported) << describe(refused.error());
}

TEST_F(Libvirt, aMachineKeepsItsBusAndWhatChangesIsSaidBefore)
{
    begin();
    auto arrival = machineArriving("from-elsewhere", {"root"});
    arrival.instance->firmware = "bios";
    arrival.instance->diskBus = "sata";
    arrival.instance->nicModel = "pcnet";
    const auto foresight = driver->foresee(arrival);
    EXPECT_TRUE(foresight.obstacles.empty());
    ASSERT_EQ(foresight.changes.size(), 1) << "its bus is kept";
    EXPECT_EQ(foresight.changes[0].fact("cause"), "other-nic");
    EXPECT_EQ(foresight.changes[0].fact("from"), "pcnet");
    EXPECT_EQ(foresight.changes[0].fact("to"), "e1000");
    const auto received = arrive(arrival, tests::nanoGuest());
    ASSERT_TRUE(settled(received.object));
    ASSERT_TRUE(driver->adopt(received.object));
    EXPECT_EQ(get<Instance>(received.object).diskBus, "sata");
    EXPECT_EQ(get<Instance>(received.object).firmware, "bios");
    ASSERT_TRUE(perform(StartInstance {received.object}));
    EXPECT_TRUE(await([&] { return consoleOf(received.object).find("is up") != std::string::npos; })) << consoleOf(received.object);
}

TEST(LibvirtDescribes, hardwareAndWhatIsOnlyItsHosts)
{
    const auto facts = libvirt::domainFrom(R"(<domain><uuid>u</uuid><name>n</name><os firmware='efi'/><devices>
        <disk type='file' device='cdrom'><source file='/iso/debian.iso'/><target dev='sda' bus='sata'/></disk>
        <disk type='file' device='cdrom'><target dev='sdb' bus='sata'/></disk>
        <disk type='file' device='disk'><source file='/d/a.qcow2'/><target dev='sdc' bus='scsi'/></disk>
        <interface type='network'><source network='default'/><model type='e1000e'/></interface>
        <hostdev mode='subsystem' type='pci'/><tpm model='tpm-crb'/>
        <filesystem type='mount'><target dir='shared'/></filesystem></devices></domain>)");
    ASSERT_TRUE(facts) << describe(facts.error());
    EXPECT_EQ(facts->firmware, "uefi");
    EXPECT_EQ(facts->diskBus, "scsi");
    EXPECT_EQ(facts->nicModel, "e1000e");
    const std::vector<std::pair<std::string, std::string>> tied {
        {"cdrom", "/iso/debian.iso"}, {"passthrough", "pci"}, {"tpm", "tpm-crb"}, {"share", "shared"}};
    EXPECT_EQ(facts->tied, tied);
}

TEST_F(Libvirt, whatHasMovedIsNotedThereAndTheNoteGoesWithTheReturn)
{
    daemon.define("web");
    const auto connection = daemon.connect();
    const libvirt::Domain domain(::virDomainLookupByName(connection.get(), "web"));
    ASSERT_EQ(::virDomainSetAutostart(domain.get(), 1), 0);
    begin();
    const auto id = named("web").id;
    const auto note = [&] {
        return libvirt::textOf(
            ::virDomainGetMetadata(domain.get(), VIR_DOMAIN_METADATA_ELEMENT, "https://portulan.eu/libvirt/1", VIR_DOMAIN_AFFECT_CONFIG));
    };
    const auto starts = [&] {
        int itself = -1;
        EXPECT_EQ(::virDomainGetAutostart(domain.get(), &itself), 0);
        return itself;
    };
    for (int round = 0; round < 2; ++round) { // a gateway that died in between says it again
        ASSERT_TRUE(driver->setCustody(id, Custody::Retained, Instant {std::chrono::hours(24)}, "lyon"));
        EXPECT_NE(note().find("lyon"), std::string::npos) << note();
        EXPECT_EQ(starts(), 0);
    }
    ASSERT_TRUE(driver->setCustody(id, Custody::Owner, {}, {}));
    EXPECT_EQ(note(), "");
    EXPECT_EQ(starts(), 1);
}
