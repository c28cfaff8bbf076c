// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverpasses.h"
#include "site/moverwindow.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using Course = PassLedger::Course;

namespace {

constexpr std::int64_t MiB = 1 << 20, GiB = MiB << 10;

TEST(PassLedger, aMachineThatHardlyWritesIsReadyAfterOnePass)
{
    PassLedger ledger({});
    ledger.passed(10 * GiB, 100, 64 << 10, 20 * GiB);
    EXPECT_EQ(ledger.course(), Course::Ready);
    EXPECT_LT(ledger.lastPassSeconds(), 0.01);
    EXPECT_NEAR(ledger.bytesPerSecond(), 10.0 * GiB / 100, 1);
}

TEST(PassLedger, passesFollowTheDirtyRateUntilOneSecondIsLeft)
{
    PassLedger ledger({});
    ledger.passed(10 * GiB, 100, GiB, 20 * GiB); // 100 MiB a second over the link, 20 MiB a second written
    int passes = 1;
    for (double left = 1; ledger.course() == Course::Again; left /= 5) {
        ledger.viewed(std::int64_t(left * GiB), std::int64_t(left * GiB));
        ledger.passed(std::int64_t(left * GiB), left * 10, std::int64_t(left / 5 * GiB), 20 * GiB);
        ++passes;
    }
    EXPECT_EQ(ledger.course(), Course::Ready);
    EXPECT_EQ(passes, 3) << ledger.summary();
    EXPECT_EQ(ledger.passes().size(), 3U);
}

TEST(PassLedger, whatDoesNotShrinkIsGivenUpAtOnceAndJudgedByItsLength)
{
    Patience patience;
    PassLedger ledger(patience);
    ledger.viewed(GiB, GiB);
    ledger.passed(10 * GiB, 100, 5 * GiB, 20 * GiB);
    EXPECT_EQ(ledger.course(), Course::Again);
    ledger.passed(5 * GiB, 50, 5 * GiB, 20 * GiB);
    EXPECT_EQ(ledger.course(), Course::Hopeless);
    EXPECT_TRUE(ledger.isBearable()) << "50 s";
    patience.longestLastPass = std::chrono::seconds(40);
    PassLedger stricter(patience);
    stricter.viewed(GiB, GiB);
    stricter.passed(10 * GiB, 100, 5 * GiB, 20 * GiB);
    EXPECT_FALSE(stricter.isBearable());
}

TEST(PassLedger, passesHaveABound)
{
    PassLedger ledger({});
    double left = 10;
    int passes = 0;
    for (; ledger.course() != Course::Hopeless && passes < 50; ++passes, left *= 0.85) {
        ledger.viewed(std::int64_t(left * GiB), std::int64_t(left * GiB));
        ledger.passed(std::int64_t(left * GiB), left * 10, std::int64_t(left * 0.85 * GiB), 20 * GiB);
    }
    EXPECT_EQ(passes, 10);
}

TEST(MoverWindow, theHourIsThatOfTheHost)
{
    ::setenv("TZ", "Europe/Paris", 1);
    ::tzset();
    const auto summer = instantFrom("2026-07-01T21:30:00Z").value(), winter = instantFrom("2026-12-01T21:30:00Z").value();
    EXPECT_EQ(minuteOfDay(summer), 23 * 60 + 30);
    EXPECT_EQ(minuteOfDay(winter), 22 * 60 + 30);
    const DayWindow night {23 * 60, 5 * 60};
    EXPECT_TRUE(holds(night, summer));
    EXPECT_FALSE(holds(night, winter));
    EXPECT_TRUE(holds({}, winter));
}

}
