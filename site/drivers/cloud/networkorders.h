// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/desk.h"

namespace portulan::site::cloud {

/// Orders on a cloud's networks. As MachineOrders.
class NetworkOrders {
public:
    explicit NetworkOrders(Desk &desk)
        : m_desk(desk)
    {
    }
    Result<> admit(const CreateNetwork &order, std::string_view etag);
    Result<> admit(const DeleteNetwork &order, std::string_view etag);
    Result<ObjectId> carryOut(const CreateNetwork &order, Progress &progress);
    Result<ObjectId> carryOut(const DeleteNetwork &order, Progress &progress);

private:
    Desk &m_desk;
};

}
