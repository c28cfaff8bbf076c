// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A flush that fails: the kernel tells of what it lost once, and the next flush succeeds without it. Nothing written before it may be believed.
#include "site/fingerprint.h"
#include "site/transferreceive.h"
#include "tests/fakes/memorydisk.h"
#include "tests/site/chunkruns.h"
#include "tests/site/warmpair.h"

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

constexpr std::uint64_t MiB = 1 << 20;
using Chunks = std::vector<std::uint64_t>;

/// The destination's end of a transfer of one disk of four chunks, fed by hand, whose cache shows what it lost until the power goes, or does not.
class Flush : public testing::TestWithParam<bool> {
protected:
    Flush()
    {
        disk->keepsWhatItLost = GetParam();
        disk->cache();
    }
    void open()
    {
        const auto make = [this](std::size_t) -> Result<std::unique_ptr<BlockWriter>> {
            return std::make_unique<MemoryWriter>(disk, [this](const std::string &call) {
                if (call == "flush" && during) {
                    std::exchange(during, {})();
                }
                return Result<>();
            });
        };
        receiving = Receiving::begin({{{"disk", 4 * MiB}}, scratch.path("notes"), make, {}}).value();
    }
    Result<> send(std::uint64_t chunk, int what)
    {
        const std::vector<std::byte> bytes(MiB, std::byte(what));
        return receiving->take({FrameKind::Chunk, Codec::None, 0, chunk, MiB, MiB, Manifest::digestOf(bytes)}, bytes);
    }
    Chunks have() const { return chunksIn(receiving->runs(0).have); }
    Chunks stale() const { return chunksIn(receiving->runs(0).stale); }
    /// After a loss of power the disk holds what is noted.
    void expectNoted(std::map<std::uint64_t, int> what)
    {
        receiving.reset();
        disk->losePower();
        open();
        Chunks noted;
        for (const auto &[chunk, byte] : what) {
            noted.push_back(chunk);
            EXPECT_EQ(disk->bytes[chunk * MiB + 5], std::byte(byte)) << chunk;
        }
        EXPECT_EQ(have(), noted);
    }

    Scratch scratch;
    std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>(4 * MiB);
    std::function<void()> during; ///< the next flush, before it does anything
    std::shared_ptr<Receiving> receiving;
};

TEST_P(Flush, thatFailsOnceLeavesNothingOfWhatCameBeforeItToBelieve)
{
    open();
    ASSERT_TRUE(send(0, 1));
    ASSERT_TRUE(receiving->checkpoint());
    ASSERT_TRUE(send(1, 2));
    ASSERT_TRUE(send(2, 3));
    disk->badFlushes = 1;
    EXPECT_EQ(receiving->checkpoint().error().reason, Reason::Internal);
    EXPECT_TRUE(receiving->checkpoint()) << "the next one knows of nothing";
    EXPECT_EQ(have(), Chunks({0})) << "what was durable before stays";
    EXPECT_EQ(stale(), Chunks({1, 2}));
    EXPECT_EQ(receiving->roots().error().reason, Reason::Unreachable);
    ASSERT_TRUE(send(1, 2));
    ASSERT_TRUE(send(2, 3));
    EXPECT_TRUE(receiving->roots());
    expectNoted({{0, 1}, {1, 2}, {2, 3}});
}

TEST_P(Flush, thatFailsIsTheAnswerAtTheEndOfAConnection)
{
    open();
    ASSERT_TRUE(send(3, 1));
    disk->badFlushes = 1;
    EXPECT_FALSE(receiving->end());
    EXPECT_TRUE(have().empty());
    expectNoted({});
}

TEST_P(Flush, ofAPatchThatFailsSpoilsTheWholeChunk)
{
    open();
    ASSERT_TRUE(send(1, 1));
    ASSERT_TRUE(receiving->checkpoint());
    ASSERT_TRUE(receiving->takeBack(0, Chunks {1, 1}));
    Blocks blocks;
    blocks.set(3);
    std::vector<std::byte> whole(MiB, std::byte {1});
    std::fill_n(whole.begin() + 3 * blockBytes, blockBytes, std::byte {9});
    std::vector<std::byte> patch(patchBytes(blocks, MiB));
    putPatch(blocks, whole, patch);
    const FrameHeader header {FrameKind::Patch, Codec::None, 0, 1, MiB, std::uint32_t(patch.size()), Manifest::digestOf(whole)};
    ASSERT_TRUE(receiving->take(header, patch));
    disk->badFlushes = 1;
    EXPECT_FALSE(receiving->end());
    EXPECT_TRUE(receiving->end());
    EXPECT_TRUE(have().empty());
    EXPECT_EQ(stale(), Chunks({1}));
    ASSERT_TRUE(receiving->take(header, patch));
    EXPECT_TRUE(receiving->end());
    expectNoted({{1, 1}});
    EXPECT_EQ(disk->bytes[MiB + 3 * blockBytes], std::byte {9});
}

/// Another connection's chunk, written after this checkpoint took its list and before its flush: that flush lost it too.
TEST_P(Flush, thatFailsTakesWhatIsWrittenMeanwhileWithIt)
{
    open();
    ASSERT_TRUE(send(0, 1));
    during = [this] { ASSERT_TRUE(send(1, 2)); };
    disk->badFlushes = 1;
    EXPECT_FALSE(receiving->checkpoint());
    (void)receiving->checkpoint();
    EXPECT_TRUE(have().empty()) << "neither of them was ever durable";
    EXPECT_EQ(stale(), Chunks({0, 1}));
    expectNoted({});
}

/// What is looked at beside what still comes, after thirty-two chunks: a hundred objects, one of which the disk turns a bit of.
class Beside : public testing::Test {
protected:
    struct Call final : Feeder {
        void interrupt() override { }
    };
    Beside()
    {
        for (std::size_t i = 0; i < 100; ++i) {
            parcels.push_back({"object-" + std::to_string(i), 100});
            disks.push_back(std::make_shared<MemoryDisk>(100));
        }
        disks[7]->spoils = 50;
        const auto make = [this](std::size_t i) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<MemoryWriter>(disks[i]); };
        receiving = Receiving::begin({parcels, scratch.path("notes"), make, {}}).value();
    }
    Result<> send(std::size_t object)
    {
        const std::vector<std::byte> bytes(100, std::byte(object + 1));
        return receiving->take({FrameKind::Chunk, Codec::None, std::uint32_t(object), 0, 100, 100, Manifest::digestOf(bytes)}, bytes);
    }
    /// In calls, as many in each; between two of them nobody is connected. What was said first is kept.
    Result<> sendAll(std::size_t inEach)
    {
        Result<> said;
        for (std::size_t first = 0; said && first < parcels.size(); first += inEach) {
            Call call;
            EXPECT_TRUE(receiving->attach(&call));
            for (auto i = first; said && i < std::min(first + inEach, parcels.size()); ++i) {
                said = send(i);
            }
            said = said && first + inEach >= parcels.size() ? receiving->end() : said;
            receiving->detach(&call);
        }
        return said;
    }

    Scratch scratch;
    std::vector<Parcel> parcels;
    std::vector<std::shared_ptr<MemoryDisk>> disks;
    std::shared_ptr<Receiving> receiving;
};

TEST_F(Beside, whatIsFoundIsToldBeforeTheEnd)
{
    for (const std::size_t inEach : {100, 40, 1}) {
        const auto said = sendAll(inEach);
        ASSERT_FALSE(said) << inEach;
        EXPECT_EQ(said.error().reason, Reason::Integrity);
        EXPECT_EQ(said.error().fact("where"), "object-7 chunk 0");
        receiving->disconnect();
        ASSERT_TRUE(receiving->takeBack(7, Chunks {0, 1}));
        disks[7]->spoils = 50;
    }
}

TEST_F(Beside, whatWasFoundBeforeAReservationIsAskedForAndNotToldAgain)
{
    for (std::size_t i = 0; i < 40; ++i) {
        (void)send(i);
    }
    receiving->disconnect();
    (void)receiving->checkpoint();
    EXPECT_EQ(chunksIn(receiving->runs(7).stale), Chunks({0}));
    receiving->disconnect();
    EXPECT_TRUE(sendAll(100));
    EXPECT_TRUE(receiving->roots());
}

INSTANTIATE_TEST_SUITE_P(TheCache, Flush, testing::Bool(), [](const auto &test) { return test.param ? "showsWhatItLost" : "forgetsWhatItLost"; });

/// A whole migration to a disk one of whose flushes fails; when all is over, the power goes.
class FlushOfAMove : public WarmPair, public testing::WithParamInterface<std::tuple<int, bool>> { };

TEST_P(FlushOfAMove, thatFailsLosesNoByte)
{
    addWeb(3 * MiB);
    source.patience.lastPass = std::chrono::milliseconds(0);
    source.patience.passes = 2;
    std::atomic<int> flushes = 0;
    target.driver.asked = [&](const std::string &call) -> Result<> {
        if (call == "flush" && ++flushes == std::get<0>(GetParam())) {
            const auto web = target.driver.disk("web-disk0");
            const std::scoped_lock lock(web->mutex);
            web->badFlushes = 1;
            web->keepsWhatItLost = std::get<1>(GetParam());
        }
        return {};
    };
    startBoth();
    const auto done = awaitEnd(source.migrate(warm()));
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    EXPECT_GE(flushes, std::get<0>(GetParam()));
    target.driver.losePower();
    expectMoved("web");
    source.die();
    target.die();
}

INSTANTIATE_TEST_SUITE_P(AtTheNth, FlushOfAMove, testing::Combine(testing::Values(1, 2, 3, 4), testing::Bool()),
    [](const auto &test) { return std::to_string(std::get<0>(test.param)) + (std::get<1>(test.param) ? "_showsWhatItLost" : "_forgetsWhatItLost"); });

}
