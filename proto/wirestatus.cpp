// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Problems, alone and as the status of a call.
#include "proto/wireparts.h"

namespace portulan::wire {

namespace {

constexpr char problemType[] = "type.googleapis.com/portulan.v1.Problem";
constexpr std::size_t maxFacts = 32;
constexpr std::size_t maxFactBytes = 4096;
/// Trailers share gRPC's 8 KiB of metadata; beyond it the whole status would be lost.
constexpr std::size_t maxStatusBytes = 3 << 10;

grpc::StatusCode codeOf(Reason reason)
{
    using grpc::StatusCode;
    switch (reason) {
    case Reason::Unreachable:
        return StatusCode::UNAVAILABLE;
    case Reason::TimedOut:
        return StatusCode::DEADLINE_EXCEEDED;
    case Reason::Unauthenticated:
        return StatusCode::UNAUTHENTICATED;
    case Reason::NotAuthorised:
        return StatusCode::PERMISSION_DENIED;
    case Reason::NotFound:
        return StatusCode::NOT_FOUND;
    case Reason::AlreadyExists:
        return StatusCode::ALREADY_EXISTS;
    case Reason::Conflict:
        return StatusCode::ABORTED;
    case Reason::Quota:
    case Reason::NoCapacity:
    case Reason::DiskFull:
    case Reason::TooLarge:
        return StatusCode::RESOURCE_EXHAUSTED;
    case Reason::InvalidArgument:
    case Reason::Malformed:
        return StatusCode::INVALID_ARGUMENT;
    case Reason::Integrity:
        return StatusCode::DATA_LOSS;
    case Reason::Refused:
    case Reason::NotReady:
    case Reason::NoHypervisor:
    case Reason::Expired:
    case Reason::Untrusted:
        return StatusCode::FAILED_PRECONDITION;
    case Reason::Unsupported:
    case Reason::Version:
        return StatusCode::UNIMPLEMENTED;
    case Reason::Cancelled:
        return StatusCode::CANCELLED;
    case Reason::NoKeychain:
    case Reason::Internal:
        break;
    }
    return StatusCode::INTERNAL;
}

Reason reasonOf(const grpc::Status &status)
{
    switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
        return Reason::Unreachable;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
        return Reason::TimedOut;
    case grpc::StatusCode::UNAUTHENTICATED:
        return Reason::Unauthenticated;
    case grpc::StatusCode::PERMISSION_DENIED:
        return Reason::NotAuthorised;
    case grpc::StatusCode::NOT_FOUND:
        return Reason::NotFound;
    case grpc::StatusCode::ALREADY_EXISTS:
        return Reason::AlreadyExists;
    case grpc::StatusCode::ABORTED:
        return Reason::Conflict;
    case grpc::StatusCode::RESOURCE_EXHAUSTED: // gRPC's own word for a message above our limit
        return status.error_message().find("larger than max") != std::string::npos ? Reason::TooLarge : Reason::NoCapacity;
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
        return Reason::InvalidArgument;
    case grpc::StatusCode::DATA_LOSS:
        return Reason::Integrity;
    case grpc::StatusCode::FAILED_PRECONDITION:
        return Reason::NotReady;
    case grpc::StatusCode::UNIMPLEMENTED:
        return Reason::Unsupported;
    case grpc::StatusCode::CANCELLED:
        return Reason::Cancelled;
    default:
        return Reason::Internal;
    }
}

/// The problem, with its texts cut until the whole fits into a trailer.
v1::Problem shortened(const Problem &problem)
{
    v1::Problem message = toWire(problem);
    for (std::size_t limit = 512; message.ByteSizeLong() > maxStatusBytes && limit > 8; limit /= 2) {
        message.set_detail(note(message.detail(), limit));
        for (auto &[name, value] : *message.mutable_facts()) {
            value = note(value, limit);
        }
    }
    return message;
}

std::optional<Problem> packedIn(const std::string &details)
{
    v1::Status status;
    if (details.empty() || details.size() > 2 * maxStatusBytes || !status.ParseFromString(details)) {
        return {};
    }
    for (const auto &any : status.details()) {
        v1::Problem problem;
        if (any.type_url() == problemType && problem.ParseFromString(any.value())) {
            return fromWire(problem);
        }
    }
    return {};
}

}

void write(v1::Problem &message, const Problem &problem)
{
    message.set_reason(std::string(toString(problem.reason)));
    for (const auto &[name, value] : problem.facts) {
        if (static_cast<std::size_t>(message.facts_size()) == maxFacts) {
            break;
        }
        (*message.mutable_facts())[note(name, 63)] = note(value, maxFactBytes);
    }
    message.set_detail(note(problem.detail));
}

v1::Problem toWire(const Problem &problem)
{
    v1::Problem message;
    write(message, problem);
    return message;
}

Problem fromWire(const v1::Problem &message)
{
    Problem problem {reasonFrom(message.reason()), {}, note(message.detail())};
    for (const auto &[name, value] : message.facts()) {
        if (problem.facts.size() == maxFacts) {
            break;
        }
        problem.facts.emplace(note(name, 63), note(value, maxFactBytes));
    }
    return problem;
}

grpc::Status toStatus(const Problem &problem)
{
    const v1::Problem packed = shortened(problem);
    const auto code = codeOf(problem.reason);
    const std::string message = presentable(packed.detail().empty() ? packed.reason() : packed.detail(), 256);
    v1::Status status;
    status.set_code(static_cast<std::int32_t>(code));
    status.set_message(message);
    auto &any = *status.add_details();
    any.set_type_url(problemType);
    packed.SerializeToString(any.mutable_value());
    return {code, message, status.SerializeAsString()};
}

Problem problemFrom(const grpc::Status &status)
{
    if (auto problem = packedIn(status.error_details())) {
        return std::move(*problem);
    }
    return {reasonOf(status), {}, note(status.error_message())};
}

}
