// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace portulan::site {

/// A part of an archive, where it lies in it.
struct ArchivePart {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};
/// What an OVA says of the machine in it (DMTF DSP0243, Open Virtualization Format 1.1 and 2.1).
struct Ova {
    std::string name;
    std::int64_t vcpus = 0; ///< 0: not told
    std::int64_t ramBytes = 0; ///< 0: not told
    std::vector<ArchivePart> disks; ///< in the order of its disk section
};

/// The plain files of a tar archive (POSIX ustar, GNU's large sizes). Malformed{file, expected} for one that is cut short, whose header sums are
/// wrong, or with a name that leads out of it.
Result<std::vector<ArchivePart>> readArchive(int fd);
/// Reads the description in an OVA, and checks what its manifest names (SHA-256; SHA-1 is no proof and is not asked): Integrity{where}. Malformed,
/// Unsupported{what} for compressed disks.
Result<Ova> readOva(int fd);
bool isArchive(int fd);

}
