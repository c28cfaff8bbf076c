// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <string>

namespace portulan::site {

/// SHA-256 of a whole file, hex.
Result<std::string> digestOf(int fd);

}
