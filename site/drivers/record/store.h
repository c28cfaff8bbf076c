// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/database.h"
#include "site/driver.h"
#include "site/drivers/record/ballast.h"

#include <functional>
#include <map>
#include <shared_mutex>

namespace portulan::site {

class Draft;

/// Everything the driver knows, in memory, and in SQLite before anybody is told. Thread safe. Never held across work of QEMU or on disks.
class Store {
public:
    using Things = std::map<ObjectId, Thing>;

    Store(std::string site, std::function<Instant()> clock);
    /// Integrity{where} when the database cannot be read back.
    Result<> open(const std::string &path);
    /// Called after each change, in the order of the changes; it must not call back.
    void announceTo(std::function<void(const Thing &)> announce);

    /// Runs `work` on a draft of what is to change; all of it is committed, then announced, or nothing. One change runs at a time.
    Result<> change(const std::function<Result<>(Draft &)> &work);

    /// Runs `work` and forgets what it did: whether it would be refused.
    Result<> rehearse(const std::function<Result<>(Draft &)> &work);

    std::optional<Thing> find(const ObjectId &id) const;
    /// NotFound{id} for what is not there.
    template <typename T>
    Result<T> get(const ObjectId &id) const
    {
        if (const auto thing = find(id); thing && std::holds_alternative<T>(*thing)) {
            return std::get<T>(*thing);
        }
        return refuse(Reason::NotFound, {{"id", id.text()}});
    }
    std::vector<Thing> all() const;
    /// All of one kind, in id order.
    template <typename T>
    std::vector<T> each() const
    {
        const std::shared_lock lock(m_mutex);
        std::vector<T> found;
        for (const auto &[id, thing] : m_things) {
            if (const auto *object = std::get_if<T>(&thing)) {
                found.push_back(*object);
            }
        }
        return found;
    }
    ObjectId id(ObjectKind kind, std::string_view name) const { return {m_site, kind, std::string(name)}; }
    const std::string &site() const { return m_site; }

    std::string note(const std::string &key); ///< small facts kept beside the things; "" if not known
    /// The notes whose key begins with `prefix`.
    std::map<std::string, std::string> notes(const std::string &prefix);
    /// Objects of a data set from after `after` in key order.
    Result<std::vector<DataObject>> dataObjects(const std::string &dataSet, std::string_view after, std::size_t limit);
    /// The file of one object and the object; NotFound{key}.
    Result<std::pair<std::string, DataObject>> dataObject(const std::string &dataSet, std::string_view key);
    /// Files of a data set's objects; of all, if `dataSet` is empty.
    Result<std::vector<std::string>> dataFiles(const std::string &dataSet);
    /// A word never given before by this database.
    std::string serial();

private:
    friend class Draft;
    Result<> load();
    Result<> attempt(Draft &draft, const std::function<Result<>(Draft &)> &work);
    Result<std::pair<std::string, DataObject>> readObject(const std::string &dataSet, std::string_view key) const; ///< m_writing is held
    std::map<std::string, std::string> readNotes(const std::string &prefix) const; ///< m_writing is held

    std::string m_site;
    std::function<Instant()> m_clock;
    std::mutex m_writing; ///< taken first; the database and the order of announcements
    std::optional<Database> m_database;
    Ballast m_ballast;
    std::int64_t m_sequence = 0;
    std::function<void(const Thing &)> m_announce;
    mutable std::shared_mutex m_mutex; ///< m_things
    Things m_things;
};

/// What one change of the store will be. Reads see what was put before. Usage of projects follows by itself.
class Draft {
public:
    template <typename T>
    Result<T> get(const ObjectId &id) const
    {
        const Thing *thing = look(id);
        if (thing && std::holds_alternative<T>(*thing)) {
            return std::get<T>(*thing);
        }
        return refuse(Reason::NotFound, {{"id", id.text()}});
    }
    bool has(const ObjectId &id) const { return look(id) != nullptr; }
    /// `proposed` if it is an id nobody has or had (AlreadyExists{id}), a new one if it is empty.
    Result<ObjectId> newId(ObjectKind kind, const std::string &proposed);
    /// Stamps etag and moments and checks the project's quota: Quota{resource, limit, used, wanted}, NotFound{id} without the project.
    template <typename T>
    Result<> put(T thing)
    {
        stamp(thing);
        return keep(std::move(thing));
    }
    /// As put(), of what is so whether a quota allows it or not.
    template <typename T>
    Result<> observe(T thing)
    {
        stamp(thing);
        return keep(std::move(thing), false);
    }
    void remove(const ObjectId &id);

    Result<> putObject(const std::string &dataSet, const DataObject &object, const std::string &file);
    Result<> removeObject(const std::string &dataSet, std::string_view key);
    Result<> removeObjects(const std::string &dataSet);
    /// NotFound{key} if there is no such object.
    Result<std::string> objectFile(const std::string &dataSet, std::string_view key);
    /// Counts, bytes and digest of a data set from its objects, into `set`.
    Result<> tally(DataSet &set);
    Result<> note(const std::string &key, const std::string &value); ///< an empty value takes it away
    std::string note(const std::string &key) const;
    std::map<std::string, std::string> notes(const std::string &prefix) const;

private:
    friend class Store;
    explicit Draft(Store &store)
        : m_store(store)
    {
    }
    bool removes() const; ///< whether something goes
    const Thing *look(const ObjectId &id) const;
    void stamp(Common &thing);
    Result<> keep(Thing thing, bool demandsQuota = true);
    Result<> account(const Thing &thing, int sign);
    Result<> save();

    Store &m_store;
    std::map<ObjectId, std::optional<Thing>> m_changed;
};

}
