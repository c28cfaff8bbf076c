// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/openstack/fields.h"

#include <map>

namespace portulan::site::openstack {

// Things as OpenStack's APIs tell of them (Compute 2.47 to 2.87, Block Storage 3, Image 2, Networking 2.0). Ids are the cloud's.
/// `networks`: ids by name, as a server tells only names.
Instance instanceFrom(const Json &server, const std::map<std::string, std::string> &networks = {});
bool isDeleted(const Json &server); ///< of a list of what has changed
bool isBusy(const Json &server); ///< on its way from one state to another
Volume volumeFrom(const Json &volume);
Snapshot snapshotFrom(const Json &snapshot);
Image imageFrom(const Json &image);
Network networkFrom(const Json &network);

/// What Portulan has made is known by these.
inline constexpr auto idKey = "portulan_id", tagKey = "portulan_tag";
/// …and what is only there while bytes are on their way, by this: it is not shown.
inline constexpr auto transitKey = "portulan_transit";

/// A name that Nova takes: no more than 255 bytes of printable characters of the basic plane, no blanks around. What it cannot hold is "?".
std::string plainName(std::string_view name);
std::int64_t wholeGib(std::int64_t bytes); ///< volumes are whole GiB, at least one

}
