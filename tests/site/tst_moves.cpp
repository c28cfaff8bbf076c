// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/qcow2writer.h"
#include "tests/site/driverrig.h"

#include <algorithm>
#include <csignal>
#include <sys/mount.h>
#include <sys/resource.h>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

/// Copies as a migration would, in chunks, and answers how many bytes were data.
std::uint64_t carry(BlockReader &from, BlockWriter &to)
{
    std::uint64_t bytes = 0;
    const auto extents = from.extents(0, from.sizeBytes()).value();
    for (const auto &extent : extents) {
        std::vector<std::byte> piece(extent.length);
        EXPECT_TRUE(from.read(extent.offset, piece));
        EXPECT_TRUE(to.write(extent.offset, piece));
        bytes += extent.length;
    }
    EXPECT_TRUE(to.flush());
    return bytes;
}

/// Two sites and an instance of two disks at the first.
struct Moves : testing::Test {
    DriverRig here {"none"}, there {"none"};
    ObjectId image = here.nanoImage();
    ObjectId instance = here.done(stopped());
    ObjectId data = here.done(CreateVolume {{}, "data", "p", 64 << 20, Classification::Personal, {}, {}});

    CreateInstance stopped()
    {
        auto order = here.instance("web", image);
        order.start = false;
        return order;
    }
    Arrival arrival()
    {
        Arrival arriving {"m-1", "p", here.get<Instance>(instance), {}, {}, {}};
        for (const auto &volume : arriving.instance->volumeIds) {
            arriving.volumes.push_back(here.get<Volume>(here.id(ObjectKind::Volume, volume)));
        }
        return arriving;
    }
    /// The same, as it comes back from where it went, to the site that keeps its copy.
    Arrival arriving(const Instance &web)
    {
        Arrival back {"m-back", "p", web, {}, {}, {}, Former {web.id, {}}};
        back.instance->id.site = "there";
        back.instance->imageId.clear();
        for (const auto &volume : web.volumeIds) {
            back.former->volumes.push_back(here.id(ObjectKind::Volume, volume));
            back.volumes.push_back(here.get<Volume>(back.former->volumes.back()));
            back.volumes.back().id.site = "there";
        }
        return back;
    }
    std::vector<std::byte> firstBytes(const ObjectId &incoming)
    {
        std::vector<std::byte> bytes(1 << 20);
        EXPECT_TRUE(here.driver().openForWrite(incoming, {}).value()->read(0, bytes));
        return bytes;
    }
    std::vector<std::byte> keptBytes(const ObjectId &kept)
    {
        std::vector<std::byte> bytes(1 << 20);
        EXPECT_TRUE(here.driver().openForRead(kept, {}).value()->read(0, bytes));
        return bytes;
    }
    /// As if its machine had written it.
    void fillOffline(const ObjectId &volume, std::span<const std::byte> bytes)
    {
        auto writer = Qcow2Writer::open(here.root() + "/volumes/" + volume.id + ".qcow2").value();
        EXPECT_TRUE(writer->write(0, bytes));
        EXPECT_TRUE(writer->flush());
    }
};

}

TEST_F(Moves, anInstanceArrivesWithItsDisksAndIsAdopted)
{
    here.done(AttachVolume {instance, data});
    ASSERT_TRUE(here.driver().setCustody(instance, Custody::Leaving, {}, {}));
    const auto arriving = arrival();
    const auto received = there.driver().receive(arriving).value();
    EXPECT_EQ(there.driver().receive(arriving).value().volumes, received.volumes) << "asked again, the same";
    EXPECT_EQ(received.object.id, instance.id);
    EXPECT_EQ(there.get<Instance>(received.object).custody, Custody::Incoming);
    EXPECT_EQ(there.refusal(StartInstance {received.object}), Reason::NotReady);
    EXPECT_EQ(there.driver().erase(received.object).error().reason, Reason::NotReady);
    for (std::size_t i = 0; i < received.volumes.size(); ++i) {
        auto reader = here.driver().openForRead(arriving.volumes[i].id, {}).value();
        auto writer = there.driver().openForWrite(received.volumes[i], {}).value();
        auto second = there.driver().openForWrite(received.volumes[i], {}).value(); // another connection, the same disk
        const auto bytes = carry(*reader, *writer);
        EXPECT_LE(bytes, 1u << 20);
        std::vector<std::byte> mine(1 << 20), theirs(1 << 20);
        EXPECT_TRUE(reader->read(0, mine));
        EXPECT_TRUE(second->read(0, theirs));
        EXPECT_EQ(mine, theirs);
    }
    ASSERT_TRUE(there.driver().adopt(received.object));
    ASSERT_TRUE(there.driver().adopt(received.object)) << "twice is once";
    EXPECT_EQ(there.driver().drop(received.object).error().reason, Reason::NotReady) << "what is owned is never dropped";
    EXPECT_EQ(there.driver().openForWrite(received.volumes[0], {}).error().reason, Reason::NotReady);
    ASSERT_TRUE(here.driver().setCustody(instance, Custody::Retained, Instant {std::chrono::hours(1)}, "there"));
    there.restart();
    EXPECT_EQ(there.get<Instance>(received.object).custody, Custody::Owner);
    EXPECT_EQ(there.get<Instance>(received.object).volumeIds.size(), 2u);
    for (std::size_t i = 0; i < received.volumes.size(); ++i) {
        EXPECT_EQ(there.dir.run("qemu-img check -q -f qcow2 site/volumes/" + received.volumes[i].id + ".qcow2"), 0);
    }
    EXPECT_EQ(there.exported(received.volumes[0], "raw").value(), tests::bytesOf(PORTULAN_BINARY_DIR "/nano/nano.raw"));
    there.done(StartInstance {received.object});
}

TEST_F(Moves, aGatewayThatDiesMeanwhileGoesOnWhereItFlushed)
{
    Arrival arriving {"m-2", "p", {}, {}, {here.get<Volume>(data)}, {}};
    const auto volume = there.driver().receive(arriving).value().volumes.at(0);
    const std::vector<std::byte> block(3 << 20, std::byte {7});
    {
        auto writer = there.driver().openForWrite(volume, {}).value();
        ASSERT_TRUE(writer->write(0, block));
        ASSERT_TRUE(writer->flush());
    }
    there.restart();
    EXPECT_EQ(there.driver().receive(arriving).value().volumes.at(0), volume);
    auto writer = there.driver().openForWrite(volume, {}).value();
    std::vector<std::byte> back(block.size());
    ASSERT_TRUE(writer->read(0, back));
    EXPECT_EQ(back, block);
    ASSERT_TRUE(writer->write(20 << 20, block));
    ASSERT_TRUE(there.driver().adopt(volume)) << "also while a writer is still open";
    EXPECT_EQ(there.dir.run("qemu-img check -q -f qcow2 site/volumes/" + volume.id + ".qcow2"), 0);
    EXPECT_GE(there.get<Volume>(volume).allocatedBytes, 6 << 20);
}

TEST_F(Moves, whatIsDroppedIsGoneAndMayComeAgain)
{
    const auto first = there.driver().receive(arrival()).value();
    ASSERT_TRUE(there.driver().drop(first.object));
    ASSERT_TRUE(there.driver().drop(first.object));
    EXPECT_FALSE(there.isThere(first.object));
    EXPECT_EQ(there.dir.run("test -z \"$(ls site/volumes)\""), 0);
    EXPECT_EQ(there.get<Project>(there.id(ObjectKind::Project, "p")).usedInstances, 0);
    const auto again = there.driver().receive(arrival()).value();
    EXPECT_NE(again.object, first.object) << "ids are not used twice";
    EXPECT_TRUE(there.isThere(again.object));
}

TEST_F(Moves, aDataSetArrivesObjectByObject)
{
    const auto set = here.done(CreateDataSet {"papers", "Papers", "p", Classification::Open, {}});
    ASSERT_TRUE(here.put(set, "a/b", "one"));
    ASSERT_TRUE(here.put(set, "empty", ""));
    Arrival arriving {"m-3", "p", {}, here.get<DataSet>(set), {}, here.driver().dataObjects(set, {}, 100).value()};
    const auto received = there.driver().receive(arriving).value();
    EXPECT_EQ(there.driver().beginGet(received.object, "a/b").error().reason, Reason::NotReady);
    for (const auto &object : arriving.objects) {
        auto reader = here.driver().openForRead(set, object.key).value();
        auto writer = there.driver().openForWrite(received.object, object.key).value();
        carry(*reader, *writer);
        EXPECT_EQ(writer->write(static_cast<std::uint64_t>(object.size), std::array {std::byte {1}}).error().reason, Reason::InvalidArgument);
    }
    ASSERT_TRUE(there.driver().adopt(received.object));
    EXPECT_EQ(there.get<DataSet>(received.object).digest, here.get<DataSet>(set).digest);
    EXPECT_EQ(there.got(received.object, "a/b"), "one");
}

TEST_F(Moves, whatComesBackBeginsWithTheCopyThatWasKept)
{
    here.done(AttachVolume {instance, data});
    const std::vector<std::byte> noise(3 << 20, std::byte {0x5a});
    fillOffline(data, noise);
    const auto web = here.get<Instance>(instance);
    ASSERT_TRUE(here.driver().setCustody(instance, Custody::Retained, Instant {std::chrono::hours(1)}, "there"));
    const auto files = [&] {
        return std::pair(tests::bytesOf(here.root() + "/volumes/" + web.volumeIds.at(0) + ".qcow2"),
            tests::bytesOf(here.root() + "/volumes/" + web.volumeIds.at(1) + ".qcow2"));
    };
    const auto before = files();
    const auto back = arriving(web);
    const auto received = here.driver().receive(back).value();
    EXPECT_NE(received.object, instance);
    EXPECT_EQ(received.prefilled, (std::vector<bool> {true, true}));
    EXPECT_EQ(here.driver().receive(back).value().prefilled, received.prefilled) << "asked again, the same";
    for (std::size_t i = 0; i < received.volumes.size(); ++i) {
        EXPECT_EQ(firstBytes(received.volumes[i]), keptBytes(back.former->volumes[i])) << i;
    }
    EXPECT_EQ(here.get<Instance>(received.object).imageId, image.id) << "it is of that image again";
    ASSERT_TRUE(here.driver().drop(received.object));
    EXPECT_TRUE(files() == before) << "the copy was only read";
    EXPECT_EQ(here.get<Instance>(instance).custody, Custody::Retained);
}

TEST_F(Moves, aCopyErasedOrAnotherDiskFillsNothing)
{
    const auto web = here.get<Instance>(instance);
    ASSERT_TRUE(here.driver().setCustody(instance, Custody::Retained, Instant {std::chrono::hours(1)}, "there"));
    auto shrunk = arriving(web);
    shrunk.volumes[0].sizeBytes = 64 << 10;
    const auto smaller = here.driver().receive(shrunk).value();
    EXPECT_FALSE(smaller.isPrefilled(0));
    ASSERT_TRUE(here.driver().drop(smaller.object));
    auto grown = arriving(web);
    grown.volumes[0].sizeBytes += 8 << 20;
    grown.migration = "m-grown";
    const auto larger = here.driver().receive(grown).value();
    EXPECT_EQ(larger.prefilled, (std::vector<bool> {true}));
    EXPECT_EQ(firstBytes(larger.volumes[0]), keptBytes(grown.former->volumes[0]));
    ASSERT_TRUE(here.driver().drop(larger.object));
    auto late = arriving(web);
    late.migration = "m-late";
    ASSERT_TRUE(here.driver().erase(instance));
    EXPECT_FALSE(here.isThere(instance));
    EXPECT_FALSE(here.driver().receive(late).value().isPrefilled(0));
}

TEST_F(Moves, objectsThatDidNotChangeAreThereAlready)
{
    const auto set = here.done(CreateDataSet {"papers", "Papers", "p", Classification::Open, {}});
    const std::string one(100'000, '1');
    for (const auto &[key, text] : {std::pair("a", one), std::pair("b", one + '2'), std::pair("c", std::string("too small to ask for"))}) {
        ASSERT_TRUE(here.put(set, key, text));
    }
    Arrival back {"m-back", "p", {}, here.get<DataSet>(set), {}, here.driver().dataObjects(set, {}, 100).value(), Former {set, {}}};
    ASSERT_TRUE(here.driver().setCustody(set, Custody::Retained, Instant {std::chrono::hours(1)}, "there"));
    back.dataSet->id = {"there", ObjectKind::DataSet, "papers"};
    back.objects[1].sha256 = std::string(64, 'a');
    back.objects[1].size = 5;
    const auto received = here.driver().receive(back).value();
    EXPECT_EQ(received.prefilled, (std::vector<bool> {true, false, false}));
    std::vector<std::byte> bytes(one.size());
    ASSERT_TRUE(here.driver().openForWrite(received.object, "a").value()->read(0, bytes));
    EXPECT_TRUE(std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte('1'); }));
    ASSERT_TRUE(here.driver().erase(set));
    ASSERT_TRUE(here.driver().adopt(received.object));
    EXPECT_EQ(here.got(received.object, "a"), one) << "the copy's end is not its end";
}

TEST_F(Moves, objectsOfALotThatDidNotChangeAreThereAlready)
{
    const auto set = here.done(CreateDataSet {"papers", "Papers", "p", Classification::Open, {}});
    const std::string one(100'000, '1');
    ASSERT_TRUE(here.put(set, "a", one));
    ASSERT_TRUE(here.put(set, "b", one));
    auto objects = here.driver().dataObjects(set, {}, 100).value();
    Arrival back {"m-back", "p", {}, here.get<DataSet>(set), {}, {}, Former {set, {}}};
    ASSERT_TRUE(here.driver().setCustody(set, Custody::Retained, Instant {std::chrono::hours(1)}, "there"));
    back.dataSet->id = {"there", ObjectKind::DataSet, "papers"};
    const auto arrived = here.driver().receive(back).value().object;
    objects[1].sha256 = std::string(64, 'a');
    const Lot lot {1, *back.dataSet, {}, objects};
    const std::vector<bool> expected {true, false};
    EXPECT_EQ(here.driver().takeLot(arrived, lot, back.former).value(), expected);
    ASSERT_TRUE(here.driver().erase(set));
    here.restart();
    EXPECT_EQ(here.driver().takeLot(arrived, lot, back.former).value(), expected) << "the same, though the copy is gone";
    const Lot next {2, *back.dataSet, {}, objects};
    EXPECT_TRUE(here.driver().takeLot(arrived, next, back.former).value().empty()) << "what there no longer is fills nothing";
    ASSERT_TRUE(here.driver().adopt(arrived));
}

TEST_F(Moves, whatIsErasedIsGoneFromTheStorageBeforeItIsOffTheRecord)
{
    ASSERT_TRUE(here.driver().setCustody(instance, Custody::Retained, Instant {}, "there"));
    const auto disk = "site/volumes/" + here.get<Instance>(instance).volumeIds.at(0) + ".qcow2";
    ASSERT_EQ(here.dir.run("rm " + disk + " && mkdir " + disk), 0); // something that cannot be removed so
    EXPECT_EQ(here.driver().erase(instance).error().reason, Reason::Internal);
    EXPECT_TRUE(here.isThere(instance)) << "still to be erased";
    ASSERT_EQ(here.dir.run("rmdir " + disk), 0);
    EXPECT_TRUE(here.driver().erase(instance));
    EXPECT_FALSE(here.isThere(instance));
}

TEST_F(Moves, whatDoesNotFitIsRefusedBeforeItBegins)
{
    there.project("small", Quota {{-1, -1, 1 << 20}, -1, -1});
    auto arriving = arrival();
    arriving.project = "small";
    arriving.volumes[0].sizeBytes = 2 << 20;
    EXPECT_EQ(there.driver().receive(arriving).error().reason, Reason::Quota);
    arriving.project = "nobody";
    EXPECT_EQ(there.driver().receive(arriving).error().reason, Reason::NotFound);
    arriving.project = "p";
    arriving.volumes[0].allocatedBytes = std::int64_t(1) << 60;
    EXPECT_EQ(there.driver().receive(arriving).error().reason, Reason::NoCapacity);
    EXPECT_EQ(there.dir.run("test -z \"$(ls site/volumes)\""), 0);
}

TEST(FullDisk, whateverRunsOutOfRoomLeavesEverythingAsItWas)
{
    tests::Workshop disk;
    const std::string place = disk.path("small");
    ASSERT_TRUE(std::filesystem::create_directory(place));
    // A file system of 6 MiB; who may not mount one gets files of at most 3.
    const bool mounted = ::mount("none", place.c_str(), "tmpfs", 0, "size=6m") == 0;
    const std::shared_ptr<void> mount(nullptr, [&](void *) { ::umount2(place.c_str(), MNT_DETACH); });
    rlimit before {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    {
        DriverRig rig("none", place);
        rig.nanoImage();
        const auto incoming
            = rig.driver()
                  .receive({"m-1", "p", {}, {}, {Volume {{{}, "v", {}, {}, {}, {}, {}}, 32 << 20, 0, {}, {}, false, {}, {}, {}, {}}}, {}})
                  .value()
                  .volumes[0];
        const auto inventory = rig.driver().inventory().value();
        if (!mounted) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit small {3 << 20, before.rlim_max};
            ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
        }
        std::vector<std::byte> noise(8 << 20);
        std::ranges::generate(noise, [n = 1u]() mutable { return static_cast<std::byte>((n = n * 1664525u + 1013904223u) >> 24); });
        disk.write("noise", std::span(noise).first(mounted ? noise.size() : 1)); // the test's own file
        auto upload = rig.driver().beginImport({ObjectKind::Volume, {}, "big", "p", "raw", {}, {}, 0, {}, {}}).value();
        Result<> written;
        for (std::size_t at = 0; written && at < noise.size(); at += 1 << 20) {
            written = upload->write(std::span(noise).subspan(at, 1 << 20));
        }
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().reason, Reason::DiskFull);
        upload.reset();
        auto writer = rig.driver().openForWrite(incoming, {}).value();
        const auto filled = writer->write(0, noise).and_then([&] { return writer->flush(); });
        ASSERT_FALSE(filled);
        EXPECT_EQ(filled.error().reason, Reason::DiskFull);
        EXPECT_EQ(rig.driver().inventory().value(), inventory);
        ::setrlimit(RLIMIT_FSIZE, &before);
        writer.reset();
        ASSERT_TRUE(rig.driver().drop(incoming));
        rig.done(CreateVolume {{}, "fits", "p", 1 << 20, {}, {}, {}});
        if (mounted) { // not a byte left: not even a record can be written
            EXPECT_NE(disk.run("cat /dev/zero > small/filler 2>/dev/null"), 0);
            Result<ObjectId> last = rig.id(ObjectKind::Project, "p");
            for (int i = 0; last && i < 2000; ++i) { // the database's own slack is used up first
                last = rig.perform(CreateDataSet {{}, "papers", "p", {}, {}});
            }
            ASSERT_FALSE(last);
            EXPECT_EQ(last.error().reason, Reason::DiskFull) << describe(last.error());
            ASSERT_EQ(disk.run("rm small/filler"), 0);
            rig.done(CreateDataSet {{}, "papers", "p", {}, {}});
            rig.restart();
        }
    }
}
