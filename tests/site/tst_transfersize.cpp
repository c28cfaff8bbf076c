// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Disks of sixteen tebibytes: what they cost in memory goes by what they hold.
#include "site/dataplane.h"
#include "site/transfersend.h"
#include "tests/fakes/paperfiles.h"
#include "tests/site/chunkruns.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>
#include <malloc.h>
#include <map>
#include <random>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

constexpr std::uint64_t KiB = 1024, MiB = KiB * KiB, TiB = MiB * MiB;
constexpr std::uint64_t diskBytes = 16 * TiB;

/// A disk of which only the clusters that hold something take room. Cluster: 64 KiB.
struct SparseDisk {
    std::mutex mutex;
    std::map<std::uint64_t, std::vector<std::byte>> clusters;

    void write(std::uint64_t offset, std::span<const std::byte> bytes)
    {
        const std::scoped_lock lock(mutex);
        for (std::uint64_t at = 0; at < bytes.size();) {
            const auto within = (offset + at) % (64 * KiB), part = std::min<std::uint64_t>(64 * KiB - within, bytes.size() - at);
            const auto piece = bytes.subspan(at, part);
            const bool zero = std::ranges::all_of(piece, [](std::byte b) { return b == std::byte {0}; });
            const auto cluster = (offset + at) / (64 * KiB);
            if (!zero || clusters.contains(cluster)) {
                auto &kept = clusters[cluster];
                kept.resize(64 * KiB);
                std::ranges::copy(piece, kept.begin() + std::ptrdiff_t(within));
            }
            at += part;
        }
    }
    void read(std::uint64_t offset, std::span<std::byte> into)
    {
        const std::scoped_lock lock(mutex);
        for (std::uint64_t at = 0; at < into.size();) {
            const auto within = (offset + at) % (64 * KiB), part = std::min<std::uint64_t>(64 * KiB - within, into.size() - at);
            const auto found = clusters.find((offset + at) / (64 * KiB));
            const auto piece = into.subspan(at, part);
            if (found == clusters.end()) {
                std::ranges::fill(piece, std::byte {0});
            } else {
                std::copy_n(found->second.begin() + std::ptrdiff_t(within), part, piece.begin());
            }
            at += part;
        }
    }
    std::vector<Extent> extents(std::uint64_t offset, std::uint64_t length)
    {
        const std::scoped_lock lock(mutex);
        std::vector<Extent> found;
        const auto last = clusters.lower_bound((offset + length + 64 * KiB - 1) / (64 * KiB));
        for (auto at = clusters.lower_bound(offset / (64 * KiB)); at != last; ++at) {
            found.push_back({at->first * 64 * KiB, 64 * KiB});
        }
        return found;
    }
};

class SparseReader final : public BlockReader {
public:
    explicit SparseReader(SparseDisk &disk)
        : m_disk(disk)
    {
    }
    std::uint64_t sizeBytes() const override { return diskBytes; }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_disk.extents(offset, length); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        m_disk.read(offset, into);
        return {};
    }

private:
    SparseDisk &m_disk;
};

class SparseWriter final : public BlockWriter {
public:
    explicit SparseWriter(SparseDisk &disk)
        : m_disk(disk)
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        m_disk.write(offset, bytes);
        return {};
    }
    Result<> flush() override { return {}; }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        m_disk.read(offset, into);
        return {};
    }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_disk.extents(offset, length); }

private:
    SparseDisk &m_disk;
};

std::size_t inUse()
{
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

TEST(TransferSize, sixteenTebibytesThatHoldLittleTakeLittleMemoryAtBothEnds)
{
    const Scratch scratch;
    PaperFiles papers(scratch.path("papers"));
    const auto lyon = DataTls::load(papers.site("lyon")).value();
    const auto nice = DataTls::load(papers.site("nice")).value();
    SparseDisk disk, copy;
    std::mt19937_64 random(1);
    const std::vector<std::byte> block(4 * KiB, std::byte {7});
    for (int i = 0; i < 200; ++i) { // scattered: each in a stretch of its own
        disk.write(random() % (diskBytes / (4 * KiB)) * 4 * KiB, block);
    }
    disk.write(diskBytes - 4 * KiB, block);
    const auto before = inUse();

    const std::vector<Parcel> parcels {{"disk", diskBytes}};
    const auto receiving = Receiving::begin(
        {parcels, scratch.path("log"), [&](std::size_t) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<SparseWriter>(copy); },
            {}}).value();
    const auto plane = DataPlane::listen(nice, "127.0.0.1:0", [&](const Token &, const std::string &) -> Result<std::shared_ptr<Receiving>> {
        return receiving;
    }).value();
    Sending sending({parcels, [&](std::size_t) -> Result<std::unique_ptr<BlockReader>> { return std::make_unique<SparseReader>(disk); }, {}, {}});
    ASSERT_TRUE(sending.measure());
    ASSERT_TRUE(sending.send(lyon, {"127.0.0.1", plane->port(), "nice"}, Token {}));
    const auto data = disk.clusters.size() * 64 * KiB;
    EXPECT_LT(inUse() - before, 64 * MiB + data) << "of both ends, without what the copy holds";
    EXPECT_EQ(receiving->roots().value(), sending.roots());
    EXPECT_TRUE(disk.clusters == copy.clusters);

    const auto there = receiving->runs(0);
    EXPECT_EQ(there.reached, diskBytes / MiB);
    EXPECT_LE(there.have.size(), 2U * 201) << "what is told of it goes by what it holds, too";
    sending.overwritten(0, std::vector<Extent> {{diskBytes - 1, 1}});
    std::uint64_t reached = 0;
    EXPECT_EQ(sending.toTakeBack(0, 0, Receiving::mostRuns, reached), std::vector<std::uint64_t>({diskBytes / MiB - 1, 1}));
}

TEST(TransferSize, aSetOfChunksIsWhatItSaysHoweverItIsKept)
{
    for (const std::uint64_t end : {1ULL, 63ULL, 64ULL, 4096ULL, 10'000ULL}) {
        ChunkSet set(end);
        std::vector<bool> plain(end);
        std::mt19937_64 random(end);
        for (int step = 0; step < 400; ++step) {
            const auto first = random() % end, stop = std::min(end, first + random() % (step % 7 == 0 ? end : 70) + 1);
            const bool in = random() % 2 == 0;
            set.put(first, stop, in);
            std::fill(plain.begin() + std::ptrdiff_t(first), plain.begin() + std::ptrdiff_t(stop), in);
            const auto at = random() % end;
            ASSERT_EQ(set.contains(at), plain[at]);
            const auto next = std::uint64_t(std::find(plain.begin() + std::ptrdiff_t(at), plain.end(), true) - plain.begin());
            const auto nextOut = std::uint64_t(std::find(plain.begin() + std::ptrdiff_t(at), plain.end(), false) - plain.begin());
            ASSERT_EQ(set.next(at), next);
            ASSERT_EQ(set.nextOut(at), nextOut);
        }
        ASSERT_EQ(set.count(), std::uint64_t(std::count(plain.begin(), plain.end(), true)));
        ChunkSet again(end);
        for (std::uint64_t first = 0, reached = 0; first < end; first = reached) { // in pages, as it travels
            ASSERT_TRUE(again.add(first, set.runs(first, 6, reached)));
            ASSERT_GT(reached, first);
        }
        ASSERT_EQ(again.count(), set.count());
        for (std::uint64_t chunk = 0; chunk < end; ++chunk) {
            ASSERT_EQ(again.contains(chunk), plain[chunk]);
        }
        EXPECT_FALSE(set.contains(end));
    }
}

}
