// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/registry.h"
#include "site/drivers/record/locks.h"

#include <atomic>

namespace portulan::site::cloud {

/// Disk files that come into a cloud and go out of it: written anew at the gateway, then delivered; or fetched, then sent.
class Files {
public:
    Files(Cloud &cloud, Registry &registry, Locks &locks, std::string directory);
    Result<> open(); ///< makes the directory and empties it
    Result<std::unique_ptr<Upload>> beginImport(const ImportSpec &spec);
    Result<std::unique_ptr<Download>> beginExport(const ObjectId &object, std::string_view format, Progress &progress);
    std::vector<std::string> capabilities() const;

private:
    class Import;
    std::string scrap(const std::string &ending);

    Cloud &m_cloud;
    Registry &m_registry;
    Locks &m_locks;
    const std::string m_directory;
    const std::string m_qemuImg;
    std::atomic<unsigned> m_serial = 0;
};

}
