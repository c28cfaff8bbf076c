// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/libvirt/handles.h"

#include <string_view>

namespace portulan::site::libvirt {

/// Ends the names of files that are there only while a machine is followed, beside its disks.
constexpr std::string_view scratchEnding = ".portulan";

/// A running domain's disks by way of libvirt's checkpoints and pull backups (libvirt's docs, "Incremental backup"): each view is a backup job
/// that shows the disks as they were when it began, and says what was written since the checkpoint before; as it begins it sets the next one.
/// Only of a daemon on this host: QEMU serves the disks on a socket here. Disks that can hold no bitmap (raw), and machines with snapshots, have
/// no checkpoints: Unsupported, with libvirt's words.
class Follow final : public cloud::LiveDisks {
public:
    /// `directory`: QEMU makes its socket there.
    static Result<std::unique_ptr<cloud::LiveDisks>> begin(Domain domain, std::string directory);
    ~Follow() override;

    Result<std::vector<RunningDisks::View>> next() override;
    void letGo() override;
    Result<std::int64_t> written() override;
    Result<std::vector<std::vector<Extent>>> rest() override;

private:
    struct Disk {
        std::string target; ///< "vda"
        std::string path;
    };
    Follow(Domain domain, std::string directory, std::vector<Disk> disks, std::string name);
    std::string checkpoint(int view) const { return m_name + '-' + std::to_string(view); }
    std::string socketName() const { return m_name + ".sock"; }
    Result<std::vector<RunningDisks::View>> look();
    Result<std::vector<Extent>> markedIn(const Disk &disk);

    const Domain m_domain;
    const std::string m_directory;
    const std::vector<Disk> m_disks;
    const std::string m_name; ///< of this following; what it makes begins with it
    int m_view = 0; ///< of the checkpoint that counts; 0: none yet
    bool m_isOpen = false; ///< a job runs
};

}
