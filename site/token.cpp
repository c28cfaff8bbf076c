// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/token.h"

#include <sys/random.h>
#include <vector>

namespace portulan::site {

std::string randomHex(std::size_t bytes)
{
    std::vector<unsigned char> raw(bytes);
    for (std::size_t at = 0; at < bytes;) {
        const auto got = ::getrandom(raw.data() + at, bytes - at, 0);
        if (got > 0) {
            at += static_cast<std::size_t>(got);
        }
    }
    std::string hex;
    for (const unsigned char byte : raw) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

}
