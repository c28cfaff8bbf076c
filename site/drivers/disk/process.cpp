// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/process.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace portulan::site {

namespace {

int pidfdOpen(pid_t pid)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

/// posix_spawn's two attribute objects, destroyed together.
struct Actions {
    posix_spawn_file_actions_t files {};
    posix_spawnattr_t attributes {};
    Actions()
    {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~Actions()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    Actions(const Actions &) = delete;
    Actions &operator=(const Actions &) = delete;
};

}

Result<pid_t> spawn(const Program &program)
{
    Actions actions;
    posix_spawn_file_actions_addopen(&actions.files, 0, "/dev/null", O_RDONLY, 0);
    if (program.output >= 0) {
        posix_spawn_file_actions_adddup2(&actions.files, program.output, 1);
    } else {
        posix_spawn_file_actions_addopen(&actions.files, 1, "/dev/null", O_WRONLY, 0);
    }
    posix_spawn_file_actions_adddup2(&actions.files, 1, 2);
    if (program.third >= 0) {
        posix_spawn_file_actions_adddup2(&actions.files, program.third, 3);
    }
    posix_spawn_file_actions_addclosefrom_np(&actions.files, program.third >= 0 ? 4 : 3);
    if (!program.directory.empty()) {
        posix_spawn_file_actions_addchdir_np(&actions.files, program.directory.c_str());
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&actions.attributes, &none);
    posix_spawnattr_setsigdefault(&actions.attributes, &all);
    posix_spawnattr_setflags(&actions.attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char *> arguments;
    for (const auto &argument : program.arguments) {
        arguments.push_back(const_cast<char *>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    pid_t pid = 0;
    if (const int error = posix_spawnp(&pid, arguments[0], &actions.files, &actions.attributes, arguments.data(), environ); error != 0) {
        return error == ENOENT ? Result<pid_t>(refuse(Reason::Unsupported, {{"what", program.arguments[0]}}))
                               : tl::unexpected(ioProblem(error, "start", program.arguments[0]));
    }
    return pid;
}

Result<Process> Process::of(pid_t pid)
{
    Process process;
    process.m_pid = pid;
    process.m_pidfd = Fd(pidfdOpen(pid));
    if (!process.m_pidfd) {
        return refuse(Reason::NotFound, {{"id", std::to_string(pid)}}, "process");
    }
    ::fcntl(process.m_pidfd.get(), F_SETFD, FD_CLOEXEC);
    return process;
}

void Process::signal(int number) const
{
    ::syscall(SYS_pidfd_send_signal, m_pidfd.get(), number, nullptr, 0);
}

bool Process::ended(std::chrono::milliseconds patience)
{
    pollfd wait {m_pidfd.get(), POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) {
        return false;
    }
    siginfo_t info {};
    if (::waitid(P_PIDFD, static_cast<id_t>(m_pidfd.get()), &info, WEXITED) == 0) {
        if (info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED) {
            m_fate = "signal " + std::to_string(info.si_status);
        } else if (info.si_status != 0) {
            m_fate = "exit code " + std::to_string(info.si_status);
        }
    }
    return true;
}

std::string findProgram(const std::string &name)
{
    if (name.find('/') != std::string::npos) {
        return ::access(name.c_str(), X_OK) == 0 ? name : std::string();
    }
    const char *path = ::getenv("PATH");
    std::istringstream places(path ? path : "/usr/bin:/bin");
    for (std::string place; std::getline(places, place, ':');) {
        if (const std::string whole = place + '/' + name; !place.empty() && ::access(whole.c_str(), X_OK) == 0) {
            return whole;
        }
    }
    return {};
}

Result<std::string> runTool(const Program &program, const Limits &limits, const std::function<bool()> &cancelled)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return ioRefusal("pipe", {});
    }
    Fd reading(ends[0]), writing(ends[1]);
    Program limited = program;
    limited.arguments = {"prlimit", "--as=" + std::to_string(limits.memoryBytes), "--cpu=" + std::to_string(limits.cpuSeconds), "--core=0"};
    if (limits.fileBytes > 0) {
        limited.arguments.push_back("--fsize=" + std::to_string(limits.fileBytes));
    }
    limited.arguments.emplace_back("--");
    limited.arguments.insert(limited.arguments.end(), program.arguments.begin(), program.arguments.end());
    limited.output = writing.get();
    const auto pid = spawn(limited);
    if (!pid) {
        return tl::unexpected(pid.error());
    }
    writing.close();
    auto process = Process::of(*pid);
    if (!process) {
        return tl::unexpected(process.error());
    }
    const auto deadline = std::chrono::steady_clock::now() + limits.time;
    std::string words;
    std::optional<Problem> stopped;
    for (pollfd wait {reading.get(), POLLIN, 0}; !stopped;) {
        const int ready = ::poll(&wait, 1, 100);
        char buffer[4096];
        const ssize_t got = ready > 0 ? ::read(reading.get(), buffer, sizeof buffer) : -1;
        if (ready > 0 && got == 0) {
            break;
        }
        if (got > 0 && words.size() < 65536) {
            words.append(buffer, static_cast<std::size_t>(got));
        }
        if (cancelled && cancelled()) {
            stopped = Problem {Reason::Cancelled, {}, {}};
        } else if (std::chrono::steady_clock::now() > deadline) {
            stopped = Problem {Reason::TimedOut, {}, program.arguments[0]};
        }
    }
    if (stopped) {
        process->signal(SIGKILL);
    }
    process->ended(std::chrono::milliseconds(-1));
    if (stopped) {
        return tl::unexpected(*stopped);
    }
    if (!process->fate().empty()) {
        const bool full = words.find("No space left") != std::string::npos || words.find("File too large") != std::string::npos
            || process->fate() == "signal " + std::to_string(SIGXFSZ);
        return refuse(full ? Reason::DiskFull : Reason::Internal, {}, program.arguments[0] + ": " + process->fate() + ": " + words.substr(0, 500));
    }
    return words;
}

}
