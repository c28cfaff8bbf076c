// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/libvirtrig.h"

#include <csignal>

namespace portulan::tests {

using namespace site::libvirt;

LibvirtRig::LibvirtRig()
{
    std::signal(SIGPIPE, SIG_IGN); // as the gateway does: a daemon may die in the middle of a word
    std::filesystem::permissions(dir.path("."), std::filesystem::perms(0755)); // the daemon may run as nobody
    revive();
    makePool("default", dir.path("lv/images"));
    makePool("images", dir.path("lv/templates"));
}

LibvirtRig::~LibvirtRig()
{
    EXPECT_EQ(script("down"), 0);
}

int LibvirtRig::script(const std::string &verb) const
{
    return dir.run("'" PORTULAN_SOURCE_DIR "/tests/peers/libvirtd.sh' " + verb + " lv > uri");
}

void LibvirtRig::kill()
{
    ASSERT_EQ(script("kill"), 0);
}

void LibvirtRig::revive()
{
    ASSERT_EQ(script("up"), 0);
    std::getline(std::ifstream(dir.path("uri")), m_uri);
}

Connection LibvirtRig::connect() const
{
    Connection connection(::virConnectOpen(m_uri.c_str()));
    EXPECT_TRUE(connection);
    return connection;
}

void LibvirtRig::makePool(const std::string &name, const std::string &path)
{
    const auto connection = connect();
    const std::string xml = "<pool type='dir'><name>" + name + "</name><target><path>" + path + "</path></target></pool>";
    const Pool pool(::virStoragePoolDefineXML(connection.get(), xml.c_str(), 0));
    ASSERT_TRUE(pool) << name;
    ASSERT_EQ(::virStoragePoolBuild(pool.get(), 0), 0) << name;
    ASSERT_EQ(::virStoragePoolCreate(pool.get(), 0), 0) << name;
    ASSERT_EQ(::virStoragePoolSetAutostart(pool.get(), 1), 0) << name;
}

void LibvirtRig::define(const std::string &name, const std::string &extra)
{
    ASSERT_EQ(dir.run("cp '" PORTULAN_BINARY_DIR "/nano/nano.raw' '" + disk(name) + "' && chmod 666 '" + disk(name) + "'"), 0);
    const auto connection = connect();
    const Pool pool(::virStoragePoolLookupByName(connection.get(), "default"));
    ASSERT_EQ(::virStoragePoolRefresh(pool.get(), 0), 0);
    const std::string xml = "<domain type='qemu'><name>" + name + "</name>" + extra
        + "<memory unit='MiB'>8</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>"
          "<on_reboot>restart</on_reboot><devices><emulator>/usr/bin/qemu-system-x86_64</emulator>"
          "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='"
        + disk(name)
        + "'/><target dev='hda' bus='ide'/></disk><disk type='file' device='cdrom'><target dev='hdb' bus='ide'/></disk>"
          "<serial type='file'><source path='"
        + console(name) + "'/></serial></devices></domain>";
    const Domain domain(::virDomainDefineXML(connection.get(), xml.c_str()));
    ASSERT_TRUE(domain) << ::virGetLastErrorMessage();
}

void LibvirtRig::addImage(const std::string &name, const std::string &guest)
{
    const std::string file = dir.path("lv/templates/" + name + ".img");
    const std::string from = guest.empty() ? PORTULAN_BINARY_DIR "/nano/nano.raw" : guest;
    ASSERT_EQ(dir.run("cp '" + from + "' '" + file + "' && chmod 644 '" + file + "'"), 0);
    const auto connection = connect();
    const Pool pool(::virStoragePoolLookupByName(connection.get(), "images"));
    ASSERT_EQ(::virStoragePoolRefresh(pool.get(), 0), 0);
}

bool LibvirtRig::isRunning(const std::string &name) const
{
    const auto connection = connect();
    const Domain domain(::virDomainLookupByName(connection.get(), name.c_str()));
    return domain && ::virDomainIsActive(domain.get()) == 1;
}

}
