// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/config.h"
#include "site/driver.h"

namespace portulan::site {

/// Names of the drivers this gateway was built with.
std::vector<std::string> driverNames();
/// The driver a site's file asks for, not started. InvalidArgument{file, field="driver.name", expected} if it is not built in.
Result<std::unique_ptr<Driver>> makeDriver(const Config &config);

}
