// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "proto/wire.h"
#include "proto/wirereader.h"
#include "tests/proto/reflect.h"
#include "tests/proto/requests.h"
#include "tests/proto/samples.h"

#include <gtest/gtest.h>

#include <random>

using namespace portulan;

namespace {

using reflect::FieldDescriptor;
using reflect::Message;

/// Runs `attack` once for every scalar field of `original`, each time on a fresh copy in which only that field is altered.
template <typename M>
void onEachField(const M &original, const std::function<bool(Message &, const FieldDescriptor *)> &alter,
    const std::function<void(const M &, const std::string &field)> &attack)
{
    int fields = 0;
    M counted = original;
    reflect::forEachScalar(counted, [&](Message &, const FieldDescriptor *) { ++fields; });
    for (int wanted = 0; wanted < fields; ++wanted) {
        M copy = original;
        int at = 0;
        std::string name;
        reflect::forEachScalar(copy, [&](Message &owner, const FieldDescriptor *field) {
            if (at++ == wanted && alter(owner, field)) {
                name = field->full_name();
            }
        });
        if (!name.empty()) {
            attack(copy, name);
        }
    }
}

bool setText(Message &owner, const FieldDescriptor *field, const std::string &text)
{
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
        return false;
    }
    if (field->is_repeated()) {
        owner.GetReflection()->SetRepeatedString(&owner, field, 0, text);
    } else {
        owner.GetReflection()->SetString(&owner, field, text);
    }
    return true;
}

bool setNumber(Message &owner, const FieldDescriptor *field, std::int64_t value)
{
    if (field->is_repeated() || field->full_name().starts_with("google.protobuf.Timestamp")) {
        return false;
    }
    switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
        owner.GetReflection()->SetInt64(&owner, field, value);
        return true;
    case FieldDescriptor::CPPTYPE_INT32:
        owner.GetReflection()->SetInt32(&owner, field, value < 0 ? -7 : std::numeric_limits<std::int32_t>::max());
        return true;
    case FieldDescriptor::CPPTYPE_DOUBLE:
        owner.GetReflection()->SetDouble(
            &owner, field, value < 0 ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity());
        return true;
    default:
        return false;
    }
}

/// What a problem carries is cleaned, never a cause to refuse what it rides in.
bool isOfAProblem(const std::string &field)
{
    return field.starts_with("portulan.v1.Problem.");
}
/// Words read leniently: an unknown one is the careful choice of its kind.
bool isAWord(const std::string &field)
{
    return field == "portulan.v1.Proof.value";
}

template <typename M>
void refuses(const M &message, const std::string &field, const char *what)
{
    const auto read = wire::fromWire(message);
    EXPECT_FALSE(read) << field << ": " << what;
    if (!read) {
        EXPECT_TRUE(read.error().reason == Reason::InvalidArgument || read.error().reason == Reason::TooLarge) << describe(read.error());
        EXPECT_LT(describe(read.error()).size(), 1024u);
        EXPECT_TRUE(isUtf8(describe(read.error()))) << field;
    }
}

template <typename M>
void attackAll(const M &message)
{
    const auto text = [&](const std::string &value, const char *what) {
        onEachField<M>(
            message, [&](Message &owner, const FieldDescriptor *field) { return setText(owner, field, value); },
            [&](const M &altered, const std::string &field) {
                if (isOfAProblem(field) || isAWord(field)) {
                    static_cast<void>(wire::fromWire(altered));
                } else {
                    refuses(altered, field, what);
                }
            });
    };
    text("\xff\xfe", "not UTF-8");
    text(std::string("a\0b", 3), "NUL");
    text(std::string(70'000, 'x'), "too long");
    for (const std::int64_t value : {std::int64_t {-5}, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
        onEachField<M>(
            message, [&](Message &owner, const FieldDescriptor *field) { return setNumber(owner, field, value); },
            [&](const M &altered, const std::string &field) { refuses(altered, field, "number out of bounds"); });
    }
}

}

TEST(Hostile, noFieldOfAThingIsTakenOnTrust)
{
    for (const auto &thing : samples::things()) {
        attackAll(wire::toWire(Change {1, thing}));
    }
    attackAll(wire::toWire(samples::verdict()));
    attackAll(wire::toWire(samples::dataObject()));
}

TEST(Hostile, noFieldOfAnOrderIsTakenOnTrust)
{
    for (const auto &request : samples::requests()) {
        const auto original = wire::toWire(request);
        int fields = 0;
        reflect::forEachScalar(*original, [&](Message &, const FieldDescriptor *) { ++fields; });
        const auto attack = [&](const std::function<bool(Message &, const FieldDescriptor *)> &alter, const char *what) {
            for (int wanted = 0; wanted < fields; ++wanted) {
                const std::unique_ptr<Message> copy(original->New());
                copy->CopyFrom(*original);
                int at = 0;
                std::string name;
                reflect::forEachScalar(*copy, [&](Message &owner, const FieldDescriptor *field) {
                    if (at++ == wanted && alter(owner, field)) {
                        name = field->full_name();
                    }
                });
                if (!name.empty()) {
                    EXPECT_FALSE(requests::read(*copy, request.order.index(), "lyon")) << name << ": " << what;
                }
            }
        };
        attack([](Message &owner, const FieldDescriptor *field) { return setText(owner, field, "\xff\xfe"); }, "not UTF-8");
        attack([](Message &owner, const FieldDescriptor *field) { return setText(owner, field, std::string("a\0b", 3)); }, "NUL");
        attack([](Message &owner, const FieldDescriptor *field) { return setText(owner, field, std::string(70'000, 'x')); }, "too long");
        attack([](Message &owner, const FieldDescriptor *field) { return setNumber(owner, field, -5); }, "negative");
        attack(
            [](Message &owner, const FieldDescriptor *field) { return setNumber(owner, field, std::numeric_limits<std::int64_t>::max()); }, "huge");
    }
}

TEST(Hostile, momentsOutsideTheCalendarAreRefused)
{
    google::protobuf::Timestamp message;
    for (const auto &[seconds, nanos] : {std::pair<std::int64_t, std::int32_t> {std::numeric_limits<std::int64_t>::max(), 0},
             {std::numeric_limits<std::int64_t>::min(), 0}, {253'402'300'800, 0}, {0, -1}, {0, 1'000'000'000}}) {
        message.set_seconds(seconds);
        message.set_nanos(nanos);
        EXPECT_FALSE(wire::fromWire(message)) << seconds << ' ' << nanos;
    }
}

TEST(Hostile, aProofIsNotFollowedWithoutEnd)
{
    auto verdict = wire::toWire(samples::verdict());
    v1::Proof *deepest = verdict.mutable_findings(0)->mutable_condition();
    for (int depth = 0; depth < 80; ++depth) {
        deepest = deepest->add_parts();
    }
    const auto deep = wire::fromWire(verdict);
    ASSERT_FALSE(deep);
    EXPECT_EQ(deep.error().fact("what"), "proof.depth");

    auto wide = wire::toWire(samples::verdict());
    for (int i = 0; i < 30'000; ++i) {
        wide.mutable_findings(0)->mutable_condition()->add_parts();
    }
    const auto read = wire::fromWire(wide);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().fact("what"), "proof.nodes");
}

TEST(Hostile, countsAreBounded)
{
    const auto tooLarge = [](const auto &message) {
        const auto read = wire::fromWire(message);
        return !read && read.error().reason == Reason::TooLarge;
    };
    auto instance = wire::toWire(samples::instance());
    for (int i = 0; i < 40; ++i) {
        instance.add_volumes("v-" + std::to_string(i));
    }
    EXPECT_TRUE(tooLarge(instance));
    auto labelled = wire::toWire(samples::instance());
    for (int i = 0; i < 40; ++i) {
        (*labelled.mutable_common()->mutable_labels())["k" + std::to_string(i)] = "v";
    }
    EXPECT_TRUE(tooLarge(labelled));
    auto site = wire::toWire(samples::site());
    for (int i = 0; i < 600; ++i) {
        (*site.mutable_facts())["site.f" + std::to_string(i)].set_truth(true);
    }
    EXPECT_TRUE(tooLarge(site));
    auto operation = wire::toWire(samples::operation());
    for (int i = 0; i < 100; ++i) {
        operation.add_log("line");
    }
    EXPECT_TRUE(tooLarge(operation));
    auto holders = wire::toWire(samples::site());
    for (int i = 0; i < 300; ++i) {
        holders.mutable_operated_by()->add_holders();
    }
    EXPECT_TRUE(tooLarge(holders));
}

TEST(Hostile, aFactSaysExactlyOneThing)
{
    auto site = wire::toWire(samples::site());
    (*site.mutable_facts())["site.nothing"].set_source("nobody");
    EXPECT_FALSE(wire::fromWire(site));
}

TEST(Hostile, anUnknownClassIsNotTakenForAnother)
{
    auto volume = wire::toWire(samples::volume());
    volume.set_classification("cosmic_top_secret");
    EXPECT_FALSE(wire::fromWire(volume));
}

TEST(Hostile, randomBytesNeverBreakTheReader)
{
    std::mt19937 random(20261122);
    const auto byte = [&] { return static_cast<char>(random() & 0xff); };
    int parsed = 0;
    const auto feed = [&](const std::string &bytes) {
        v1::Change change;
        parsed += change.ParseFromString(bytes) ? 1 : 0; // what was read before the fault stays in the message
        if (const auto read = wire::fromWire(change)) {
            EXPECT_TRUE(wire::fromWire(wire::toWire(*read)));
        }
        v1::Verdict verdict;
        static_cast<void>(verdict.ParseFromString(bytes));
        static_cast<void>(wire::fromWire(verdict));
        v1::CreateInstanceRequest request;
        static_cast<void>(request.ParseFromString(bytes));
        static_cast<void>(wire::fromWire(request, "lyon"));
        static_cast<void>(wire::problemFrom(grpc::Status(grpc::StatusCode::ABORTED, bytes, bytes)));
    };
    for (int i = 0; i < 5'000; ++i) {
        std::string noise(random() % 200, '\0');
        std::ranges::generate(noise, byte);
        feed(noise);
    }
    std::vector<std::string> whole;
    for (const auto &thing : samples::things()) {
        whole.push_back(wire::toWire(Change {1, thing}).SerializeAsString());
    }
    whole.push_back(wire::toWire(samples::verdict()).SerializeAsString());
    for (int i = 0; i < 20'000; ++i) {
        std::string mutated = whole[random() % whole.size()];
        for (unsigned cuts = random() % 4 + 1; cuts > 0; --cuts) {
            mutated[random() % mutated.size()] = byte();
        }
        if (random() % 4 == 0) {
            mutated.resize(random() % mutated.size());
        }
        feed(mutated);
    }
    EXPECT_GT(parsed, 1000);
}
