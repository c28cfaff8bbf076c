// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplane.h"
#include "site/transfersend.h"
#include "tests/fakes/memorydisk.h"
#include "tests/fakes/paperfiles.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

constexpr std::uint64_t MiB = 1 << 20;

/// A destination with one reservation for site/lyon.
class Transfer : public testing::Test {
protected:
    void plan(std::vector<std::shared_ptr<MemoryDisk>> disks)
    {
        sources = std::move(disks);
        parcels.clear();
        sinks.clear();
        for (std::size_t i = 0; i < sources.size(); ++i) {
            parcels.push_back({"disk-" + std::to_string(i), sources[i]->bytes.size()});
            sinks.push_back(std::make_shared<MemoryDisk>(sources[i]->bytes.size()));
        }
        reserve();
    }
    void reserve()
    {
        receiving = Receiving::begin(
            {parcels, scratch.path("log"), [this](std::size_t i) { return std::make_unique<MemoryWriter>(sinks[i]); },
                {}}).value();
        token[0] = std::byte {42};
        plane.reset();
        plane = DataPlane::listen(nice, "127.0.0.1:0", [this](const Token &shown, const std::string &peer) -> Result<std::shared_ptr<Receiving>> {
            if (shown != token || peer != "site/lyon") {
                return refuse(Reason::NotAuthorised, {{"what", peer}});
            }
            return receiving;
        }).value();
    }
    Sending::Orders orders()
    {
        return {parcels, [this](std::size_t i) { return std::make_unique<MemoryReader>(sources[i]); }, {}, {}};
    }
    DataAddress address() const { return {"127.0.0.1", plane->port(), "nice"}; }
    std::unique_ptr<DataChannel> open()
    {
        auto channel = DataChannel::connect(lyon, address(), std::chrono::seconds(60)).value();
        EXPECT_TRUE(channel->write(opening(token)));
        EXPECT_TRUE(channel->readAnswer());
        return channel;
    }
    /// One frame as a source would send it, with the digest of `claimed`.
    std::vector<std::byte> frame(std::span<const std::byte> bytes, std::span<const std::byte> claimed, std::uint64_t chunk = 0)
    {
        std::vector<std::byte> made(frameHeaderBytes);
        FrameHeader header {.chunk = chunk,
            .rawBytes = std::uint32_t(bytes.size()),
            .storedBytes = std::uint32_t(bytes.size()),
            .digest = Manifest::digestOf(claimed)};
        put(header, std::span<std::byte, frameHeaderBytes>(made));
        made.insert(made.end(), bytes.begin(), bytes.end());
        return made;
    }
    /// What the destination says of all that came over it.
    Result<> end(DataChannel &channel)
    {
        std::array<std::byte, frameHeaderBytes> bytes {};
        put(FrameHeader {.kind = FrameKind::End}, bytes);
        return channel.write(bytes).and_then([&] { return channel.readAnswer(); });
    }

    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    DataTls lyon = DataTls::load(papers.site("lyon")).value();
    DataTls nice = DataTls::load(papers.site("nice")).value();
    std::vector<std::shared_ptr<MemoryDisk>> sources, sinks;
    std::vector<Parcel> parcels;
    std::shared_ptr<Receiving> receiving;
    Token token {};
    std::unique_ptr<DataPlane> plane;
};

TEST_F(Transfer, sparseDisksArriveWholeAndZerosDoNotTravel)
{
    plan({MemoryDisk::sparse(40 * MiB + 12345, 0.05, 1), MemoryDisk::sparse(3 * MiB, 1, 2), MemoryDisk::sparse(5 * MiB, 0, 3),
        MemoryDisk::sparse(700, 1, 4)});
    Sending sending(orders());
    const auto total = sending.measure().value();
    const auto sent = sending.send(lyon, address(), token);
    ASSERT_TRUE(sent) << describe(sent.error());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        EXPECT_TRUE(sources[i]->bytes == sinks[i]->bytes) << i;
    }
    EXPECT_EQ(receiving->roots().value(), sending.roots());
    EXPECT_EQ(sending.bytesDone(), total);
    EXPECT_LT(sending.bytesOnWire(), total + total / 20 + 20000);
    EXPECT_EQ(sinks[2]->written, 0U);
    EXPECT_GE(sinks[2]->flushes, 1) << "an empty disk is made durable too";
}

TEST_F(Transfer, aWrongByteIsFoundAndNamed)
{
    plan({MemoryDisk::sparse(2 * MiB, 1, 5)});
    auto channel = open();
    const auto chunk = std::span(sources[0]->bytes).subspan(MiB, MiB);
    auto flipped = std::vector(chunk.begin(), chunk.end());
    flipped[77777] ^= std::byte {4};
    ASSERT_TRUE(channel->write(frame(flipped, chunk, 1)));
    const auto answer = end(*channel);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, Reason::Integrity);
    EXPECT_EQ(answer.error().fact("where"), "disk-0 chunk 1");
    EXPECT_EQ(answer.error().fact("expected"), toHex(Manifest::digestOf(chunk)));
    EXPECT_TRUE(receiving->runs(0).have.empty());
    EXPECT_EQ(receiving->roots().error().fact("where"), "disk-0 chunk 1") << "nothing is proven while it lies there";
}

TEST_F(Transfer, aBitTheDiskTurnedIsFoundAndSentAgain)
{
    plan({MemoryDisk::sparse(3 * MiB, 1, 5)});
    sinks[0]->spoils = 2 * MiB + 77'777;
    Sending sending(orders());
    const auto sent = sending.send(lyon, address(), token);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::Integrity);
    EXPECT_EQ(sent.error().fact("where"), "disk-0 chunk 2");
    sending.nothingIsThere();
    const auto there = receiving->runs(0);
    ASSERT_TRUE(sending.isThere(0, 0, there.have, there.stale));
    const auto before = sending.bytesOnWire();
    ASSERT_TRUE(sending.send(lyon, address(), token)) << "the disk keeps what it is given the second time";
    EXPECT_LT(sending.bytesOnWire() - before, std::int64_t(2 * MiB + MiB / 10)) << "what was right stays, but what the other connection was sending";
    EXPECT_TRUE(sources[0]->bytes == sinks[0]->bytes);
    EXPECT_EQ(receiving->roots().value(), sending.roots());
}

TEST_F(Transfer, callsCarryWhatSocketsCannot)
{
    plan({MemoryDisk::sparse(9 * MiB + 17, 0.8, 5), MemoryDisk::sparse(0, 0, 6)});
    struct Call final : Feeder {
        void interrupt() override { }
    };
    std::atomic<int> calls = 0;
    std::atomic<std::size_t> most = 0;
    auto made = orders();
    made.carry = [&](const Token &shown, const std::string &frames, bool end) -> Result<> {
        ++calls;
        most = std::max(most.load(), frames.size());
        Call call;
        EXPECT_EQ(shown, token);
        EXPECT_TRUE(receiving->attach(&call));
        auto done = receiving->takeAll(std::as_bytes(std::span(frames))).and_then([&] { return end ? receiving->end() : Result<>(); });
        receiving->detach(&call);
        return done;
    };
    Sending sending(std::move(made));
    ASSERT_TRUE(sending.send(lyon, {"127.0.0.1", 1, "nice"}, token));
    EXPECT_TRUE(sending.goesByCalls());
    EXPECT_GE(calls, 2 * 2 + 2) << "two paths, each begins and ends";
    EXPECT_LE(most, CallPath::mostBytes);
    EXPECT_TRUE(sources[0]->bytes == sinks[0]->bytes);
    EXPECT_EQ(receiving->roots().value(), sending.roots());
    auto half = frame(std::span(sources[0]->bytes).first(MiB), {});
    half.resize(100);
    EXPECT_EQ(receiving->takeAll(half).error().reason, Reason::Malformed);
    EXPECT_EQ(receiving->takeAll(std::span(half).first(20)).error().reason, Reason::Malformed);
}

TEST_F(Transfer, framesOutOfBoundsAreRefused)
{
    plan({MemoryDisk::sparse(2 * MiB + 10, 1, 6)});
    const std::vector<std::byte> full(MiB), ten(10), eleven(11);
    const auto hostile = [&](std::size_t at, std::byte value) {
        auto bytes = frame(full, full);
        bytes[at] = value;
        return bytes;
    };
    const std::vector<std::vector<std::byte>> frames = {
        frame(full, full, 3), // no such chunk
        frame(full, full, ~std::uint64_t {0}), frame(full, full, 2), // longer than the last chunk
        frame(eleven, eleven, 2), frame(ten, ten, 0), // shorter than its chunk
        hostile(0, std::byte {9}), // unknown kind
        hostile(1, std::byte {7}), // unknown codec
        hostile(2, std::byte {1}), // not zero
        hostile(7, std::byte {1}), // no such disk
        hostile(17, std::byte {0x20}), // two megabytes raw
        hostile(20, std::byte {0x7f}), // two gigabytes stored
        hostile(0, std::byte {2}), // an end that carries something
        hostile(1, std::byte {1}), // compressed, yet as long as before
        hostile(1, std::byte {2}), // zeros that are followed by something
        hostile(0, std::byte {3}), // a patch that is all of its chunk, but for its map
    };
    for (std::size_t i = 0; i < frames.size(); ++i) {
        auto channel = open();
        ASSERT_TRUE(channel->write(frames[i]));
        const auto answer = channel->readAnswer();
        ASSERT_FALSE(answer) << i;
        EXPECT_EQ(answer.error().reason, Reason::Malformed) << i << ' ' << describe(answer.error());
    }
    EXPECT_EQ(sinks[0]->written, 0U);
}

TEST_F(Transfer, compressedRubbishIsRefused)
{
    plan({MemoryDisk::sparse(MiB, 1, 7)});
    auto channel = open();
    std::vector<std::byte> bytes(frameHeaderBytes + 1000, std::byte {0x5a});
    put(FrameHeader {.codec = Codec::Zstd, .rawBytes = MiB, .storedBytes = 1000},
        std::span<std::byte, frameHeaderBytes>(bytes.data(), frameHeaderBytes));
    ASSERT_TRUE(channel->write(bytes));
    EXPECT_EQ(channel->readAnswer().error().reason, Reason::Malformed);
}

TEST_F(Transfer, aCutFrameLeavesWhatWasWholeAndNothingElse)
{
    plan({MemoryDisk::sparse(3 * MiB, 1, 8)});
    {
        auto channel = open();
        const auto bytes = std::span(sources[0]->bytes);
        ASSERT_TRUE(channel->write(frame(bytes.first(MiB), bytes.first(MiB), 0)));
        ASSERT_TRUE(channel->write(std::span<const std::byte>(frame(bytes.subspan(MiB, MiB), bytes.subspan(MiB, MiB), 1)).first(500'000)));
        channel->interrupt();
    }
    Sending sending(orders());
    ASSERT_TRUE(sending.send(lyon, address(), token)) << "the half chunk may be sent again";
    EXPECT_EQ(receiving->roots().value(), sending.roots());
    EXPECT_EQ(sinks[0]->written, 3 * MiB);
}

TEST_F(Transfer, onlyTheRightSiteWithTheRightTokenGetsIn)
{
    plan({MemoryDisk::sparse(MiB, 1, 9)});
    Token wrong {};
    EXPECT_EQ(Sending(orders()).send(lyon, address(), wrong).error().reason, Reason::NotAuthorised);
    const auto metz = DataTls::load(papers.site("metz")).value();
    EXPECT_EQ(Sending(orders()).send(metz, address(), token).error().reason, Reason::NotAuthorised);
    const auto alice = DataTls::load(papers.user("alice")).value();
    EXPECT_FALSE(Sending(orders()).send(alice, address(), token));
    PaperFiles elsewhere(scratch.path("elsewhere"));
    const auto foreign = DataTls::load(elsewhere.site("lyon")).value();
    EXPECT_FALSE(Sending(orders()).send(foreign, address(), token));
    EXPECT_EQ(sinks[0]->written, 0U);
    EXPECT_TRUE(Sending(orders()).send(lyon, address(), token)) << "the others did no harm";
}

TEST_F(Transfer, theSourceSpeaksOnlyToTheSiteItMeans)
{
    plan({MemoryDisk::sparse(MiB, 1, 10)});
    auto to = address();
    to.site = "brest";
    EXPECT_EQ(Sending(orders()).send(lyon, to, token).error().reason, Reason::Untrusted);
    to = {"127.0.0.1", 1, "nice"};
    EXPECT_EQ(Sending(orders()).send(lyon, to, token).error().reason, Reason::Unreachable);
}

TEST_F(Transfer, whatIsThereIsNotSentAgain)
{
    plan({MemoryDisk::sparse(24 * MiB, 0.9, 11)});
    sinks[0]->room = 10 * MiB;
    Sending first(orders());
    const auto failed = first.send(lyon, address(), token);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().reason, Reason::DiskFull);
    receiving->close();
    ASSERT_TRUE(receiving->checkpoint());

    sinks[0]->room = ~std::uint64_t {0};
    reserve(); // as after a restart of the destination
    const auto have = receiving->runs(0).have;
    EXPECT_FALSE(have.empty());
    const auto before = sinks[0]->written;
    EXPECT_EQ(receiving->bytesDone(), std::int64_t(before));
    Sending second(orders()); // and of the source
    ASSERT_TRUE(second.isThere(0, 0, have, {}));
    ASSERT_TRUE(second.send(lyon, address(), token));
    EXPECT_EQ(receiving->roots().value(), second.roots());
    EXPECT_TRUE(sources[0]->bytes == sinks[0]->bytes);
    EXPECT_EQ(sinks[0]->written, 24 * MiB) << "each chunk once";

    first.nothingIsThere();
    ASSERT_TRUE(first.isThere(0, 0, receiving->runs(0).have, {}));
    ASSERT_TRUE(first.send(lyon, address(), token)) << "the first source goes on too";
    EXPECT_EQ(first.roots(), second.roots());
}

TEST_F(Transfer, aTornNoteIsForgotten)
{
    plan({MemoryDisk::sparse(4 * MiB, 1, 12)});
    ASSERT_TRUE(Sending(orders()).send(lyon, address(), token));
    ASSERT_TRUE(receiving->checkpoint());
    receiving->close();
    std::filesystem::resize_file(scratch.path("log"), 32 + 3 * 48 + 20);
    reserve();
    EXPECT_EQ(receiving->bytesDone(), std::int64_t(3 * MiB));
    parcels[0].key = "another";
    receiving->close();
    reserve();
    EXPECT_EQ(receiving->bytesDone(), 0) << "notes about something else count for nothing";
}

TEST_F(Transfer, theLimitIsKept)
{
    plan({MemoryDisk::sparse(2 * MiB, 1, 13)});
    Pace pace(4 * MiB);
    auto paced = orders();
    paced.paces = {&pace};
    Sending sending(std::move(paced));
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(sending.send(lyon, address(), token));
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    EXPECT_GE(took, double(sending.bytesOnWire() - 65536) / (4 * MiB) - 0.26) << "all but the quarter second the bucket holds";
}

TEST_F(Transfer, aCancelledSourceStopsAtOnce)
{
    plan({MemoryDisk::sparse(8 * MiB, 1, 14)});
    Pace pace(MiB);
    auto paced = orders();
    paced.paces = {&pace};
    Sending sending(std::move(paced));
    std::thread canceller([&] {
        while (sending.bytesOnWire() == 0 && receiving->bytesDone() == 0) {
            std::this_thread::yield();
        }
        sending.cancel();
    });
    const auto outcome = sending.send(lyon, address(), token);
    canceller.join();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().reason, Reason::Cancelled);
    EXPECT_LT(receiving->bytesDone(), std::int64_t(8 * MiB));
}

TEST_F(Transfer, manyObjectsPassThroughSixtyFourHands)
{
    std::vector<std::shared_ptr<MemoryDisk>> objects;
    for (unsigned i = 0; i < 300; ++i) {
        objects.push_back(MemoryDisk::sparse(i * 700, 1, i));
    }
    plan(std::move(objects));
    Sending sending(orders());
    ASSERT_TRUE(sending.send(lyon, address(), token));
    EXPECT_EQ(receiving->roots().value(), sending.roots());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        ASSERT_TRUE(sources[i]->bytes == sinks[i]->bytes) << i;
    }
}

}
