// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/machine.h"

namespace portulan::site::embedded {

/// The disks of a running machine as they were at one instant: before the guest writes over what it had then, QEMU puts that aside, into a
/// file per disk that reads as the disk itself everywhere else. The guest is never held up. Dropped, nothing is left in the machine.
class Fleece {
public:
    struct Disk {
        std::string volume;
        std::uint64_t sizeBytes = 0;
    };
    /// Makes the files; nothing is put aside before actions() are done. DiskFull.
    static Result<std::unique_ptr<Fleece>> prepare(Machine &machine, const std::string &directory, const std::vector<Disk> &disks);
    ~Fleece();

    /// Of a QMP transaction, whose instant it will be.
    Qmp::Json actions() const;
    static std::string nodeOf(std::size_t disk); ///< what to export; not exported any more when this is dropped
    /// Takes what a gateway that is gone may have left out of the machine; nothing of it is exported.
    static Result<> sweep(Machine &machine, const std::string &directory);

private:
    Fleece(Machine &machine, std::string directory)
        : m_machine(machine)
        , m_directory(std::move(directory))
    {
    }
    Machine &m_machine;
    const std::string m_directory;
    std::vector<std::string> m_volumes;
};

}
