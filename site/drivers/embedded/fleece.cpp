// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/fleece.h"

#include "site/drivers/disk/qcow2writer.h"

#include <filesystem>

namespace portulan::site::embedded {

using namespace std::chrono_literals;

namespace {

constexpr auto ours = "still-";
constexpr auto patience = 20s;

Result<> execute(Machine &machine, const std::string &command, Qmp::Json arguments)
{
    return machine.qmp().execute(command, std::move(arguments)).map([](const Qmp::Json &) {});
}

std::string fileOf(std::size_t disk)
{
    return Fleece::nodeOf(disk) + ".qcow2";
}

void removeFiles(const std::string &directory)
{
    std::error_code error;
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().filename().string().starts_with(ours)) {
            removeFile(entry->path().string());
        }
    }
}

/// Ends what puts aside; on return none of it runs.
Result<> endJobs(Machine &machine)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    for (bool asked = false;; asked = true) {
        const auto jobs = machine.qmp().execute("query-jobs");
        if (!jobs) {
            return tl::unexpected(jobs.error());
        }
        bool any = false;
        for (const auto &job : *jobs) {
            const auto id = job.value("id", std::string());
            any = any || id.starts_with(ours);
            if (id.starts_with(ours) && !asked) {
                (void)execute(machine, "block-job-cancel", {{"device", id}, {"force", true}});
            }
        }
        if (!any) {
            return {};
        }
        if (std::chrono::steady_clock::now() > until) {
            return refuse(Reason::TimedOut, {}, "QEMU keeps a job");
        }
        machine.qmp().waitEvent("BLOCK_JOB_CANCELLED", {}, 20ms);
    }
}

}

std::string Fleece::nodeOf(std::size_t disk)
{
    return ours + std::to_string(disk);
}

Result<std::unique_ptr<Fleece>> Fleece::prepare(Machine &machine, const std::string &directory, const std::vector<Disk> &disks)
{
    std::unique_ptr<Fleece> fleece(new Fleece(machine, directory));
    for (const auto &disk : disks) {
        const auto number = fleece->m_volumes.size();
        // QEMU runs in that directory: a path of any length fits.
        auto made = Qcow2Writer::create(directory + '/' + fileOf(number), disk.sizeBytes).and_then([&] {
            return execute(machine, "blockdev-add",
                {{"driver", "qcow2"}, {"node-name", nodeOf(number)}, {"file", {{"driver", "file"}, {"filename", fileOf(number)}}},
                    {"backing", nodeName(disk.volume)}});
        });
        if (!made) {
            return tl::unexpected(made.error());
        }
        fleece->m_volumes.push_back(disk.volume);
    }
    return fleece;
}

Qmp::Json Fleece::actions() const
{
    auto actions = Qmp::Json::array();
    for (std::size_t i = 0; i < m_volumes.size(); ++i) {
        actions.push_back({{"type", "blockdev-backup"},
            {"data", {{"job-id", nodeOf(i)}, {"device", nodeName(m_volumes[i])}, {"target", nodeOf(i)}, {"sync", "none"}}}});
    }
    return actions;
}

Fleece::~Fleece()
{
    if (m_machine.isOver() || !sweep(m_machine, m_directory)) {
        removeFiles(m_directory);
    }
}

Result<> Fleece::sweep(Machine &machine, const std::string &directory)
{
    auto done = endJobs(machine);
    const auto nodes = machine.qmp().execute("query-named-block-nodes", {{"flat", true}});
    if (!done || !nodes) {
        return done ? tl::unexpected(nodes.error()) : done;
    }
    bool any = false;
    for (const auto &node : *nodes) {
        if (const auto name = node.value("node-name", std::string()); name.starts_with(ours)) {
            any = true;
            if (auto closed = execute(machine, "blockdev-del", {{"node-name", name}}); !closed) {
                done = closed;
            }
        }
    }
    if (done) {
        removeFiles(directory);
    }
    if (done && any) {
        // QEMU holds up a guest for whose old bytes there was no room left; now there is.
        const auto status = machine.qmp().execute("query-status");
        done = status && status->value("status", std::string()) == "io-error" ? execute(machine, "cont", Qmp::Json::object()) : done;
    }
    return done;
}

}
