// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/driverrig.h"

#include <algorithm>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

/// A machine in QEMU whose guest never stops writing, and a copy of its disks that follows it.
struct Following : testing::Test {
    DriverRig rig;
    ObjectId instance;
    std::vector<std::vector<std::byte>> copies;

    void SetUp() override
    {
        const auto image
            = rig.import({ObjectKind::Image, "busy", "busy", "p", "raw", Classification::Internal, "nano", 0, {}, {}}, PORTULAN_BUSY_GUEST);
        ASSERT_TRUE(image) << describe(image.error());
        auto order = rig.instance("busy", *image);
        order.start = true;
        instance = rig.done(order);
        ASSERT_TRUE(rig.awaitState(instance, PowerState::Running));
        ASSERT_TRUE(rig.awaitConsole(instance, "is up"));
    }
    /// What a view marks, or all of it that holds data.
    std::uint64_t copy(const std::vector<RunningDisks::View> &views)
    {
        std::uint64_t bytes = 0;
        const bool first = copies.empty();
        for (std::size_t i = 0; i < views.size(); ++i) {
            auto &reader = *views[i].reader;
            if (first) {
                copies.emplace_back(reader.sizeBytes());
            }
            bytes += fetch(reader, first ? reader.extents(0, reader.sizeBytes()).value() : views[i].dirty, copies[i]);
        }
        return bytes;
    }
    static std::uint64_t fetch(BlockReader &reader, const std::vector<Extent> &extents, std::vector<std::byte> &into)
    {
        std::uint64_t bytes = 0;
        for (const auto &extent : extents) {
            EXPECT_TRUE(reader.read(extent.offset, std::span(into).subspan(extent.offset, extent.length)));
            bytes += extent.length;
        }
        return bytes;
    }
    /// After the stop: the last of it, and then every byte of both compared.
    void finish(const std::vector<std::vector<Extent>> &dirty)
    {
        ASSERT_EQ(dirty.size(), copies.size());
        ASSERT_TRUE(rig.awaitState(instance, PowerState::Stopped));
        const auto volumes = rig.get<Instance>(instance).volumeIds;
        for (std::size_t i = 0; i < volumes.size(); ++i) {
            const auto reader = rig.driver().openForRead(rig.id(ObjectKind::Volume, volumes[i]), {}).value();
            fetch(*reader, dirty[i], copies[i]);
            std::vector<std::byte> whole(reader->sizeBytes());
            ASSERT_TRUE(reader->read(0, whole));
            EXPECT_TRUE(whole == copies[i]) << "disk " << i;
        }
    }
    std::unique_ptr<RunningDisks> follow()
    {
        auto followed = rig.driver().follow(instance);
        EXPECT_TRUE(followed) << describe(followed.error());
        return followed ? std::move(*followed) : nullptr;
    }
};

}

TEST_F(Following, aCopyThatFollowsAGuestThatNeverRestsEndsEqual)
{
    const auto disks = follow();
    ASSERT_TRUE(disks);
    for (int view = 0; view < 4; ++view) {
        const auto views = disks->next();
        ASSERT_TRUE(views) << describe(views.error());
        EXPECT_TRUE(view > 0 || views->front().dirty.empty());
        EXPECT_GT(copy(*views), 0U) << "view " << view;
        while (disks->written().value() == 0) { // it writes all the time
        }
    }
    const auto dirty = disks->stop(false, rig.progress);
    ASSERT_TRUE(dirty) << describe(dirty.error());
    EXPECT_FALSE(dirty->front().empty());
    finish(*dirty);
}

TEST_F(Following, aViewOfOneInstantStaysAsItWasWhileTheGuestWrites)
{
    const auto disks = follow();
    ASSERT_TRUE(disks);
    ASSERT_TRUE(disks->next());
    while (disks->written().value() == 0) { }
    for (int turn = 0; turn < 2; ++turn) {
        const auto still = disks->still();
        ASSERT_TRUE(still) << describe(still.error());
        EXPECT_FALSE(still->front().dirty.empty()) << "what was written before it";
        copies.clear();
        copy(*still);
        for (const auto before = disks->written().value(); disks->written().value() <= before;) { // the guest is not held up
        }
        std::vector<std::byte> again(copies.front().size());
        ASSERT_TRUE(still->front().reader->read(0, again));
        EXPECT_TRUE(again == copies.front());
        EXPECT_EQ(rig.get<Instance>(instance).state, PowerState::Running);
        disks->letGo();
        EXPECT_TRUE(std::ranges::none_of(std::filesystem::directory_iterator(rig.root() + "/machines/" + instance.id),
            [](const auto &entry) { return entry.path().filename().string().starts_with("still-"); }));
    }
    const auto dirty = disks->stop(false, rig.progress); // the copy of that instant, and what came after it
    ASSERT_TRUE(dirty) << describe(dirty.error());
    finish(*dirty);
}

TEST_F(Following, aViewOfOneInstantThatNobodyEndedIsSweptToo)
{
    const auto forgotten = follow();
    ASSERT_TRUE(forgotten);
    ASSERT_TRUE(forgotten->still()) << "also as the first view";
    const auto disks = follow();
    ASSERT_TRUE(disks);
    const auto views = disks->still();
    ASSERT_TRUE(views) << describe(views.error());
    copy(*views);
    const auto dirty = disks->stop(true, rig.progress);
    ASSERT_TRUE(dirty) << describe(dirty.error());
    finish(*dirty);
}

TEST_F(Following, aGuestStoppedHardIsKnownToTheLastByteToo)
{
    const auto disks = follow();
    ASSERT_TRUE(disks);
    const auto views = disks->next();
    ASSERT_TRUE(views) << describe(views.error());
    copy(*views);
    const auto dirty = disks->stop(true, rig.progress);
    ASSERT_TRUE(dirty) << describe(dirty.error());
    finish(*dirty);
}

TEST_F(Following, whatAGatewayLeftInAMachineIsSweptByTheNext)
{
    auto disks = follow();
    ASSERT_TRUE(disks);
    ASSERT_TRUE(disks->next());
    ASSERT_TRUE(disks->next());
    disks.reset();
    EXPECT_EQ(rig.get<Instance>(instance).state, PowerState::Running);
    rig.restart();
    EXPECT_EQ(rig.get<Instance>(instance).state, PowerState::Running);
    disks = follow();
    ASSERT_TRUE(disks);
    const auto views = disks->next();
    ASSERT_TRUE(views) << describe(views.error());
    copy(*views);
    const auto dirty = disks->stop(false, rig.progress);
    ASSERT_TRUE(dirty) << describe(dirty.error());
    finish(*dirty);
}

TEST_F(Following, aMachineThatIsDownIsNotFollowed)
{
    rig.done(StopInstance {instance, true});
    ASSERT_TRUE(rig.awaitState(instance, PowerState::Stopped));
    EXPECT_EQ(rig.driver().follow(instance).error().reason, Reason::NotReady);
}
