// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

namespace portulan::site {

/// Pages as AIP-158 has them. A token is good for the same question only, and survives changes in between: it names the last row handed out.
struct Page {
    std::size_t size = 100;
    std::string after; ///< what the last page ended with; empty: from the beginning
};
/// `question`: everything that must be the same from page to page. InvalidArgument{field="page_size"|"page_token"}.
Result<Page> pageOf(int pageSize, const std::string &token, const std::string &question);
std::string tokenAfter(const std::string &last, const std::string &question);

}
