// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>

namespace portulan::site {

/// What the machine itself knows of time, beside its clock.
struct MachineTime {
    std::string boot; ///< which run of it; empty: not known
    std::int64_t upMs = 0; ///< since then, also while it slept
    bool isKept = false; ///< a time service keeps its clock, says the kernel (adjtimex): it is right
};
MachineTime machineTime();

}
