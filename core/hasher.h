// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/digestpages.h"

#include <memory>
#include <span>
#include <string_view>

struct evp_md_ctx_st;

namespace portulan {

/// SHA-256 (FIPS 180-4).
Digest sha256(std::span<const std::byte> bytes);

/// The same over what comes piece by piece.
class Hasher {
public:
    Hasher();
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
    Digest end(); ///< once

private:
    std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st *)> m_context;
};

}
