// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/machineorders.h"
#include "site/drivers/record/locks.h"

namespace portulan::site::cloud {

/// A machine's disks followed at its cloud; stopped by an order, as a person would.
class Following final : public RunningDisks {
public:
    Following(std::unique_ptr<LiveDisks> disks, MachineOrders &machines, Locks &locks, ObjectId instance)
        : m_disks(std::move(disks))
        , m_machines(machines)
        , m_locks(locks)
        , m_instance(std::move(instance))
    {
    }
    Result<std::vector<View>> next() override { return m_disks->next(); }
    Result<std::vector<View>> still() override { return m_disks->next(); }
    void letGo() override { m_disks->letGo(); }
    Result<std::int64_t> written() override { return m_disks->written(); }
    Result<std::vector<std::vector<Extent>>> stop(bool force, Progress &progress) override
    {
        m_disks->letGo();
        const auto held = m_locks.hold({m_instance});
        if (!held) {
            return tl::unexpected(held.error());
        }
        return m_machines.carryOut(StopInstance {m_instance, force}, progress).and_then([&](const ObjectId &) { return m_disks->rest(); });
    }

private:
    const std::unique_ptr<LiveDisks> m_disks;
    MachineOrders &m_machines;
    Locks &m_locks;
    const ObjectId m_instance;
};

}
