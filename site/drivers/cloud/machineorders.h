// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/desk.h"

namespace portulan::site::cloud {

/// Orders on a cloud's machines: what the record must allow first, the deed, and a look at what came of it. admit() checks and changes nothing;
/// carryOut() is called after it, with the object locked.
class MachineOrders {
public:
    explicit MachineOrders(Desk &desk)
        : m_desk(desk)
        , m_cloud(desk.cloud())
        , m_registry(desk.registry())
    {
    }
    Result<> admit(const CreateInstance &order, std::string_view etag);
    Result<> admit(const StartInstance &order, std::string_view etag);
    Result<> admit(const StopInstance &order, std::string_view etag);
    Result<> admit(const RebootInstance &order, std::string_view etag);
    Result<> admit(const UpdateInstance &order, std::string_view etag);
    Result<> admit(const ResizeInstance &order, std::string_view etag);
    Result<> admit(const DeleteInstance &order, std::string_view etag);
    Result<ObjectId> carryOut(const CreateInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const StartInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const StopInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const RebootInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const UpdateInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const ResizeInstance &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteInstance &order, Progress &progress);

private:
    Result<ObjectId> putOnRecord(const Ref &ref, const CreateInstance &order);
    Result<> removeVolume(const std::string &volume);

    Desk &m_desk;
    Cloud &m_cloud;
    Registry &m_registry;
};

}
