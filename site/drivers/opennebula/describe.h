// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"

#include <optional>
#include <pugixml.hpp>

namespace portulan::site::opennebula {

// Things as OpenNebula's pools tell of them (oned 5.x to 7.x).
enum class Being { Gone, There };
/// A VM and its disks; Gone once it is DONE. A disk is "7/0" after its VM and number.
Being sightingsFrom(pugi::xml_node vm, std::vector<cloud::Sighting> &into);
PowerState stateOf(std::int64_t state, std::int64_t lcmState);
/// An image of an operating system; nothing else is one.
std::optional<Image> imageFrom(pugi::xml_node image);
/// A data block, which is a volume of no machine: "i-12" after its image.
std::optional<Volume> volumeFrom(pugi::xml_node image);
Network networkFrom(pugi::xml_node network);
std::int64_t numberIn(pugi::xml_node node, const char *name); ///< not below 0

}
