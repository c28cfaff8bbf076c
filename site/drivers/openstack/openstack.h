// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/openstack/session.h"

namespace portulan::site::openstack {

/// A project of an OpenStack cloud (Train or later) as a site: Keystone v3, Nova, Glance, Cinder and Neutron as the catalogue has them.
std::unique_ptr<cloud::Cloud> makeCloud(Session::Settings settings);

}
