// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplane.h"
#include "site/transfersend.h"
#include "tests/fakes/memorydisk.h"
#include "tests/fakes/paperfiles.h"
#include "tests/site/chunkruns.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

constexpr std::uint64_t MiB = 1 << 20;

std::span<std::byte> chunkOf(MemoryDisk &disk, std::uint64_t chunk)
{
    return std::span(disk.bytes).subspan(chunk * MiB, std::min<std::uint64_t>(MiB, disk.bytes.size() - chunk * MiB));
}

TEST(Patch, carriesTheBlocksThatDifferAndNothingElse)
{
    for (const std::size_t size : {std::size_t(MiB), std::size_t(4096 * 3 + 17), std::size_t(1)}) {
        const auto old = MemoryDisk::sparse(size, 1, 1), now = std::make_shared<MemoryDisk>(size);
        now->bytes = old->bytes;
        now->bytes[size - 1] ^= std::byte {1};
        now->bytes[size / 2] ^= std::byte {2};
        const auto blocks = differing(now->bytes, fingerprintsOf(old->bytes));
        EXPECT_EQ(blocks.count(), size > blockBytes ? 2U : 1U);
        std::vector<std::byte> patch(patchBytes(blocks, size));
        putPatch(blocks, now->bytes, patch);
        EXPECT_EQ(patchedBlocks(patch, size).value(), blocks);
        EXPECT_TRUE(applyPatch(blocks, patch, size, [&](auto at, auto bytes) -> Result<> {
            std::ranges::copy(bytes, old->bytes.begin() + std::ptrdiff_t(at));
            return {};
        }));
        EXPECT_TRUE(old->bytes == now->bytes);
    }
    const auto disk = MemoryDisk::sparse(MiB, 1, 2);
    EXPECT_TRUE(differing(disk->bytes, fingerprintsOf(disk->bytes)).none());
    EXPECT_TRUE(differing(disk->bytes, {}).all()) << "no fingerprints stand for zeros";
    EXPECT_TRUE(differing(disk->bytes, std::vector<std::byte>(5)).all()) << "too few say nothing";
    EXPECT_TRUE(fingerprintsOf(std::vector<std::byte>(MiB)).empty());
}

TEST(Patch, isRefusedUnlessItIsWhole)
{
    Blocks two;
    two.set(0).set(200);
    std::vector<std::byte> patch(patchBytes(two, MiB));
    putPatch(two, std::vector<std::byte>(MiB), patch);
    EXPECT_TRUE(patchedBlocks(patch, MiB));
    EXPECT_FALSE(patchedBlocks(std::span(patch).first(patch.size() - 1), MiB));
    EXPECT_FALSE(patchedBlocks(std::span(patch).first(20), MiB));
    EXPECT_FALSE(patchedBlocks(patch, 4096 * 100)) << "a block beyond the end of the chunk";
    patch.push_back({});
    EXPECT_FALSE(patchedBlocks(patch, MiB));
}

/// A disk that is sent, written, and sent again.
class Patches : public testing::Test {
protected:
    void open()
    {
        if (receiving) {
            receiving->close();
        }
        receiving = Receiving::begin(
            {parcels, scratch.path("log"),
                [this](std::size_t) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<MemoryWriter>(copy); }, {}, {prefilled}})
                        .value();
        plane.reset();
        plane = DataPlane::listen(nice, "127.0.0.1:0", [this](const Token &, const std::string &) -> Result<std::shared_ptr<Receiving>> {
            return receiving;
        }).value();
    }
    Sending::Orders orders()
    {
        Sending::Orders made {
            parcels, [this](std::size_t) -> Result<std::unique_ptr<BlockReader>> { return std::make_unique<MemoryReader>(disk); }, {}, {}};
        made.fingerprints = [this](std::size_t parcel, std::uint64_t first, std::uint32_t count) -> Result<Prints::Page> {
            ++asked;
            return answers ? receiving->fingerprints(parcel, first, count) : Result<Prints::Page>(refuse(Reason::Unreachable));
        };
        return made;
    }
    /// Reserve, ask, send: what a job does. Bytes on the wire.
    Result<std::int64_t> pass(Sending &sending)
    {
        receiving->disconnect();
        std::uint64_t reached = 0;
        if (auto taken = receiving->takeBack(0, sending.toTakeBack(0, 0, Receiving::mostRuns, reached)); !taken) {
            return unexpected(taken.error());
        }
        sending.tookBack();
        EXPECT_TRUE(receiving->checkpoint());
        sending.nothingIsThere();
        EXPECT_TRUE(sending.isThere(0, 0, receiving->runs(0).have, receiving->runs(0).stale));
        const auto before = sending.bytesOnWire();
        return sending.send(lyon, {"127.0.0.1", plane->port(), "nice"}, Token {}).map([&] { return sending.bytesOnWire() - before; });
    }
    void expectSame(const Sending &sending)
    {
        EXPECT_EQ(receiving->roots().value(), sending.roots());
        Manifest manifest(disk->bytes.size());
        for (std::uint64_t chunk = 0; chunk < manifest.chunks(); ++chunk) {
            manifest.set(chunk, Manifest::digestOf(chunkOf(*copy, chunk)));
        }
        EXPECT_EQ(sending.roots().front(), manifest.root());
        EXPECT_TRUE(disk->bytes == copy->bytes);
    }
    void write(std::uint64_t at, std::uint64_t length, std::byte what) { disk->guestWrites(at, length, what); }

    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    DataTls lyon = DataTls::load(papers.site("lyon")).value();
    DataTls nice = DataTls::load(papers.site("nice")).value();
    std::shared_ptr<MemoryDisk> disk = MemoryDisk::sparse(12 * MiB + 5000, 0.7, 1);
    std::shared_ptr<MemoryDisk> copy = std::make_shared<MemoryDisk>(disk->bytes.size());
    std::vector<Parcel> parcels {{"disk", disk->bytes.size()}};
    std::shared_ptr<Receiving> receiving;
    std::unique_ptr<DataPlane> plane;
    bool prefilled = false, answers = true;
    std::atomic<int> asked = 0;
};

TEST_F(Patches, whatAMachineWroteTravelsInBlocks)
{
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    write(3 * MiB + 4090, 10, std::byte {7}); // two blocks
    write(12 * MiB + 4999, 1, std::byte {8}); // the last, short one
    const std::vector<Extent> extents {{3 * MiB + 4090, 10}, {12 * MiB + 4999, 1}};
    sending.overwritten(0, extents);
    EXPECT_EQ(sending.bytesToTakeBack(), std::int64_t(2 * patchMapBytes + 2 * blockBytes + (5000 - 4096)));
    const auto wire = pass(sending);
    ASSERT_TRUE(wire) << describe(wire.error());
    EXPECT_LT(*wire, 20'000);
    EXPECT_EQ(asked, 0);
    expectSame(sending);
}

TEST_F(Patches, whatIsWrittenIntoAHoleTravelsInBlocksToo)
{
    std::ranges::fill(chunkOf(*disk, 6), std::byte {0});
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    write(6 * MiB + 70'000, 1, std::byte {7});
    sending.overwritten(0, std::vector<Extent> {{6 * MiB + 70'000, 1}});
    EXPECT_LT(pass(sending).value(), 20'000);
    EXPECT_EQ(asked, 0);
    expectSame(sending);
}

TEST_F(Patches, whatIsWrittenAgainBeforeItIsSentIsOnePatch)
{
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    write(MiB, 1, std::byte {1});
    sending.overwritten(0, std::vector<Extent> {{MiB, 1}});
    write(MiB + 9000, 1, std::byte {2});
    sending.overwritten(0, std::vector<Extent> {{MiB + 9000, 1}});
    EXPECT_EQ(sending.bytesToTakeBack(), std::int64_t(patchMapBytes + 2 * blockBytes));
    ASSERT_TRUE(pass(sending));
    expectSame(sending);
    std::ranges::fill(chunkOf(*disk, 1), std::byte {0});
    sending.overwritten(0, std::vector<Extent> {{MiB, MiB}});
    EXPECT_LT(pass(sending).value(), 20'000) << "zeros do not travel, not even over what was there";
    expectSame(sending);
}

TEST_F(Patches, ofAnOlderCopyOnlyWhatDiffersTravels)
{
    copy->bytes = disk->bytes;
    write(2 * MiB + 50'000, 1, std::byte {9});
    std::ranges::fill(chunkOf(*disk, 5), std::byte {0});
    std::ranges::fill(chunkOf(*disk, 9), std::byte {3});
    prefilled = true;
    open();
    Sending sending(orders());
    EXPECT_FALSE(receiving->roots()) << "what nobody has confirmed does not count";
    const auto wire = pass(sending);
    ASSERT_TRUE(wire) << describe(wire.error());
    EXPECT_GT(asked, 0);
    EXPECT_LT(*wire, std::int64_t(MiB + MiB / 8));
    expectSame(sending);
    EXPECT_LT(copy->written, 2 * MiB + MiB / 8);
}

TEST_F(Patches, ofAnOlderCopyNobodyCanTellAnythingOfAllTravels)
{
    copy->bytes = disk->bytes;
    prefilled = true;
    answers = false;
    open();
    Sending sending(orders());
    EXPECT_GT(pass(sending).value(), std::int64_t(6 * MiB));
    expectSame(sending);
}

TEST_F(Patches, anOlderCopyIsOneStillAfterARestart)
{
    copy->bytes = disk->bytes;
    prefilled = true;
    open();
    copy->bytes[4 * MiB] ^= std::byte {1};
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    expectSame(sending);
    open();
    EXPECT_EQ(chunksIn(receiving->runs(0).have).size(), 13U);
    EXPECT_TRUE(receiving->runs(0).stale.empty());
}

TEST_F(Patches, aCopyThatRotsUnderneathIsFoundAndMended)
{
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    copy->bytes[7 * MiB + 123'456] ^= std::byte {1}; // on the destination's disk
    write(7 * MiB, 1, std::byte {1});
    sending.overwritten(0, std::vector<Extent> {{7 * MiB, 1}});
    ASSERT_TRUE(pass(sending));
    EXPECT_FALSE(sending.isComplete());
    EXPECT_EQ(receiving->roots().error().fact("where"), "disk chunk 7");
    ASSERT_TRUE(pass(sending)) << "it asks what is there, and mends it";
    EXPECT_GT(asked, 0);
    EXPECT_TRUE(sending.isComplete());
    expectSame(sending);
}

TEST_F(Patches, whatIsWrittenWhileItIsReadIsAskedFor)
{
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    for (int round = 0; round < 5; ++round) { // as of a machine that is busy for hours
        write(3 * MiB, 1, std::byte(1 + round));
        write(3 * MiB + 500'000, 1, std::byte(1 + round)); // after the look that names what was written
        sending.overwritten(0, std::vector<Extent> {{3 * MiB, 1}});
        ASSERT_TRUE(pass(sending));
        EXPECT_FALSE(sending.isComplete());
        ASSERT_TRUE(pass(sending));
        EXPECT_TRUE(sending.isComplete());
        expectSame(sending);
    }
}

TEST_F(Patches, aSourceThatForgotWhatItSentFindsItAgain)
{
    open();
    ASSERT_TRUE(pass(*std::make_unique<Sending>(orders())));
    write(MiB, 1, std::byte {1});
    ASSERT_TRUE(receiving->takeBackAll());
    Sending renewed(orders());
    EXPECT_LT(pass(renewed).value(), 30'000);
    expectSame(renewed);
}

TEST_F(Patches, aDiskThatWasLostSightOfSendsWhatDiffers)
{
    open();
    Sending sending(orders());
    ASSERT_TRUE(pass(sending));
    write(2 * MiB, 1, std::byte {1});
    write(8 * MiB, 1, std::byte {2});
    sending.doubt();
    ASSERT_TRUE(pass(sending)) << "finds what differs";
    EXPECT_FALSE(sending.isComplete());
    EXPECT_LT(pass(sending).value(), 30'000) << "and sends it";
    expectSame(sending);
}

TEST_F(Patches, aPatchThatFitsNothingDoesNotCount)
{
    open();
    const auto before = copy->bytes;
    const auto whole = std::vector<std::byte>(MiB, std::byte {5});
    Blocks blocks;
    blocks.set(3);
    std::vector<std::byte> body(patchBytes(blocks, MiB));
    putPatch(blocks, whole, body);
    const FrameHeader header {FrameKind::Patch, Codec::None, 0, 4, std::uint32_t(MiB), std::uint32_t(body.size()), Manifest::digestOf(whole)};
    ASSERT_TRUE(receiving->take(header, body));
    const auto noted = receiving->end();
    ASSERT_FALSE(noted);
    EXPECT_EQ(noted.error().reason, Reason::Integrity);
    EXPECT_EQ(noted.error().fact("where"), "disk chunk 4");
    EXPECT_EQ(noted.error().fact("what"), "patch");
    EXPECT_TRUE(receiving->end()) << "it is told once";
    EXPECT_EQ(receiving->roots().error().reason, Reason::Unreachable) << "until it has come again";
    EXPECT_EQ(chunksIn(receiving->runs(0).stale), std::vector<std::uint64_t>({4}));
    auto beyond = header;
    beyond.chunk = 13;
    EXPECT_EQ(receiving->take(beyond, body).error().reason, Reason::Malformed);
    body[31] = std::byte {0x80}; // claims a block that does not follow
    EXPECT_EQ(receiving->take(header, body).error().reason, Reason::Malformed);
    EXPECT_TRUE(std::equal(before.begin(), before.begin() + 4 * MiB, copy->bytes.begin()));
}

TEST_F(Patches, fingerprintsAreToldOfTheReservationsDisksOnly)
{
    open();
    EXPECT_TRUE(receiving->fingerprints(0, 0, 13).value().empty()) << "there is nothing that would not count";
    EXPECT_FALSE(receiving->fingerprints(1, 0, 1));
    EXPECT_FALSE(receiving->fingerprints(0, 13, 1));
    EXPECT_FALSE(receiving->fingerprints(0, 0, 129));
    EXPECT_FALSE(receiving->fingerprints(0, ~std::uint64_t {0}, 2));
}

}
