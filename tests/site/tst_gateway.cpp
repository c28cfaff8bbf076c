// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/lodge.h"

#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>

using namespace portulan;
using test::create;
using test::Lodge;
using test::reasonOf;
using test::volumeRequest;

class GatewayTest : public testing::Test {
protected:
    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client("user/alice");
    std::unique_ptr<Lodge::Stub> ada = lodge.client("user/ada");
    static v1::ObjectRequest objectRequest(const std::string &name)
    {
        v1::ObjectRequest request;
        Lodge::fill(request.mutable_header());
        request.set_name(name);
        return request;
    }
    grpc::Status startInstance(Lodge::Stub &stub, const v1::ObjectRequest &request)
    {
        grpc::ClientContext context;
        v1::Operation operation;
        return stub.StartInstance(&context, request, &operation);
    }
    std::vector<v1::AuditEntry> trail()
    {
        grpc::ClientContext context;
        v1::ListAuditEntriesResponse response;
        EXPECT_TRUE(lodge.client("user/audrey")->ListAuditEntries(&context, {}, &response).ok());
        return {response.entries().begin(), response.entries().end()};
    }
};

TEST_F(GatewayTest, anOrderIsAcceptedAtOnceDoneAndInTheTrail)
{
    v1::Operation operation;
    const auto status = create(*alice, volumeRequest(), &operation);
    ASSERT_TRUE(status.ok()) << describe(wire::problemFrom(status));
    EXPECT_EQ(operation.kind(), "volume.create");
    EXPECT_EQ(operation.requested_by(), "user/alice");
    const auto ended = lodge.ended(*alice, operation);
    EXPECT_EQ(ended.state, OperationState::Done) << describe(ended.problem);
    EXPECT_EQ(ended.object.text(), "lyon/volume/v-1");
    const auto entries = trail();
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].outcome(), "allowed");
    EXPECT_EQ(entries[0].role(), "operator");
    EXPECT_EQ(entries[0].object(), "lyon/volume/v-1");
}

TEST_F(GatewayTest, whatTheCloudCannotDoEndsTheOperationWithItsProblem)
{
    lodge.driver().fail({Reason::DiskFull, {{"file", "x"}}, {}});
    v1::Operation operation;
    ASSERT_TRUE(create(*alice, volumeRequest(), &operation).ok());
    const auto ended = lodge.ended(*alice, operation);
    EXPECT_EQ(ended.state, OperationState::Failed);
    EXPECT_EQ(ended.problem.reason, Reason::DiskFull);
}

TEST_F(GatewayTest, rolesAreRefusedAndTheTrailSaysSo)
{
    lodge.driver().put(Lodge::instance("i-1"));
    EXPECT_EQ(reasonOf(create(*lodge.client("user/vera"), volumeRequest())), Reason::NotAuthorised);
    EXPECT_EQ(reasonOf(create(*lodge.client("user/audrey"), volumeRequest())), Reason::NotAuthorised);
    EXPECT_EQ(reasonOf(create(*lodge.client("user/nobody"), volumeRequest())), Reason::NotAuthorised);
    EXPECT_EQ(reasonOf(create(*lodge.client("site/porto"), volumeRequest())), Reason::NotAuthorised);
    EXPECT_EQ(reasonOf(create(*alice, volumeRequest("v-2", "p2"))), Reason::NotAuthorised);
    EXPECT_EQ(reasonOf(startInstance(*lodge.client("user/otto"), objectRequest("sites/lyon/instances/i-1"))), Reason::NotFound)
        << "of a project otto cannot see";
    const auto entries = trail();
    ASSERT_EQ(entries.size(), 6u);
    for (const auto &entry : entries) {
        EXPECT_EQ(entry.outcome(), "refused");
        EXPECT_EQ(entry.role(), "");
        EXPECT_FALSE(entry.problem().reason().empty());
    }
}

TEST_F(GatewayTest, whoIsOfAnotherFederationDoesNotGetIn)
{
    const auto stranger = v1::Gateway::NewStub(lodge.strangersChannel());
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    v1::Identity identity;
    EXPECT_EQ(stranger->WhoAmI(&context, {}, &identity).error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_TRUE(trail().empty());
}

TEST_F(GatewayTest, theSameRequestActsOnceAlsoAcrossARestart)
{
    const auto request = volumeRequest();
    v1::Operation first, again, after;
    ASSERT_TRUE(create(*alice, request, &first).ok());
    EXPECT_EQ(lodge.ended(*alice, first).state, OperationState::Done);
    ASSERT_TRUE(create(*alice, request, &again).ok());
    EXPECT_EQ(again.name(), first.name());
    lodge.restart();
    alice = lodge.client();
    ASSERT_TRUE(create(*alice, request, &after).ok());
    EXPECT_EQ(after.name(), first.name());
    EXPECT_EQ(after.state(), "done");
    EXPECT_EQ(trail().size(), 1u);
    EXPECT_EQ(reasonOf(create(*alice, volumeRequest())), Reason::AlreadyExists) << "another request is another volume";
}

TEST_F(GatewayTest, aRetriedDeletionLearnsThatItWasDone)
{
    lodge.driver().put(Lodge::volume("v-1"));
    const auto request = objectRequest("sites/lyon/volumes/v-1");
    v1::Operation first, again;
    grpc::ClientContext one, two, three;
    ASSERT_TRUE(alice->DeleteVolume(&one, request, &first).ok());
    EXPECT_EQ(lodge.ended(*alice, first).state, OperationState::Done);
    ASSERT_TRUE(alice->DeleteVolume(&two, request, &again).ok());
    EXPECT_EQ(again.name(), first.name());
    EXPECT_EQ(reasonOf(alice->DeleteVolume(&three, objectRequest("sites/lyon/volumes/v-1"), &again)), Reason::NotFound);
}

TEST_F(GatewayTest, policyIsKeptHereWhateverTheClientSays)
{
    Project strict;
    strict.id = {"lyon", ObjectKind::Project, "p1"};
    strict.name = strict.project = "p1";
    strict.policy.allowedCountries = {"DE"};
    lodge.driver().put(strict);
    lodge.driver().put(Lodge::instance("i-1", "p1", Classification::Personal));
    const auto status = create(*alice, volumeRequest());
    const auto problem = wire::problemFrom(status);
    ASSERT_EQ(problem.reason, Reason::Refused) << describe(problem);
    EXPECT_FALSE(problem.fact("rule").empty());
    EXPECT_FALSE(problem.fact("title_fr").empty());
    EXPECT_EQ(problem.fact("site"), "lyon");
    EXPECT_EQ(reasonOf(startInstance(*alice, objectRequest("sites/lyon/instances/i-1"))), Reason::Refused);
    EXPECT_EQ(trail().back().problem().facts().at("rule"), problem.fact("rule"));
    v1::Verdict verdict;
    grpc::ClientContext context;
    v1::JudgeRequest judge;
    judge.set_object("sites/lyon/instances/i-1");
    ASSERT_TRUE(alice->Judge(&context, judge, &verdict).ok());
    EXPECT_EQ(verdict.status(), "non_compliant");
}

TEST_F(GatewayTest, aStaleEtagIsAConflict)
{
    lodge.driver().put(Lodge::instance("i-1"));
    v1::Change object;
    v1::GetRequest get;
    get.set_name("sites/lyon/instances/i-1");
    grpc::ClientContext context;
    ASSERT_TRUE(alice->GetObject(&context, get, &object).ok());
    auto request = objectRequest(get.name());
    request.mutable_header()->set_etag("stale");
    EXPECT_EQ(reasonOf(startInstance(*alice, request)), Reason::Conflict);
    request.mutable_header()->set_etag(object.instance().common().etag());
    EXPECT_TRUE(startInstance(*alice, request).ok());
}

TEST_F(GatewayTest, validateOnlyChecksAllAndChangesNothing)
{
    auto request = volumeRequest();
    request.mutable_header()->set_validate_only(true);
    v1::Operation operation;
    ASSERT_TRUE(create(*alice, request, &operation).ok());
    EXPECT_EQ(operation.phase(), "validated");
    EXPECT_EQ(reasonOf(create(*lodge.client("user/vera"), request)), Reason::NotAuthorised);
    EXPECT_EQ(lodge.driver().inventory()->size(), 2u) << "the projects";
    EXPECT_TRUE(trail().empty());
    request.mutable_header()->set_validate_only(false);
    EXPECT_TRUE(create(*alice, request).ok()) << "its request id was not used up";
}

TEST_F(GatewayTest, aQuotaRefusesBeforeAnythingBegins)
{
    for (int i = 0; i < 10; ++i) {
        lodge.driver().put(Lodge::volume("full-" + std::to_string(i)));
    }
    const auto problem = wire::problemFrom(create(*alice, volumeRequest()));
    EXPECT_EQ(problem.reason, Reason::Quota);
    EXPECT_EQ(problem.fact("limit"), "10");
}

TEST_F(GatewayTest, nonsenseIsRefusedWithItsField)
{
    const std::pair<const char *, std::function<void(v1::CreateVolumeRequest &)>> mistakes[] = {
        {"header.request_id", [](auto &r) { r.mutable_header()->set_request_id("once"); }},
        {"volume_id", [](auto &r) { r.set_volume_id("../v"); }},
        {"display_name",
            [](auto &r) {
                r.set_display_name("a\xe2\x80\xae"
                                   "b");
            }},
        {"project", [](auto &r) { r.clear_project(); }},
        {"size_bytes", [](auto &r) { r.set_size_bytes(-1); }},
    };
    for (const auto &[field, spoil] : mistakes) {
        auto request = volumeRequest();
        spoil(request);
        const auto problem = wire::problemFrom(create(*alice, request));
        EXPECT_EQ(problem.reason, Reason::InvalidArgument) << field;
        EXPECT_EQ(problem.fact("field"), field);
    }
    auto request = volumeRequest();
    request.set_classification("secretish");
    EXPECT_EQ(reasonOf(create(*alice, request)), Reason::InvalidArgument);
    EXPECT_TRUE(trail().empty()) << "what is no order is not in the trail";
}

TEST_F(GatewayTest, whatIsNotUtf8OrTooBigNeverArrives)
{
    auto request = volumeRequest();
    request.set_display_name(std::string(5 << 20, 'x'));
    EXPECT_EQ(create(*alice, request).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    request.set_display_name("\xff\xfe");
    EXPECT_FALSE(create(*alice, request).ok());
    EXPECT_TRUE(create(*alice, volumeRequest()).ok()) << "the connection survives";
}

TEST_F(GatewayTest, unknownAndForeignNamesAreNotFound)
{
    EXPECT_EQ(reasonOf(startInstance(*alice, objectRequest("sites/lyon/instances/none"))), Reason::NotFound);
    EXPECT_EQ(reasonOf(startInstance(*alice, objectRequest("sites/porto/instances/i-1"))), Reason::NotFound);
    EXPECT_EQ(reasonOf(startInstance(*alice, objectRequest("sites/lyon/volumes/v-1"))), Reason::InvalidArgument);
    EXPECT_EQ(reasonOf(create(*ada, volumeRequest("v-1", "p9"))), Reason::NotFound);
    auto request = volumeRequest();
    request.set_image("none");
    EXPECT_EQ(reasonOf(create(*alice, request)), Reason::NotFound);
}

TEST_F(GatewayTest, thingsOfOtherProjectsCannotBeUsed)
{
    lodge.driver().put(Lodge::instance("i-1"));
    lodge.driver().put(Lodge::volume("v-2", "p2"));
    v1::AttachmentRequest request;
    Lodge::fill(request.mutable_header());
    request.set_name("sites/lyon/instances/i-1");
    request.set_volume("sites/lyon/volumes/v-2");
    grpc::ClientContext context;
    v1::Operation operation;
    EXPECT_EQ(reasonOf(ada->AttachVolume(&context, request, &operation)), Reason::NotFound);
}

TEST_F(GatewayTest, whatIsUnderWayCanBeCancelled)
{
    lodge.driver().hold();
    v1::Operation operation, cancelled;
    ASSERT_TRUE(create(*alice, volumeRequest(), &operation).ok());
    lodge.driver().awaitHeld(1);
    grpc::ClientContext one, two;
    EXPECT_EQ(reasonOf(lodge.client("user/vera")->CancelOperation(&one, objectRequest(operation.name()), &cancelled)), Reason::NotAuthorised);
    ASSERT_TRUE(alice->CancelOperation(&two, objectRequest(operation.name()), &cancelled).ok());
    EXPECT_EQ(cancelled.name(), operation.name());
    EXPECT_EQ(lodge.ended(*alice, operation).state, OperationState::Cancelled);
    EXPECT_EQ(lodge.driver().inventory()->size(), 2u);
    lodge.driver().release();
}

TEST_F(GatewayTest, questionsAreAnsweredWhileEveryWorkerIsBusy)
{
    lodge.driver().hold();
    v1::Operation operation;
    for (int i = 0; i < 8; ++i) {
        ASSERT_TRUE(create(*alice, volumeRequest("busy-" + std::to_string(i)), &operation).ok());
    }
    lodge.driver().awaitHeld(4);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    v1::Site site;
    EXPECT_TRUE(alice->GetSite(&context, {}, &site).ok());
    EXPECT_EQ(site.name(), "sites/lyon");
    lodge.driver().release();
    EXPECT_EQ(lodge.ended(*alice, operation).state, OperationState::Done);
}

TEST_F(GatewayTest, onAFullDiskOrdersAreRefusedAndNothingIsHalfDone)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 0; // no file of this process may take another byte
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
    const auto request = volumeRequest();
    const auto status = create(*alice, request);
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(reasonOf(status), Reason::DiskFull) << describe(wire::problemFrom(status));
    EXPECT_EQ(lodge.driver().inventory()->size(), 2u) << "the projects";
    EXPECT_TRUE(trail().empty());
    v1::Operation operation;
    ASSERT_TRUE(create(*alice, request, &operation).ok()) << "its request id was not used up";
    EXPECT_EQ(lodge.ended(*alice, operation).state, OperationState::Done);
    EXPECT_EQ(trail().size(), 1u);
}
