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

    /// The cloud's word for a thing on record; NotFound{id}.
    Result<Ref> refOf(const ObjectId &id) const;
    /// Empty if nothing on record has this word.
    std::string idOf(const Ref &ref) const;
    Store &store() { return m_store; }

private:
    using Names = std::map<Ref, std::string>;
    Result<ObjectId> settle(Draft &draft, const Ref &ref, const std::string &proposed, Names &named);
    Result<> merge(Draft &draft, Sighting seen, const Claim &claim, Names &named);
    Result<> forget(Draft &draft, const Ref &ref);
    std::string known(const Ref &ref, const Names &named) const;
    void keep(const Names &named, const std::vector<Ref> &gone);
    Result<> demandProject(Draft &draft, const std::string &id);

    std::string m_project;
    Store m_store;
    mutable std::mutex m_mutex; ///< all below
    Names m_ids;
    std::map<ObjectId, Ref> m_refs;
    std::set<Ref> m_fresh; ///< since the look began
};

}
