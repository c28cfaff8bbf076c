// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// One gateway asks another whether something has left it.
#include "site/departures.h"
#include "tests/site/movingpair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

class Departures : public MovingPair {
protected:
    std::string asked(const char *id)
    {
        const auto answer = site::askDeparture(target.config(), there(id), source.endpoint());
        return std::string(answer ? site::toString(*answer) : toString(answer.error().reason));
    }
};

TEST_F(Departures, aSiteSaysWhatHasLeftIt)
{
    source.driver.addInstance("web", PowerState::Stopped, {MemoryDisk::sparse(2 * MiB, 1, 4)});
    source.driver.addInstance("big", PowerState::Stopped, {MemoryDisk::sparse(2 * MiB, 2, 4)});
    startBoth();
    EXPECT_EQ(asked("web"), "aborted");
    EXPECT_EQ(awaitEnd(source.migrate(there("web"), "nice")).state, OperationState::Done);
    EXPECT_EQ(asked("web"), "committed");
    EXPECT_EQ(asked("big"), "aborted");
    EXPECT_EQ(asked("nobody"), "committed") << "what is not there is waited for by nobody";
    source.die();
    EXPECT_EQ(asked("web"), toString(Reason::Unreachable));
}

TEST_F(Departures, whereNobodyKnowsWhereToAskNobodyIsAsked)
{
    startBoth();
    target.config().peers.clear();
    EXPECT_EQ(site::askDeparture(target.config(), there("web"), {}).error().reason, Reason::NotFound);
    EXPECT_FALSE(site::mayAskDeparture(target.config(), there("web"), {}));
    EXPECT_TRUE(site::mayAskDeparture(target.config(), there("web"), source.endpoint()));
}

}
