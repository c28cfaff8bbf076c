// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A chunk that is blanked after the look at what was written and before it is read again: what was sent of it before, and nobody noted, may lie
// at the destination, where zeros that never came would be believed.
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

class Blank : public testing::Test {
protected:
    Blank()
    {
        token[0] = std::byte {42};
        begin();
    }
    /// A life of the destination's gateway.
    void begin()
    {
        plane.reset();
        receiving = Receiving::begin(
            {{{"disk", 3 * MiB}}, scratch.path("notes"),
                [this](std::size_t) -> Result<std::unique_ptr<BlockWriter>> {
                    return std::make_unique<MemoryWriter>(there,
                        [this](const std::string &call) { return dies && call == "flush" ? Result<>(refuse(Reason::Unreachable)) : Result<>(); });
                },
                {}}).value();
        plane = DataPlane::listen(nice, "127.0.0.1:0", [this](const Token &, const std::string &) -> Result<std::shared_ptr<Receiving>> {
            return receiving;
        }).value();
    }
    /// A round of Job::sendAll().
    Result<> round()
    {
        for (std::uint64_t reached = 0; reached < 3;) {
            auto runs = sending.toTakeBack(0, reached, 100, reached);
            if (auto taken = receiving->takeBack(0, runs); !taken) {
                return taken;
            }
        }
        sending.tookBack();
        const auto runs = receiving->runs(0);
        sending.nothingIsThere();
        return sending.isThere(0, 0, runs.have, runs.stale).and_then([&] { return sending.send(lyon, {"127.0.0.1", plane->port(), "nice"}, token); });
    }
    void sendAll()
    {
        do {
            const auto sent = round();
            ASSERT_TRUE(sent) << describe(sent.error());
        } while (!sending.isComplete());
    }
    void expectWhole()
    {
        EXPECT_EQ(receiving->roots().value(), sending.roots());
        EXPECT_TRUE(here->bytes == there->bytes) << "what is verified is not what lies there";
    }
    void blank(std::uint64_t chunk) { std::fill_n(here->bytes.begin() + std::ptrdiff_t(chunk * MiB), MiB, std::byte {0}); }

    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    DataTls lyon = DataTls::load(papers.site("lyon")).value();
    DataTls nice = DataTls::load(papers.site("nice")).value();
    std::shared_ptr<MemoryDisk> here = MemoryDisk::sparse(3 * MiB, 1, 1), there = std::make_shared<MemoryDisk>(3 * MiB);
    Sending sending {{{{"disk", 3 * MiB}}, [this](std::size_t) { return std::make_unique<MemoryReader>(here); }, {}, {}}};
    std::atomic<bool> dies = false;
    Token token {};
    std::shared_ptr<Receiving> receiving;
    std::unique_ptr<DataPlane> plane;
};

TEST_F(Blank, afterADeathOfTheDestinationAndALossOfSight)
{
    dies = true;
    ASSERT_FALSE(round()) << "written there, not noted";
    dies = false;
    begin();
    blank(1); // its guest, since the look
    sendAll();
    sending.doubt(); // it went down by itself: what it wrote last is not known
    sendAll();
    expectWhole();
}

TEST_F(Blank, thatWasOnItsWayWhenTheDestinationDied)
{
    dies = true;
    ASSERT_FALSE(round());
    blank(1);
    ASSERT_FALSE(round()) << "the zeros are lost, too";
    std::fill_n(there->bytes.begin() + std::ptrdiff_t(MiB), MiB, std::byte {7}); // the power went: what lay there lies there again
    dies = false;
    begin();
    sendAll();
    sending.doubt();
    sendAll();
    expectWhole();
}

TEST_F(Blank, thatIsSeenAtTheNextLookComesAsZeros)
{
    dies = true;
    ASSERT_FALSE(round());
    dies = false;
    begin();
    blank(1);
    sendAll();
    const std::vector<Extent> written {{MiB, MiB}};
    sending.overwritten(0, written);
    sendAll();
    expectWhole();
}

}
