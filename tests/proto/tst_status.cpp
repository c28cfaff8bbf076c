// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "proto/wire.h"
#include "tests/proto/samples.h"

#include <gtest/gtest.h>

using namespace portulan;

TEST(Status, everyReasonSurvivesAsAStatus)
{
    for (const Reason reason : allReasons) {
        const Problem problem {reason, {{"what", "disque é"}, {"limit", "4"}}, "an English detail"};
        const auto status = wire::toStatus(problem);
        EXPECT_FALSE(status.ok());
        EXPECT_EQ(wire::problemFrom(status), problem) << toString(reason);
    }
}

TEST(Status, aStatusOfAnotherMakeIsReadByItsCode)
{
    using grpc::StatusCode;
    const std::pair<StatusCode, Reason> table[] = {{StatusCode::UNAVAILABLE, Reason::Unreachable}, {StatusCode::DEADLINE_EXCEEDED, Reason::TimedOut},
        {StatusCode::UNAUTHENTICATED, Reason::Unauthenticated}, {StatusCode::PERMISSION_DENIED, Reason::NotAuthorised},
        {StatusCode::NOT_FOUND, Reason::NotFound}, {StatusCode::ALREADY_EXISTS, Reason::AlreadyExists}, {StatusCode::ABORTED, Reason::Conflict},
        {StatusCode::RESOURCE_EXHAUSTED, Reason::NoCapacity}, {StatusCode::INVALID_ARGUMENT, Reason::InvalidArgument},
        {StatusCode::DATA_LOSS, Reason::Integrity}, {StatusCode::FAILED_PRECONDITION, Reason::NotReady},
        {StatusCode::UNIMPLEMENTED, Reason::Unsupported}, {StatusCode::CANCELLED, Reason::Cancelled}, {StatusCode::INTERNAL, Reason::Internal},
        {StatusCode::UNKNOWN, Reason::Internal}};
    for (const auto &[code, reason] : table) {
        const auto problem = wire::problemFrom(grpc::Status(code, "said so"));
        EXPECT_EQ(problem.reason, reason);
        EXPECT_EQ(problem.detail, "said so");
    }
    const grpc::Status large(StatusCode::RESOURCE_EXHAUSTED, "CLIENT: Received message larger than max (9 vs. 4)");
    EXPECT_EQ(wire::problemFrom(large).reason, Reason::TooLarge);
}

TEST(Status, aLongProblemStillFitsATrailer)
{
    Problem problem {Reason::Refused, {}, std::string(100'000, 'd')};
    for (int i = 0; i < 100; ++i) {
        problem.facts["fact" + std::to_string(i)] = std::string(10'000, 'f');
    }
    const auto status = wire::toStatus(problem);
    EXPECT_LT(status.error_details().size() + status.error_message().size(), 4096u);
    const auto back = wire::problemFrom(status);
    EXPECT_EQ(back.reason, Reason::Refused);
    EXPECT_TRUE(back.facts.contains("fact0"));
}

TEST(Status, garbageInTheDetailsIsNotBelieved)
{
    for (const auto &details : {std::string("\xff\x00\x01", 3), std::string(100'000, '\x0a'), std::string()}) {
        EXPECT_EQ(wire::problemFrom(grpc::Status(grpc::StatusCode::NOT_FOUND, "\xff", details)).reason, Reason::NotFound);
    }
}

TEST(Status, aProblemOfAnotherVersionIsInternal)
{
    v1::Problem message;
    message.set_reason("FLUX_CAPACITOR");
    for (int i = 0; i < 100; ++i) {
        (*message.mutable_facts())["f" + std::to_string(i)] = "1";
    }
    const auto problem = wire::fromWire(message);
    EXPECT_EQ(problem.reason, Reason::Internal);
    EXPECT_EQ(problem.facts.size(), 32u);
}
