// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/forecasting.h"

#include <gtest/gtest.h>

namespace portulan {

namespace {

constexpr std::int64_t MB = 1'000'000;

Prospect of(std::int64_t bytes, std::int64_t link)
{
    Prospect prospect;
    prospect.bytes = bytes;
    prospect.exact = true;
    prospect.linkBytesPerSecond = link;
    return prospect;
}

/// A cold move of something that did not run: `rest` seconds and 10 ms a megabyte.
Precedent went(std::int64_t bytes, double rest = 2)
{
    Precedent precedent;
    precedent.bytes = precedent.bytesOnWire = bytes;
    precedent.workedMs = std::int64_t(rest * 1000) + bytes / MB * 10;
    return precedent;
}

}

TEST(Forecasting, withoutPrecedentsTheProbeCountsAndTheMarginIsWide)
{
    const auto outlook = outlookOf(of(1000 * MB, 100 * MB), {});
    EXPECT_EQ(outlook.forecast.bytes, 1000 * MB);
    EXPECT_NEAR(double(outlook.forecast.durationMs), 11'000, 1);
    EXPECT_NEAR(double(outlook.forecast.durationErrorMs), 6'000, 1);
    EXPECT_EQ(outlook.forecast.outageMs, 0);
    EXPECT_EQ(outlook.learnedFrom, 0);
}

TEST(Forecasting, ofALinkNobodyMeasuredNothingIsSaid)
{
    EXPECT_EQ(outlookOf(of(1000 * MB, 0), {}).forecast.durationMs, 0);
}

TEST(Forecasting, aLimitIsTheRateOfALinkNobodyMeasured)
{
    auto prospect = of(1000 * MB, 0);
    prospect.bandwidth = 10 * MB;
    EXPECT_NEAR(double(outlookOf(prospect, {}).forecast.durationMs), 101'000, 1);
}

TEST(Forecasting, precedentsSayWhatAByteAndWhatAMoveTakes)
{
    const std::vector<Precedent> past {went(100 * MB), went(500 * MB), went(900 * MB), went(300 * MB)};
    const auto outlook = outlookOf(of(2000 * MB, 5 * MB), past); // a probe that was wrong
    EXPECT_NEAR(double(outlook.forecast.durationMs), 22'000, 100);
    EXPECT_EQ(outlook.learnedFrom, 4);
}

TEST(Forecasting, theMarginIsHowWrongForecastsWere)
{
    std::vector<Precedent> past {went(100 * MB), went(500 * MB), went(900 * MB)};
    for (auto &one : past) {
        one.expected.durationMs = one.workedMs * 10 / 13; // it took 30 % longer
    }
    const auto outlook = outlookOf(of(1000 * MB, 100 * MB), past);
    EXPECT_NEAR(double(outlook.forecast.durationErrorMs), 0.3 * double(outlook.forecast.durationMs), 20);
}

TEST(Forecasting, theHoursOfTheDayLimitAndMakeWait)
{
    auto prospect = of(3600 * MB, 100 * MB);
    prospect.hourly = {{{8 * 60, 18 * 60}, MB}};
    prospect.minute = 17 * 60 + 30; // half an hour of 1 MB/s, then as fast as the link is
    EXPECT_NEAR(double(outlookOf(prospect, {}).forecast.durationMs), (1800 + 18 + 1) * 1000, 1000);
    prospect.hourly.clear();
    prospect.window = {22 * 60, 6 * 60};
    const auto outlook = outlookOf(prospect, {});
    EXPECT_NEAR(double(outlook.forecast.durationMs), 37'000, 500);
    EXPECT_NEAR(outlook.spanSeconds, 4.5 * 3600 + 37, 60);
}

TEST(Forecasting, overMidnightTheNextDaysLimitHolds)
{
    auto prospect = of(70 * MB, 0);
    prospect.siteBandwidth = MB;
    prospect.siteHourly = {{{23 * 60, 60}, MB / 2}};
    prospect.minute = 59; // a minute of half a megabyte, then one a second
    EXPECT_NEAR(double(outlookOf(prospect, {}).forecast.durationMs), (60 + 40 + 1) * 1000, 1000);
}

TEST(Forecasting, theOutageOfAWarmMoveIsWhatOthersHad)
{
    auto prospect = of(1000 * MB, 100 * MB);
    prospect.runs = true;
    EXPECT_NEAR(double(outlookOf(prospect, {}).forecast.outageMs), 31'000, 1); // cold: all of it
    prospect.mode = MoveMode::Warm;
    EXPECT_NEAR(double(outlookOf(prospect, {}).forecast.outageMs), 21'000, 1);
    std::vector<Precedent> past(3, went(100 * MB));
    for (std::size_t i = 0; i < past.size(); ++i) {
        past[i].mode = MoveMode::Warm;
        past[i].ran = true;
        past[i].outageMs = 800 + 100 * std::int64_t(i);
        past[i].expected.outageMs = 1000;
    }
    const auto outlook = outlookOf(prospect, past);
    EXPECT_EQ(outlook.forecast.outageMs, 900);
    EXPECT_EQ(outlook.forecast.outageErrorMs, 180); // 800 was expected to be 1000
}

}
