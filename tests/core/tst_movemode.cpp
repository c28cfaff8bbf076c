// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/movemode.h"

#include <gtest/gtest.h>

using namespace portulan;

namespace {

TEST(MoveMode, wordsGoBothWaysAndOthersAreRefused)
{
    for (const auto mode : {MoveMode::Cold, MoveMode::Warm, MoveMode::Live}) {
        EXPECT_EQ(moveModeFrom(toString(mode)).value(), mode);
    }
    for (const auto cutOver : {CutOver::Automatic, CutOver::Manual}) {
        EXPECT_EQ(cutOverFrom(toString(cutOver)).value(), cutOver);
    }
    EXPECT_EQ(moveModeFrom("").value(), MoveMode::Cold);
    EXPECT_EQ(cutOverFrom("").value(), CutOver::Automatic);
    EXPECT_EQ(moveModeFrom("tepid").error().fact("expected"), "cold, warm, live");
    EXPECT_EQ(cutOverFrom("never").error().reason, Reason::InvalidArgument);
}

TEST(MoveMode, aWindowMayReachOverMidnight)
{
    const auto night = dayWindowFrom("22:00-06:30").value();
    EXPECT_EQ(toString(night), "22:00-06:30");
    EXPECT_TRUE(night.holds(22 * 60));
    EXPECT_TRUE(night.holds(0));
    EXPECT_TRUE(night.holds(6 * 60 + 29));
    EXPECT_FALSE(night.holds(6 * 60 + 30));
    EXPECT_EQ(night.minutesUntil(12 * 60), 600);
    EXPECT_EQ(night.minutesUntil(23 * 60), 0);
    const auto noon = dayWindowFrom("11:30-12:30").value();
    EXPECT_FALSE(noon.holds(12 * 60 + 30));
    EXPECT_EQ(noon.minutesUntil(13 * 60), 22 * 60 + 30);
}

TEST(MoveMode, theFirstRateWhoseHoursHoldCounts)
{
    const std::vector<HourlyRate> rates {{{22 * 60, 6 * 60}, 0}, {{8 * 60, 23 * 60}, 5}};
    EXPECT_EQ(rateAt(rates, 22 * 60 + 30, 9), 0);
    EXPECT_EQ(rateAt(rates, 5 * 60 + 59, 9), 0);
    EXPECT_EQ(rateAt(rates, 6 * 60, 9), 9);
    EXPECT_EQ(rateAt(rates, 8 * 60, 9), 5);
    EXPECT_EQ(rateAt({}, 8 * 60, 9), 9);
}

TEST(MoveMode, noWindowIsAlways)
{
    const auto always = dayWindowFrom("").value();
    EXPECT_TRUE(always.isAlways());
    EXPECT_TRUE(always.holds(700));
    EXPECT_EQ(toString(always), "");
}

TEST(MoveMode, whatIsNoWindowIsRefused)
{
    for (const auto *text : {"22:00", "22:00-", "-06:00", "24:00-06:00", "22:60-06:00", "2:00-06:00", "22.00-06:00", "aa:bb-cc:dd", "22:00-22:00",
             "22:00-06:000", "22:-0-06:00", "-1:00-06:00"}) {
        EXPECT_EQ(dayWindowFrom(text).error().fact("expected"), "HH:MM-HH:MM") << text;
    }
}

}
