// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/operation.h"
#include "core/progress.h"

#include <gtest/gtest.h>

namespace portulan {

namespace {

/// Reports and looks that the bar never went back.
struct Bar {
    ProgressMeter meter;
    double now = 0;
    std::int32_t before = 0;
    void report(std::int64_t done, std::int64_t left)
    {
        meter.report(now += 1, done, left);
        EXPECT_GE(meter.permille(), before) << "after " << done << " of " << done + left;
        before = meter.permille();
    }
};

}

TEST(Progress, theBarMovesWithTheBytesAndLeavesRoomForWhatComesAfter)
{
    Bar bar;
    bar.meter.begin(0.9);
    bar.report(0, 100);
    EXPECT_EQ(bar.meter.permille(), 0);
    bar.report(50, 50);
    EXPECT_EQ(bar.meter.permille(), 450);
    bar.report(100, 0);
    EXPECT_EQ(bar.meter.permille(), 900);
    bar.meter.begin(0.95);
    bar.report(1, 0);
    EXPECT_EQ(bar.meter.permille(), 950);
    bar.meter.finish();
    EXPECT_EQ(bar.meter.permille(), 1000);
}

TEST(Progress, whatIsSentAgainAfterACutMovesNothingUntilItIsMadeUpFor)
{
    Bar bar;
    bar.meter.begin(1);
    bar.report(0, 1000);
    bar.report(600, 400);
    EXPECT_EQ(bar.meter.permille(), 600);
    bar.report(0, 1000);
    bar.report(300, 700);
    EXPECT_EQ(bar.meter.permille(), 600);
    bar.report(700, 300);
    EXPECT_EQ(bar.meter.permille(), 700);
}

TEST(Progress, aTotalThatGrowsSlowsTheBarAndDoesNotTurnIt)
{
    Bar bar;
    bar.meter.begin(1);
    bar.report(0, 100);
    bar.report(90, 10);
    EXPECT_EQ(bar.meter.permille(), 900);
    bar.report(90, 910);
    EXPECT_EQ(bar.meter.permille(), 900);
    bar.report(545, 455);
    EXPECT_EQ(bar.meter.permille(), 950);
    bar.report(1000, 0);
    EXPECT_EQ(bar.meter.permille(), 1000);
}

TEST(Progress, aSecondLifeGoesOnFromWhereTheFirstWas)
{
    Bar bar {ProgressMeter(430), 0, 430};
    bar.meter.begin(0.3); // a stretch that was over before
    bar.report(0, 10);
    bar.report(10, 0);
    EXPECT_EQ(bar.meter.permille(), 430);
    bar.meter.begin(0.93);
    bar.report(5, 5);
    EXPECT_EQ(bar.meter.permille(), 680);
}

TEST(Progress, everySequenceOfAWarmMoveIsMonotone)
{
    // First pass with a cut in it, five passes of what was written, each smaller, then the last one, proof and hand-over.
    Bar bar;
    const auto pass = [&bar](double until, std::int64_t bytes) {
        bar.meter.begin(until);
        for (const double share : {0.0, 0.2, 0.6, 0.0, 0.4, 0.9, 1.0}) {
            const auto done = static_cast<std::int64_t>(share * double(bytes));
            bar.report(done, bytes - done);
        }
    };
    double until = 0.76;
    for (const std::int64_t bytes : {10'000, 2'000, 1'900, 400, 500, 0, 3}) {
        pass(until, bytes);
        EXPECT_LT(bar.before, 951);
        until += (0.95 - until) / 2;
    }
    pass(0.95, 1);
    EXPECT_EQ(bar.before, 950);
    bar.meter.finish();
    EXPECT_EQ(bar.meter.permille(), 1000);
}

TEST(Progress, theTimeLeftFollowsTheSpeedOfLateAndNotOfAPause)
{
    ProgressMeter meter;
    meter.begin(1);
    EXPECT_EQ(meter.bytesPerSecond(), 0);
    for (int second = 0; second <= 60; ++second) {
        meter.report(second, second * 100, 100'000 - second * 100);
    }
    EXPECT_NEAR(meter.bytesPerSecond(), 100, 1);
    EXPECT_NEAR(meter.secondsLeft(), 940, 20);
    meter.rest();
    for (int second = 0; second <= 60; ++second) { // an hour later, ten times as fast
        meter.report(3660 + second, 6000 + second * 1000, 94'000 - second * 1000);
    }
    EXPECT_NEAR(meter.bytesPerSecond(), 1000, 10);
    EXPECT_NEAR(meter.secondsLeft(), 34, 2);
}

TEST(Progress, whatASiteCountsGoesBeforeBytesAndParts)
{
    Operation operation;
    EXPECT_EQ(operation.progress(), -1);
    operation.bytesDone = 99;
    operation.bytesTotal = 100;
    EXPECT_EQ(operation.progress(), 0.99);
    operation.permille = 500;
    EXPECT_EQ(operation.progress(), 0.5);
    operation.parts = {10, 10, 0, 0, 1, 1};
    EXPECT_EQ(operation.progress(), 0.5);
}

}
