// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/qcow2writer.h"
#include "tests/site/workshop.h"

#include <algorithm>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <random>
#include <thread>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::Workshop;

namespace {

constexpr std::size_t MiB = 1 << 20;

std::vector<std::byte> noise(std::size_t bytes, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::vector<std::byte> data(bytes);
    for (auto &byte : data) {
        byte = static_cast<std::byte>(random());
    }
    return data;
}

/// A disk with data here and there, and what it holds.
std::vector<std::byte> patchwork(std::size_t size)
{
    std::vector<std::byte> disk(size);
    for (const std::size_t at : {std::size_t(0), 3 * MiB + 12345, 7 * MiB, size - 70000}) {
        const auto piece = noise(69000, static_cast<unsigned>(at));
        std::ranges::copy(piece, disk.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return disk;
}

std::vector<std::byte> whole(BlockReader &reader)
{
    std::vector<std::byte> disk(reader.sizeBytes());
    EXPECT_TRUE(reader.read(0, disk));
    return disk;
}

/// What extents() promises: outside of them all is zero.
void expectExtentsCover(BlockReader &reader, const std::vector<std::byte> &disk)
{
    const auto extents = reader.extents(0, disk.size()).value();
    auto rest = disk;
    for (const auto &extent : extents) {
        ASSERT_LE(extent.offset + extent.length, rest.size());
        std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(extent.offset), extent.length, std::byte {0});
    }
    EXPECT_TRUE(isZero(rest));
}

class Silent final : public Progress {
public:
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return false; }
};

struct Qcow2 : testing::Test {
    Workshop dir;
    std::string qcow = dir.path("disk.qcow2");
    void expectClean() const { EXPECT_EQ(dir.run("qemu-img check -q -f qcow2 disk.qcow2"), 0); }
};

}

TEST_F(Qcow2, readsWhatQemuImgWrote)
{
    const auto disk = patchwork(16 * MiB);
    dir.write("disk.raw", disk);
    for (const auto *options : {"compat=1.1", "compat=0.10", "compat=1.1,cluster_size=4096", "compat=1.1,cluster_size=2M,lazy_refcounts=on"}) {
        ASSERT_EQ(dir.run(std::string("qemu-img convert -f raw -O qcow2 -o ") + options + " disk.raw disk.qcow2"), 0);
        const auto reader = openQcow2(qcow, {});
        ASSERT_TRUE(reader) << options << describe(reader.error());
        EXPECT_EQ(whole(**reader), disk) << options;
        expectExtentsCover(**reader, disk);
    }
}

TEST_F(Qcow2, readsCompressedImagesAsCloudsPublishThem)
{
    auto disk = patchwork(8 * MiB);
    std::fill_n(disk.begin() + 5 * MiB, MiB, std::byte {'x'});
    dir.write("disk.raw", disk);
    for (const auto *options : {"compression_type=zlib", "compression_type=zstd"}) {
        ASSERT_EQ(dir.run(std::string("qemu-img convert -c -f raw -O qcow2 -o ") + options + " disk.raw disk.qcow2"), 0);
        const auto reader = openQcow2(qcow, {}).value();
        EXPECT_EQ(whole(*reader), disk) << options;
    }
}

TEST_F(Qcow2, readsThroughAChainOfImagesAndNoFurtherThanItsRoot)
{
    auto disk = patchwork(16 * MiB);
    dir.write("base.raw", disk);
    ASSERT_EQ(
        dir.run("qemu-img create -q -f qcow2 -b base.raw -F raw middle.qcow2 && qemu-img create -q -f qcow2 -b middle.qcow2 -F qcow2 disk.qcow2 24M"),
        0);
    ASSERT_EQ(dir.run("qemu-io -f qcow2 -c 'write -P 0x5a 100k 300k' middle.qcow2 >/dev/null && qemu-io -f qcow2 -c 'write -P 0xa5 20M 64k' "
                      "-c 'write -z 7M 64k' disk.qcow2 >/dev/null"),
        0);
    std::fill_n(disk.begin() + 100 * 1024, 300 * 1024, std::byte {0x5a});
    std::fill_n(disk.begin() + 7 * MiB, 64 * 1024, std::byte {0});
    disk.resize(24 * MiB);
    std::fill_n(disk.begin() + 20 * MiB, 64 * 1024, std::byte {0xa5});
    const auto reader = openQcow2(qcow, {dir.path("")});
    ASSERT_TRUE(reader) << describe(reader.error());
    EXPECT_EQ(whole(**reader), disk);
    expectExtentsCover(**reader, disk);
    EXPECT_EQ(openQcow2(qcow, {}).error().reason, Reason::Unsupported);
    ASSERT_EQ(dir.run("mkdir inner; qemu-img create -q -f qcow2 -u -b /etc/passwd -F raw inner/evil.qcow2 1M"), 0);
    EXPECT_EQ(openQcow2(dir.path("inner/evil.qcow2"), {dir.path("inner")}).error().reason, Reason::Unsupported);
}

TEST_F(Qcow2, whatItWritesQemuAccepts)
{
    const auto disk = patchwork(16 * MiB);
    dir.write("disk.raw", disk);
    ASSERT_TRUE(Qcow2Writer::create(qcow, disk.size()));
    {
        auto reader = openRaw(dir.path("disk.raw")).value();
        auto writer = Qcow2Writer::open(qcow).value();
        Silent silent;
        ASSERT_TRUE(copyBlocks(*reader, *writer, silent));
        expectClean(); // after flush, still open
        std::vector<std::byte> back(disk.size());
        ASSERT_TRUE(writer->read(0, back));
        EXPECT_EQ(back, disk);
    }
    expectClean();
    EXPECT_EQ(dir.run("qemu-img compare -q -f raw -F qcow2 disk.raw disk.qcow2"), 0);
    EXPECT_LT(allocatedBytes(qcow), std::int64_t(2 * MiB)) << "holes stay holes";
}

TEST_F(Qcow2, twoThreadsMayWriteAtOnce)
{
    const std::size_t size = 48 * MiB;
    const auto disk = noise(size, 7);
    dir.write("disk.raw", disk);
    ASSERT_TRUE(Qcow2Writer::create(qcow, size));
    {
        auto writer = Qcow2Writer::open(qcow).value();
        const auto half = [&](unsigned parity) {
            std::mt19937 random(parity);
            std::vector<std::size_t> chunks;
            for (std::size_t at = parity * 100'000; at < size; at += 200'000) {
                chunks.push_back(at);
            }
            std::ranges::shuffle(chunks, random);
            for (const auto at : chunks) {
                ASSERT_TRUE(writer->write(at, std::span(disk).subspan(at, std::min<std::size_t>(100'000, size - at))));
                if (at % 3 == 0) {
                    ASSERT_TRUE(writer->flush());
                }
            }
        };
        std::thread even(half, 0), odd(half, 1);
        even.join();
        odd.join();
        ASSERT_TRUE(writer->flush());
        expectClean();
    }
    EXPECT_EQ(dir.run("qemu-img compare -q -f raw -F qcow2 disk.raw disk.qcow2"), 0);
}

TEST_F(Qcow2, afterACrashWhatWasFlushedIsThereAndTheImageIsClean)
{
    const auto disk = noise(12 * MiB, 3);
    ASSERT_TRUE(Qcow2Writer::create(qcow, disk.size()));
    auto doomed = Qcow2Writer::open(qcow).value();
    ASSERT_TRUE(doomed->write(0, std::span(disk).first(5 * MiB)));
    ASSERT_TRUE(doomed->flush());
    ASSERT_TRUE(doomed->write(6 * MiB, std::span(disk).subspan(6 * MiB, 3 * MiB)));
    ASSERT_EQ(dir.run("cp disk.qcow2 crashed.qcow2"), 0); // what a crash would leave
    // … with a table entry that reached the disk before what it points to, and counts that are nonsense.
    ASSERT_EQ(
        dir.run("printf '\\200\\000\\000\\000\\007\\000\\000\\000' | dd of=crashed.qcow2 bs=1 seek=$((4*65536+8000)) conv=notrunc 2>/dev/null; "
                "head -c 500 /dev/urandom | dd of=crashed.qcow2 bs=1 seek=$((2*65536+10)) conv=notrunc 2>/dev/null; mv crashed.qcow2 disk.qcow2"),
        0);
    auto writer = Qcow2Writer::open(qcow).value();
    std::vector<std::byte> back(5 * MiB);
    ASSERT_TRUE(writer->read(0, back));
    EXPECT_TRUE(std::ranges::equal(back, std::span(disk).first(back.size())));
    ASSERT_TRUE(writer->flush());
    expectClean();
    ASSERT_TRUE(writer->write(5 * MiB, std::span(disk).subspan(5 * MiB)));
    ASSERT_TRUE(writer->flush());
    expectClean();
    dir.write("disk.raw", disk);
    EXPECT_EQ(dir.run("qemu-img compare -q -f raw -F qcow2 disk.raw disk.qcow2"), 0);
}

TEST_F(Qcow2, countsImagesLargerThanOneBlockOfRefcounts)
{
    const std::uint64_t size = std::uint64_t(5) << 30;
    ASSERT_TRUE(Qcow2Writer::create(qcow, size));
    const auto piece = noise(64 * 1024, 1);
    {
        auto writer = Qcow2Writer::open(qcow).value();
        for (std::uint64_t at = 0; at < size; at += size / 40) { // touches every L2 table
            ASSERT_TRUE(writer->write(at / 65536 * 65536, piece));
        }
        ASSERT_TRUE(writer->flush());
        expectClean();
    }
    ASSERT_TRUE(Qcow2Writer::open(qcow));
    expectClean();
}

TEST_F(Qcow2, growsInPlace)
{
    const auto disk = patchwork(16 * MiB);
    dir.write("disk.raw", disk);
    ASSERT_EQ(dir.run("qemu-img convert -f raw -O qcow2 disk.raw disk.qcow2"), 0);
    ASSERT_TRUE(Qcow2Writer::grow(qcow, std::uint64_t(3) << 30));
    expectClean();
    const auto reader = openQcow2(qcow, {}).value();
    EXPECT_EQ(reader->sizeBytes(), std::uint64_t(3) << 30);
    EXPECT_EQ(Qcow2Writer::grow(qcow, MiB).error().reason, Reason::Unsupported);
    EXPECT_EQ(dir.run("qemu-io -f qcow2 -c 'write -P 1 2G 1M' disk.qcow2 >/dev/null"), 0);
    expectClean();
}

TEST_F(Qcow2, hostileHeadersAreRefused)
{
    struct {
        const char *what;
        std::size_t at;
        std::vector<int> bytes;
        Reason reason;
    } const cases[] = {
        {"not qcow2", 0, {'V', 'F', 'D'}, Reason::Malformed},
        {"version 9", 4, {0, 0, 0, 9}, Reason::Malformed},
        {"tiny clusters", 20, {0, 0, 0, 3}, Reason::Malformed},
        {"absurd size", 24, {0x7f, 0, 0, 0, 0, 0, 0, 0}, Reason::Malformed},
        {"encrypted", 32, {0, 0, 0, 1}, Reason::Unsupported},
        {"absurd L1", 36, {0x7f, 0xff, 0xff, 0xff}, Reason::Malformed},
        {"L1 outside", 40, {0, 0, 0x10, 0, 0, 0, 0, 0}, Reason::Malformed},
        {"L1 too short", 36, {0, 0, 0, 0}, Reason::Malformed},
        {"data elsewhere", 79, {4}, Reason::Unsupported},
        {"backing name outside", 8, {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 4, 0}, Reason::Malformed},
    };
    for (const auto &c : cases) {
        removeFile(qcow);
        ASSERT_TRUE(Qcow2Writer::create(qcow, 16 * MiB));
        std::vector<std::byte> bytes;
        std::ranges::transform(c.bytes, std::back_inserter(bytes), [](int b) { return static_cast<std::byte>(b); });
        ASSERT_TRUE(writeAt(openFile(qcow, O_RDWR)->get(), c.at, bytes));
        const auto reader = openQcow2(qcow, {});
        ASSERT_FALSE(reader) << c.what;
        EXPECT_EQ(reader.error().reason, c.reason) << c.what;
    }
}

TEST_F(Qcow2, anEntryThatPointsOutsideTheFileIsNotFollowed)
{
    ASSERT_TRUE(Qcow2Writer::create(qcow, 16 * MiB));
    const std::array<std::byte, 8> entry {std::byte {0x80}, {}, {}, std::byte {1}};
    ASSERT_TRUE(writeAt(openFile(qcow, O_RDWR)->get(), 3 * 65536, entry));
    std::vector<std::byte> into(4096);
    EXPECT_EQ(openQcow2(qcow, {}).value()->read(0, into).error().reason, Reason::Integrity);
}
