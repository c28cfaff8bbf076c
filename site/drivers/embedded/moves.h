// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/qcow2writer.h"
#include "site/drivers/embedded/datasets.h"
#include "site/drivers/embedded/instances.h"

namespace portulan::site::embedded {

/// The note that says which disks of an arrival began with a kept copy.
std::string wordOf(const std::vector<bool> &filled);
std::vector<bool> filledFrom(const std::string &word);
inline std::string filledKey(const std::string &migration)
{
    return "arrival-filled:" + migration;
}

/// The driver's part in a migration: whose an object is, its bytes read at the source and written at the destination.
class Moves {
public:
    Moves(Plant &plant, Volumes &volumes, Instances &instances, DataSets &dataSets)
        : m_plant(plant)
        , m_volumes(volumes)
        , m_instances(instances)
        , m_dataSets(dataSets)
    {
    }
    Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo);
    Result<std::unique_ptr<BlockReader>> openForRead(const ObjectId &object, std::string_view key);
    Result<std::unique_ptr<RunningDisks>> follow(const ObjectId &instance);
    Result<> erase(const ObjectId &object);
    Result<Received> receive(const Arrival &arrival);
    Result<std::unique_ptr<BlockWriter>> openForWrite(const ObjectId &object, std::string_view key);
    Result<std::vector<bool>> takeLot(const ObjectId &dataSet, const Lot &lot, const std::optional<Former> &former);
    Result<std::unique_ptr<TestMachine>> testBoot(const ObjectId &instance);
    Result<> adopt(const ObjectId &object);
    Result<> drop(const ObjectId &object);

private:
    /// An arrival's ids here and the files of its objects: chosen once, then used for the files and the records alike.
    struct Berth {
        Received received;
        std::vector<std::string> files;
    };
    using Deadline = std::chrono::steady_clock::time_point;
    std::optional<Received> known(const std::string &migration);
    Result<> prepare(Draft &draft, const Arrival &arrival, Berth &berth);
    Result<> makeFiles(const Arrival &arrival, Berth &berth);
    std::int64_t roomFor(const Arrival &arrival) const;
    Result<> fillFromFormer(const Arrival &arrival, Berth &berth);
    Result<bool> fillDisk(const ObjectId &former, const ObjectId &volume, Deadline deadline);
    bool fillObject(const ObjectId &former, const DataObject &object, const std::string &file, Deadline deadline);
    void resume(Draft &draft, const Former &former, Instance &instance);
    Result<> makeObjectFiles(const std::vector<DataObject> &objects, std::vector<std::string> &files);
    Result<> prepareLot(
        Draft &draft, const ObjectId &dataSet, const Lot &lot, const std::vector<std::string> &files, const std::vector<bool> &filled);
    std::vector<bool> fillLot(const ObjectId &former, const std::vector<DataObject> &objects, const std::vector<std::string> &files);
    std::vector<bool> fillObjects(
        const ObjectId &former, const std::vector<DataObject> &objects, const std::vector<std::string> &files, Deadline deadline);
    void removeFiles(const Berth &berth);
    /// Takes an object of this custody off the record…
    Result<> takeOff(Draft &draft, const ObjectId &object, Custody demanded);
    /// …and its bytes off the disk; what cannot be removed is an error.
    Result<> removeBytes(const ObjectId &object, const std::vector<ObjectId> &ids, const std::vector<std::string> &files);
    Result<> finish(const ObjectId &object);
    Result<std::shared_ptr<Qcow2Writer>> writer(const ObjectId &disk);

    Plant &m_plant;
    Volumes &m_volumes;
    Instances &m_instances;
    DataSets &m_dataSets;
    std::mutex m_mutex;
    std::map<ObjectId, std::weak_ptr<Qcow2Writer>> m_writers; ///< one for a disk, however many connections fill it
};

/// Where the last lot of a data set that arrives is noted.
std::string lotKey(const ObjectId &dataSet);

}
