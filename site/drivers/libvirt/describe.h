// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"
#include "site/drivers/libvirt/handles.h"

namespace portulan::site::libvirt {

// libvirt's XML and states in Portulan's terms. Malformed if a daemon sends what is no such XML; its documents are never trusted to be small.

/// What a domain's description says. Disks as paths (or device nodes), in bus order, without floppies and CD drives; networks by name.
struct DomainFacts {
    std::string uuid;
    std::string name; ///< its title, if it has one
    std::int64_t vcpus = 0;
    std::int64_t ramBytes = 0;
    std::vector<std::string> disks;
    std::vector<std::string> networks;
    std::string console; ///< file the serial console is written to; empty: none
    std::string firmware, diskBus, nicModel; ///< as Instance has them
    std::vector<std::pair<std::string, std::string>> tied; ///< what is its host's alone: "cdrom", "passthrough", "tpm", "share", and which
};
Result<DomainFacts> domainFrom(const std::string &xml);
PowerState powerStateOf(int state); ///< of virDomainState; a domain in the middle of something is Starting or Stopping

struct VolumeFacts {
    std::string path;
    std::string name;
    std::string format;
    bool isLayered = false; ///< another file stands behind it
    std::int64_t sizeBytes = 0;
    std::int64_t allocatedBytes = 0;
};
Result<VolumeFacts> volumeFrom(const std::string &xml);

struct NetworkFacts {
    std::string uuid;
    std::string name;
    std::string kind; ///< "isolated", "nat", "route", "bridge", "open"…
    std::string cidr; ///< of its first IPv4 address, or IPv6
};
Result<NetworkFacts> networkFrom(const std::string &xml);

}
