// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Calls as hostile, broken and hasty clients make them, over real TLS.
#include "tests/site/lodge.h"

#include <gtest/gtest.h>
#include <limits>
#include <thread>

using namespace portulan;
using test::create;
using test::Lodge;
using test::reasonOf;
using test::volumeRequest;

namespace {

grpc::StatusCode knock(const std::shared_ptr<grpc::Channel> &channel)
{
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    v1::Identity identity;
    return v1::Gateway::NewStub(channel)->WhoAmI(&context, {}, &identity).error_code();
}

class BadCalls : public testing::Test {
protected:
    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client("user/alice");
};

}

TEST_F(BadCalls, onlyGoodCertificatesOfThisFederationGetIn)
{
    EXPECT_EQ(knock(lodge.channel("user/alice")), grpc::StatusCode::OK);
    EXPECT_EQ(knock(lodge.strangersChannel()), grpc::StatusCode::UNAVAILABLE) << "foreign";
    EXPECT_EQ(knock(lodge.expiredChannel()), grpc::StatusCode::UNAVAILABLE) << "expired";
    EXPECT_EQ(knock(lodge.namelessChannel()), grpc::StatusCode::UNAVAILABLE) << "none at all";
    const auto plain = grpc::CreateChannel(lodge.endpoint(), grpc::InsecureChannelCredentials());
    EXPECT_EQ(knock(plain), grpc::StatusCode::UNAVAILABLE) << "no TLS";
}

TEST_F(BadCalls, namesInAnyScriptComeBackByteForByte)
{
    const char *names[] = {"مستودع", "מחסן", "🏥 données 𝔘𝔫𝔦", "数据", "e\u0301"};
    for (int i = 0; i < int(std::size(names)); ++i) {
        auto request = volumeRequest("v-" + std::to_string(i));
        request.set_display_name(names[i]);
        v1::Operation operation;
        ASSERT_TRUE(create(*alice, request, &operation).ok()) << names[i];
        EXPECT_EQ(lodge.ended(*alice, operation).objectName, names[i]);
        v1::GetRequest get;
        get.set_name("sites/lyon/volumes/v-" + std::to_string(i));
        grpc::ClientContext context;
        v1::Change found;
        ASSERT_TRUE(alice->GetObject(&context, get, &found).ok());
        EXPECT_EQ(found.volume().common().display_name(), names[i]);
    }
}

TEST_F(BadCalls, sizesBelowZeroAndBeyondReasonAreRefused)
{
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t size : {std::int64_t(-1), std::numeric_limits<std::int64_t>::min(), most, most - 511}) {
        auto request = volumeRequest();
        request.set_size_bytes(size);
        EXPECT_EQ(reasonOf(create(*alice, request)), Reason::InvalidArgument) << size;
    }
    v1::CreateInstanceRequest instance;
    Lodge::fill(instance.mutable_header());
    instance.set_instance_id("i-1");
    instance.set_display_name("web");
    instance.set_project("p1");
    instance.set_ram_bytes(std::int64_t(1) << 30);
    for (const int vcpus : {-1, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()}) {
        instance.set_vcpus(vcpus);
        grpc::ClientContext context;
        v1::Operation operation;
        EXPECT_EQ(reasonOf(alice->CreateInstance(&context, instance, &operation)), Reason::InvalidArgument) << vcpus;
    }
    v1::ListRequest list;
    list.set_page_size(-5);
    grpc::ClientContext context;
    v1::ListResponse response;
    EXPECT_EQ(reasonOf(alice->ListVolumes(&context, list, &response)), Reason::InvalidArgument);
}

TEST_F(BadCalls, oneRequestSentManyTimesAtOnceActsOnce)
{
    const auto request = volumeRequest();
    constexpr int clients = 8;
    std::array<v1::Operation, clients> operations;
    std::array<grpc::Status, clients> statuses;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < clients; ++i) {
        threads.emplace_back([&, i] { statuses[i] = create(*alice, request, &operations[i]); });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < clients; ++i) {
        if (statuses[i].ok()) {
            names.insert(operations[i].name());
        } else {
            EXPECT_EQ(reasonOf(statuses[i]), Reason::AlreadyExists) << "it came when the volume was there already";
        }
    }
    ASSERT_EQ(names.size(), 1u);
    EXPECT_EQ(lodge.ended(*alice, operations[std::size_t(std::ranges::find_if(statuses, &grpc::Status::ok) - statuses.begin())]).state,
        OperationState::Done);
    EXPECT_EQ(lodge.driver().inventory()->size(), 3u) << "two projects, one volume";
}

TEST_F(BadCalls, ofTwoConsolesThatChangeOneThingAtOnceOneIsToldOfTheConflict)
{
    lodge.driver().put(Lodge::instance("i-1"));
    const auto ada = lodge.client("user/ada");
    for (int round = 0; round < 10; ++round) {
        v1::GetRequest get;
        get.set_name("sites/lyon/instances/i-1");
        grpc::ClientContext context;
        v1::Change before;
        ASSERT_TRUE(alice->GetObject(&context, get, &before).ok());
        std::array<Lodge::Stub *, 2> consoles {alice.get(), ada.get()};
        std::array<bool, 2> won {};
        std::array<Reason, 2> reasons {};
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < consoles.size(); ++i) {
            threads.emplace_back([&, i] {
                v1::UpdateInstanceRequest request;
                Lodge::fill(request.mutable_header());
                request.mutable_header()->set_etag(before.instance().common().etag());
                request.set_name(get.name());
                request.set_display_name("by " + std::to_string(i));
                grpc::ClientContext own;
                v1::Operation operation;
                const auto status = consoles[i]->UpdateInstance(&own, request, &operation);
                const auto ended = status.ok() ? lodge.ended(*consoles[i], operation) : Operation {};
                won[i] = status.ok() && ended.state == OperationState::Done;
                reasons[i] = status.ok() ? ended.problem.reason : reasonOf(status);
            });
        }
        for (auto &thread : threads) {
            thread.join();
        }
        ASSERT_NE(won[0], won[1]) << "exactly one";
        const std::size_t winner = won[0] ? 0 : 1;
        EXPECT_EQ(reasons[1 - winner], Reason::Conflict);
        EXPECT_EQ(std::get<Instance>(lodge.driver().find({"lyon", ObjectKind::Instance, "i-1"}).value()).name, "by " + std::to_string(winner));
    }
}
