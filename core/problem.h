// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <map>
#include <string>
#include <string_view>

namespace portulan {

/// Why something could not be done. A program acts on the reason; models/phrases turns it into a sentence.
/// The names below are also the `reason` strings of portulan.v1.Problem on the wire: never renumber or rename.
enum class Reason {
    Unreachable, ///< the site cannot be reached (network, process down)
    TimedOut, ///< the deadline passed; the order may or may not have been taken
    Unauthenticated, ///< no certificate, or one that no trust anchor vouches for
    NotAuthorised, ///< the caller's role does not allow this here
    Refused, ///< policy forbids it: facts carry "rule", "title_en", "title_fr", "severity"
    NotFound,
    AlreadyExists,
    Conflict, ///< somebody else changed it meanwhile (etag) or an operation is under way on it
    Quota, ///< a project's quota would be overrun: "resource", "limit", "used", "wanted"
    NoCapacity, ///< the site has no room: "resource", "free", "wanted"
    DiskFull,
    InvalidArgument, ///< "field", "expected", "value"
    TooLarge, ///< "what", "limit", "size"
    Integrity, ///< bytes are not what their digest says: "where", "expected", "found"
    NotReady, ///< lawful, but not in this state: "state"
    Unsupported, ///< this stack or this gateway cannot: "what"
    NoHypervisor, ///< lifecycle is recorded only
    Cancelled,
    Expired, ///< a certificate's validity is over or not begun: "what", "until"
    Untrusted, ///< a signature or certificate does not verify
    Malformed, ///< a file or message that cannot be understood: "file", "line", "expected"
    Version, ///< the other side speaks another version
    NoKeychain, ///< the desktop has no secret store
    Internal,
};
inline constexpr std::array allReasons = {Reason::Unreachable, Reason::TimedOut, Reason::Unauthenticated, Reason::NotAuthorised, Reason::Refused,
    Reason::NotFound, Reason::AlreadyExists, Reason::Conflict, Reason::Quota, Reason::NoCapacity, Reason::DiskFull, Reason::InvalidArgument,
    Reason::TooLarge, Reason::Integrity, Reason::NotReady, Reason::Unsupported, Reason::NoHypervisor, Reason::Cancelled, Reason::Expired,
    Reason::Untrusted, Reason::Malformed, Reason::Version, Reason::NoKeychain, Reason::Internal};

/// A failure as a value: reason for the program, facts for the sentence, detail (English) for the log.
struct Problem {
    Reason reason = Reason::Internal;
    std::map<std::string, std::string> facts;
    std::string detail;

    bool operator==(const Problem &) const = default;
    /// A fact, or "" if the problem does not carry it.
    const std::string &fact(const std::string &name) const;
};

std::string_view toString(Reason reason);
/// Unknown words (a newer peer) read as Internal.
Reason reasonFrom(std::string_view word);
/// "Quota{resource=vcpus limit=4} detail": for logs and test failures, never for people.
std::string describe(const Problem &problem);

}
