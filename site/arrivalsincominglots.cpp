// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A destination that receives a data set in lots: it is still written at its source, or it has very many objects.
#include "site/arrivalsincoming.h"
#include "site/arrivalsrequest.h"
#include "site/former.h"

namespace portulan::site {

using enum MigrationStep;

Verdict Incoming::verdict() const
{
    return m_lots.number() > 0 ? m_context.policy.judge(m_lots.lot().dataSet.classification, m_wanted.arrival.project)
                               : verdictOn(m_context.policy, m_wanted.arrival);
}

/// Nobody is connected. The same lot again goes on where it was.
Result<> Incoming::takeLot(const Lot &lot, std::uint64_t after)
{
    if (lot.number != m_lots.number()) {
        if (m_lots.number() > 0 && after == m_lots.number() && !m_lots.isWhole()) {
            if (auto closed = beginReceiving().and_then([this] { return closeLot(); }); !closed) {
                return closed;
            }
        }
        if (m_step >= Verified) { // all of it is here; a source that restarted since says so once more
            return m_lots.changesNothing(lot, after)
                ? beginReceiving()
                : refuse(Reason::Conflict, {{"migration", id()}, {"state", std::string(toString(m_step.load()))}});
        }
        // It may be another class than was judged when room was made.
        if (auto allowed = m_context.policy.demand(lot.dataSet.classification, m_wanted.arrival.project); !allowed) {
            return unexpected(allowed.error());
        }
        if (auto begun = m_lots.begin(lot, after); !begun) {
            return begun;
        }
        m_prefilled.reset();
        const std::scoped_lock door(m_door);
        m_receiving.reset();
    }
    return beginReceiving();
}

/// Which of the disks, or of the objects of a lot, begin with older bytes. The driver makes room for the lot, unless it did.
Result<std::vector<bool>> Incoming::prefilled()
{
    if (m_lots.number() == 0) {
        return m_notes.received.prefilled;
    }
    if (!m_prefilled && !m_lots.isWhole()) { // of one that is whole nothing more is waited for
        auto taken = m_context.driver.takeLot(m_notes.received.object, m_lots.lot(), formerOf(m_context, m_wanted));
        if (!taken) {
            return taken;
        }
        m_prefilled = std::move(*taken);
    }
    return m_prefilled.value_or(std::vector<bool>());
}

/// What was replaced at its source while it was read is not what its digest says; if no later lot replaces it, it decayed there.
Result<> Incoming::closeLot()
{
    const auto roots = m_receiving->roots();
    if (!roots) {
        return unexpected(roots.error());
    }
    std::vector<std::optional<Digest>> sound;
    for (std::size_t i = 0; i < roots->size(); ++i) {
        const auto checked = checkObject(m_context.driver, m_notes.received.object, m_lots.lot().objects[i]);
        if (!checked && checked.error().reason != Reason::Integrity) {
            return checked;
        }
        sound.push_back(checked ? std::optional((*roots)[i]) : std::nullopt);
    }
    return m_lots.close(sound);
}

/// Everything durable; what there is, as it is to be compared.
Result<FoundDisks> Incoming::found()
{
    if (m_lots.number() > 0) {
        if (auto closed = m_lots.isWhole() ? Result<>() : closeLot(); !closed) {
            return unexpected(closed.error());
        }
        return m_lots.found();
    }
    const auto roots = m_receiving->roots();
    if (!roots) {
        return unexpected(roots.error());
    }
    for (const auto &object : m_wanted.arrival.objects) {
        if (auto sound = checkObject(m_context.driver, m_notes.received.object, object); !sound) {
            auto why = sound.error();
            why.reason = why.reason == Reason::Integrity ? Reason::Untrusted : why.reason; // sent again it would be the same
            return unexpected(why);
        }
    }
    FoundDisksTally tally;
    for (std::size_t i = 0; i < roots->size(); ++i) {
        const auto &parcel = m_receiving->parcels()[i];
        tally.add({parcel.key, parcel.sizeBytes, (*roots)[i]});
    }
    return tally.end();
}

}
