// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/drivers.h"

#include "site/drivers/cloud/clouddriver.h"
#include "site/drivers/embedded/embedded.h"
#include "site/drivers/libvirt/libvirt.h"
#include "site/drivers/opennebula/opennebula.h"
#include "site/drivers/openstack/openstack.h"
#include "site/drivers/vsphere/vsphere.h"

namespace portulan::site {

namespace {

struct Row {
    const char *name;
    std::unique_ptr<Driver> (*make)(const Config &config);
};

/// One line a driver.
const Row rows[] = {
    {"embedded",
        [](const Config &config) {
            return embedded::makeDriver({config.siteId, config.driverDirectory, config.qemu, {}});
        }},
    {"libvirt",
        [](const Config &config) {
            return cloud::makeDriver({config.siteId, config.driverDirectory, config.driverProject},
                libvirt::makeCloud({config.libvirt.uris, config.libvirt.pool, config.libvirt.imagePool, config.libvirt.consoleDirectory}));
        }},
    {"openstack",
        [](const Config &config) {
            const auto &row = config.openstack;
            return cloud::makeDriver({config.siteId, config.driverDirectory, config.driverProject, std::chrono::seconds(row.interval)},
                openstack::makeCloud({row.authUrl, row.region, row.interface, row.caFile, row.credentials}));
        }},
    {"vsphere",
        [](const Config &config) {
            const auto &row = config.vsphere;
            return cloud::makeDriver({config.siteId, config.driverDirectory, config.driverProject, std::chrono::seconds(row.interval)},
                vsphere::makeCloud({row.url, row.caFile, row.credentials}));
        }},
    {"opennebula",
        [](const Config &config) {
            const auto &row = config.openNebula;
            return cloud::makeDriver({config.siteId, config.driverDirectory, config.driverProject, std::chrono::seconds(row.interval)},
                opennebula::makeCloud({row.url, row.caFile, row.credentials}));
        }},
};

}

std::vector<std::string> driverNames()
{
    std::vector<std::string> names;
    for (const auto &row : rows) {
        names.emplace_back(row.name);
    }
    return names;
}

Result<std::unique_ptr<Driver>> makeDriver(const Config &config)
{
    std::string known;
    for (const auto &row : rows) {
        if (config.driver == row.name) {
            return row.make(config);
        }
        known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    return refuse(Reason::InvalidArgument, {{"file", config.file}, {"field", "driver.name"}, {"value", config.driver}, {"expected", known}});
}

}
