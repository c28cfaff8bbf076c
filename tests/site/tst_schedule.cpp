// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// When migrations begin, how many copy at once, how fast, and what their operations say of it meanwhile.
#include "tests/site/warmpair.h"

namespace portulan {

using namespace std::chrono_literals;
using namespace test;

class Schedule : public WarmPair {
protected:
    void addIdle(const std::string &name, std::uint64_t bytes = 2 * MiB)
    {
        source.driver.addInstance(name, PowerState::Stopped, {MemoryDisk::sparse(bytes, 1, unsigned(bytes % 97))});
    }
    std::string causeOf(const ObjectId &id) const
    {
        const auto operation = source.operation(id);
        return operation ? operation->waiting.fact("cause") : std::string();
    }
    static int minuteNow()
    {
        const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
        std::tm local {};
        ::localtime_r(&now, &local);
        return local.tm_hour * 60 + local.tm_min;
    }
    /// A limit in the six hours around the time of day that is `hours` from now.
    static HourlyRate around(int hours, std::int64_t rate)
    {
        const int middle = minuteNow() + hours * 60 + 24 * 60;
        return {{(middle - 180) % (24 * 60), (middle + 180) % (24 * 60)}, rate};
    }
    static constexpr std::int64_t crawling = 20'000;
};

TEST_F(Schedule, anOrderForLaterIsKeptAndNothingIsAskedOrFencedBefore)
{
    addIdle("idle");
    startBoth();
    auto later = order("idle");
    later.notBefore = now() + 1h;
    const auto id = source.migrate(later);
    await([&] { return causeOf(id) == "not-before"; });
    EXPECT_EQ(source.operation(id)->waiting.fact("until"), toRfc3339(later.notBefore));
    EXPECT_EQ(source.operation(id)->phase, "planned");
    source.die();
    source.start();
    await([&] { return causeOf(id) == "not-before"; });
    EXPECT_EQ(source.driver.custody(there("idle")), Custody::Owner);
    EXPECT_FALSE(target.driver.custody(here("idle")));
    source.clockOffsetSeconds = -365 * 24 * 3600; // a clock set back by a year: it waits
    await([&, until = std::chrono::steady_clock::now() + 600ms] { return std::chrono::steady_clock::now() > until; });
    EXPECT_EQ(source.driver.custody(there("idle")), Custody::Owner);
    source.clockOffsetSeconds = 3700; // …and one that is set right is believed at once
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    expectMoved("idle");
}

TEST_F(Schedule, anOrderForLaterCanBeCancelledAndPaused)
{
    addIdle("idle");
    startBoth();
    auto later = order("idle");
    later.notBefore = now() + 1h;
    const auto id = source.migrate(later);
    await([&] { return causeOf(id) == "not-before"; });
    ASSERT_TRUE(source.steer(id, Steer::Pause));
    source.clockOffsetSeconds = 3700;
    await([&, until = std::chrono::steady_clock::now() + 600ms] { return std::chrono::steady_clock::now() > until; });
    EXPECT_EQ(source.driver.custody(there("idle")), Custody::Owner);
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    EXPECT_EQ(source.operation(id)->waiting, Problem {});
    EXPECT_EQ(source.driver.custody(there("idle")), Custody::Owner);
}

TEST_F(Schedule, whatMayBeOrderedNowAndNotThenIsRefusedThen)
{
    addIdle("idle");
    startBoth();
    auto later = order("idle");
    later.notBefore = now() + 1h;
    const auto id = source.migrate(later);
    await([&] { return causeOf(id) == "not-before"; });
    target.die();
    target.project = "other"; // meanwhile there is no such project there any more
    target.start();
    source.clockOffsetSeconds = 3700;
    const auto ended = awaitEnd(id);
    EXPECT_EQ(ended.state, OperationState::Failed);
    EXPECT_EQ(ended.problem.reason, Reason::NotFound);
    EXPECT_EQ(ended.problem.fact("cause"), "no-project");
    EXPECT_EQ(source.driver.custody(there("idle")), Custody::Owner);
}

TEST_F(Schedule, noMoreCopyAtOnceThanMayAndTheOthersSayWhyTheyWait)
{
    for (const auto *name : {"one", "two", "three"}) {
        addIdle(name);
    }
    source.config().migrationsAtOnce = source.config().migrationsAtOncePerSite = 1;
    source.config().linkHourly = {around(0, crawling)};
    startBoth();
    const auto one = source.migrate(order("one")), two = source.migrate(order("two")), three = source.migrate(order("three"));
    await([&] { return causeOf(two) == "slot" && causeOf(three) == "slot" && source.operation(one)->phase == "copying"; });
    EXPECT_EQ(source.operation(three)->waiting.fact("before"), "1");
    EXPECT_EQ(source.driver.custody(there("two")), Custody::Owner) << "not fenced while it waits";
    source.cancel(two);
    EXPECT_EQ(awaitEnd(two).state, OperationState::Cancelled);
    source.clockOffsetSeconds = 12 * 3600; // another hour, without a limit
    EXPECT_EQ(awaitEnd(one).state, OperationState::Done);
    EXPECT_EQ(awaitEnd(three).state, OperationState::Done);
}

TEST_F(Schedule, aDestinationTakesInSoManyAndTheOthersWaitForTheirTurn)
{
    addIdle("one");
    addIdle("two");
    target.config().arrivalsAtOnce = 1;
    target.patience.silence = 30s;
    source.config().linkHourly = {around(0, crawling)};
    startBoth();
    const auto one = source.migrate(order("one"));
    await([&] { return source.operation(one)->phase == "copying"; });
    const auto two = source.migrate(order("two"));
    await([&] { return causeOf(two) == "turn"; });
    EXPECT_EQ(source.operation(two)->waiting.fact("site"), "nice");
    EXPECT_FALSE(target.driver.custody(here("two")));
    source.clockOffsetSeconds = 12 * 3600;
    EXPECT_EQ(awaitEnd(one).state, OperationState::Done);
    EXPECT_EQ(awaitEnd(two).state, OperationState::Done);
}

TEST_F(Schedule, twoSitesThatMoveToEachOtherDoNotWaitForEachOther)
{
    for (auto *site : {&source, &target}) {
        site->config().migrationsAtOnce = site->config().migrationsAtOncePerSite = site->config().arrivalsAtOnce = 1;
    }
    addIdle("one");
    addIdle("two");
    for (const auto *name : {"three", "four"}) {
        target.driver.addInstance(name, PowerState::Stopped, {MemoryDisk::sparse(MiB, 1, 5)});
    }
    startBoth();
    std::vector<ObjectId> there, back;
    for (const auto *name : {"one", "two"}) {
        there.push_back(source.migrate(order(name)));
    }
    for (const auto *name : {"three", "four"}) {
        back.push_back(target.migrate({"nice", ObjectKind::Instance, name}, "lyon"));
    }
    for (const auto &id : there) {
        EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    }
    for (const auto &id : back) {
        await([&] { return isOver(target.operation(id)->state); });
        EXPECT_EQ(target.operation(id)->state, OperationState::Done) << describe(target.operation(id)->problem);
    }
}

TEST_F(Schedule, aChangeOfHourInTheMiddleChangesTheSpeedAtOnce)
{
    addIdle("idle", 4 * MiB); // four minutes at this hour's rate
    startBoth();
    auto limited = order("idle");
    limited.bandwidth = 1;
    limited.hourly = {around(0, crawling), around(12, 0)};
    const auto id = source.migrate(limited);
    await([&] { return source.operation(id)->phase == "copying"; });
    source.clockOffsetSeconds = 12 * 3600;
    EXPECT_EQ(awaitEnd(id).state, OperationState::Done);
    EXPECT_LT(source.operation(id)->workedMs, 120'000);
}

TEST_F(Schedule, whatWasExpectedIsKeptAndWhatHappenedIsLearnedFrom)
{
    addWeb();
    startBoth();
    const auto first = source.assess(warm());
    EXPECT_EQ(first.learnedFrom, 0);
    EXPECT_GT(first.seconds, 0);
    EXPECT_GT(first.secondsError, 0);
    EXPECT_GT(first.outageSecondsError, 0);
    const auto id = source.migrate(warm());
    const auto done = awaitEnd(id);
    expectWarm(done);
    EXPECT_GT(done.forecast.durationMs, 0);
    EXPECT_GT(done.forecast.outageMs, 0);
    EXPECT_GT(done.workedMs, 0);
    EXPECT_EQ(done.permille, 1000);
    source.driver.guest = nullptr;
    addIdle("idle");
    EXPECT_EQ(source.assess(order("idle")).learnedFrom, 1);
    source.die();
    source.start();
    await([&] { return source.operation(id).has_value(); });
    EXPECT_EQ(source.operation(id)->forecast, done.forecast) << "kept over a restart";
    EXPECT_EQ(source.operation(id)->workedMs, done.workedMs);
}

TEST_F(Schedule, theBarNeverGoesBackWhoeverDiesInTheMiddle)
{
    addWeb(24 * MiB);
    source.config().linkBytesPerSecond = 6 * MiB;
    startBoth();
    const auto id = source.migrate(warm());
    double before = 0;
    std::vector<double> seen;
    const auto look = [&] {
        if (const auto operation = source.operation(id); operation && operation->progress() >= 0) {
            EXPECT_GE(operation->progress(), before);
            before = std::max(before, operation->progress());
            seen.push_back(operation->progress());
            return isOver(operation->state);
        }
        return false;
    };
    await([&] { return look() || before > 0.3; });
    target.die();
    target.start();
    await([&] { return look() || before > 0.5; });
    source.die();
    source.start();
    await(look);
    EXPECT_EQ(source.operation(id)->state, OperationState::Done) << describe(source.operation(id)->problem);
    EXPECT_EQ(before, 1);
    const auto stuck = std::ranges::count_if(seen, [](double share) { return share >= 0.99 && share < 1; });
    EXPECT_LT(stuck, std::ptrdiff_t(seen.size()) / 4);
}

}
