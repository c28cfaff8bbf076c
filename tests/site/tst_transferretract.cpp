// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferreceive.h"
#include "tests/fakes/memorydisk.h"
#include "tests/site/chunkruns.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

constexpr std::uint64_t MiB = 1 << 20;

/// The destination's end of a transfer of one disk of four chunks, fed by hand.
class Retract : public testing::Test {
protected:
    std::shared_ptr<Receiving> open()
    {
        return Receiving::begin({{{"disk", 4 * MiB}}, scratch.path("notes"),
                                    [this](std::size_t) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<MemoryWriter>(disk); }, {}})
            .value();
    }
    static FrameHeader header(std::uint64_t chunk, std::span<const std::byte> bytes)
    {
        return {FrameKind::Chunk, Codec::None, 0, chunk, std::uint32_t(bytes.size()), std::uint32_t(bytes.size()), Manifest::digestOf(bytes)};
    }
    static Result<> send(Receiving &receiving, std::uint64_t chunk, int what)
    {
        const std::vector<std::byte> bytes(MiB, std::byte(what));
        return receiving.take(header(chunk, bytes), bytes);
    }
    using Chunks = std::vector<std::uint64_t>;
    static Chunks have(const Receiving &receiving) { return chunksIn(receiving.runs(0).have); }
    static Chunks stale(const Receiving &receiving) { return chunksIn(receiving.runs(0).stale); }

    Scratch scratch;
    std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>(4 * MiB);
};

TEST_F(Retract, whatWasTakenBackIsTakenAnewAndNothingElse)
{
    const auto receiving = open();
    ASSERT_TRUE(send(*receiving, 0, 1));
    ASSERT_TRUE(send(*receiving, 1, 2));
    EXPECT_EQ(send(*receiving, 0, 3).error().reason, Reason::Conflict);
    ASSERT_TRUE(receiving->takeBack(0, Chunks {0, 1}));
    EXPECT_EQ(have(*receiving), Chunks({1}));
    EXPECT_EQ(stale(*receiving), Chunks({0}));
    EXPECT_EQ(receiving->bytesDone(), std::int64_t(MiB));
    EXPECT_EQ(receiving->roots().error().reason, Reason::Unreachable) << "old bytes are no answer";
    ASSERT_TRUE(send(*receiving, 0, 3));
    EXPECT_EQ(send(*receiving, 1, 3).error().reason, Reason::Conflict);
    Manifest expected(4 * MiB);
    expected.set(0, Manifest::digestOf(std::vector<std::byte>(MiB, std::byte {3})));
    expected.set(1, Manifest::digestOf(std::vector<std::byte>(MiB, std::byte {2})));
    EXPECT_EQ(receiving->roots().value().front(), expected.root());
    EXPECT_EQ(disk->bytes[0], std::byte {3});
}

TEST_F(Retract, chunksThatAreNotOfTheDiskAreRefused)
{
    const auto receiving = open();
    for (const auto &runs : {Chunks {0, 5}, Chunks {4, 1}, Chunks {3, 1, ~std::uint64_t {0}, 1}, Chunks {~std::uint64_t {0}, 1}}) {
        EXPECT_EQ(receiving->takeBack(0, runs).error().reason, Reason::Malformed);
    }
    EXPECT_TRUE(stale(*receiving).empty());
}

TEST_F(Retract, zerosHaveToComeAgainToo)
{
    const auto receiving = open();
    ASSERT_TRUE(send(*receiving, 2, 9));
    ASSERT_TRUE(receiving->takeBack(0, Chunks {2, 1}));
    EXPECT_FALSE(receiving->roots());
    ASSERT_TRUE(send(*receiving, 2, 0));
    EXPECT_EQ(receiving->roots().value().front(), Manifest(4 * MiB).root());
    EXPECT_EQ(disk->bytes[2 * MiB], std::byte {0});
}

TEST_F(Retract, notesOfTheSameChunksDoNotPileUp)
{
    constexpr std::uint64_t chunks = 70'000; // none of which is ever written here, but those few
    const auto begin = [&] {
        return Receiving::begin({{{"disk", chunks * MiB}}, scratch.path("notes"),
                                    [this](std::size_t) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<MemoryWriter>(disk); }, {}})
            .value();
    };
    const auto notes = [this] { return std::filesystem::file_size(scratch.path("notes")); };
    {
        const auto receiving = begin();
        std::uintmax_t most = 0;
        for (int round = 1; round <= 12; ++round) {
            ASSERT_TRUE(receiving->takeBack(0, Chunks {0, chunks}));
            most = std::max(most, notes());
            ASSERT_TRUE(send(*receiving, 2, round));
            ASSERT_TRUE(receiving->checkpoint());
        }
        EXPECT_LT(most, 48 * 7 * chunks);
        EXPECT_EQ(have(*receiving), Chunks({2}));
        EXPECT_FALSE(std::filesystem::exists(scratch.path("notes.new")));
    }
    const auto receiving = begin();
    EXPECT_EQ(have(*receiving), Chunks({2}));
    EXPECT_EQ(stale(*receiving).size(), chunks - 1);
}

TEST_F(Retract, aRestartForgetsNeitherNotesNorWhatWasTakenBack)
{
    {
        const auto receiving = open();
        ASSERT_TRUE(send(*receiving, 0, 1));
        ASSERT_TRUE(send(*receiving, 1, 2));
        ASSERT_TRUE(receiving->checkpoint());
        ASSERT_TRUE(receiving->takeBack(0, Chunks {0, 1, 2, 1}));
        ASSERT_TRUE(send(*receiving, 0, 1)) << "the very bytes that were there, written, not noted";
    }
    const auto receiving = open();
    EXPECT_EQ(have(*receiving), Chunks({1}));
    EXPECT_EQ(stale(*receiving), Chunks({0, 3}));
    ASSERT_TRUE(send(*receiving, 0, 5));
    ASSERT_TRUE(send(*receiving, 3, 0));
    EXPECT_TRUE(receiving->roots());
}

TEST_F(Retract, takingAllBackFindsWhatNobodyHadTimeToNote)
{
    {
        const auto receiving = open();
        ASSERT_TRUE(send(*receiving, 0, 1));
        ASSERT_TRUE(receiving->checkpoint());
    }
    disk->bytes[3 * MiB + 5] = std::byte {1}; // written by an earlier life
    const auto receiving = open();
    ASSERT_TRUE(receiving->takeBackAll());
    EXPECT_TRUE(have(*receiving).empty());
    EXPECT_EQ(stale(*receiving), Chunks({0, 3})) << "the others read as the zeros they are";
}

TEST_F(Retract, aWriteThatFailedLeavesNoZeros)
{
    disk->room = 0;
    const auto receiving = open();
    EXPECT_EQ(send(*receiving, 1, 4).error().reason, Reason::DiskFull);
    EXPECT_EQ(stale(*receiving), Chunks({1}));
    disk->room = 8 * MiB;
    ASSERT_TRUE(send(*receiving, 1, 4));
    EXPECT_TRUE(receiving->roots());
}

}
