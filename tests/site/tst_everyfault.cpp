// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Every moment of a migration × every fault. Whatever happens, it ends with one owner who has every byte and runs if it ran.
#include "tests/site/livepair.h"
#include "tests/site/lotspair.h"

#include <cstdio>

using namespace portulan;
using namespace portulan::test;

namespace {

enum class Fault { KillSource, KillDestination, KillBoth, CutNetwork, DiskFullThere, ReadErrorHere, ConsoleGone };
constexpr std::array faultNames = {"KillSource", "KillDestination", "KillBoth", "CutNetwork", "DiskFullThere", "ReadErrorHere", "ConsoleGone"};

/// A call to one side's cloud, just before or ("… done") just after it, in a step of the migration.
struct Moment {
    const char *step;
    bool atSource;
    const char *call;
    int nth = 1;
};
void PrintTo(const Moment &moment, std::ostream *out)
{
    *out << moment.step << ", " << (moment.atSource ? "source " : "destination ") << moment.call << " #" << moment.nth;
}

constexpr std::array moments = {Moment {"planned", true, "custody leaving"}, Moment {"planned", true, "custody leaving done"},
    Moment {"planned", false, "receive"}, Moment {"planned", false, "receive done"}, Moment {"reserved", true, "stop"},
    Moment {"reserved", true, "stop done"}, Moment {"copying", true, "open for read"}, Moment {"copying", false, "open for write"},
    Moment {"copying", false, "open for write", 2}, Moment {"planned", false, "peer.reserve"}, Moment {"copying", false, "peer.progress"},
    Moment {"copying", false, "peer.verify"}, Moment {"committed", false, "peer.activate"}, Moment {"committed", true, "custody retained"},
    Moment {"committed", true, "custody retained done"}, Moment {"committed", false, "adopt"}, Moment {"committed", false, "adopt done"},
    Moment {"committed", false, "start"}, Moment {"committed", false, "start done"}, Moment {"activated", true, "custody retained", 2},
    Moment {"activated", true, "custody retained done", 2}};

// …and of a warm one: each look at its machine, each pass, the stop.
constexpr std::array warmMoments = {Moment {"reserved", true, "follow"}, Moment {"reserved", true, "view"}, Moment {"reserved", true, "view done"},
    Moment {"reserved", false, "peer.reserve", 2}, Moment {"reserved", false, "peer.progress"}, Moment {"reserved", false, "open for write"},
    Moment {"reserved", true, "view", 2}, Moment {"reserved", true, "view done", 2}, Moment {"reserved", false, "peer.reserve", 3},
    Moment {"reserved", false, "peer.progress", 2}, Moment {"reserved", true, "halt"}, Moment {"reserved", true, "halt done"},
    Moment {"copying", true, "open for read"}, Moment {"copying", false, "peer.reserve", 4}, Moment {"copying", false, "peer.progress", 3},
    Moment {"copying", false, "peer.verify"}, Moment {"committed", false, "peer.activate"}};

// …and of a live one: its memory, prepared for, sent, here; its pause, its end here and its going on there.
constexpr std::array liveMoments = {Moment {"planned", true, "describe machine"}, Moment {"reserved", true, "view", 2},
    Moment {"reserved", true, "describe machine", 2}, Moment {"reserved", false, "peer.prepare"}, Moment {"reserved", false, "take memory"},
    Moment {"reserved", false, "take memory done"}, Moment {"reserved", true, "send memory"}, Moment {"reserved", true, "flow", 2},
    Moment {"reserved", true, "finish memory"}, Moment {"reserved", true, "finish memory done"}, Moment {"reserved", false, "memory here"},
    Moment {"reserved", false, "memory here done"}, Moment {"copying", true, "open for read"}, Moment {"copying", false, "peer.verify"},
    Moment {"copying", false, "has memory"}, Moment {"committed", true, "stop hard"}, Moment {"committed", true, "stop done"},
    Moment {"committed", true, "custody retained"}, Moment {"committed", false, "peer.activate"}, Moment {"committed", false, "adopt done"},
    Moment {"committed", false, "resume"}, Moment {"committed", false, "resume done"}};

// …and of a data set that is written meanwhile: each lot, the fence.
constexpr std::array lotMoments = {Moment {"reserved", true, "list"}, Moment {"reserved", false, "peer.reserve", 2},
    Moment {"reserved", false, "take lot"}, Moment {"reserved", false, "take lot done"}, Moment {"reserved", false, "peer.progress"},
    Moment {"reserved", true, "open for read"}, Moment {"reserved", true, "open for read", 7}, Moment {"reserved", false, "open for write"},
    Moment {"reserved", false, "open for write", 9}, Moment {"reserved", true, "list", 2}, Moment {"reserved", true, "list", 3},
    Moment {"reserved", false, "take lot", 2}, Moment {"reserved", false, "take lot done", 2}, Moment {"reserved", true, "custody leaving"},
    Moment {"reserved", true, "custody leaving done"}, Moment {"copying", false, "take lot", 3}, Moment {"copying", false, "take lot done", 3},
    Moment {"copying", false, "peer.verify"}, Moment {"committed", true, "custody retained"}, Moment {"committed", false, "peer.activate"},
    Moment {"committed", false, "adopt"}, Moment {"committed", false, "adopt done"}};

class EveryFault : public LivePair, public testing::WithParamInterface<std::tuple<Moment, Fault>> {
protected:
    EveryFault()
        : moment(std::get<0>(GetParam()))
        , fault(std::get<1>(GetParam()))
    {
        source.driver.asked = [this](const std::string &call) { return asked(true, call); };
        target.driver.asked = [this](const std::string &call) { return asked(false, call); };
    }
    static void TearDownTestSuite()
    {
        std::printf("%d cases: %zu, %zu, %zu and %zu moments x %zu faults\n", cases, moments.size(), warmMoments.size(), liveMoments.size(),
            lotMoments.size(), faultNames.size());
    }

    bool kills(bool ofSource) const { return fault == Fault::KillBoth || fault == (ofSource ? Fault::KillSource : Fault::KillDestination); }

    Result<> asked(bool atSource, const std::string &call)
    {
        if (atSource == moment.atSource && call == moment.call && ++calls == moment.nth) {
            strike();
        }
        if ((atSource ? deadSource : deadTarget)) {
            return refuse(atSource ? Reason::Cancelled : Reason::Unreachable);
        }
        const bool full
            = fault == Fault::DiskFullThere && !atSource && (call == "receive" || call == "take lot" || call == "open for write" || call == "adopt");
        const bool unreadable = fault == Fault::ReadErrorHere && atSource && (call == "open for read" || call == "view" || call == "list");
        if (lasting && (full || unreadable)) {
            ++felt;
            return refuse(full ? Reason::DiskFull : Reason::Internal, {}, "as the test wants it");
        }
        return {};
    }
    /// In the thread of the call. The other side is killed by the test's thread while this one waits; then this side ends, if it should.
    void strike()
    {
        if (fault == Fault::CutNetwork) {
            source.deaf = target.deaf = true;
        }
        lasting = true;
        std::unique_lock lock(m_mutex);
        m_struck = true;
        m_turn.notify_all();
        m_turn.wait(lock, [this] { return m_otherKilled || !kills(!moment.atSource); });
        (moment.atSource ? deadSource : deadTarget) = kills(moment.atSource);
    }
    /// The migration from its order to its end, with the fault on its way.
    Operation suffer(const Migrate &order)
    {
        ++cases;
        startBoth();
        const auto id = source.migrate(order);
        carryOut();
        return awaitEnd(id);
    }
    bool mayFail() const { return fault == Fault::DiskFullThere || fault == Fault::ReadErrorHere; }
    void expectOneOwner(const Operation &done);
    void expectTrails();
    void awaitStrike()
    {
        std::unique_lock lock(m_mutex);
        ASSERT_TRUE(m_turn.wait_for(lock, std::chrono::seconds(60), [this] { return m_struck; })) << "the moment never came";
    }
    void kill(bool ofSource)
    {
        (ofSource ? source : target).die();
        (ofSource ? deadSource : deadTarget) = false;
    }
    void carryOut()
    {
        awaitStrike();
        if (kills(!moment.atSource)) {
            kill(!moment.atSource);
            const std::scoped_lock lock(m_mutex);
            m_otherKilled = true;
            m_turn.notify_all();
        }
        if (kills(moment.atSource)) {
            await([this] { return (moment.atSource ? deadSource : deadTarget).load(); });
            kill(moment.atSource);
        }
        // What passes does so when it was felt, or was nothing to be felt any more.
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(400);
        await([&] { return felt + source.unheard + target.unheard >= 2 || kills(true) || kills(false) || std::chrono::steady_clock::now() > until; });
        lasting = source.deaf = target.deaf = false;
        for (auto *site : {&target, &source}) {
            if (!site->isUp()) {
                site->start();
            }
        }
    }

    const Moment moment;
    const Fault fault;
    std::atomic<int> calls = 0, felt = 0;
    std::atomic<bool> deadSource = false, deadTarget = false, lasting = false;
    static inline int cases = 0;

private:
    std::mutex m_mutex;
    std::condition_variable m_turn;
    bool m_struck = false;
    bool m_otherKilled = false;
};

void EveryFault::expectOneOwner(const Operation &done)
{
    EXPECT_TRUE(done.state == OperationState::Done || (mayFail() && done.state == OperationState::Failed)) << describe(done.problem);
    if (done.state == OperationState::Done) {
        await([&] { return target.driver.custody(here("web")) == Custody::Owner; });
        expectMoved("web");
        EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
        EXPECT_EQ(source.driver.instance("web")->state, PowerState::Stopped);
        EXPECT_EQ(target.operationOf("migrate.incoming")->state, OperationState::Done);
    } else {
        expectAsBefore("web", PowerState::Running);
    }
    expectTrails();
}

void EveryFault::expectTrails()
{
    for (const auto *site : {&source, &target}) {
        const auto trail = site->trail();
        EXPECT_TRUE(trail.intact) << trail.reason;
    }
    EXPECT_GT(target.trail().entries, 0U);
}

TEST_P(EveryFault, oneOwnerWithEveryByte)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(2 * MiB, 0.6, 1), MemoryDisk::sparse(70'000, 1, 2)});
    auto cold = order("web");
    cold.retentionSeconds = 3600;
    expectOneOwner(suffer(cold));
}

class EveryFaultWarm : public EveryFault { };

TEST_P(EveryFaultWarm, oneOwnerWithEveryByte)
{
    addWeb(3 * MiB);
    source.patience.lastPass = std::chrono::milliseconds(0); // it writes all the time: two passes at least
    source.patience.passes = 2;
    expectOneOwner(suffer(warm()));
}

class EveryFaultLive : public EveryFault { };

TEST_P(EveryFaultLive, oneOwnerWithEveryByteAndWhatItHadInMind)
{
    addThinkingWeb(3 * MiB);
    source.patience.passes = 2;
    source.patience.memoryTries = 1000; // the network comes back
    const auto done = suffer(live());
    expectOneOwner(done);
    expectMemory(done.state == OperationState::Done ? target : source);
}

class EveryFaultInLots : public WithRecords<EveryFault> { };

TEST_P(EveryFaultInLots, oneOwnerWithEveryObject)
{
    addRecords(12);
    const auto done = suffer(warmRecords());
    EXPECT_TRUE(done.state == OperationState::Done || (mayFail() && done.state == OperationState::Failed)) << describe(done.problem);
    if (done.state == OperationState::Done) {
        expectRecordsMoved(done);
        EXPECT_EQ(target.operationOf("migrate.incoming")->state, OperationState::Done);
    } else {
        expectRecordsAsBefore();
    }
    expectTrails();
}

template <typename Info>
std::string nameOf(const Info &test)
{
    const auto &moment = std::get<0>(test.param);
    std::string name = std::string(moment.atSource ? "source_" : "destination_") + moment.call + '_' + std::to_string(moment.nth) + '_'
        + faultNames.at(std::size_t(std::get<1>(test.param)));
    std::ranges::replace_if(
        name, [](char c) { return c == ' ' || c == '.'; }, '_');
    return name;
}
const auto everyFault = testing::Values(
    Fault::KillSource, Fault::KillDestination, Fault::KillBoth, Fault::CutNetwork, Fault::DiskFullThere, Fault::ReadErrorHere, Fault::ConsoleGone);

INSTANTIATE_TEST_SUITE_P(
    Everywhere, EveryFault, testing::Combine(testing::ValuesIn(moments), everyFault), [](const auto &test) { return nameOf(test); });
INSTANTIATE_TEST_SUITE_P(
    Everywhere, EveryFaultInLots, testing::Combine(testing::ValuesIn(lotMoments), everyFault), [](const auto &test) { return nameOf(test); });
INSTANTIATE_TEST_SUITE_P(
    Everywhere, EveryFaultWarm, testing::Combine(testing::ValuesIn(warmMoments), everyFault), [](const auto &test) { return nameOf(test); });
INSTANTIATE_TEST_SUITE_P(
    Everywhere, EveryFaultLive, testing::Combine(testing::ValuesIn(liveMoments), everyFault), [](const auto &test) { return nameOf(test); });

}
