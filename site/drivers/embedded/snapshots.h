// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/volumes.h"

namespace portulan::site::embedded {

/// Orders about snapshots. With QEMU they live inside the qcow2 images, of one moment for all disks of an instance, also while it runs;
/// without it they are whole copies of the files.
class Snapshots {
public:
    Snapshots(Plant &plant, Volumes &volumes)
        : m_plant(plant)
        , m_volumes(volumes)
    {
    }
    Result<> prepare(Draft &draft, CreateSnapshot &order, std::string_view etag);
    Result<> prepare(Draft &draft, RevertSnapshot &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteSnapshot &order, std::string_view etag);
    Result<ObjectId> perform(CreateSnapshot order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(RevertSnapshot order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(DeleteSnapshot order, std::string_view etag, Progress &progress);

private:
    /// Which volumes a snapshot holds, and how.
    struct Plan {
        ObjectId id;
        bool inside = false; ///< in the images themselves
        std::vector<std::string> volumes;
        std::string instance; ///< that they are attached to, if any
    };
    Result<Plan> planOf(Draft &draft, const ObjectId &of);
    Result<Plan> recorded(const ObjectId &snapshot);
    std::vector<ObjectId> involved(const Plan &plan) const;
    Result<> prepare(Draft &draft, CreateSnapshot &order, ObjectId &id);
    Result<> take(const Plan &plan, Progress &progress);
    Result<> drop(const Plan &plan);
    Result<> revert(const Plan &plan);
    Result<> imageTool(const std::string &action, const ObjectId &snapshot, const std::string &volume);

    Plant &m_plant;
    Volumes &m_volumes;
};

}
