// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/hypervisor.h"
#include "site/drivers/embedded/layout.h"
#include "site/drivers/record/demands.h"
#include "site/drivers/record/locks.h"
#include "site/drivers/embedded/machine.h"
#include "site/drivers/record/store.h"

namespace portulan::site::embedded {

struct Settings {
    std::string site;
    std::string directory; ///< the driver's own
    std::string qemu = "auto"; ///< path of qemu-system-x86_64, "auto" or "none"
    std::function<Instant()> clock; ///< empty: the system's
};

/// What the parts of this driver share.
struct Plant {
    Settings settings;
    Layout layout;
    Hypervisor hypervisor;
    Store store;
    Locks locks;
    Watcher watcher;
    std::mutex machinesMutex;
    std::map<std::string, std::shared_ptr<Machine>> machines; ///< by instance id; those over may linger

    explicit Plant(Settings given);
    ~Plant(); ///< lets go of the machines; they go on
    /// The machine of an instance while it runs, else nothing.
    std::shared_ptr<Machine> running(const std::string &instance);
    Instant now() const { return settings.clock(); }
};

}
