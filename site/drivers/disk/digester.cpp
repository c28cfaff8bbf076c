// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/digester.h"

#include "core/manifest.h"
#include "site/drivers/disk/fd.h"

namespace portulan::site {

Result<std::string> digestOf(int fd)
{
    const auto size = fileSize(fd);
    if (!size) {
        return tl::unexpected(size.error());
    }
    Hasher hasher;
    std::vector<std::byte> buffer(1 << 20);
    for (std::uint64_t at = 0; at < *size; at += buffer.size()) {
        const auto part = std::span(buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), *size - at)));
        if (auto done = readAt(fd, at, part); !done) {
            return tl::unexpected(done.error());
        }
        hasher.add(part);
    }
    return toHex(hasher.end());
}

}
