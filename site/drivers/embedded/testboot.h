// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

/// Boots what has arrived of a machine, as a test: QEMU over throw-away overlays of its disks, which are the backing files and so only read,
/// without any network card, behind everything else for the processors and the storage, and killed by the kernel when this gateway dies.
/// Nothing on record knows of it. NoCapacity{resource}, DiskFull, NotReady{state}, Unsupported without a hypervisor.
Result<std::unique_ptr<TestMachine>> bootTest(Plant &plant, const Instance &instance);
/// Ends the machines and removes the directories that an earlier gateway may have left.
void sweepTests(const Layout &layout);

}
