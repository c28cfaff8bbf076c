// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/registry.h"
#include "site/drivers/record/locks.h"

namespace portulan::site::cloud {

/// Orders on a cloud's things: what the record must allow first, the deed, and a look at what came of it. admit() checks and changes nothing;
/// carryOut() is called after it, with the object locked.
class CloudOrders {
public:
    CloudOrders(Cloud &cloud, Registry &registry)
        : m_cloud(cloud)
        , m_registry(registry)
    {
    }
    Result<> admit(const CreateInstance &order, std::string_view etag);
    Result<> admit(const StartInstance &order, std::string_view etag);
    Result<> admit(const StopInstance &order, std::string_view etag);
    Result<> admit(const RebootInstance &order, std::string_view etag);
    Result<> admit(const UpdateInstance &order, std::string_view etag);
    Result<> admit(const DeleteInstance &order, std::string_view etag);
    Result<> admit(const CreateVolume &order, std::string_view etag);
    Result<> admit(const ResizeVolume &order, std::string_view etag);
    Result<> admit(const DeleteVolume &order, std::string_view etag);
    Result<ObjectId> carryOut(const CreateInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const StartInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const StopInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const RebootInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const UpdateInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const CreateVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const ResizeVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteVolume &order, Progress &progress);

    /// Waits until the cloud shows an instance in a state; TimedOut, Cancelled. What it shows is put on record.
    Result<> awaitState(const ObjectId &instance, PowerState state, Progress &progress, std::chrono::seconds patience);

private:
    template <typename T>
    Result<T> owned(const ObjectId &id, std::string_view etag);
    Result<> demandDown(const ObjectId &volume, const Volume &record);
    Result<ObjectId> putOnRecord(const Ref &ref, const CreateInstance &order);
    Result<> lookAgain(const Ref &ref);

    Cloud &m_cloud;
    Registry &m_registry;
};

}
