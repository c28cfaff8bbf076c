// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/movemode.h"
#include "core/site.h"

namespace portulan::site {

struct GrantRow {
    std::string who;
    std::string role;
    std::string project;
};
struct PeerRow {
    std::string site;
    std::string endpoint;
};

/// Section [libvirt].
struct LibvirtRow {
    std::vector<std::string> uris; ///< of the hosts that are this site; new things are made on the first
    std::string pool = "default";
    std::string imagePool = "images";
    std::string consoleDirectory; ///< empty: consoles are written nowhere
};

struct OpenStackRow {
    std::string authUrl; ///< Keystone's, with /v3
    std::string region;
    std::string interface = "public";
    std::string caFile; ///< empty: the system's trust anchors
    std::string credentials; ///< file, see drivers/openstack/account.h
    int interval = 15; ///< seconds between two looks at what has changed
};

/// A cloud that is known by an address and an account.
struct CloudRow {
    std::string url;
    std::string caFile; ///< empty: the system's trust anchors
    std::string credentials; ///< file of mode 0600; what is in it the driver says (drivers/vsphere/soap.h, drivers/opennebula/rpc.h)
    int interval = 30; ///< seconds between two looks
};

/// A Kubernetes cluster that is looked at, whatever the driver.
struct KubernetesRow {
    std::string id;
    std::string name; ///< empty: as its id
    std::string kubeconfig; ///< file of mode 0600
    std::string context; ///< of it; empty: its current one
    std::string project;
    int interval = 60; ///< seconds between two looks
};

/// The gateway's file (TOML), read and checked whole before anything starts. Paths are made absolute against the file's directory.
struct Config {
    std::string file;
    std::string siteId;
    std::string directory; ///< state: journal, audit, disks; made with mode 0700
    std::string listen = "127.0.0.1:0"; ///< the port really bound is written to <directory>/endpoint ("host:port\n")
    std::string dataListen = "127.0.0.1:0";
    std::string identityFile; ///< JSON: how the site describes itself (operator, place, certificates, facts)
    std::string rulesFile; ///< empty: the installed rules
    std::string authorityPem; ///< path: trust anchors of the federation
    std::string certificatePem; ///< path
    std::string keyPem; ///< path, mode 0600 demanded
    std::string driver = "embedded";
    std::string qemu = "auto"; ///< path of qemu-system-x86_64, "auto" or "none"
    std::string driverDirectory; ///< the driver's own (disks, record); default <directory>/disks
    std::string driverProject = "default"; ///< of what a cloud knows no project of
    LibvirtRow libvirt;
    OpenStackRow openstack;
    CloudRow vsphere; ///< its url: of the SDK
    CloudRow openNebula; ///< its url: of the XML-RPC
    std::size_t workers = 4;
    std::int64_t uploadLimitBytes = std::int64_t(2) << 40;
    std::int64_t linkBytesPerSecond = 0; ///< what all migrations from here send together, at most; 0: no limit
    std::vector<HourlyRate> linkHourly; ///< instead, in their hours by the local clock, the first that holds
    std::size_t migrationsAtOnce = 4; ///< that copy from here; more share the same link and disks and only take longer each
    std::size_t migrationsAtOncePerSite = 4; ///< …to one destination
    std::size_t arrivalsAtOnce = 8; ///< that are taken in; other sites are told to wait for their turn
    int testBootSeconds = 60; ///< a machine that is test-booted at its destination has to stay up
    std::string metricsListen; ///< empty: none
    std::vector<GrantRow> grants;
    std::vector<PeerRow> peers;
    std::vector<KubernetesRow> clusters;
};

/// Malformed{file, line, expected} or InvalidArgument{file, field, expected}; unknown keys are refused too.
Result<Config> readConfig(const std::string &path);
/// Malformed{file, line|field, expected}. Fields: see docs in resources/help and the example in resources/portulan-site.toml.
Result<Site> readIdentity(const std::string &path, const std::string &siteId);

}
