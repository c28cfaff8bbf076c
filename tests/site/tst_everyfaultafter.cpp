// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Every moment × every fault, of what a migration may come to beside its plain end: cancelled, brought back, tested, erased at its source.
#include "core/erasurerecord.h"
#include "tests/site/everyfault.h"

using namespace portulan;
using namespace portulan::test;

namespace {

class EveryFaultCancelled : public EveryFault {
protected:
    /// The user cancels in the middle of the copy: it waits for that.
    Result<> asked(bool atSource, const std::string &call) override
    {
        if (atSource && call == "read" && moment.step != Verified) {
            std::unique_lock lock(m_mutex);
            m_reads = true;
            m_turn.notify_all();
            m_turn.wait(lock, [this] { return m_cancelled; });
            return refuse(Reason::Cancelled);
        }
        return EveryFault::asked(atSource, call);
    }
    void awaitTheMiddle()
    {
        std::unique_lock lock(m_mutex);
        m_turn.wait_for(lock, std::chrono::seconds(60), [this] { return m_reads; });
    }
    void cancel()
    {
        source.cancel(operation());
        const std::scoped_lock lock(m_mutex);
        m_cancelled = true;
        m_turn.notify_all();
    }
    /// Whoever cancelled and sees that it was not heard does so again.
    bool insist()
    {
        try {
            source.cancel(operation());
        } catch (const std::runtime_error &) { // it was heard, or is over
        }
        return isOverNow();
    }
    void TearDown() override
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_cancelled = true;
            m_turn.notify_all();
        }
        EveryFault::TearDown();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_turn;
    bool m_reads = false, m_cancelled = false;
};

TEST_P(EveryFaultCancelled, oneOwnerWithEveryByte)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(2 * MiB, 0.6, 1)});
    auto cold = order("web");
    cold.cutOver = moment.step == Verified ? CutOver::Manual : CutOver::Automatic;
    begin(cold);
    if (moment.step == Verified) {
        await([&] { return hasLine(operation(), "verified: waiting for the order"); });
    } else {
        awaitTheMiddle();
        await([&] { return !operation().id.empty(); });
    }
    cancel();
    carryOut();
    await([this] { return insist(); });
    const auto done = awaitOver();
    EXPECT_TRUE(done.state == OperationState::Cancelled || (done.state == OperationState::Failed && mayFail())) << toString(done.state);
    expectMovedOrAsBefore(done);
}

/// It has moved from lyon to nice and comes back to where a copy of it is kept.
class EveryFaultBack : public EveryFault {
protected:
    EveryFaultBack()
        : EveryFault(true)
    {
    }
    void haveMoved()
    {
        source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(3 * MiB, 1, 1)});
        startBoth();
        EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice", 3600)).state, OperationState::Done);
        kept = source.driver.disk("web-disk0")->bytes;
        target.driver.disk("web-disk0")->guestWrites(MiB + 5000, 300'000, std::byte {0x5a});
    }
    void expectOneOwnerAndTheCopyAsItWas(const Operation &done)
    {
        const auto again = source.driver.instance("web-again");
        if (done.state == OperationState::Done) {
            ASSERT_TRUE(again);
            EXPECT_EQ(again->custody, Custody::Owner);
            EXPECT_EQ(again->state, PowerState::Running);
            EXPECT_EQ(target.driver.custody(here("web")), Custody::Retained);
            EXPECT_TRUE(source.driver.disk(again->volumeIds.at(0))->bytes == target.driver.disk("web-disk0")->bytes);
        } else {
            EXPECT_TRUE(mayFail() && done.state == OperationState::Failed) << describe(done.problem);
            EXPECT_EQ(target.driver.custody(here("web")), Custody::Owner);
            EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
            await([&] { return !source.driver.custody(there("web-again")); });
        }
        EXPECT_EQ(source.driver.custody(there("web")), Custody::Retained);
        EXPECT_TRUE(source.driver.disk("web-disk0")->bytes == kept);
        expectTrails();
    }
    std::vector<std::byte> kept;
};

TEST_P(EveryFaultBack, oneOwnerWithEveryByte)
{
    ++cases;
    haveMoved();
    Migrate back;
    back.object = here("web");
    back.toSite = "lyon";
    back.retentionSeconds = 3600;
    place(back);
    carryOut();
    expectOneOwnerAndTheCopyAsItWas(awaitOver());
}

/// A copy boots as a test before the cut-over.
class EveryFaultTested : public EveryFault {
protected:
    EveryFaultTested()
    {
        source.patience.keepUp = std::chrono::milliseconds(200);
        target.driver.testGuest = [this] { return site::TestMachine::Look {"it is up\r\n", ++looks % 3 == 0, {}}; };
    }
    /// Until it is heard: an order given to a gateway that dies is given again.
    bool isCutOver()
    {
        heard = heard || source.steer(operation(), Steer::CutOver);
        return isOverNow();
    }
    std::atomic<int> looks = 0;
    bool heard = false;
};

TEST_P(EveryFaultTested, oneOwnerWithEveryByteAndNothingDisturbed)
{
    const bool cold = moment.step == Verified;
    addWeb(2 * MiB);
    auto wanted = warm(CutOver::Manual);
    wanted.mode = cold ? MoveMode::Cold : MoveMode::Warm;
    begin(wanted);
    await([&] { return !operation().id.empty() && source.operation(operation())->passes.readySince != Instant {}; });
    EXPECT_TRUE(source.steer(operation(), Steer::TestBoot));
    carryOut();
    await([this] { return isCutOver(); });
    expectOneOwner(awaitOver());
    EXPECT_FALSE(target.driver.disturbed) << "what a test boots from was touched while it ran";
    EXPECT_EQ(target.driver.testing, 0);
}

/// Time flies once it is released: the copy is erased, and both papers are signed.
class EveryFaultErased : public EveryFault {
protected:
    Result<> asked(bool atSource, const std::string &call) override
    {
        if (atSource && call == "journal released done") {
            source.clockOffsetSeconds = target.clockOffsetSeconds = 7200;
        }
        return EveryFault::asked(atSource, call);
    }
    std::size_t entriesOf(const std::string &action)
    {
        const auto trail = source.trailOf(there("web"));
        return std::size_t(std::ranges::count(trail, action));
    }
    std::string authority()
    {
        std::ifstream stream(source.config().authorityPem);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
};

TEST_P(EveryFaultErased, oneOwnerWithEveryByteAndOneRecord)
{
    const auto web = MemoryDisk::sparse(MiB, 1, 1);
    source.driver.addInstance("web", PowerState::Running, {web});
    auto cold = order("web");
    cold.retentionSeconds = 3600;
    const auto done = suffer(cold);
    ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
    await([&] { return source.erasure(done.migration) && source.certificate(done.migration); });
    const auto proof = checkProof(source.certificate(done.migration).value(), authority(), {source.erasure(done.migration).value()});
    EXPECT_TRUE(proof) << describe(proof.error());
    EXPECT_EQ(source.driver.erased, 1);
    EXPECT_FALSE(source.driver.custody(there("web")));
    EXPECT_EQ(target.driver.custody(here("web")), Custody::Owner);
    EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
    EXPECT_TRUE(target.driver.disk("web-disk0")->bytes == web->bytes);
    EXPECT_GE(entriesOf("retention.erase"), 1U);
    EXPECT_GE(entriesOf("erasure.record"), 1U);
    expectTrails();
}

INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultCancelled, crossed(cancelMoments()), nameOf);
INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultBack, crossed(returnMoments()), nameOf);
INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultTested, crossed(testMoments()), nameOf);
INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultErased, crossed(erasureMoments()), nameOf);

}
