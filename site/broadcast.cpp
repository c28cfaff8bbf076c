// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/broadcast.h"

#include <deque>
#include <map>
#include <mutex>

namespace portulan::site {

namespace {

constexpr std::size_t kept = 16384;

}

std::string projectOf(const Thing &thing)
{
    return std::visit(
        [](const auto &it) -> std::string {
            using T = std::decay_t<decltype(it)>;
            if constexpr (std::is_same_v<T, Project>) {
                return it.id.id;
            } else if constexpr (std::is_base_of_v<Common, T> || std::is_same_v<T, Operation>) {
                return it.project;
            } else {
                return {};
            }
        },
        thing);
}

struct Broadcast::Data {
    const std::string epoch;
    mutable std::mutex mutex;
    std::uint64_t revision = 0;
    std::map<ObjectId, Shared> things; // ObjectId's order puts the Site first
    std::deque<Shared> history; // revisions without a gap, the last is `revision`
    std::vector<std::weak_ptr<std::function<void()>>> listeners;

    explicit Data(std::string name)
        : epoch(std::move(name))
    {
    }
    std::vector<std::shared_ptr<std::function<void()>>> take(const Thing &thing);
};

std::vector<std::shared_ptr<std::function<void()>>> Broadcast::Data::take(const Thing &thing)
{
    auto change = std::make_shared<Announced>();
    change->thing = thing;
    const ObjectId id = idOf(thing);
    const std::lock_guard lock(mutex);
    const bool gone = std::holds_alternative<Vanished>(thing);
    if (!std::holds_alternative<Sampled>(thing)) {
        const auto known = things.find(id);
        if (known == things.end() ? gone : known->second->thing == thing) {
            return {};
        }
        change->project = gone ? known->second->project : projectOf(thing);
    }
    change->revision = ++revision;
    if (gone) {
        things.erase(id);
    } else if (!std::holds_alternative<Sampled>(thing)) {
        things[id] = change;
    }
    history.push_back(change);
    if (history.size() > kept) {
        history.pop_front();
    }
    std::vector<std::shared_ptr<std::function<void()>>> wakes;
    std::erase_if(listeners, [&](const auto &listener) {
        auto alive = listener.lock();
        if (!alive) {
            return true;
        }
        wakes.push_back(std::move(alive));
        return false;
    });
    return wakes;
}

Broadcast::Broadcast(std::string epoch)
    : m_data(std::make_shared<Data>(std::move(epoch)))
{
}

Broadcast::~Broadcast() = default;

void Broadcast::announce(const Thing &thing)
{
    for (const auto &wake : m_data->take(thing)) {
        (*wake)();
    }
}

std::optional<Thing> Broadcast::find(const ObjectId &id) const
{
    const std::lock_guard lock(m_data->mutex);
    const auto at = m_data->things.find(id);
    return at == m_data->things.end() ? std::nullopt : std::optional(at->second->thing);
}

std::vector<Broadcast::Shared> Broadcast::shared(ObjectKind kind) const
{
    const std::lock_guard lock(m_data->mutex);
    std::vector<Shared> found;
    if (m_data->things.empty()) {
        return found;
    }
    const std::string &site = m_data->things.begin()->first.site; // a gateway speaks of one site only
    for (auto at = m_data->things.lower_bound(ObjectId {site, kind, {}}); at != m_data->things.end() && at->first.kind == kind; ++at) {
        found.push_back(at->second);
    }
    return found;
}

std::vector<Thing> Broadcast::all(ObjectKind kind) const
{
    std::vector<Thing> things;
    for (const auto &change : shared(kind)) {
        things.push_back(change->thing);
    }
    return things;
}

const std::string &Broadcast::epoch() const
{
    return m_data->epoch;
}

std::uint64_t Broadcast::revision() const
{
    const std::lock_guard lock(m_data->mutex);
    return m_data->revision;
}

Broadcast::Snapshot Broadcast::snapshot() const
{
    const std::lock_guard lock(m_data->mutex);
    Snapshot all {m_data->revision, {}};
    all.changes.reserve(m_data->things.size());
    for (const auto &[id, change] : m_data->things) {
        all.changes.push_back(change);
    }
    return all;
}

std::optional<std::vector<Broadcast::Shared>> Broadcast::since(std::uint64_t revision, std::size_t limit) const
{
    const std::lock_guard lock(m_data->mutex);
    const std::uint64_t oldest = m_data->revision - m_data->history.size();
    if (revision < oldest || revision > m_data->revision) {
        return std::nullopt;
    }
    const auto first = m_data->history.begin() + static_cast<std::ptrdiff_t>(revision - oldest);
    const auto count = std::min(limit, static_cast<std::size_t>(m_data->revision - revision));
    return std::vector<Shared>(first, first + static_cast<std::ptrdiff_t>(count));
}

Broadcast::Ticket Broadcast::listen(std::function<void()> wake)
{
    auto ticket = std::make_shared<std::function<void()>>(std::move(wake));
    const std::lock_guard lock(m_data->mutex);
    m_data->listeners.push_back(ticket);
    return ticket;
}

}
