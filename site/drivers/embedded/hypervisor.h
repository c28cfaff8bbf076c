// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

namespace portulan::site::embedded {

/// What runs machines here, found out by trying.
struct Hypervisor {
    std::string qemu; ///< path; empty: none, lifecycle is recorded only
    std::string qemuImg; ///< path; may be there without QEMU
    std::string accelerator; ///< "kvm" or "tcg"
    std::string version; ///< "7.2.22"
    bool sandbox = false; ///< QEMU's own seccomp filter works

    bool isThere() const { return !qemu.empty(); }
    std::string name() const; ///< "QEMU 7.2.22 (TCG)", empty if none
};

/// `setting`: path of qemu-system-x86_64, "auto" or "none". Boots the nano guest with each accelerator until one says its banner: a /dev/kvm
/// that is there proves nothing. Remembered until the host restarts. `scratch`: a directory for the guest's disk.
/// InvalidArgument{field} for a path that cannot be run.
Result<Hypervisor> probeHypervisor(const std::string &setting, const std::string &scratch);

}
