// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/desk.h"

namespace portulan::site::cloud {

/// Orders on a cloud's volumes, images and snapshots. As MachineOrders: admit() checks and changes nothing; carryOut() is called after it, with
/// what touchedBy() names locked.
class DiskOrders {
public:
    explicit DiskOrders(Desk &desk)
        : m_desk(desk)
    {
    }
    Result<> admit(const CreateVolume &order, std::string_view etag);
    Result<> admit(const ResizeVolume &order, std::string_view etag);
    Result<> admit(const DeleteVolume &order, std::string_view etag);
    Result<> admit(const AttachVolume &order, std::string_view etag);
    Result<> admit(const DetachVolume &order, std::string_view etag);
    Result<> admit(const CreateSnapshot &order, std::string_view etag);
    Result<> admit(const RevertSnapshot &order, std::string_view etag);
    Result<> admit(const DeleteSnapshot &order, std::string_view etag);
    Result<> admit(const CreateImage &order, std::string_view etag);
    Result<> admit(const DeleteImage &order, std::string_view etag);
    Result<ObjectId> carryOut(const CreateVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const ResizeVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const AttachVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const DetachVolume &order, Progress &progress);
    Result<ObjectId> carryOut(const CreateSnapshot &order, Progress &progress);
    Result<ObjectId> carryOut(const RevertSnapshot &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteSnapshot &order, Progress &progress);
    Result<ObjectId> carryOut(const CreateImage &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteImage &order, Progress &progress);

    /// All that an order on this object may change: a machine's volumes with it, a volume's machine, what a snapshot is of.
    std::vector<ObjectId> touchedBy(const ObjectId &object);

private:
    /// Of a machine all, of a volume itself; NotReady{state} for one that another site has.
    Result<std::vector<Volume>> volumesOf(const ObjectId &of);
    Result<ObjectId> attach(const ObjectId &instance, const ObjectId &volume, bool isAttached);
    Result<> link(const ObjectId &instance, const ObjectId &volume, bool isLinked);

    Desk &m_desk;
};

}
