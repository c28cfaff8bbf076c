// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"

#include <functional>
#include <memory>
#include <optional>

namespace portulan::site {

/// A numbered change with the project it belongs to, also once it has vanished; empty: the site's own.
struct Announced : Change {
    std::string project;
};

/// The site's present state and the stream of its changes. Locks itself; announce() never blocks on a watcher.
class Broadcast {
public:
    using Shared = std::shared_ptr<const Announced>;

    /// `epoch` names this life of the gateway: revisions of another epoch cannot be resumed.
    explicit Broadcast(std::string epoch);
    ~Broadcast();

    /// Replaces, adds or removes (Vanished) a thing, numbers the change and wakes the watchers. A thing equal to what is known is not
    /// announced again, nor the vanishing of one unknown. Sampled things are passed on and not kept.
    void announce(const Thing &thing);
    std::optional<Thing> find(const ObjectId &id) const;
    std::vector<Thing> all(ObjectKind kind) const; ///< in id order
    std::vector<Shared> shared(ObjectKind kind) const; ///< the same without copying

    const std::string &epoch() const;
    std::uint64_t revision() const;

    /// Everything, Site first, and the revision it stands for. Shared, not copied, per watcher.
    struct Snapshot {
        std::uint64_t revision = 0;
        std::vector<Shared> changes;
    };
    Snapshot snapshot() const;
    /// Changes after `revision`, at most `limit`; nullopt if they are no longer kept (at least the last 10 000 are).
    std::optional<std::vector<Shared>> since(std::uint64_t revision, std::size_t limit) const;
    /// Calls `wake` (from the announcing thread, must not block) after every announcement until the ticket is dropped; a call already on
    /// its way may still come after that.
    using Ticket = std::shared_ptr<void>;
    Ticket listen(std::function<void()> wake);

private:
    struct Data;
    std::shared_ptr<Data> m_data;
};

/// The project a thing belongs to; empty: the site's own. Of a Project, itself.
std::string projectOf(const Thing &thing);

}
