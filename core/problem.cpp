// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/problem.h"

#include "core/words.h"

namespace portulan {

namespace {
using enum Reason;
constexpr auto words = wording<Reason>({{Unreachable, "UNREACHABLE"}, {TimedOut, "TIMED_OUT"}, {Unauthenticated, "UNAUTHENTICATED"},
    {NotAuthorised, "NOT_AUTHORISED"}, {Refused, "REFUSED"}, {NotFound, "NOT_FOUND"}, {AlreadyExists, "ALREADY_EXISTS"}, {Conflict, "CONFLICT"},
    {Quota, "QUOTA"}, {NoCapacity, "NO_CAPACITY"}, {DiskFull, "DISK_FULL"}, {InvalidArgument, "INVALID_ARGUMENT"}, {TooLarge, "TOO_LARGE"},
    {Integrity, "INTEGRITY"}, {NotReady, "NOT_READY"}, {Unsupported, "UNSUPPORTED"}, {NoHypervisor, "NO_HYPERVISOR"}, {Cancelled, "CANCELLED"},
    {Expired, "EXPIRED"}, {Untrusted, "UNTRUSTED"}, {Malformed, "MALFORMED"}, {Version, "VERSION"}, {NoKeychain, "NO_KEYCHAIN"},
    {Internal, "INTERNAL"}});
static_assert(words.words.size() == allReasons.size());
}

const std::string &Problem::fact(const std::string &name) const
{
    static const std::string none;
    const auto at = facts.find(name);
    return at == facts.end() ? none : at->second;
}

std::string_view toString(Reason reason)
{
    return words.of(reason);
}
Reason reasonFrom(std::string_view word)
{
    return words.from(word).value_or(Internal);
}

std::string describe(const Problem &problem)
{
    std::string text(toString(problem.reason));
    text += '{';
    for (const auto &[name, value] : problem.facts) {
        text.append(text.back() == '{' ? "" : " ").append(name).append("=").append(value);
    }
    text += '}';
    return problem.detail.empty() ? text : text + ' ' + problem.detail;
}

}
