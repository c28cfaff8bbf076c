// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/volumes.h"

namespace portulan::site::embedded {

/// Disk files coming in and going out. What comes in is a stranger's: read natively or by qemu-img under limits, always by a stated format,
/// and written anew, so that QEMU never opens a header that somebody else made.
class Transfers {
public:
    Transfers(Plant &plant, Volumes &volumes)
        : m_plant(plant)
        , m_volumes(volumes)
    {
    }
    Result<std::unique_ptr<Upload>> beginImport(const ImportSpec &spec);
    Result<std::unique_ptr<Download>> beginExport(const ObjectId &object, std::string_view format, Progress &progress);
    std::vector<std::string> capabilities() const; ///< "volume.import.vmdk"…

private:
    friend class Import;
    Result<std::string> toVmdk(const std::string &path, Progress &progress);

    Plant &m_plant;
    Volumes &m_volumes;
};

}
