// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/libvirt/handles.h"
#include "tests/site/workshop.h"

#include <gtest/gtest.h>

namespace portulan::tests {

/// A real libvirtd of the test's own, with the pools "default" and "images". It and its machines end with this.
class LibvirtRig {
public:
    LibvirtRig();
    ~LibvirtRig();

    const std::string &uri() const { return m_uri; }
    void kill(); ///< the daemon, at once; machines go on
    void revive();
    /// A connection beside the driver's, as an administrator's would be.
    site::libvirt::Connection connect() const;
    /// Defines a machine with the nano guest on a disk of its own in the pool "default"; its console is written to console(name).
    void define(const std::string &name, const std::string &extra = {});
    void addImage(const std::string &name, const std::string &guest = {}); ///< the nano guest, or another raw one, in the pool "images"
    std::string console(const std::string &name) const { return dir.path("lv/images/" + name + ".log"); }
    std::string disk(const std::string &name) const { return dir.path("lv/images/" + name + ".img"); }
    bool isRunning(const std::string &name) const;

    Workshop dir;

private:
    int script(const std::string &verb) const;
    void makePool(const std::string &name, const std::string &path);

    std::string m_uri;
};

}
