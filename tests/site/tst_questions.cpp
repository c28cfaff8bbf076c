// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/lodge.h"

#include <gtest/gtest.h>

using namespace portulan;
using test::Lodge;
using test::reasonOf;

class QuestionsTest : public testing::Test {
protected:
    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client("user/alice");
    std::unique_ptr<Lodge::Stub> ada = lodge.client("user/ada");

    static std::string ids(const v1::ListResponse &response)
    {
        std::string text;
        for (const auto &item : response.items()) {
            text += idOf(wire::fromWire(item).value().thing).id + ' ';
        }
        return text;
    }
    v1::ListResponse instances(Lodge::Stub &stub, const v1::ListRequest &request, grpc::Status *status = nullptr)
    {
        grpc::ClientContext context;
        v1::ListResponse response;
        const auto got = stub.ListInstances(&context, request, &response);
        if (status) {
            *status = got;
        } else {
            EXPECT_TRUE(got.ok()) << describe(wire::problemFrom(got));
        }
        return response;
    }
};

TEST_F(QuestionsTest, whoAmIAnswersToAnybodyOfTheFederation)
{
    grpc::ClientContext one, two, three;
    v1::Identity identity;
    ASSERT_TRUE(alice->WhoAmI(&one, {}, &identity).ok());
    EXPECT_EQ(identity.identity(), "user/alice");
    ASSERT_EQ(identity.grants_size(), 1);
    EXPECT_EQ(identity.grants(0).role(), "operator");
    ASSERT_TRUE(lodge.client("user/new")->WhoAmI(&two, {}, &identity).ok());
    EXPECT_EQ(identity.grants_size(), 0);
    EXPECT_EQ(reasonOf(lodge.client("site/porto")->WhoAmI(&three, {}, &identity)), Reason::NotAuthorised);
}

TEST_F(QuestionsTest, listsComeInPagesAndOnlyOfWhatOneMaySee)
{
    for (int i = 0; i < 7; ++i) {
        lodge.driver().put(Lodge::instance("i-" + std::to_string(i), i % 2 ? "p2" : "p1"));
    }
    v1::ListRequest request;
    request.set_page_size(3);
    auto page = instances(*ada, request);
    EXPECT_EQ(ids(page), "i-0 i-1 i-2 ");
    EXPECT_EQ(page.total_size(), 7);
    lodge.driver().put(Lodge::instance("i-00")); // before where we are: does not disturb
    request.set_page_token(page.next_page_token());
    page = instances(*ada, request);
    EXPECT_EQ(ids(page), "i-3 i-4 i-5 ");
    request.set_page_token(page.next_page_token());
    page = instances(*ada, request);
    EXPECT_EQ(ids(page), "i-6 ");
    EXPECT_EQ(page.next_page_token(), "");
    EXPECT_EQ(ids(instances(*alice, {})), "i-0 i-00 i-2 i-4 i-6 ");
    EXPECT_EQ(ids(instances(*lodge.client("user/otto"), {})), "i-1 i-3 i-5 ");
}

TEST_F(QuestionsTest, listsAreFilteredByTheQueryLanguage)
{
    auto strong = Lodge::instance("i-1", "p1", Classification::HealthFr);
    strong.name = "dossiers patients";
    strong.vcpus = 16;
    lodge.driver().put(strong);
    lodge.driver().put(Lodge::instance("i-2"));
    v1::ListRequest request;
    request.set_filter("class:health cpu>8");
    EXPECT_EQ(ids(instances(*alice, request)), "i-1 ");
    request.set_filter("nonsense:1");
    grpc::Status status;
    instances(*alice, request, &status);
    EXPECT_EQ(wire::problemFrom(status).fact("field"), "query");
}

TEST_F(QuestionsTest, aForgedPageTokenIsRefused)
{
    lodge.driver().put(Lodge::instance("i-1"));
    lodge.driver().put(Lodge::instance("i-2"));
    v1::ListRequest request;
    request.set_page_size(1);
    const auto token = instances(*ada, request).next_page_token();
    request.set_filter("web"); // another question
    for (const std::string &forged : {token, token + "zz", std::string("x"), std::string(5000, 'a')}) {
        request.set_page_token(forged);
        grpc::Status status;
        instances(*ada, request, &status);
        EXPECT_EQ(wire::problemFrom(status).fact("field"), "page_token") << forged;
    }
    request.clear_page_token();
    request.set_parent("sites/porto");
    grpc::Status status;
    instances(*ada, request, &status);
    EXPECT_EQ(reasonOf(status), Reason::NotFound);
}

TEST_F(QuestionsTest, theTrailIsReadInPagesAndVerifiedByThoseWhoMay)
{
    const auto audrey = lodge.client("user/audrey");
    for (int i = 0; i < 5; ++i) {
        v1::ObjectRequest request;
        Lodge::fill(request.mutable_header());
        request.set_name("sites/lyon/instances/none-" + std::to_string(i));
        grpc::ClientContext context;
        v1::Operation operation;
        EXPECT_FALSE(alice->StartInstance(&context, request, &operation).ok());
    }
    v1::ListAuditEntriesRequest request;
    request.set_page_size(3);
    request.set_newest_first(true);
    std::string sequences;
    do {
        grpc::ClientContext context;
        v1::ListAuditEntriesResponse response;
        ASSERT_TRUE(audrey->ListAuditEntries(&context, request, &response).ok());
        for (const auto &entry : response.entries()) {
            sequences += std::to_string(entry.sequence()) + ' ';
        }
        request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(sequences, "5 4 3 2 1 ");
    grpc::ClientContext one, two;
    v1::AuditVerification verification;
    ASSERT_TRUE(audrey->VerifyAudit(&one, {}, &verification).ok());
    EXPECT_TRUE(verification.intact());
    EXPECT_EQ(verification.entries(), 5u);
    EXPECT_EQ(reasonOf(alice->VerifyAudit(&two, {}, &verification)), Reason::NotAuthorised);
}

TEST_F(QuestionsTest, theConsoleOfAnInstanceIsForItsOperators)
{
    lodge.driver().put(Lodge::instance("i-1"));
    lodge.driver().setContent({"lyon", ObjectKind::Instance, "i-1"}, {}, "booting… login:");
    v1::GetConsoleOutputRequest request;
    request.set_name("sites/lyon/instances/i-1");
    request.set_max_bytes(6);
    grpc::ClientContext one, two;
    v1::ConsoleOutput output;
    ASSERT_TRUE(alice->GetConsoleOutput(&one, request, &output).ok());
    EXPECT_EQ(output.content(), "login:");
    EXPECT_EQ(output.offset(), 11);
    EXPECT_EQ(reasonOf(lodge.client("user/vera")->GetConsoleOutput(&two, request, &output)), Reason::NotAuthorised);
}

TEST_F(QuestionsTest, samplesAreKeptForTheCharts)
{
    v1::ListCapacitySamplesResponse response;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (response.samples_size() == 0 && std::chrono::steady_clock::now() < deadline) {
        grpc::ClientContext context;
        ASSERT_TRUE(alice->ListCapacitySamples(&context, {}, &response).ok());
    }
    ASSERT_GT(response.samples_size(), 0);
    EXPECT_EQ(response.samples(0).total().vcpus(), 64) << "the smaller of declared and sixteen a hardware thread";
}

TEST_F(QuestionsTest, aMigrationThatCannotBeIsRefusedBeforeItBegins)
{
    lodge.driver().put(Lodge::instance("i-1"));
    auto retained = Lodge::instance("i-2");
    retained.custody = Custody::Retained;
    lodge.driver().put(retained);
    const auto migrate = [&](const std::string &id, const std::string &to) {
        v1::MigrateRequest request;
        Lodge::fill(request.mutable_header());
        request.set_name("sites/lyon/instances/" + id);
        request.set_to_site(to);
        grpc::ClientContext context;
        v1::Operation operation;
        return reasonOf(alice->Migrate(&context, request, &operation));
    };
    EXPECT_EQ(migrate("i-1", "lyon"), Reason::InvalidArgument);
    EXPECT_EQ(migrate("i-2", "porto"), Reason::NotReady);
    EXPECT_EQ(migrate("i-3", "porto"), Reason::NotFound);
}

TEST_F(QuestionsTest, moreThan64CallsAtOnceOfOneCallerAreRefused)
{
    const auto channel = lodge.channel("user/alice");
    const auto stub = v1::Gateway::NewStub(channel);
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<grpc::ClientReader<v1::WatchResponse>>> streams;
    for (int i = 0; i < 64; ++i) {
        contexts.push_back(std::make_unique<grpc::ClientContext>());
        streams.push_back(stub->Watch(contexts.back().get(), {}));
        v1::WatchResponse message;
        ASSERT_TRUE(streams.back()->Read(&message)) << i;
    }
    grpc::ClientContext one, two;
    v1::Identity identity;
    const auto problem = wire::problemFrom(stub->WhoAmI(&one, {}, &identity));
    EXPECT_EQ(problem.reason, Reason::TooLarge);
    EXPECT_EQ(problem.fact("limit"), "64");
    EXPECT_TRUE(ada->WhoAmI(&two, {}, &identity).ok()) << "one caller does not crowd out another";
    for (auto &context : contexts) {
        context->TryCancel();
    }
    bool free = false;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!free && std::chrono::steady_clock::now() < deadline) {
        grpc::ClientContext context;
        free = stub->WhoAmI(&context, {}, &identity).ok();
    }
    EXPECT_TRUE(free) << "places are given back";
}
