// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Everything that stands in the way of a migration, or will surprise, at once.
#include "tests/site/warmpair.h"

namespace portulan {

using namespace std::chrono_literals;
using namespace test;

class Preflight : public WarmPair {
protected:
    static const Problem *find(const std::vector<Problem> &problems, Reason reason, const std::string &cause)
    {
        const auto at = std::ranges::find_if(problems, [&](const Problem &one) { return one.reason == reason && one.fact("cause") == cause; });
        return at == problems.end() ? nullptr : &*at;
    }
    static const Problem *of(const std::vector<Problem> &problems, const std::string &resource)
    {
        const auto at = std::ranges::find_if(problems, [&](const Problem &one) { return one.fact("resource") == resource; });
        return at == problems.end() ? nullptr : &*at;
    }
};

TEST_F(Preflight, everythingAgainstItIsSaidAtOnce)
{
    addWeb(8 * MiB);
    target.self.capacity.declared = {1, 1 << 20, 1 << 20};
    target.self.lifecycleRecordedOnly = true;
    target.project = "other";
    startBoth();
    auto live = warm();
    live.mode = MoveMode::Live;
    live.retentionSeconds = 0;
    const auto assessment = source.assess(live);
    EXPECT_TRUE(find(assessment.blockers, Reason::NotFound, "no-project"));
    EXPECT_TRUE(find(assessment.blockers, Reason::Unsupported, "mode"));
    const auto *full = of(assessment.blockers, "storage");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->reason, Reason::NoCapacity);
    EXPECT_EQ(full->fact("site"), "nice");
    EXPECT_TRUE(find(assessment.warnings, Reason::NoHypervisor, ""));
    EXPECT_TRUE(find(assessment.warnings, Reason::NotReady, "no-retention"));
}

TEST_F(Preflight, aQuotaThatWouldBeOverrunBlocksWithItsFigures)
{
    addWeb(8 * MiB);
    target.quota.volumes = 1;
    target.quota.limit.storageBytes = 1 << 20;
    startBoth();
    const auto assessment = source.assess(warm());
    const auto *volumes = of(assessment.blockers, "volumes");
    ASSERT_TRUE(volumes);
    EXPECT_EQ(volumes->reason, Reason::Quota);
    EXPECT_EQ(volumes->fact("limit"), "1");
    EXPECT_EQ(volumes->fact("wanted"), "2");
    EXPECT_TRUE(of(assessment.blockers, "storage"));
    EXPECT_FALSE(of(assessment.blockers, "instances"));
}

TEST_F(Preflight, aNameThatIsTakenAndANetworkNobodyKnowsAreWarnings)
{
    addWeb();
    target.driver.addVolume("web-disk0", MemoryDisk::sparse(MiB, 1, 3));
    startBoth();
    const auto assessment = source.assess(warm());
    EXPECT_TRUE(assessment.blockers.empty()) << describe(assessment.blockers.front());
    const auto *taken = find(assessment.warnings, Reason::AlreadyExists, "id-taken");
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->fact("id"), "volume/web-disk0");
}

TEST_F(Preflight, aClockThatIsWrongIsAWarningWithWhoseAndHowMuch)
{
    addWeb();
    target.clockOffsetSeconds = 3600;
    startBoth();
    const auto *ahead = find(source.assess(warm()).warnings, Reason::NotReady, "clock-ahead");
    ASSERT_TRUE(ahead);
    EXPECT_EQ(ahead->fact("site"), "nice");
    EXPECT_NEAR(std::stoi(ahead->fact("seconds")), 3600, 60);
    target.clockOffsetSeconds = -7200;
    EXPECT_TRUE(find(source.assess(warm()).warnings, Reason::NotReady, "clock-behind"));
    target.clockOffsetSeconds = 60;
    EXPECT_FALSE(find(source.assess(warm()).warnings, Reason::NotReady, "clock-ahead"));
}

TEST_F(Preflight, aCertificateThatEndsBeforeTheMoveDoesIsSaidWithBothDates)
{
    addWeb();
    startBoth();
    EXPECT_FALSE(find(source.assess(warm()).warnings, Reason::Expired, "expires-meanwhile"));
    auto slow = warm();
    slow.bandwidth = 10; // days; the papers are good for one
    const auto assessment = source.assess(slow);
    std::set<std::string> whose;
    for (const auto &warning : assessment.warnings) {
        if (warning.fact("cause") == "expires-meanwhile") {
            whose.insert(warning.fact("site"));
            EXPECT_LT(warning.fact("until"), warning.fact("end"));
        }
    }
    EXPECT_EQ(whose, (std::set<std::string> {"lyon", "nice"}));
    const auto *limit = find(assessment.warnings, Reason::NotReady, "limit-slow");
    ASSERT_TRUE(limit);
    EXPECT_GT(std::stod(limit->fact("seconds")), 24 * 3600);
    source.clockOffsetSeconds = 2 * 24 * 3600;
    EXPECT_TRUE(find(source.assess(warm()).blockers, Reason::Expired, "certificate"));
}

TEST_F(Preflight, hoursTooShortForItBlockAWarmMoveAndWarnOfAColdOne)
{
    addWeb();
    startBoth();
    auto hurried = warm();
    hurried.window = {600, 601};
    hurried.bandwidth = 1000;
    EXPECT_TRUE(find(source.assess(hurried).warnings, Reason::NotReady, "hours-many"));
    hurried.mode = MoveMode::Cold;
    const auto *cold = find(source.assess(hurried).warnings, Reason::NotReady, "hours-short");
    ASSERT_TRUE(cold);
    EXPECT_EQ(cold->fact("window"), "10:00-10:01");
}

}
