// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplane.h"
#include "site/dataplanesocket.h"
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

}
