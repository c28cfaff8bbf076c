// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/instances.h"

namespace portulan::site::embedded {

/// Machines that wait, paused, with or for the memory of one that ran elsewhere. A mark in the machine's directory says so, so that it is
/// found again after a restart of the gateway. None runs before resume(), and that demands an owner.
class Waiting {
public:
    Waiting(Plant &plant, Instances &instances)
        : m_plant(plant)
        , m_instances(instances)
    {
    }
    /// Finds those again whose memory is here in full, and ends the others.
    void recover();
    Result<> mayTake(const std::string &form);
    Result<std::shared_ptr<MemorySink>> take(const ObjectId &instance, const std::string &form);
    bool isWaiting(const ObjectId &instance);
    Result<bool> hasMemory(const ObjectId &instance);
    Result<> resume(const ObjectId &instance);
    Result<> drop(const ObjectId &instance);

private:
    std::string markOf(const ObjectId &instance) const { return m_plant.layout.machine(instance.id) + "/waiting"; }
    Result<std::shared_ptr<Machine>> find(const ObjectId &instance);
    std::shared_ptr<Machine> forget(const ObjectId &instance);

    Plant &m_plant;
    Instances &m_instances;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Machine>> m_machines; ///< by instance id
};

}
