// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/workshop.h"

#include <sys/types.h>

namespace portulan::tests {

/// A vCenter simulator of the test's own, with five machines (DC0_C0_RP0_VM0 to 4) whose exported disks are the nano guest's. Ends with this.
class VcsimRig {
public:
    VcsimRig();
    ~VcsimRig();
    const std::string &url() const { return m_url; }
    std::string credentials() const { return dir.path("vcenter.json"); }
    void kill();

    Workshop dir;

private:
    std::string m_url;
    pid_t m_pid = -1;
};

}
