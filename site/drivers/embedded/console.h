// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <utility>

namespace portulan::site::embedded {

/// What a machine said on its serial port: a file QEMU appends to, kept to its last MiB.
class Console {
public:
    explicit Console(const std::string &machineDirectory);
    /// The last bytes, and where the first of them stands in all that was ever said.
    std::pair<std::string, std::int64_t> tail(std::size_t atMost) const;
    /// Drops the older half once there is more than a MiB; also while QEMU writes.
    void trim() const;

private:
    std::int64_t dropped() const;
    std::string m_file;
    std::string m_dropped; ///< a file with the count of bytes no longer kept
};

}
