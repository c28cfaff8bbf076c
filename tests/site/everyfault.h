// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/fakes/journalwatch.h"
#include "tests/site/everyfaultmoments.h"
#include "tests/site/livepair.h"

#include <cstdio>

namespace portulan::test {

enum class Fault { KillSource, KillDestination, KillBoth, CutNetwork, DiskFullThere, ReadErrorHere, ConsoleGone };
constexpr std::array faultNames = {"KillSource", "KillDestination", "KillBoth", "CutNetwork", "DiskFullThere", "ReadErrorHere", "ConsoleGone"};

/// One moment of a migration × one fault. A gateway that is killed writes nothing more: not to its cloud, its disks, its journal. Both are killed
/// as by a loss of power: what the destination had not flushed is gone.
class EveryFault : public LivePair, public testing::WithParamInterface<std::tuple<Moment, Fault>> {
protected:
    /// From lyon to nice, or the other way.
    explicit EveryFault(bool isBack = false)
        : moment(std::get<0>(GetParam()))
        , fault(std::get<1>(GetParam()))
        , from(isBack ? target : source)
        , to(isBack ? source : target)
    {
        from.driver.asked = [this](const std::string &call) { return asked(true, call); };
        to.driver.asked = [this](const std::string &call) { return asked(false, call); };
    }
    /// The gateways end before what they ask.
    void TearDown() override
    {
        letGo();
        if (m_ordering.joinable()) {
            m_ordering.join();
        }
        source.die();
        target.die();
    }
    static void TearDownTestSuite()
    {
        const auto struck = std::exchange(cases, 0);
        std::printf("Counted: %s: %d cases: %d moments x %zu faults\n", testing::UnitTest::GetInstance()->current_test_suite()->name(), struck,
            struck / int(faultNames.size()), faultNames.size());
    }

    bool kills(bool ofSource) const { return fault == Fault::KillBoth || fault == (ofSource ? Fault::KillSource : Fault::KillDestination); }
    bool mayFail() const
    {
        const bool unheardOf = moment.step == Planned && moment.atSource && moment.call == "journal planned" && moment.nth == 1 && kills(true);
        return fault == Fault::DiskFullThere || fault == Fault::ReadErrorHere || unheardOf;
    }

    virtual Result<> asked(bool atSource, const std::string &call)
    {
        if (atSource && armed && call.starts_with("journal ") && call.ends_with(" done")) {
            if (const auto now = migrationStepFrom(call.substr(8, call.size() - 13))) {
                reached = *now;
            }
        }
        if (armed && atSource == moment.atSource && call == moment.call && reached == moment.step && ++calls == moment.nth) {
            strike();
        }
        if (atSource ? deadSource : deadTarget) {
            return refuse(atSource ? Reason::Cancelled : Reason::Unreachable);
        }
        const auto isOneOf = [&call](const auto &...words) { return ((call == words) || ...); };
        const bool full = fault == Fault::DiskFullThere && !atSource
            && (isOneOf("receive", "take lot", "open for write", "write", "flush", "adopt")
                || (call.starts_with("journal ") && !call.ends_with("done")));
        const bool unreadable = fault == Fault::ReadErrorHere && atSource && isOneOf("open for read", "read", "view", "list");
        if (lasting && (full || unreadable)) {
            ++felt;
            return refuse(full ? Reason::DiskFull : Reason::Internal, {}, "as the test wants it");
        }
        return {};
    }
    /// The migration from its order to its end, with the fault on its way.
    Operation suffer(const Migrate &order)
    {
        begin(order);
        carryOut();
        return awaitOver();
    }
    void begin(const Migrate &order)
    {
        ++cases;
        startBoth();
        place(order);
    }
    /// In a thread of its own: it may be struck in the middle of the order.
    void place(const Migrate &order)
    {
        armed = true;
        m_ordering = std::thread([this, order] {
            auto given = from.migrate(order);
            const std::scoped_lock lock(m_mutex);
            m_operation = std::move(given);
        });
    }
    ObjectId operation()
    {
        const std::scoped_lock lock(m_mutex);
        return m_operation;
    }
    bool isOverNow()
    {
        const auto shown = from.operation(operation());
        return shown && isOver(shown->state);
    }
    Operation awaitOver()
    {
        await([this] { return isOverNow(); });
        return *from.operation(operation());
    }
    void carryOut()
    {
        awaitStrike();
        if (kills(!moment.atSource)) {
            kill(!moment.atSource);
            letGo();
        }
        if (kills(moment.atSource)) {
            await([this] { return (moment.atSource ? deadSource : deadTarget).load(); });
        }
        m_ordering.join();
        if (kills(moment.atSource)) {
            kill(moment.atSource);
        }
        if (fault == Fault::KillBoth) {
            to.driver.losePower();
        }
        if (!kills(true) && !kills(false)
            && fault != Fault::ConsoleGone) { // what passes does so when it was felt, or was nothing to be felt any more
            const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(400);
            await([&] { return felt + source.unheard + target.unheard >= 2 || isOverNow() || std::chrono::steady_clock::now() > until; });
        }
        lasting = source.deaf = target.deaf = false;
        for (auto *site : {&to, &from}) {
            if (!site->isUp()) {
                site->start();
            }
        }
    }
    void expectOneOwner(const Operation &done)
    {
        EXPECT_TRUE(done.state == OperationState::Done || (mayFail() && done.state == OperationState::Failed)) << describe(done.problem);
        expectMovedOrAsBefore(done);
    }
    void expectMovedOrAsBefore(const Operation &done)
    {
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
    void expectTrails()
    {
        for (const auto *site : {&source, &target}) {
            const auto trail = site->trail();
            EXPECT_TRUE(trail.intact) << trail.reason;
        }
        EXPECT_TRUE(target.trail().entries > 0U || mayFail());
    }

    const Moment moment;
    const Fault fault;
    MovingSite &from, &to;
    std::atomic<bool> armed = false;
    std::atomic<MigrationStep> reached = Planned; ///< by the source's journal
    std::atomic<int> calls = 0, felt = 0;
    std::atomic<bool> deadSource = false, deadTarget = false, lasting = false;
    static inline int cases = 0;

private:
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
    void awaitStrike()
    {
        std::unique_lock lock(m_mutex);
        if (!m_turn.wait_for(lock, std::chrono::seconds(30), [this] { return m_struck; })) {
            throw std::runtime_error("the moment never came");
        }
    }
    void letGo()
    {
        const std::scoped_lock lock(m_mutex);
        m_otherKilled = true;
        m_turn.notify_all();
    }
    void kill(bool ofSource)
    {
        auto &dead = ofSource ? deadSource : deadTarget;
        dead = true;
        (ofSource ? from : to).die();
        dead = false;
    }

    std::mutex m_mutex;
    std::condition_variable m_turn;
    bool m_struck = false;
    bool m_otherKilled = false;
    std::thread m_ordering;
    ObjectId m_operation;
    JournalWatch m_notesHere {
        scratch.path(from.self.id), [this](const std::string &call) { return asked(true, call); }, [this] { return !deadSource; }};
    JournalWatch m_notesThere {
        scratch.path(to.self.id), [this](const std::string &call) { return asked(false, call); }, [this] { return !deadTarget; }};
};

inline std::string nameOf(const testing::TestParamInfo<std::tuple<Moment, Fault>> &test)
{
    const auto &moment = std::get<0>(test.param);
    std::string name = std::string(toString(moment.step)) + (moment.atSource ? "_source_" : "_destination_") + moment.call + '_'
        + std::to_string(moment.nth) + '_' + faultNames.at(std::size_t(std::get<1>(test.param)));
    std::ranges::replace_if(
        name, [](char c) { return c == ' ' || c == '.'; }, '_');
    return name;
}
inline auto crossed(const Moments &moments)
{
    return testing::Combine(testing::ValuesIn(moments),
        testing::Values(Fault::KillSource, Fault::KillDestination, Fault::KillBoth, Fault::CutNetwork, Fault::DiskFullThere, Fault::ReadErrorHere,
            Fault::ConsoleGone));
}

}
