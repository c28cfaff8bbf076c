// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/vcsimrig.h"

#include "site/drivers/disk/fd.h"
#include "site/drivers/disk/process.h"

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portulan::tests {

VcsimRig::VcsimRig()
{
    std::filesystem::create_directory(dir.path("exports"));
    EXPECT_EQ(dir.run("qemu-img convert -O vmdk -o subformat=streamOptimized '" PORTULAN_BINARY_DIR "/nano/nano.raw' exports/default.vmdk"), 0);
    dir.run("umask 077; echo '{\"user\": \"user\", \"password\": \"pass\"}' > vcenter.json");
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const site::Fd said(ends[0]), speaks(ends[1]);
    m_pid = site::spawn({{"env", "TMPDIR=" + dir.path("."), "setpriv", "--pdeathsig", "KILL", PORTULAN_VCSIM, "-tls=false", "-vm", "5", "-export", dir.path("exports")}, dir.path("."),
                            speaks.get(), -1})
                .value();
    pollfd waiting {said.get(), POLLIN, 0};
    for (char c = 0; ::poll(&waiting, 1, 60'000) == 1 && ::read(said.get(), &c, 1) == 1 && c != '\n';) {
        m_url += c;
    }
    EXPECT_TRUE(m_url.ends_with("/sdk")) << m_url;
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
