// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

/// The embedded driver, stopped: start() makes its directory and looks for QEMU. `settings.directory` must be on a local file system.
std::unique_ptr<Driver> makeDriver(Settings settings);

}
