// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace portulan::test {

/// The chunks that runs (out, in, out…) name.
inline std::vector<std::uint64_t> chunksIn(std::span<const std::uint64_t> runs)
{
    std::vector<std::uint64_t> chunks;
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (std::uint64_t chunk = at; i % 2 == 1 && chunk < at + runs[i]; ++chunk) {
            chunks.push_back(chunk);
        }
        at += runs[i];
    }
    return chunks;
}

}
