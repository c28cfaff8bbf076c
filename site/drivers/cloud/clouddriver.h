// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"

namespace portulan::site::cloud {

struct Settings {
    std::string site;
    std::string directory; ///< the driver's own: its record, and disks on their way
    std::string project = "default"; ///< of what the cloud knows no project of
    std::chrono::milliseconds interval {30'000}; ///< between two looks at all there is, if nothing stirs
    std::function<Instant()> clock {}; ///< empty: the system's
};

/// The driver of a site whose machines are a cloud's. What is true the cloud says; what only Portulan knows – ids, projects, classification,
/// custody – is on record here, in SQLite. While the cloud is away the record stands, and orders are refused as Unreachable.
std::unique_ptr<Driver> makeDriver(Settings settings, std::unique_ptr<Cloud> cloud);

}
