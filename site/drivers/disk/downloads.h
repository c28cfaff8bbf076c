// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "site/drivers/disk/fd.h"

namespace portulan::site {

/// A file as it is. `scrap`, if it names something, is removed afterwards.
Result<std::unique_ptr<Download>> downloadFile(const std::string &path, const std::string &scrap);
/// A disk as the guest sees it; `guard` is let go of at the end.
std::unique_ptr<Download> downloadDisk(std::unique_ptr<BlockReader> reader, std::shared_ptr<void> guard);

}
