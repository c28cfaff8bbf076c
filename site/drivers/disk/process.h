// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/fd.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace portulan::site {

/// A program to start: in a session of its own, so that it survives this one, with no descriptor but those named.
struct Program {
    std::vector<std::string> arguments; ///< the first is looked up in PATH
    std::string directory; ///< where it runs; empty: here
    int output = -1; ///< its stdout and stderr; -1: /dev/null
    int third = -1; ///< its descriptor 3, if any
};
/// Unsupported{what} if there is no such program.
Result<pid_t> spawn(const Program &program);

/// A process by pidfd: never mistaken for another that got its number later. Ours or not.
class Process {
public:
    static Result<Process> of(pid_t pid); ///< NotFound if it is gone
    int pidfd() const { return m_pidfd.get(); } ///< readable when it has ended
    pid_t pid() const { return m_pid; }
    void signal(int number) const;
    /// Waits at most `patience`; true once it has ended. Reaps it if it is our child.
    bool ended(std::chrono::milliseconds patience);
    /// "signal 9", "exit code 1"; empty: not over, well over, or not our child.
    const std::string &fate() const { return m_fate; }

private:
    Fd m_pidfd;
    pid_t m_pid = 0;
    std::string m_fate;
};

/// Where a program is; empty if it is not installed. A path is answered with itself if it can be run.
std::string findProgram(const std::string &name);

struct Limits {
    std::chrono::seconds time {3600};
    std::uint64_t memoryBytes = std::uint64_t(2) << 30;
    std::uint64_t cpuSeconds = 3600;
    std::uint64_t fileBytes = 0; ///< 0: as large as it likes
};
/// Runs a tool to its end under limits; Internal with its last words if it fails, TimedOut, Cancelled when `cancelled` says so.
Result<std::string> runTool(const Program &program, const Limits &limits, const std::function<bool()> &cancelled);

}
