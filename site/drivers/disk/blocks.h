// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

namespace portulan::site {

/// How far a reader may follow an image's backing file.
struct Trust {
    std::string root; ///< backing files must lie under it, links resolved; empty: none is followed (Unsupported{what})
    int depth = 8; ///< images in a chain
};

/// A qcow2 image with what stands behind it, read natively. The file must not be written meanwhile.
Result<std::unique_ptr<BlockReader>> openQcow2(const std::string &path, const Trust &trust);
/// A raw image or any file; holes are known to be zeros.
Result<std::unique_ptr<BlockReader>> openRaw(const std::string &path);

/// Copies all data of `from` into `to` (which reads as zeros), reporting bytes; Cancelled when asked to stop.
Result<> copyBlocks(BlockReader &from, BlockWriter &to, Progress &progress);
/// Whether a guest would read the same: Integrity{where} if not, at the first difference. One may be longer, with zeros.
Result<> compareBlocks(BlockReader &one, BlockReader &other, Progress &progress);
/// A new qcow2 image with nothing behind it; nothing stays on failure.
Result<> flatten(BlockReader &from, const std::string &to, Progress &progress);

}
