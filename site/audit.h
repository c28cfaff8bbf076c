// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"

#include <functional>
#include <memory>
#include <vector>

namespace portulan::site {

/// One entry of the trail. What a caller fills in: from `at` to `detail`; the audit adds the rest.
struct AuditRecord {
    std::uint64_t sequence = 0; ///< from 1, without a gap
    Instant at {};
    std::string actor; ///< "user/alice", "site/lyon"
    std::string role; ///< under which it was allowed; empty if none
    std::string action; ///< "instance.create"
    std::string object; ///< "lyon/instance/i-1", may be empty
    std::string project;
    bool allowed = true;
    Problem problem; ///< why not, if not allowed
    std::string requestId;
    std::string detail;
    std::string previousHash; ///< hex; of the first entry 64 zeros
    std::string hash;
    bool operator==(const AuditRecord &) const = default;
};

/// The site's tamper-evident trail: hash = SHA-256(previous hash in hex ‖ canonical JSON of the other fields), lower-case hex. Canonical: keys
/// sorted, no white space, UTF-8; "problem" is null if allowed. An entry is on the disk when append() returns. Locks itself.
class Audit {
public:
    static Result<std::unique_ptr<Audit>> open(const std::string &path, std::function<Instant()> clock);
    ~Audit();

    /// Fills in `at`, sequence and hashes. DiskFull or Internal: nothing was written, and what it was about must not be done.
    Result<AuditRecord> append(AuditRecord record);

    /// Entries after (or, newest first, before) `from`; 0 begins at the end one reads from. `object` as text(), empty: all.
    Result<std::vector<AuditRecord>> entries(std::uint64_t from, std::size_t limit, const std::string &object, bool newestFirst) const;

    struct Verification {
        bool intact = true;
        std::uint64_t entries = 0;
        std::uint64_t firstBroken = 0; ///< sequence; 0: none
        std::string reason; ///< English
        std::string headHash; ///< of the last entry; whoever keeps it elsewhere can tell a shortened trail
    };
    Result<Verification> verify() const;

private:
    struct Data;
    explicit Audit(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

}
