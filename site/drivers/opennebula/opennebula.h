// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/opennebula/rpc.h"

namespace portulan::site::opennebula {

/// An OpenNebula zone as a site. The bytes of its disks are not in its API: none moves.
std::unique_ptr<cloud::Cloud> makeCloud(Rpc::Settings settings);

}
