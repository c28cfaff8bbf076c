// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/locks.h"

#include <algorithm>

namespace portulan::site {

Locks::Held::~Held()
{
    if (m_locks) {
        const std::lock_guard lock(m_locks->m_mutex);
        for (const auto &id : m_ids) {
            m_locks->m_held.erase(id);
        }
        m_locks->m_freed.notify_all();
    }
}

Result<Locks::Held> Locks::hold(std::vector<ObjectId> ids, std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    const auto busy = [&] { return std::ranges::find_if(ids, [&](const ObjectId &id) { return m_held.contains(id); }); };
    if (!m_freed.wait_for(lock, patience, [&] { return busy() == ids.end(); })) {
        return refuse(Reason::Conflict, {{"id", busy()->text()}}, "another order is under way on it");
    }
    m_held.insert(ids.begin(), ids.end());
    return Result<Held>(tl::in_place, *this, std::move(ids));
}

}
