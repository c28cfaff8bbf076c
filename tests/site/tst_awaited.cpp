// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Moves that come after a move of another site.
#include "tests/site/evacuationrig.h"

using namespace portulan;
using namespace portulan::site;

namespace {

class Awaited : public test::EvacuationRig {
protected:
    static ObjectId db() { return {"brest", ObjectKind::Instance, "db"}; }
    static Evacuate::Move awaited(std::int32_t wave = 0)
    {
        Evacuate::Move its;
        its.order.object = db();
        its.order.toSite = "brest";
        its.order.toEndpoint = "192.0.2.1:1";
        its.wave = wave;
        return its;
    }
    Evacuation::Ask ask()
    {
        return [this](const ObjectId &object, const std::string &endpoint) {
            EXPECT_EQ(object, db());
            EXPECT_EQ(endpoint, "192.0.2.1:1");
            ++asked;
            const std::lock_guard lock(mutex);
            return answer;
        };
    }
    void says(Result<Departed> departed)
    {
        const std::lock_guard lock(mutex);
        answer = std::move(departed);
    }
    /// Answers come from a worker.
    template <typename Condition>
    bool stepUntil(Evacuation &one, Condition condition)
    {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!condition() && std::chrono::steady_clock::now() < until) {
            over = step(one);
            std::this_thread::yield();
        }
        return condition();
    }
    OperationState stateOf(const ObjectId &id) { return std::get<Operation>(*life->broadcast.find(id)).state; }

    std::mutex mutex;
    Result<Departed> answer = Departed::NotYet;
    std::atomic<int> asked = 0;
    bool over = false;
};

TEST_F(Awaited, aMoveBeginsWhenWhatItComesAfterHasLeftItsSite)
{
    auto one = evacuation({move("web", "nice", 0, {db()}), move("free", "nice"), move("next", "nice", 1), awaited()}, 4, 4, ask());
    ASSERT_TRUE(stepUntil(one, [&] { return asked > 5; }));
    EXPECT_EQ(begun, "free") << "and nothing of a later wave";
    EXPECT_EQ(parts(), (Parts {3, 0, 0, 1, 1, 2})) << "what is another site's is not counted here";
    says(Departed::Yes);
    ASSERT_TRUE(stepUntil(one, [&] { return begun == "free web"; }));
    const int before = asked;
    arrives("web");
    arrives("free");
    ASSERT_TRUE(stepUntil(one, [&] { return begun == "free web next"; }));
    arrives("next");
    EXPECT_TRUE(step(one));
    EXPECT_EQ(asked, before) << "it has said so";
    EXPECT_EQ(stateOf(one.operation()), OperationState::Done);
}

TEST_F(Awaited, nobodyIsAskedBeforeItsWave)
{
    auto one = evacuation({move("first", "nice"), move("web", "nice", 1, {db()}), awaited(1)}, 4, 4, ask());
    EXPECT_FALSE(step(one));
    EXPECT_FALSE(step(one));
    EXPECT_EQ(asked, 0);
    arrives("first");
    ASSERT_TRUE(stepUntil(one, [&] { return asked > 0; }));
}

TEST_F(Awaited, whatIsNotGoingToMoveIsGivenUpAndWithItWhatComesAfter)
{
    says(Departed::No);
    auto one = evacuation({move("web", "nice", 0, {db()}), move("free", "nice"), awaited()}, 4, 4, ask());
    ASSERT_TRUE(stepUntil(one, [&] { return parts().failed == 1; }));
    EXPECT_EQ(asked, 3) << "it might only not have had its order yet";
    EXPECT_EQ(begun, "free");
    arrives("free");
    ASSERT_TRUE(stepUntil(one, [&] { return over; }));
    const auto ended = std::get<Operation>(*life->broadcast.find(one.operation()));
    EXPECT_EQ(ended.state, OperationState::Failed);
    EXPECT_EQ(ended.problem.reason, Reason::NotReady);
    EXPECT_EQ(ended.problem.fact("id"), "brest/instance/db");
    EXPECT_EQ(ended.problem.fact("done"), "1");
    EXPECT_EQ(ended.problem.fact("failed"), "1");
}

TEST_F(Awaited, aSiteThatIsSilentForAWhileIsNotGivenUp)
{
    auto one = evacuation({move("web", "nice", 0, {db()}), awaited()}, 4, 4, ask());
    for (int i = 0; i < 4; ++i) {
        says(refuse(Reason::Unreachable, {{"site", "brest"}}));
        const int before = asked;
        ASSERT_TRUE(stepUntil(one, [&] { return asked > before; }));
        says(Departed::NotYet);
        ASSERT_TRUE(stepUntil(one, [&] { return asked > before + 3; }));
        EXPECT_EQ(parts().failed, 0);
    }
    says(refuse(Reason::Unreachable, {{"site", "brest"}}));
    ASSERT_TRUE(stepUntil(one, [&] { return over; })) << "but not for ever";
    EXPECT_EQ(begun, "");
}

TEST_F(Awaited, cancelledItWaitsForNobody)
{
    auto one = evacuation({move("web", "nice", 0, {db()}), awaited()}, 4, 4, ask());
    EXPECT_FALSE(step(one));
    EXPECT_TRUE(life->operations.cancel(one.operation()));
    EXPECT_TRUE(step(one));
    EXPECT_EQ(begun, "");
}

TEST_F(Awaited, anotherSiteIsToldHowAThingStands)
{
    const auto stands = [this](const char *id) { return std::string(toString(hasDeparted(life->context, machine(id)))); };
    EXPECT_EQ(stands("gone"), "committed");
    Instance here;
    here.id = machine("here");
    life->broadcast.announce(here);
    EXPECT_EQ(stands("here"), "aborted") << "nothing is going to move it";
    here.id = machine("leaving");
    here.custody = Custody::Leaving;
    life->broadcast.announce(here);
    EXPECT_EQ(stands("leaving"), "undecided");
    here.id = machine("left");
    here.custody = Custody::Retained;
    life->broadcast.announce(here);
    EXPECT_EQ(stands("left"), "committed");
    Evacuate order {{"lyon", ObjectKind::Site, {}}, {move("here", "nice"), move("other", "nice")}};
    const auto id = ordered()->operation().id;
    ASSERT_TRUE(life->journal->putEvacuation(id.id, *toRow(order)));
    EXPECT_EQ(stands("here"), "undecided");
    EvacuationMove failed;
    failed.state = EvacuationMove::State::Failed;
    ASSERT_TRUE(life->journal->putEvacuationMove(id.id, 0, toRow(failed)));
    EXPECT_EQ(stands("here"), "aborted") << "it has been tried";
    EXPECT_EQ(toString(hasDeparted(life->context, db())), "aborted") << "not this site's to say";
}

TEST_F(Awaited, theJournalKeepsWhatIsWaitedFor)
{
    const Evacuate order {{"lyon", ObjectKind::Site, {}}, {move("web", "nice", 0, {db()}), awaited()}};
    const auto back = evacuationFrom(*toRow(order), "lyon");
    ASSERT_TRUE(back) << describe(back.error());
    ASSERT_EQ(back->moves.size(), 2u);
    EXPECT_EQ(back->moves[1].order.object, db());
    EXPECT_EQ(back->moves[1].order.toEndpoint, "192.0.2.1:1");
    auto foreign = order;
    foreign.moves[1].order.toSite = "nice"; // another site's thing is not to be moved from here
    EXPECT_FALSE(evacuationFrom(*toRow(foreign), "lyon"));
}

}
