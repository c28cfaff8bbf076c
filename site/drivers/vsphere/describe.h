// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/vsphere/soap.h"

namespace portulan::site::vsphere {

/// Properties of a VirtualMachine that tell all that follows.
extern const std::vector<std::string> machineProperties;
bool isTemplate(const Soap::Properties &about);
/// Of a template the image, of a machine the instance and, in bus order, its volumes.
std::vector<cloud::Sighting> sightingsFrom(const Moref &machine, const Soap::Properties &about);

std::string textIn(const Soap::Properties &about, const char *path); ///< "" if it is not told
std::int64_t numberIn(const Soap::Properties &about, const char *path); ///< not below 0

}
