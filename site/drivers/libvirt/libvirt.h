// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"

namespace portulan::site::libvirt {

struct Settings {
    std::vector<std::string> uris; ///< of the hosts that are this site, as libvirt writes them ("qemu:///system"); new things are made on the first
    std::string pool = "default"; ///< storage pool of new volumes, on each host
    std::string imagePool = "images"; ///< its volumes are images
    std::string consoleDirectory; ///< the serial consoles of new machines are written there, one file each; empty: nowhere
};

/// Hosts with libvirt as one site.
std::unique_ptr<cloud::Cloud> makeCloud(Settings settings);

}
