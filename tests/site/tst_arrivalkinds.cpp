// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the embedded driver takes in beside machines: images, data sets lot by lot, disks of nothing and of sixteen tebibytes.
#include "tests/site/driverrig.h"

#include <algorithm>
#include <set>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

void carry(BlockReader &from, BlockWriter &to)
{
    const auto extents = from.extents(0, from.sizeBytes()).value();
    for (const auto &extent : extents) {
        std::vector<std::byte> piece(extent.length);
        EXPECT_TRUE(from.read(extent.offset, piece));
        EXPECT_TRUE(to.write(extent.offset, piece));
    }
    EXPECT_TRUE(to.flush());
}

struct Kinds : testing::Test {
    DriverRig here {"none"}, there {"none"};

    Arrival arrivalOf(const ObjectId &image)
    {
        Arrival arriving {"m-1", "p", {}, {}, {}, {}};
        arriving.image = here.get<Image>(image);
        return arriving;
    }
};

TEST_F(Kinds, anImageMovesAlthoughDisksRestOnIt)
{
    const auto image = here.nanoImage();
    auto order = here.instance("web", image);
    order.start = false;
    const auto instance = here.done(order);
    ASSERT_TRUE(here.driver().setCustody(image, Custody::Leaving, {}, "there"));
    EXPECT_EQ(here.refusal(here.instance("second", image)), Reason::NotReady) << "nothing new is made of what leaves";
    EXPECT_EQ(here.refusal(DeleteImage {image}), Reason::NotReady);
    const auto arriving = arrivalOf(image);
    const auto received = there.driver().receive(arriving).value().object;
    EXPECT_EQ(there.driver().receive(arriving).value().object, received);
    EXPECT_EQ(there.refusal(there.instance("early", received)), Reason::NotReady);
    carry(*here.driver().openForRead(image, {}).value(), *there.driver().openForWrite(received, {}).value());
    there.restart();
    ASSERT_TRUE(there.driver().adopt(received));
    ASSERT_TRUE(there.driver().adopt(received)) << "twice is once";
    EXPECT_EQ(there.driver().openForWrite(received, {}).error().reason, Reason::NotReady);
    const auto arrived = there.get<Image>(received);
    EXPECT_EQ(arrived.custody, Custody::Owner);
    EXPECT_EQ(arrived.os, here.get<Image>(image).os);
    EXPECT_EQ(arrived.sha256.size(), 64u);
    EXPECT_GT(arrived.fileBytes, 0);
    EXPECT_EQ(there.dir.run("qemu-img check -q -f qcow2 site/images/" + received.id + ".qcow2"), 0);
    auto made = there.instance("web", received);
    made.start = false;
    there.done(made);
    ASSERT_TRUE(here.driver().setCustody(image, Custody::Retained, Instant {std::chrono::hours(1)}, "there"));
    EXPECT_EQ(here.driver().erase(image).error().reason, Reason::NotReady) << "a disk of this site still rests on it";
    here.restart();
    EXPECT_EQ(here.get<Image>(image).custody, Custody::Retained);
    here.done(DeleteInstance {instance, true});
    ASSERT_TRUE(here.driver().erase(image));
    EXPECT_EQ(here.dir.run("test -z \"$(ls site/images)\""), 0);
}

TEST_F(Kinds, anImageThatDoesNotArriveLeavesNothing)
{
    const auto image = here.nanoImage();
    const auto received = there.driver().receive(arrivalOf(image)).value().object;
    ASSERT_TRUE(there.driver().drop(received));
    ASSERT_TRUE(there.driver().drop(received));
    EXPECT_FALSE(there.isThere(received));
    EXPECT_EQ(there.dir.run("test -z \"$(ls site/images)\""), 0);
}

struct InLots : Kinds {
    ObjectId set = there.driver()
                       .receive([] {
                           DataSet papers;
                           papers.id = {"here", ObjectKind::DataSet, "papers"};
                           papers.name = "Papers";
                           return Arrival {"m-1", "p", {}, papers, {}, {}};
                       }())
                       .value()
                       .object;

    static DataObject object(const std::string &key, std::int64_t size) { return {key, size, std::string(64, 'a'), {}, "v"}; }
    Lot lot(std::uint64_t number, std::vector<std::string> gone, std::vector<DataObject> objects)
    {
        auto papers = there.get<DataSet>(set);
        return {number, papers, std::move(gone), std::move(objects)};
    }
    Result<std::vector<bool>> take(const Lot &one) { return there.driver().takeLot(set, one, {}); }
    void fill(const std::string &key, const std::string &text)
    {
        auto writer = there.driver().openForWrite(set, key).value();
        EXPECT_TRUE(writer->write(0, std::as_bytes(std::span(text))));
        EXPECT_TRUE(writer->flush());
    }
    int files() { return there.dir.run("exit $(find site/objects -type f | wc -l)") >> 8; }
};

TEST_F(InLots, objectsComeAreReplacedAndGo)
{
    ASSERT_TRUE(take(lot(1, {}, {object("a", 3), object("b", 2), object("nothing", 0)})));
    fill("a", "one");
    fill("b", "to");
    ASSERT_TRUE(take(lot(1, {}, {object("a", 3), object("b", 2), object("nothing", 0)}))) << "again the same";
    there.restart();
    ASSERT_TRUE(take(lot(1, {}, {object("a", 3), object("b", 2), object("nothing", 0)})));
    auto next = lot(5, {"b", "never-there"}, {object("a", 4), object("c", 1)});
    next.dataSet.name = "Renamed";
    next.dataSet.classification = Classification::Personal;
    ASSERT_TRUE(take(next));
    fill("a", "four");
    fill("c", "c");
    EXPECT_EQ(files(), 3) << "what was replaced or went left no file";
    ASSERT_TRUE(there.driver().adopt(set));
    EXPECT_EQ(there.got(set, "a"), "four");
    EXPECT_EQ(there.got(set, "c"), "c");
    EXPECT_EQ(there.got(set, "nothing"), "");
    EXPECT_EQ(there.driver().beginGet(set, "b").error().reason, Reason::NotFound);
    const auto papers = there.get<DataSet>(set);
    EXPECT_EQ(papers.objects, 3);
    EXPECT_EQ(papers.bytes, 5);
    EXPECT_EQ(papers.name, "Renamed");
    EXPECT_EQ(papers.classification, Classification::Personal);
    EXPECT_EQ(take(lot(6, {}, {})).error().reason, Reason::NotReady) << "what is owned takes no lot";
}

TEST_F(InLots, aLotThatDoesNotFitChangesNothing)
{
    ASSERT_TRUE(take(lot(1, {}, {object("a", 3)})));
    fill("a", "one");
    auto project = there.get<Project>(there.id(ObjectKind::Project, "p"));
    project.quota.limit.storageBytes = 100;
    there.done(UpdateProject {project});
    EXPECT_EQ(take(lot(2, {"a"}, {object("big", 101)})).error().reason, Reason::Quota);
    EXPECT_EQ(take(lot(2, {"a"}, {object("huge", std::int64_t(1) << 60)})).error().reason, Reason::NoCapacity);
    EXPECT_EQ(take(lot(2, {"a"}, {object("", 1)})).error().reason, Reason::InvalidArgument);
    EXPECT_EQ(files(), 1);
    ASSERT_TRUE(there.driver().adopt(set));
    EXPECT_EQ(there.got(set, "a"), "one");
}

TEST_F(InLots, droppedItLeavesNothing)
{
    ASSERT_TRUE(take(lot(1, {}, {object("a", 3), object("b", 1 << 20)})));
    ASSERT_TRUE(there.driver().drop(set));
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(there.get<Project>(there.id(ObjectKind::Project, "p")).used.storageBytes, 0);
}

TEST_F(Kinds, everyPutOfAKeyHasAVersionOfItsOwn)
{
    const auto set = here.done(CreateDataSet {"papers", "Papers", "p", Classification::Open, {}});
    std::set<std::string> versions;
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(here.put(set, "same", "the same bytes"));
        versions.insert(here.driver().dataObjects(set, {}, 10).value().at(0).version);
        here.restart();
    }
    EXPECT_EQ(versions.size(), 20u);
    EXPECT_FALSE(versions.contains(""));
}

struct Sized : Kinds, testing::WithParamInterface<std::int64_t> { };

TEST_P(Sized, aDiskArrivesWithWhatIsInIt)
{
    Volume volume;
    volume.id = {"lyon", ObjectKind::Volume, "wide"};
    volume.name = "wide";
    volume.sizeBytes = GetParam();
    const auto received = there.driver().receive({"m-1", "p", {}, {}, {volume}, {}}).value().object;
    const std::vector<std::byte> bytes(std::size_t(std::min<std::int64_t>(GetParam(), 70'000)), std::byte {7});
    const auto last = std::uint64_t(GetParam()) - bytes.size();
    {
        auto writer = there.driver().openForWrite(received, {}).value();
        for (const auto at : {std::uint64_t(0), last / 2, last}) {
            ASSERT_TRUE(writer->write(at, bytes));
        }
        ASSERT_TRUE(writer->flush());
        EXPECT_EQ(writer->write(std::uint64_t(GetParam()), std::array {std::byte {1}}).error().reason, Reason::InvalidArgument);
    }
    there.restart();
    std::vector<std::byte> back(bytes.size());
    ASSERT_TRUE(there.driver().openForWrite(received, {}).value()->read(last, back));
    EXPECT_EQ(back, bytes);
    ASSERT_TRUE(there.driver().adopt(received));
    auto reader = there.driver().openForRead(received, {}).value();
    EXPECT_EQ(reader->sizeBytes(), std::uint64_t(GetParam()));
    ASSERT_TRUE(reader->read(last / 2, back));
    EXPECT_EQ(back, bytes);
    EXPECT_LT(there.get<Volume>(received).allocatedBytes, 4 << 20);
    EXPECT_EQ(there.dir.run("qemu-img check -q -f qcow2 site/volumes/" + received.id + ".qcow2"), 0);
}

INSTANTIATE_TEST_SUITE_P(OfNothingToSixteenTebibytes, Sized, testing::Values(0, 1, 65'536, (std::int64_t(8) << 40) + 512, std::int64_t(16) << 40));

TEST_F(Kinds, aDiskBeyondReasonIsRefusedBeforeAnythingIsMade)
{
    Volume volume;
    volume.id = {"lyon", ObjectKind::Volume, "wide"};
    volume.name = "wide";
    volume.sizeBytes = (std::int64_t(16) << 40) + 1;
    EXPECT_EQ(there.driver().receive({"m-1", "p", {}, {}, {volume}, {}}).error().reason, Reason::InvalidArgument);
    EXPECT_EQ(there.dir.run("test -z \"$(ls site/volumes)\""), 0);
}

}
