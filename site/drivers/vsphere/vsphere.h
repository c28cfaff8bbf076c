// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/vsphere/soap.h"

namespace portulan::site::vsphere {

/// A VMware vCenter as a site. Machines leave it (HttpNfcLease); none is taken in.
std::unique_ptr<cloud::Cloud> makeCloud(Soap::Settings settings);

}
