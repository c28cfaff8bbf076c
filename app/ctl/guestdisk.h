// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/manifest.h"

#include <QString>
#include <atomic>
#include <functional>

namespace portulan::ctl {

/// The digest tree of a disk in a file, as the guest that has it sees it: raw files are read as they are, qcow2, vmdk, vdi and vhdx through
/// QEMU's tools. Blocks; from a worker's thread.
struct GuestDisk {
    QString path;
    std::uint64_t certifiedBytes = 0; ///< as the certificate has it
    std::atomic<std::int64_t> *done = nullptr; ///< bytes read or known to be zeros, for a progress line
};
/// The root over `certifiedBytes`. Integrity{where, expected, found} in sizes if the disk is of another size; what a format adds to fill its last
/// block does not count as long as it is zeros. NotFound, Malformed, Unsupported{what: "qemu-img"} if that is needed and not installed.
Result<Digest> rootOf(const GuestDisk &disk);

}
