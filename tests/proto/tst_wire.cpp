// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "proto/wire.h"
#include "tests/proto/reflect.h"
#include "tests/proto/requests.h"
#include "tests/proto/samples.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

using namespace portulan;

namespace {

/// What survives a serialisation, as a gateway and a console see it.
template <typename Message>
Message overTheWire(const Message &message)
{
    Message copy;
    EXPECT_TRUE(copy.ParseFromString(message.SerializeAsString()));
    return copy;
}

template <typename T>
void expectThereAndBack(const T &value)
{
    const auto message = wire::toWire(value);
    const auto back = wire::fromWire(overTheWire(message));
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_TRUE(*back == value) << message.ShortDebugString();
}

}

TEST(Wire, everyThingSurvivesThereAndBack)
{
    std::uint64_t revision = 0;
    for (const auto &thing : samples::things()) {
        expectThereAndBack(Change {++revision, thing});
    }
    EXPECT_EQ(revision, std::variant_size_v<Thing>);
}

TEST(Wire, answersSurviveThereAndBack)
{
    expectThereAndBack(samples::verdict());
    expectThereAndBack(samples::dataObject());
    expectThereAndBack(samples::capacitySample());
    EXPECT_EQ(wire::fromWire(overTheWire(wire::toWire(samples::problem()))), samples::problem());
}

TEST(Wire, noFieldOfAThingIsForgotten)
{
    for (const auto &thing : samples::things()) {
        EXPECT_EQ(reflect::emptyFields(wire::toWire(Change {1, thing})), std::vector<std::string> {});
    }
    // A leaf of a proof has no parts.
    const std::vector<std::string> leaves {"findings.applies.parts.parts", "findings.condition.parts.parts"};
    EXPECT_EQ(reflect::emptyFields(wire::toWire(samples::verdict())), leaves);
    EXPECT_EQ(reflect::emptyFields(wire::toWire(samples::dataObject())), std::vector<std::string> {});
}

TEST(Wire, everyOrderSurvivesThereAndBack)
{
    const auto all = samples::requests();
    ASSERT_EQ(all.size(), std::variant_size_v<Order>);
    for (std::size_t i = 0; i < all.size(); ++i) {
        ASSERT_EQ(all[i].order.index(), i);
        const auto message = wire::toWire(all[i]);
        const auto back = requests::read(*message, i, "lyon");
        ASSERT_TRUE(back) << kindOf(all[i].order) << ' ' << describe(back.error());
        EXPECT_EQ(back->order.index(), i);
        EXPECT_EQ(back->requestId, all[i].requestId);
        EXPECT_EQ(back->etag, "e-7");
        EXPECT_TRUE(back->validateOnly);
        EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*wire::toWire(*back), *message)) << message->ShortDebugString();
    }
}

TEST(Wire, noFieldOfAnOrderIsForgotten)
{
    for (const auto &request : samples::requests()) {
        const auto allowed = std::holds_alternative<Evacuate>(request.order) ? std::vector<std::string> {"retry_of"} : std::vector<std::string> {};
        EXPECT_EQ(reflect::emptyFields(*wire::toWire(request)), allowed) << kindOf(request.order);
    }
}

TEST(Wire, anEvacuationNamesItsMovesOrTheOneItRetries)
{
    Request request {"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", {}, false, Evacuate {{"lyon", ObjectKind::Site, {}}, {}, 4, 2, {}, "op-1"}};
    const auto index = request.order.index();
    const auto back = requests::read(*wire::toWire(request), index, "lyon");
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_EQ(std::get<Evacuate>(back->order).retryOf, "op-1");
    std::get<Evacuate>(request.order).moves.push_back({{{"lyon", ObjectKind::Volume, "v"}, "brest", {}, {}}, 0, {}, 1});
    EXPECT_EQ(requests::read(*wire::toWire(request), index, "lyon").error().fact("field"), "moves");
    request.order = Evacuate {{"lyon", ObjectKind::Site, {}}, {}};
    EXPECT_EQ(requests::read(*wire::toWire(request), index, "lyon").error().fact("field"), "moves");
}

TEST(Wire, everyKindThatMovesMayBeOrderedToAndComeAfterOneAnother)
{
    const Order alone = Migrate {};
    for (const auto kind : {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::Image, ObjectKind::DataSet}) {
        const Migrate order {{"lyon", kind, "x"}, "brest", {}, {}};
        const auto back = requests::read(*wire::toWire({"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", {}, false, order}), alone.index(), "lyon");
        ASSERT_TRUE(back) << describe(back.error());
        const Evacuate all {{"lyon", ObjectKind::Site, {}}, {{order, 0, {{"lyon", kind, "y"}}, 1}}};
        const Request request {"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", {}, false, all};
        const auto whole = requests::read(*wire::toWire(request), request.order.index(), "lyon");
        ASSERT_TRUE(whole) << describe(whole.error());
        EXPECT_EQ(std::get<Evacuate>(whole->order).moves[0].after.front().kind, kind);
    }
}

TEST(Wire, whatAnotherSiteHasToMoveFirstIsNamedAsToBeAskedThere)
{
    const ObjectId database {"brest", ObjectKind::Instance, "db"};
    Request request {"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", {}, false,
        Evacuate {{"lyon", ObjectKind::Site, {}}, {{{database, "brest", "127.0.0.1:1", {}}, 0, {}}}}};
    const auto back = requests::read(*wire::toWire(request), request.order.index(), "lyon");
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_EQ(std::get<Evacuate>(back->order).moves[0].order.object, database);
    std::get<Evacuate>(request.order).moves[0].order.toSite = "nice"; // which is not for lyon to say
    EXPECT_EQ(requests::read(*wire::toWire(request), request.order.index(), "lyon").error().reason, Reason::NotFound);
}

TEST(Wire, anOrderForAnotherSiteIsNotFound)
{
    for (const auto &request : samples::requests()) {
        const bool names = objectOf(request.order).site == "lyon";
        const auto back = requests::read(*wire::toWire(request), request.order.index(), "brest");
        if (names) {
            ASSERT_FALSE(back) << kindOf(request.order);
            EXPECT_EQ(back.error().reason, Reason::NotFound) << kindOf(request.order);
        }
    }
}

TEST(Wire, anOrderWithoutARequestIdIsRefused)
{
    for (auto request : samples::requests()) {
        for (const auto *id : {"", "1", "0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a1", "0b3f1c52x9e6c-4f0f-8a35-2f1d7c1f0a11"}) {
            request.requestId = id;
            const auto back = requests::read(*wire::toWire(request), request.order.index(), "lyon");
            ASSERT_FALSE(back);
            EXPECT_EQ(back.error().fact("field"), "header.request_id");
        }
    }
}

TEST(Wire, anUnknownKindOfChangeIsOfAnotherVersion)
{
    v1::Change message;
    message.set_revision(4);
    const auto change = wire::fromWire(message);
    ASSERT_FALSE(change);
    EXPECT_EQ(change.error().reason, Reason::Version);
}

TEST(Wire, momentsAreExactToTheMillisecond)
{
    for (const std::int64_t ms :
        {std::int64_t {0}, std::int64_t {1}, std::int64_t {-1}, std::int64_t {1'795'000'000'999}, std::int64_t {-62'135'596'800'000}}) {
        const Instant moment {std::chrono::milliseconds(ms)};
        EXPECT_EQ(wire::fromWire(wire::toWire(moment)), moment);
    }
}

TEST(Wire, namesOfForeignStacksAreMadePresentable)
{
    auto instance = samples::instance();
    instance.name = "web\x01\xff 1\u202E" + std::string(300, 'x') + "é";
    instance.stateNote = std::string("a\0b", 3);
    const auto back = wire::fromWire(overTheWire(wire::toWire(instance)));
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_TRUE(back->name.starts_with("web\uFFFD\uFFFD 1\uFFFDxxx"));
    EXPECT_LE(back->name.size(), 255u);
    EXPECT_EQ(back->stateNote, "a\uFFFDb");
}

TEST(Wire, onlyTheLastLinesOfALogTravel)
{
    auto operation = samples::operation();
    operation.log.assign(100, "line");
    operation.log.back() = "the last";
    const auto back = wire::fromWire(wire::toWire(operation));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->log.size(), 64u);
    EXPECT_EQ(back->log.back(), "the last");
}
