// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <cstdint>

namespace portulan::site {

/// What a disk file is by its first bytes: "qcow2", "vmdk", "vdi", "vhdx", else "raw". Malformed or Unsupported{what} for a VMDK that is only
/// a description of other files, has a parent, or would have QEMU open files it names.
Result<std::string> recogniseFormat(int fd);
/// Of a disk that lies within a file.
Result<std::string> recogniseFormat(int fd, std::uint64_t offset, std::uint64_t bytes);

}
