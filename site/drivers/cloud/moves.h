// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/delivery.h"
#include "site/drivers/disk/qcow2writer.h"
#include "site/drivers/record/locks.h"

namespace portulan::site::cloud {

/// The driver's part in a migration from or to a cloud. What leaves is fetched into a file here and read there; what arrives is written into a
/// file here and, when all of it has come, delivered. Such files are in `directory`, and nowhere once a migration is over.
class Moves {
public:
    Moves(Cloud &cloud, Registry &registry, Locks &locks, std::string directory);
    ~Moves();
    Result<> open(); ///< makes the directories and sweeps what no arrival is of
    void end(); ///< deliveries are cut off

    Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo);
    Result<std::unique_ptr<BlockReader>> openForRead(const ObjectId &object);
    Result<> erase(const ObjectId &object);

    Result<Received> receive(const Arrival &arrival);
    Result<std::unique_ptr<BlockWriter>> openForWrite(const ObjectId &object);
    Result<std::optional<Settling>> settle(const ObjectId &object);
    Result<> adopt(const ObjectId &object);
    Result<> drop(const ObjectId &object);

private:
    class Writer;
    /// A copy here of what leaves, as of a moment of its machine; gone with the last reader once it is not listed any more.
    struct Fetched {
        std::string path, format;
        Instant asOf;
        ~Fetched();
    };
    Result<> prepare(Draft &draft, const Arrival &arrival, Received &received);
    Result<std::shared_ptr<Fetched>> fetched(const ObjectId &object, Instant asOf);
    void forgetFetched(const std::vector<ObjectId> &ids);
    void fence(const std::vector<ObjectId> &ids, const std::string &movedTo);
    Result<> withdraw(const std::vector<ObjectId> &ids);
    Result<> takeOff(const ObjectId &object, const std::vector<ObjectId> &ids, Custody demanded);
    Result<std::shared_ptr<Qcow2Writer>> writer(const ObjectId &disk);
    Result<> unsettle(const ObjectId &disk);
    std::string arrivingPath(const ObjectId &disk) const;

    Cloud &m_cloud;
    Registry &m_registry;
    Locks &m_locks;
    const std::string m_directory;
    std::mutex m_fetching; ///< one at a time; before m_mutex
    std::mutex m_mutex; ///< all below
    std::map<ObjectId, std::shared_ptr<Fetched>> m_fetched;
    std::map<ObjectId, std::weak_ptr<Qcow2Writer>> m_writers; ///< one for a disk, however many connections fill it
    std::map<ObjectId, std::unique_ptr<Delivery>> m_deliveries;
    std::uint64_t m_serial = 0;
    bool m_ends = false;
};

}
