// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

/// A machine's memory on its way out: QEMU's own migration, into a socket that this reads.
class Leaving final : public RunningMemory {
public:
    static Result<std::unique_ptr<RunningMemory>> begin(const std::shared_ptr<Machine> &machine, const std::string &directory);
    ~Leaving() override; ///< the guest goes on here, unless kept

    Result<Flow> flow() override;
    Result<> bear(std::chrono::milliseconds pause) override;
    Result<std::size_t> read(std::span<std::byte> into) override;
    void close() override { m_closed = true; }
    Result<> finish() override;
    void keep() override { m_kept = true; }

private:
    Leaving(std::shared_ptr<Machine> machine, Fd socket);
    const std::shared_ptr<Machine> m_machine;
    const Fd m_socket;
    std::atomic<bool> m_closed = false;
    bool m_kept = false;
};

/// Takes back a migration that has not been committed, whatever has become of it: the guest runs on return.
Result<> goOn(Machine &machine);
/// Its memory has been sent and its disks are at rest: QEMU has written all and let go of them.
bool hasLeft(Machine &machine);

}
