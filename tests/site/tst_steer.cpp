// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a gateway says to those who steer migrations: how they are wanted, pause, resume, cut-over.
#include "tests/site/lodge.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::test;

namespace {

class Steering : public testing::Test {
protected:
    using Call = grpc::Status (Lodge::Stub::*)(grpc::ClientContext *, const v1::ObjectRequest &, v1::Operation *);
    static constexpr Call verbs[] = {&Lodge::Stub::PauseOperation, &Lodge::Stub::ResumeOperation, &Lodge::Stub::CutOverOperation};

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

}
