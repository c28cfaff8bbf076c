// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a gateway says to those who steer migrations: how they are wanted, pause, resume, cut-over, test boot.
#include "site/orders.h"
#include "tests/site/lodge.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::test;

namespace {

class Steering : public testing::Test {
protected:
    using Call = grpc::Status (Lodge::Stub::*)(grpc::ClientContext *, const v1::ObjectRequest &, v1::Operation *);
    static constexpr Call verbs[]
        = {&Lodge::Stub::PauseOperation, &Lodge::Stub::ResumeOperation, &Lodge::Stub::CutOverOperation, &Lodge::Stub::TestBootOperation};

    grpc::Status steer(Lodge::Stub &stub, Call verb, const std::string &name)
    {
        v1::ObjectRequest request;
        Lodge::fill(request.mutable_header());
        request.set_name(name);
        grpc::ClientContext context;
        v1::Operation operation;
        return (stub.*verb)(&context, request, &operation);
    }
    Problem migrate(const std::string &mode, const std::string &cutOver, const std::string &window)
    {
        v1::MigrateRequest request;
        Lodge::fill(request.mutable_header());
        request.set_name("sites/lyon/instances/i-1");
        request.set_to_site("nice");
        request.set_mode(mode);
        request.set_cut_over(cutOver);
        request.set_window(window);
        grpc::ClientContext context;
        v1::Operation operation;
        return wire::problemFrom(alice->Migrate(&context, request, &operation));
    }

    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client();
};

TEST_F(Steering, whatNoDriverCanDoIsRefusedByName)
{
    lodge.driver().put(Lodge::instance("i-1"));
    for (const std::string mode : {"live", "warm"}) {
        const auto problem = migrate(mode, {}, {});
        EXPECT_EQ(problem.reason, Reason::Unsupported);
        EXPECT_EQ(problem.fact("what"), "migrate." + mode);
    }
}

TEST_F(Steering, whatIsNoModeNoCutOverAndNoWindowIsRefusedByField)
{
    lodge.driver().put(Lodge::instance("i-1"));
    EXPECT_EQ(migrate("tepid", {}, {}).fact("field"), "mode");
    EXPECT_EQ(migrate("warm", "later", {}).fact("field"), "cut_over");
    EXPECT_EQ(migrate("cold", {}, "tonight").fact("field"), "window");
}

TEST_F(Steering, onlyMigrationsAreSteeredAndOnlyByWhoMay)
{
    lodge.driver().hold();
    v1::CreateVolumeRequest request;
    Lodge::fill(request.mutable_header());
    request.set_volume_id("v-1");
    request.set_display_name("V");
    request.set_project("p1");
    request.set_size_bytes(1 << 20);
    request.set_classification("open");
    grpc::ClientContext context;
    v1::Operation operation;
    ASSERT_TRUE(alice->CreateVolume(&context, request, &operation).ok());
    lodge.driver().awaitHeld(1);
    const auto vera = lodge.client("user/vera");
    for (const auto verb : verbs) {
        EXPECT_EQ(reasonOf(steer(*vera, verb, operation.name())), Reason::NotAuthorised);
        EXPECT_EQ(reasonOf(steer(*alice, verb, operation.name())), Reason::Unsupported);
        EXPECT_EQ(reasonOf(steer(*alice, verb, "sites/lyon/operations/op-none")), Reason::NotFound);
        EXPECT_EQ(reasonOf(steer(*alice, verb, "sites/lyon/instances/i-1")), Reason::InvalidArgument);
    }
    lodge.driver().release();
    EXPECT_EQ(lodge.ended(*alice, operation).state, OperationState::Done);
    for (const auto verb : verbs) {
        EXPECT_EQ(reasonOf(steer(*alice, verb, operation.name())), Reason::NotReady);
    }
}

/// Orders in front of a driver that follows no machine, and a move that waits for its cut-over.
class TestBootOrders : public testing::Test {
protected:
    static Operation waiting(const std::string &mode, const std::string &phase)
    {
        Operation its;
        its.kind = "migrate";
        its.project = "p1";
        its.object = {"lyon", ObjectKind::Instance, "i-1"};
        its.mode = mode;
        its.phase = phase;
        its.passes.bytes = {1};
        its.passes.readySince = Instant(std::chrono::seconds(1));
        its.requestedBy = "user/alice";
        return its;
    }
    Result<Operation> order(const std::string &who, const Order &order) { return orders.submit(who, {Lodge::uuid(), {}, false, order}); }

    Scratch scratch;
    std::function<Instant()> clock = [] { return Instant(std::chrono::seconds(1'790'000'000)); };
    std::unique_ptr<site::Journal> journal = std::move(*site::Journal::open(scratch.path("journal.db")));
    std::unique_ptr<site::Audit> audit = std::move(*site::Audit::open(scratch.path("audit.db"), clock));
    site::Broadcast broadcast {"e1"};
    site::Operations operations {"lyon", *journal, broadcast, clock};
    site::Config config = [] {
        site::Config its;
        its.siteId = "lyon";
        return its;
    }();
    Rulebook rules;
    site::Policy policy {rules, broadcast, "lyon", clock};
    FakeDriver driver {"lyon"};
    site::Workers workers {1};
    site::Context context {config, driver, *journal, broadcast, operations, policy, workers, clock};
    site::Authority authority {{{"user/alice", "operator", "p1"}, {"user/vera", "viewer", "p1"}}};
    site::Admission admission {authority, *audit, broadcast, context.log};
    site::Orders orders {context, admission, nullptr};
};

TEST_F(TestBootOrders, aDriverThatCannotTellOneInstantBootsNoCopyOfWhatRuns)
{
    const auto id = operations.begin(waiting("warm", "reserved"))->running->operation().id;
    const auto refused = order("user/alice", TestBootOperation {id});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unsupported);
    EXPECT_EQ(refused.error().fact("what"), "migrate.testboot");
}

TEST_F(TestBootOrders, whatIsAtRestIsBootedOneAtATimeByWhoMaySteerIt)
{
    const auto id = operations.begin(waiting("cold", "verified"))->running->operation().id;
    EXPECT_EQ(order("user/vera", TestBootOperation {id}).error().reason, Reason::NotAuthorised);
    const auto ordered = order("user/alice", TestBootOperation {id});
    ASSERT_TRUE(ordered) << describe(ordered.error());
    EXPECT_EQ(ordered->testBoot.state, "running");
    EXPECT_EQ(order("user/alice", TestBootOperation {id}).error().reason, Reason::NotReady);
    EXPECT_TRUE(order("user/alice", CutOverOperation {id}));
    EXPECT_EQ(audit->verify()->entries, 4u) << "allowed or refused, each is in the trail";
}

}
