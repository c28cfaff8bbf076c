// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace portulan::site {

/// `bytes` unpredictable bytes from the operating system, in hex.
std::string randomHex(std::size_t bytes);

}
