// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplane.h"
#include "site/dataplanesocket.h"
#include "site/transferpack.h"
#include "site/transfersend.h"
#include "tests/fakes/memorydisk.h"
#include "tests/fakes/paperfiles.h"
#include "tests/site/chunkruns.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

/// A network that turns one bit of what passes, in the connection that first carries so many bytes. Two connections, then it ends.
class LyingWire {
public:
    LyingWire(int to, std::size_t at)
        : m_to(to)
        , m_at(at)
        , m_listener(listenOn("127.0.0.1:0").value())
        , port(portOf(m_listener))
        , m_thread([this] { run(); })
    {
    }
    ~LyingWire()
    {
        m_thread.join();
        ::close(m_listener);
    }
    bool lied() const { return m_lied; }

private:
    void run()
    {
        std::vector<std::thread> both;
        for (int i = 0; i < 2; ++i) {
            pollfd waiting {m_listener, POLLIN, 0};
            ::poll(&waiting, 1, 10'000);
            const int from = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            both.emplace_back([this, from] { carry(from, dial("127.0.0.1", m_to).value()); });
        }
        std::for_each(both.begin(), both.end(), [](auto &thread) { thread.join(); });
    }
    void carry(int source, int target)
    {
        std::array<pollfd, 2> ends = {pollfd {source, POLLIN, 0}, pollfd {target, POLLIN, 0}};
        std::array<char, 65536> bytes;
        for (std::size_t passed = 0;;) {
            ::poll(ends.data(), ends.size(), -1);
            const bool forward = ends[0].revents != 0;
            const auto got = ::recv(forward ? source : target, bytes.data(), bytes.size(), 0);
            if (got <= 0) {
                break;
            }
            if (forward && passed <= m_at && passed + std::size_t(got) > m_at && !m_lied.exchange(true)) {
                bytes[m_at - passed] ^= 1;
            }
            passed += forward ? std::size_t(got) : 0;
            if (::send(forward ? target : source, bytes.data(), std::size_t(got), MSG_NOSIGNAL) != got) {
                break;
            }
        }
        ::close(source);
        ::close(target);
    }
    int m_to;
    std::size_t m_at;
    int m_listener;
    std::atomic<bool> m_lied = false;

public:
    const int port;

private:
    std::thread m_thread;
};

TEST(TransferLies, aBitTurnedOnTheWireNeverReachesTheDisk)
{
    const Scratch scratch;
    PaperFiles papers(scratch.path("papers"));
    const auto lyon = DataTls::load(papers.site("lyon")).value();
    const auto nice = DataTls::load(papers.site("nice")).value();
    const auto disk = MemoryDisk::sparse(6 << 20, 1, 1);
    const auto copy = std::make_shared<MemoryDisk>(disk->bytes.size());
    const std::vector<Parcel> parcels = {{"disk", disk->bytes.size()}};
    const auto receiving
        = Receiving::begin({parcels, scratch.path("log"), [&](std::size_t) { return std::make_unique<MemoryWriter>(copy); }, {}}).value();
    const auto plane = DataPlane::listen(nice, "127.0.0.1:0", [&](const Token &, const std::string &) -> Result<std::shared_ptr<Receiving>> {
        return receiving;
    }).value();
    Sending sending({parcels, [&](std::size_t) { return std::make_unique<MemoryReader>(disk); }, {}, {}});
    {
        LyingWire wire(plane->port(), 1'500'000);
        const auto sent = sending.send(lyon, {"127.0.0.1", wire.port, "nice"}, Token {});
        ASSERT_FALSE(sent);
        EXPECT_EQ(sent.error().reason, Reason::Unreachable) << describe(sent.error());
        EXPECT_TRUE(wire.lied());
    }
    receiving->disconnect();
    ASSERT_TRUE(receiving->checkpoint());
    const auto have = chunksIn(receiving->runs(0).have);
    for (std::size_t chunk = 0; chunk < 6; ++chunk) {
        const bool here = std::ranges::find(have, chunk) != have.end();
        const auto part = [chunk](const MemoryDisk &of) { return std::span(of.bytes).subspan(chunk << 20, 1 << 20); };
        EXPECT_TRUE(!here || std::ranges::equal(part(*disk), part(*copy))) << chunk;
    }
    ASSERT_TRUE(sending.isThere(0, 0, receiving->runs(0).have, receiving->runs(0).stale));
    ASSERT_TRUE(sending.send(lyon, {"127.0.0.1", plane->port(), "nice"}, Token {})) << "over an honest wire it goes on";
    EXPECT_EQ(receiving->roots().value(), sending.roots());
    EXPECT_TRUE(disk->bytes == copy->bytes);
}

/// Fifteen hundred frames, most of them sound but for a byte or two: whatever is taken of them, nothing is noted that is not on the disk.
TEST(TransferLies, randomFramesNeverMakeANoteOfOtherBytesThanTheDiskHolds)
{
    constexpr std::uint64_t chunks = 5, size = 4 * std::uint64_t(Manifest::chunkBytes) + 9000;
    const Scratch scratch;
    const auto disk = MemoryDisk::sparse(size, 0.6, 3), copy = MemoryDisk::sparse(size, 0.6, 4);
    const auto open = [&] {
        return Receiving::begin(
            {{{"disk", size}}, scratch.path("log"),
                [&](std::size_t) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<MemoryWriter>(copy); }, {}, {true}})
            .value();
    };
    auto receiving = open();
    std::mt19937_64 random(2026);
    ChunkPacker packer;
    std::size_t refused = 0, taken = 0;
    for (int i = 0; i < 1500; ++i) {
        const auto chunk = random() % chunks;
        FrameHeader header {
            .chunk = chunk, .rawBytes = std::uint32_t(std::min<std::uint64_t>(Manifest::chunkBytes, size - chunk * Manifest::chunkBytes))};
        const auto raw = packer.raw(header.rawBytes);
        std::copy_n(disk->bytes.begin() + std::ptrdiff_t(chunk * Manifest::chunkBytes), raw.size(), raw.begin());
        header.digest = Manifest::digestOf(raw);
        const auto blocks = Blocks(random()) | (Blocks(random()) << (random() % 200));
        const auto kind = random() % 8;
        const auto frame = kind == 0 ? packer.pack(header, random() % 2 == 0)
            : kind == 1              ? packer.zeros(header)
                                     : packer.patch(header, blocks & ~(~Blocks() << blocksOf(raw.size())), false);
        std::vector<std::byte> bytes(frame.begin(), frame.end());
        for (auto turned = random() % 3; turned > 0; --turned) { // more often in the header than behind it
            bytes[random() % (random() % 4 == 0 ? bytes.size() : frameHeaderBytes)] ^= std::byte(1 << random() % 8);
        }
        const auto read = frameHeaderFrom(std::span<const std::byte, frameHeaderBytes>(bytes.data(), frameHeaderBytes));
        if (!read || read->kind == FrameKind::End) {
            ++refused;
            continue;
        }
        bytes.resize(frameHeaderBytes + read->storedBytes, std::byte {1}); // as many as it says, whatever they are
        (receiving->take(*read, std::span(bytes).subspan(frameHeaderBytes)) ? taken : refused) += 1;
        if (i % 250 == 249) {
            ASSERT_TRUE(receiving->takeBack(0, std::vector<std::uint64_t> {random() % chunks, 1}));
            receiving = open(); // as after a restart
        }
    }
    EXPECT_GT(refused, 200U);
    EXPECT_GT(taken, 40U);
    ASSERT_TRUE(receiving->checkpoint());
    std::size_t noted = 0;
    const auto here = chunksIn(receiving->runs(0).have);
    for (const auto chunk : here) {
        const auto at = std::ptrdiff_t(chunk * Manifest::chunkBytes),
                   length = std::ptrdiff_t(std::min<std::uint64_t>(Manifest::chunkBytes, size - chunk * Manifest::chunkBytes));
        EXPECT_TRUE(std::equal(disk->bytes.begin() + at, disk->bytes.begin() + at + length, copy->bytes.begin() + at)) << chunk;
        ++noted;
    }
    EXPECT_GT(noted, 0U);
}

TEST(TransferLies, aDestinationThatLiesAboutWhatItHoldsGetsNothingWrong)
{
    const Scratch scratch;
    PaperFiles papers(scratch.path("papers"));
    const auto lyon = DataTls::load(papers.site("lyon")).value();
    const auto nice = DataTls::load(papers.site("nice")).value();
    const auto disk = MemoryDisk::sparse(6 << 20, 1, 1), copy = MemoryDisk::sparse(6 << 20, 1, 2);
    const std::vector<Parcel> parcels = {{"disk", disk->bytes.size()}};
    const auto receiving = Receiving::begin(
        {parcels, scratch.path("log"), [&](std::size_t) -> Result<std::unique_ptr<BlockWriter>> { return std::make_unique<MemoryWriter>(copy); }, {},
            {true}}).value();
    const auto plane = DataPlane::listen(nice, "127.0.0.1:0", [&](const Token &, const std::string &) -> Result<std::shared_ptr<Receiving>> {
        return receiving;
    }).value();
    Sending::Orders orders {
        parcels, [&](std::size_t) -> Result<std::unique_ptr<BlockReader>> { return std::make_unique<MemoryReader>(disk); }, {}, {}};
    orders.fingerprints = [&](std::size_t, std::uint64_t first, std::uint32_t) -> Result<Prints::Page> { // "just what you have"
        Prints::Page page;
        for (auto chunk = first; chunk < 6; ++chunk) {
            page.push_back({chunk, fingerprintsOf(std::span(disk->bytes).subspan(chunk << 20, 1 << 20))});
        }
        page.push_back({1 << 20, std::vector<std::byte>(3)});
        return page;
    };
    Sending sending(std::move(orders));
    EXPECT_EQ(sending.isThere(0, 0, std::vector<std::uint64_t> {0, 7}, {}).error().reason, Reason::Malformed);
    EXPECT_EQ(sending.isThere(1, 0, {}, {}).error().reason, Reason::Malformed);
    ASSERT_TRUE(sending.isThere(0, 0, {}, receiving->runs(0).stale));
    ASSERT_TRUE(sending.send(lyon, {"127.0.0.1", plane->port(), "nice"}, Token {}));
    EXPECT_FALSE(sending.isComplete()) << "patches for what it said it holds did not fit";
    EXPECT_FALSE(receiving->roots());
}

}
