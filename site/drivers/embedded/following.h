// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/fleece.h"
#include "site/drivers/embedded/instances.h"

namespace portulan::site::embedded {

/// A running machine's disks by way of QEMU's bitmaps and its NBD server: at each view a fresh bitmap begins to note what the guest writes,
/// and the last one, closed, says what it wrote before. The disks are read as they are, without holding up the guest: what is read while it is
/// being written is marked in the fresh bitmap and read again.
class Following final : public RunningDisks {
public:
    static Result<std::unique_ptr<RunningDisks>> begin(Plant &plant, Instances &instances, const Instance &instance);
    ~Following() override;

    Result<std::vector<View>> next() override;
    Result<std::vector<View>> still() override;
    void letGo() override { (void)closeView(); } // what fails now is tried again by the next view
    Result<std::int64_t> written() override;
    Result<std::vector<std::vector<Extent>>> stop(bool force, Progress &progress) override;

    /// Takes everything out of a machine that a gateway which is gone may have left there.
    static Result<> sweep(Machine &machine, const std::string &directory);

private:
    struct Disk {
        std::string volume;
        std::uint64_t sizeBytes = 0;
    };
    Following(Plant &plant, Instances &instances, const Instance &instance, std::shared_ptr<Machine> machine, std::vector<Disk> disks);
    Result<> openBitmaps();
    /// By way of the node named for each disk.
    Result<std::vector<View>> look(const std::function<std::string(std::size_t)> &node);
    Result<> closeView();
    std::string bitmap(int view) const { return "pass-" + std::to_string(view); }
    Result<> forget(int view);

    Plant &m_plant;
    Instances &m_instances;
    const ObjectId m_instance;
    const std::shared_ptr<Machine> m_machine;
    const std::vector<Disk> m_disks;
    const std::string m_directory;
    int m_view = 0; ///< the bitmap that is being written; 0: none yet
    bool m_open = false; ///< exports of this view
    std::unique_ptr<Fleece> m_fleece; ///< of a view of one instant
};

}
