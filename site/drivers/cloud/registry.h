// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/record/store.h"

#include <set>

namespace portulan::site::cloud {

/// What an order says of a thing that its cloud has no place for.
struct Claim {
    std::string id; ///< empty: any
    std::string name {};
    std::string project {}; ///< Portulan's
    Classification classification = Classification::Unclassified;
    std::map<std::string, std::string> labels {};
};

/// What is on record of a cloud: its things under Portulan's ids, with what only Portulan knows of them (classification, custody, project
/// where the cloud has none), and which word of the cloud's stands for which id. Thread safe.
class Registry {
public:
    /// Things of no project come into `project`, which is made if it is not there.
    Registry(std::string site, std::string project, std::function<Instant()> clock);
    Result<> open(const std::string &path);

    /// A look begins: what an order makes, changes or ends from now on is newer than what that look will have seen. One look at a time.
    void beginLook();
    /// Makes the record what was seen, and announces what differs. Nothing else is touched.
    Result<> observe(const Sightings &sightings);
    /// One thing that an order has made or changed.
    Result<ObjectId> observe(const Sighting &seen, const Claim &claim = {});

    /// An order has ended it.
    Result<> forget(const Ref &ref);

    /// While one lives something is being made: a look does not take what it does not know for somebody else's, which would give it another id.
    class Making {
    public:
        explicit Making(Registry &registry);
        ~Making();
        Making(const Making &) = delete;
        Making &operator=(const Making &) = delete;

    private:
        Registry &m_registry;
    };
    /// Name, classification and labels by order. A name stays until the cloud's own for it changes.
    Result<> amend(const UpdateInstance &order);

    /// From now on the cloud's word stands for a thing that is on record already…
    Result<> bind(const ObjectId &id, const Ref &ref);
    /// …or none does any more; the record stays.
    Result<> unbind(const ObjectId &id);
    /// An instance no word stands for leaves the record; its volumes are then of no machine.
    Result<> forgetUnmade(const ObjectId &instance);
    bool isBound(const ObjectId &id) const;

    /// The cloud's word for a thing on record; NotFound{id}.
    Result<Ref> refOf(const ObjectId &id) const;
    Result<std::vector<std::string>> wordsOf(ObjectKind kind, const std::vector<std::string> &ids) const;
    Store &store() { return m_store; }

private:
    using Ids = std::map<Ref, std::string>;
    /// What one change gives ids to: no two things the same, though neither is on record yet.
    struct Names {
        Ids ids;
        std::set<ObjectId> given;
    };
    static constexpr std::string_view refNote = "ref:", calledNote = "called:";
    static std::string noteFor(std::string_view prefix, const ObjectId &id);
    Result<ObjectId> settle(Draft &draft, const Ref &ref, const std::string &proposed, Names &named);
    Result<> merge(Draft &draft, Sighting seen, const Claim &claim, Names &named);
    Result<> forget(Draft &draft, const Ref &ref);
    std::string known(const Ref &ref, const Names &named) const;
    void keep(const Names &named, const std::vector<Ref> &gone);
    template <typename T>
    Result<> keepName(Draft &draft, T &thing, const Claim &claim);
    Result<> attach(Draft &draft, const Instance &instance, const std::vector<std::string> &before);
    bool isNews(const Ref &ref, const Names &named) const;

    std::string m_project;
    Store m_store;
    mutable std::mutex m_mutex; ///< all below
    Ids m_ids;
    std::map<ObjectId, Ref> m_refs;
    std::set<Ref> m_fresh; ///< since the look began
    std::map<ObjectId, std::string> m_called; ///< what the cloud calls a thing that was named here
    int m_making = 0;
    bool m_hasMade = false; ///< since the look began
};

}
