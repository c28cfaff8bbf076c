// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/process.h"
#include "site/drivers/embedded/qmp.h"
#include "site/drivers/embedded/watcher.h"

#include <atomic>

namespace portulan::site::embedded {

/// What is to be run and how; becomes QEMU's command line.
struct MachinePlan {
    std::string id;
    std::string directory; ///< its own: socket, console, messages
    std::int64_t vcpus = 1;
    std::int64_t ramBytes = 0;
    struct Disk {
        std::string volume;
        std::string path;
    };
    std::vector<Disk> disks; ///< in bus order, the first boots
    std::size_t userNetworks = 0; ///< interfaces that reach out through the host
};

/// One QEMU process, started or found again. It outlives the gateway.
class Machine {
public:
    /// How it ended: lawfully or not, and in what words.
    struct End {
        bool lawful = false;
        std::string note;
    };
    /// Called from the watcher's thread.
    struct Listener {
        std::function<void(bool paused, const std::string &note)> paused;
        std::function<void(const End &)> ended;
    };

    Machine(Watcher &watcher, std::string directory, Listener listener);
    ~Machine(); ///< lets go; QEMU goes on
    /// Starts QEMU; on return it runs. Internal with QEMU's words if it would not.
    Result<> start(const std::vector<std::string> &commandLine);
    /// Finds it again by socket and process id; Unreachable if it is gone, TimedOut if it does not answer.
    Result<> find();
    /// What became of one that find() did not find.
    End postMortem() const;

    Qmp &qmp() { return *m_qmp; }
    bool isOver() const { return m_over; }
    bool waitEnd(std::chrono::milliseconds patience);
    /// Ends it without asking the guest; on return it is gone.
    Result<> kill();

private:
    Result<> attach(Fd socket, pid_t pid);
    void onEvent(const Qmp::Json &event);
    bool onExit();

    Watcher &m_watcher;
    std::string m_directory;
    Listener m_listener;
    std::unique_ptr<Qmp> m_qmp;
    std::optional<Process> m_process;
    // Told by events, in the watcher's thread.
    std::string m_reason; ///< of SHUTDOWN
    bool m_panicked = false;
    bool m_diskFull = false;
    std::atomic<bool> m_killed = false;
    std::atomic<bool> m_over = false;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_told = false; ///< the listener knows
};

/// QEMU's command line for a machine; the socket is its descriptor 3.
std::vector<std::string> commandLine(const MachinePlan &plan, const std::string &qemu, const std::string &accelerator, bool sandbox);
std::string nodeName(const std::string &volume); ///< the block node of a volume
/// The block device and the card of a disk, as arguments of blockdev-add and device_add, to plug it into a running machine.
Qmp::Json blockdevOf(const MachinePlan::Disk &disk);
Qmp::Json deviceOf(const std::string &volume);

}
