// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/driverrig.h"

#include <algorithm>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

/// What every driver answers the same, whatever is beneath it.
struct AnyDriver : testing::TestWithParam<const char *> {
    DriverRig rig {std::string(GetParam()) == "embedded" ? "auto" : "none"};
    ObjectId image = rig.nanoImage();
    CreateInstance stopped(const std::string &name)
    {
        auto order = rig.instance(name, image);
        order.start = false;
        return order;
    }
    ObjectId volume(const std::string &name, std::int64_t bytes = 2 << 20) { return rig.done(CreateVolume {{}, name, "p", bytes, {}, {}, {}}); }
};

}

INSTANTIATE_TEST_SUITE_P(
    Drivers, AnyDriver, testing::Values("embedded", "embeddedWithoutHypervisor"), [](const auto &each) { return std::string(each.param); });

TEST_P(AnyDriver, whatIsNotThereIsNotFound)
{
    const auto instance = rig.id(ObjectKind::Instance, "i-none"), vol = rig.id(ObjectKind::Volume, "v-none"),
               set = rig.id(ObjectKind::DataSet, "d-none");
    for (const Order &order : {Order(StartInstance {instance}), Order(StopInstance {instance}), Order(DeleteInstance {instance}),
             Order(AttachVolume {instance, vol}), Order(ResizeVolume {vol, 1 << 20}), Order(DeleteVolume {vol}), Order(CreateSnapshot {vol, "s"}),
             Order(DeleteDataSet {set}), Order(DeleteDataObject {set, "k"}), Order(CreateImage {{}, "i", "p", vol, {}}),
             Order(DeleteNetwork {rig.id(ObjectKind::Network, "n-none")}),
             Order(UpdateProject {Project {{rig.id(ObjectKind::Project, "none"), "x", {}, {}, {}, {}, {}}, {}, {}, {}, 0, 0, {}}})}) {
        EXPECT_EQ(rig.refusal(order), Reason::NotFound) << kindOf(order);
    }
    EXPECT_EQ(rig.driver().find(instance).error().reason, Reason::NotFound);
    EXPECT_EQ(rig.driver().openForRead(vol, {}).error().reason, Reason::NotFound);
    EXPECT_EQ(rig.driver().consoleOutput(instance, 10).error().reason, Reason::NotFound);
    EXPECT_TRUE(rig.driver().drop(instance)) << "gone is fine";
}

TEST_P(AnyDriver, ordersOfOtherPartsAreNotTheDrivers)
{
    EXPECT_EQ(rig.refusal(Migrate {image, "there", {}, {}, 0, 0, true, MoveMode::Cold, CutOver::Automatic, {}}), Reason::Unsupported);
    EXPECT_EQ(rig.refusal(CancelOperation {rig.id(ObjectKind::Operation, "o-1")}), Reason::Unsupported);
}

TEST_P(AnyDriver, idsAreProposedCheckedAndNeverUsedTwice)
{
    auto order = stopped("web");
    order.id = "web-1";
    const auto id = rig.done(order);
    EXPECT_EQ(id.text(), "here/instance/web-1");
    EXPECT_EQ(rig.refusal(order), Reason::AlreadyExists);
    rig.done(DeleteInstance {id});
    EXPECT_EQ(rig.refusal(order), Reason::AlreadyExists) << "not even after it is gone";
    order.id = "../etc";
    EXPECT_EQ(rig.refusal(order), Reason::InvalidArgument);
    order.id.clear();
    order.name = "line\nbreak";
    EXPECT_EQ(rig.refusal(order), Reason::InvalidArgument);
    order.name = "x";
    order.vcpus = 0;
    EXPECT_EQ(rig.refusal(order), Reason::InvalidArgument);
}

TEST_P(AnyDriver, anEtagThatIsNoLongerTrueIsAConflict)
{
    const auto id = volume("data");
    const auto before = rig.get<Volume>(id).etag;
    EXPECT_TRUE(rig.perform(ResizeVolume {id, 3 << 20}, before));
    EXPECT_NE(rig.get<Volume>(id).etag, before);
    EXPECT_EQ(rig.refusal(DeleteVolume {id}, before), Reason::Conflict);
    EXPECT_TRUE(rig.perform(DeleteVolume {id}, rig.get<Volume>(id).etag));
}

TEST_P(AnyDriver, aQuotaHoldsAndIsNamed)
{
    rig.project("small", Quota {{2, 32 << 20, 4 << 20}, 2, 2});
    auto order = stopped("web");
    order.project = "small";
    order.vcpus = 3;
    const auto refused = rig.perform(order);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fact("resource"), "vcpus");
    EXPECT_EQ(refused.error().fact("limit"), "2");
    EXPECT_EQ(refused.error().fact("wanted"), "3");
    EXPECT_EQ(rig.refusal(CreateVolume {{}, "big", "small", 5 << 20, {}, {}, {}}), Reason::Quota);
    order.vcpus = 2;
    const auto id = rig.done(order);
    const auto project = std::get<Project>(rig.announced(rig.id(ObjectKind::Project, "small")).value());
    EXPECT_EQ(project.used, (Amounts {2, 8 << 20, 1 << 20}));
    EXPECT_EQ(project.usedInstances, 1);
    EXPECT_EQ(rig.refusal(ResizeInstance {id, 0, 64 << 20}), Reason::Quota);
    EXPECT_EQ(rig.refusal(DeleteProject {rig.id(ObjectKind::Project, "small")}), Reason::NotReady);
    rig.done(DeleteInstance {id});
    rig.done(DeleteProject {rig.id(ObjectKind::Project, "small")});
}

TEST_P(AnyDriver, checkingChangesNothing)
{
    const auto before = rig.driver().inventory().value();
    EXPECT_TRUE(rig.driver().check(CreateVolume {{}, "v", "p", 1 << 20, {}, {}, {}}, {}));
    EXPECT_TRUE(rig.driver().check(rig.instance("web", image), {}));
    EXPECT_EQ(rig.driver().inventory().value(), before);
}

TEST_P(AnyDriver, everythingIsThereAgainAfterARestart)
{
    rig.done(stopped("web"));
    rig.done(CreateNetwork {"lan", "LAN", "p", "isolated", "10.0.0.0/24"});
    const auto set = rig.done(CreateDataSet {{}, "papers", "p", Classification::Personal, {{"owner", "rh"}}});
    ASSERT_TRUE(rig.put(set, "a/b", "text"));
    rig.done(CreateSnapshot {volume("data"), "before"});
    const auto before = rig.driver().inventory().value();
    rig.restart();
    EXPECT_EQ(rig.driver().inventory().value(), before);
    EXPECT_EQ(rig.got(set, "a/b"), "text");
}

TEST_P(AnyDriver, fencedThingsAreLeftAlone)
{
    const auto id = rig.done(stopped("web"));
    const auto disk = rig.id(ObjectKind::Volume, rig.get<Instance>(id).volumeIds.at(0));
    const auto spare = volume("spare");
    for (const auto custody : {Custody::Leaving, Custody::Retained}) {
        ASSERT_TRUE(rig.driver().setCustody(id, custody, Instant {std::chrono::hours(24)}, "there"));
        EXPECT_EQ(rig.get<Volume>(disk).custody, custody);
        for (const Order &order : {Order(StartInstance {id}), Order(DeleteInstance {id}), Order(ResizeInstance {id, 2, 0}),
                 Order(AttachVolume {id, spare}), Order(CreateSnapshot {id, "s"}), Order(CreateSnapshot {disk, "s"}),
                 Order(ResizeVolume {disk, 8 << 20}), Order(UpdateInstance {id, "x", {}, {}}), Order(CreateImage {{}, "i", "p", disk, {}})}) {
            EXPECT_EQ(rig.refusal(order), Reason::NotReady) << kindOf(order);
        }
        EXPECT_TRUE(rig.driver().openForRead(disk, {}));
    }
    EXPECT_EQ(rig.get<Instance>(id).movedTo, "there");
    EXPECT_EQ(rig.get<Project>(rig.id(ObjectKind::Project, "p")).usedInstances, 0) << "it is another site's now";
    rig.restart();
    EXPECT_EQ(rig.get<Instance>(id).custody, Custody::Retained);
    ASSERT_TRUE(rig.driver().erase(id));
    EXPECT_FALSE(rig.isThere(id));
    EXPECT_FALSE(rig.isThere(disk));
    EXPECT_EQ(rig.driver().erase(spare).error().reason, Reason::NotReady) << "only what is retained is erased";
}

TEST_P(AnyDriver, networksAreKeptWhileTheyAreUsed)
{
    const auto lan = rig.done(CreateNetwork {{}, "LAN", "p", "isolated", {}});
    auto order = stopped("web");
    order.networkIds = {lan.id};
    const auto id = rig.done(order);
    EXPECT_EQ(rig.refusal(DeleteNetwork {lan}), Reason::NotReady);
    order.networkIds = {"nowhere"};
    EXPECT_EQ(rig.refusal(order), Reason::NotFound);
    rig.done(DeleteInstance {id});
    rig.done(DeleteNetwork {lan});
    EXPECT_EQ(rig.refusal(CreateNetwork {{}, "x", "p", "bridge", {}}), Reason::Unsupported);
}

TEST_P(AnyDriver, aDiskGoesOutAndComesBackTheSame)
{
    const auto id = rig.done(stopped("web"));
    const auto disk = rig.id(ObjectKind::Volume, rig.get<Instance>(id).volumeIds.at(0));
    const auto raw = rig.exported(disk, "raw").value();
    EXPECT_EQ(raw, tests::bytesOf(PORTULAN_BINARY_DIR "/nano/nano.raw"));
    const auto capabilities = rig.driver().facts().capabilities;
    for (const std::string format : {"raw", "qcow2", "vmdk"}) {
        const auto file = rig.exported(disk, format);
        if (std::ranges::find(capabilities, "volume.export." + format) == capabilities.end()) {
            EXPECT_EQ(file.error().reason, Reason::Unsupported) << format;
            continue;
        }
        ASSERT_TRUE(file) << format << describe(file.error());
        rig.dir.write("disk", *file);
        ImportSpec spec {ObjectKind::Volume, {}, "back", "p", {}, {}, {}, static_cast<std::int64_t>(file->size()), {}, {}};
        const auto back = rig.import(spec, rig.dir.path("disk"));
        ASSERT_TRUE(back) << format << describe(back.error());
        EXPECT_EQ(rig.exported(*back, "raw").value(), raw) << format;
        EXPECT_TRUE(rig.get<Volume>(*back).bootable);
    }
}

TEST_P(AnyDriver, lifecycleIsRealOrSaysThatItIsNot)
{
    const auto id = rig.done(rig.instance("web", image));
    const auto expected = rig.driver().facts().lifecycleRecordedOnly ? PowerState::RecordedOnly : PowerState::Running;
    EXPECT_EQ(rig.get<Instance>(id).state, expected);
    EXPECT_EQ(rig.driver().facts().hypervisor.empty(), rig.driver().facts().lifecycleRecordedOnly);
    EXPECT_EQ(rig.refusal(StartInstance {id}), Reason::NotReady);
    rig.done(RebootInstance {id, true});
    rig.done(StopInstance {id, false});
    EXPECT_EQ(rig.get<Instance>(id).state, PowerState::Stopped);
    rig.done(DeleteInstance {id});
}
