// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/vcsimrig.h"

#include "site/drivers/disk/fd.h"
#include "site/drivers/disk/process.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <thread>

namespace portulan::tests {

using namespace std::chrono_literals;

VcsimRig::VcsimRig()
{
    std::filesystem::create_directory(dir.path("exports"));
    EXPECT_EQ(dir.run("qemu-img convert -O vmdk -o subformat=streamOptimized '" PORTULAN_BINARY_DIR "/nano/nano.raw' exports/default.vmdk"), 0);
    dir.run("umask 077; echo '{\"user\": \"user\", \"password\": \"pass\"}' > vcenter.json");
    const auto said = site::openFile(dir.path("said"), O_RDWR | O_CREAT).value();
    m_pid = site::spawn(
        {{"setpriv", "--pdeathsig", "KILL", PORTULAN_VCSIM, "-tls=false", "-vm", "5", "-export", dir.path("exports")}, dir.path("."), said.get(), -1})
                .value();
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (m_url.empty() && std::chrono::steady_clock::now() < deadline) {
        std::getline(std::ifstream(dir.path("said")), m_url);
        m_url = m_url.ends_with("/sdk") ? m_url : std::string();
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_FALSE(m_url.empty());
}

VcsimRig::~VcsimRig()
{
    kill();
}

void VcsimRig::kill()
{
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }
}

}
