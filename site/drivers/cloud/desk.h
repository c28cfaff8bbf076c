// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/registry.h"
#include "site/drivers/record/demands.h"

namespace portulan::site::cloud {

constexpr std::int64_t largestVolume = std::int64_t(1) << 50;

bool isDown(PowerState state);
/// All snapshots of a volume, at the cloud and on record.
Result<> endSnapshots(Cloud &cloud, Registry &registry, const ObjectId &volume);

/// What orders of every kind begin and end with: what the record allows, and a look at what came of the deed.
class Desk {
public:
    Desk(Cloud &cloud, Registry &registry)
        : m_cloud(cloud)
        , m_registry(registry)
    {
    }
    Cloud &cloud() { return m_cloud; }
    Registry &registry() { return m_registry; }
    Store &store() { return m_registry.store(); }
    ObjectId id(ObjectKind kind, std::string_view name) { return store().id(kind, name); }
    bool can(std::string_view capability);

    /// A thing this site may change: NotFound{id}, Conflict{id, etag}, NotReady{state}.
    template <typename T>
    Result<T> owned(const ObjectId &id, std::string_view etag)
    {
        auto thing = store().get<T>(id);
        if (!thing) {
            return thing;
        }
        auto may = demandEtag(*thing, etag);
        if constexpr (requires { thing->custody; }) {
            may = may.and_then([&] { return demandOwned(thing->custody); });
        }
        return may ? thing : tl::unexpected(may.error());
    }
    /// Whether a new thing of this id and project, filled in, may come on record: AlreadyExists{id}, Quota.
    template <typename T>
    Result<> admitNew(ObjectKind kind, const std::string &proposed, const std::string &project, const std::function<void(T &)> &fill = {})
    {
        return store().rehearse([&](Draft &draft) {
            return draft.newId(kind, proposed).and_then([&](const ObjectId &id) {
                T thing;
                thing.id = id;
                thing.project = project;
                if (fill) {
                    fill(thing);
                }
                return draft.put(thing);
            });
        });
    }
    /// NotReady{state} while a machine that is not down has it.
    Result<> demandDown(const Volume &volume);
    /// What the cloud now shows of it is put on record.
    Result<> lookAgain(const Ref &ref);
    /// Waits until the cloud shows an instance in a state; TimedOut, Cancelled. What it shows is put on record.
    Result<> awaitState(const ObjectId &instance, PowerState state, Progress &progress, std::chrono::seconds patience);
    /// A volume and the snapshots of it, at the cloud and on record.
    Result<> endVolume(const ObjectId &volume);

private:
    Cloud &m_cloud;
    Registry &m_registry;
};

}
