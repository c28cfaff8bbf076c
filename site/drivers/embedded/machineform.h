// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/hypervisor.h"
#include "site/drivers/embedded/machine.h"

namespace portulan::site::embedded {

/// What a machine is made of, as far as its guest could tell: the QEMU that takes its memory must make the very same.
struct MachineForm {
    struct Disk {
        int slot = 0; ///< of the bus
        std::string serial;
        bool operator==(const Disk &) const = default;
    };
    std::string version; ///< of QEMU, "7.2.22"
    std::string accelerator; ///< "kvm", "tcg"
    std::string processor; ///< what the guest sees of the host's; with TCG always the same
    std::int64_t vcpus = 1;
    std::int64_t ramMib = 0;
    std::vector<Disk> disks; ///< as the instance has them
    std::vector<int> cards; ///< slots of its network cards, ascending
    bool operator==(const MachineForm &) const = default;
};

/// JSON, for the other site.
std::string textOf(const MachineForm &form);
/// Malformed on anything that no QEMU of ours would have said: it becomes part of a command line.
Result<MachineForm> machineFormFrom(const std::string &text);
/// Of one that runs. Unsupported{what} if it has what cannot be made again.
Result<MachineForm> formOf(Machine &machine, const std::vector<std::string> &volumes, const Hypervisor &hypervisor);
/// Whether this host can make it. Unsupported{what, cause, here, there}, NoCapacity{resource}.
Result<> demandSame(const MachineForm &form, const Hypervisor &hypervisor);
/// QEMU's command line for a machine of this form that waits, paused, for memory. `plan`: of the instance here; its disks in the form's order.
std::vector<std::string> waitingLine(const MachineForm &form, const MachinePlan &plan, const Hypervisor &hypervisor);

}
