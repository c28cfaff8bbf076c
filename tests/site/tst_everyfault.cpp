// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Every moment of a migration × every fault. Whatever happens, it ends with one owner who has every byte and runs if it ran.
#include "tests/site/everyfault.h"
#include "tests/site/lotspair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

TEST(EveryStep, hasItsMoments)
{
    auto all = coldMoments();
    for (const auto &more : {cancelMoments(), returnMoments(), testMoments(), erasureMoments()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    for (const auto step : everyStep()) {
        const auto call = "journal " + std::string(toString(step));
        const auto has = [&](bool atSource, const std::string &what) {
            return std::ranges::any_of(all, [&](const Moment &moment) { return moment.atSource == atSource && moment.call == what; });
        };
        EXPECT_TRUE(has(true, call) && has(true, call + " done")) << call;
        const bool isReachedThere
            = std::ranges::any_of(everyStep(), [step](MigrationStep before) { return before != step && mayFollowThere(before, step); });
        EXPECT_EQ(has(false, call) && has(false, call + " done"), isReachedThere || step == Planned) << call << " there";
        EXPECT_GE(std::ranges::count(all, step, &Moment::step), 1) << "in " << toString(step);
    }
    EXPECT_EQ(toString(everyStep().back()), "aborted") << "a step that was added at the end";
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

INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFault, crossed(coldMoments()), nameOf);
INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultInLots, crossed(lotMoments()), nameOf);
INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultWarm, crossed(warmMoments()), nameOf);
INSTANTIATE_TEST_SUITE_P(Everywhere, EveryFaultLive, crossed(liveMoments()), nameOf);

}
