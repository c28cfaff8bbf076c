// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/siphash.h"

#include <openssl/rand.h>

namespace portulan {

std::uint64_t keyedHash(std::string_view text)
{
    static const SipKey key = [] {
        SipKey drawn {};
        // Should it fail, the hash is still one, only foreseeable.
        RAND_bytes(reinterpret_cast<unsigned char *>(drawn.data()), sizeof drawn);
        return drawn;
    }();
    return sipHash<1, 3>(key, text);
}

}
