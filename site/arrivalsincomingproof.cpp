// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What has come is compared with what was sent, and put where it will live.
#include "site/arrivalsincoming.h"

namespace portulan::site {

using enum MigrationStep;

Result<FoundDisks> Incoming::compare(const std::vector<FoundDisk> &claimed, const Digest &whole)
{
    auto found = this->found();
    if (!found) {
        return found;
    }
    for (std::size_t i = 0; i < std::min(found->named.size(), claimed.size()); ++i) {
        const auto &[key, sizeBytes, root] = found->named[i];
        if (claimed[i].root != root || claimed[i].key != key || claimed[i].sizeBytes != sizeBytes) {
            return refuse(Reason::Integrity, {{"where", key}, {"expected", toHex(claimed[i].root)}, {"found", toHex(root)}});
        }
    }
    if (found->whole != whole || (!claimed.empty() && std::int64_t(claimed.size()) != found->count)) {
        return refuse(Reason::Integrity, {{"where", id()}, {"expected", toHex(whole)}, {"found", toHex(found->whole)}});
    }
    return found;
}

/// Nobody sends any more, and what is here is what is claimed.
Result<FoundDisks> Incoming::agree(const std::vector<FoundDisk> &claimed, const Digest &whole)
{
    {
        const std::scoped_lock door(m_door);
        // Restarted since the reservation, what was not yet durable is to be sent again. What was verified is all here.
        if (!m_receiving || (m_token == Token {} && m_step != Verified)) {
            return refuse(Reason::Unreachable, {{"site", m_context.config.siteId}}, "not reserved, or in an earlier life of this gateway");
        }
        m_token = {}; // what is compared stays as it is: whoever would send has to reserve first
    }
    m_sealed = true; // also for one who was let in just before, and is not yet among those who are cut
    m_receiving->disconnect();
    return compare(claimed, whole);
}

Result<> Incoming::settle()
{
    const auto settling = m_context.driver.settle(m_notes.received.object);
    if (!settling || !*settling) {
        return settling ? Result<>() : unexpected(settling.error());
    }
    if (m_running) {
        m_running->phase("settling");
        m_running->bytes((*settling)->doneBytes, (*settling)->totalBytes);
    }
    return refuse(
        Reason::NotReady, {{"state", "settling"}}, std::to_string((*settling)->doneBytes) + " of " + std::to_string((*settling)->totalBytes));
}

Result<FoundDisks> Incoming::verify(const std::vector<FoundDisk> &claimed, const Digest &whole, bool memory)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    if (m_step > Verified || m_dropping) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(m_step.load()))}});
    }
    if (!m_agreed || m_agreed->first != whole) {
        auto agreed = agree(claimed, whole);
        if (!agreed) {
            return agreed;
        }
        m_agreed.emplace(whole, std::move(*agreed));
    }
    if (auto settled = settle(); !settled) {
        return unexpected(settled.error());
    }
    auto found = Result<FoundDisks>(m_agreed->second);
    m_agreed.reset();
    if (m_running) {
        m_running->update(
            [&](Operation &operation) {
                operation.digests.clear();
                for (std::size_t i = 0; i < std::min<std::size_t>(found->named.size(), 64); ++i) {
                    operation.digests.push_back(found->named[i].key + ' ' + toHex(found->named[i].root));
                }
            },
            true);
    }
    if (auto settled = settleMemory(memory); !settled) {
        return unexpected(settled.error());
    }
    if (m_step != Verified) {
        m_notes.whole = toHex(whole);
        m_notes.disks = found->count;
        m_notes.taken.named = toHex(wholeOf(found->named));
        m_notes.taken.verifiedAt = m_context.clock();
        if (auto done = journal(Verified); !done) {
            return unexpected(done.error());
        }
    }
    return found;
}

}
