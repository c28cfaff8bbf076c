// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/machinetime.h"

#include <ctime>
#include <fstream>
#include <sys/timex.h>

namespace portulan::site {

MachineTime machineTime()
{
    MachineTime time;
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, time.boot);
    timespec up {};
    ::clock_gettime(CLOCK_BOOTTIME, &up);
    time.upMs = std::int64_t(up.tv_sec) * 1000 + up.tv_nsec / 1'000'000;
    timex kept {};
    const int state = ::adjtimex(&kept);
    time.isKept = state >= 0 && state != TIME_ERROR && (kept.status & STA_UNSYNC) == 0;
    return time;
}

}
