// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/paging.h"

#include "core/manifest.h"

namespace portulan::site {

namespace {

constexpr int defaultSize = 100;
constexpr int greatestSize = 1000;
constexpr std::size_t markLength = 16;

/// Tells one question from another.
std::string markOf(const std::string &question)
{
    return toHex(sha256(std::as_bytes(std::span(question)))).substr(0, markLength);
}

int hexValue(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}

std::string tokenAfter(const std::string &last, const std::string &question)
{
    std::string token = markOf(question);
    for (const char c : last) {
        token += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        token += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    return token;
}

Result<Page> pageOf(int pageSize, const std::string &token, const std::string &question)
{
    if (pageSize < 0) {
        return refuse(Reason::InvalidArgument, {{"field", "page_size"}, {"value", std::to_string(pageSize)}, {"expected", "0 to 1000"}});
    }
    Page page {static_cast<std::size_t>(pageSize == 0 ? defaultSize : std::min(pageSize, greatestSize)), {}};
    if (token.empty()) {
        return page;
    }
    const auto bad = refuse(Reason::InvalidArgument, {{"field", "page_token"}, {"expected", "the next_page_token of the same question"}});
    if (token.size() < markLength || token.size() % 2 != 0 || token.size() > 4096 || !token.starts_with(markOf(question))) {
        return bad;
    }
    for (std::size_t at = markLength; at < token.size(); at += 2) {
        const int high = hexValue(token[at]);
        const int low = hexValue(token[at + 1]);
        if (high < 0 || low < 0) {
            return bad;
        }
        page.after += static_cast<char>(high * 16 + low);
    }
    return page;
}

}
