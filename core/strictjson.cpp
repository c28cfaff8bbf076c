// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/strictjson.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace portulan {

namespace {

using nlohmann::json;

/// Looks over the parser's shoulder; drops everything once it has a complaint.
struct Watch {
    int maxDepth = 0;
    std::vector<std::set<std::string>> keys;
    std::string complaint;

    bool operator()(int depth, json::parse_event_t event, const json &parsed)
    {
        using Event = json::parse_event_t;
        if (depth > maxDepth && complaint.empty()) {
            complaint = "at most " + std::to_string(maxDepth) + " levels of nesting";
        }
        if (!complaint.empty()) {
            return false;
        }
        if (event == Event::object_start) {
            keys.emplace_back();
        } else if (event == Event::object_end) {
            keys.pop_back();
        } else if (event == Event::key && !keys.back().insert(parsed.get_ref<const std::string &>()).second) {
            complaint = "each key once, not \"" + parsed.get_ref<const std::string &>().substr(0, 64) + "\" twice";
        }
        return true;
    }
};

}

Result<json> strictJson(std::string_view text, const JsonLimits &limits)
{
    if (text.size() > limits.bytes) {
        return refuse(Reason::TooLarge, {{"what", limits.what}, {"limit", std::to_string(limits.bytes)}, {"size", std::to_string(text.size())}});
    }
    Watch watch;
    watch.maxDepth = limits.depth;
    json root;
    try {
        root = json::parse(text, std::ref(watch));
    } catch (const json::exception &error) {
        const auto *where = dynamic_cast<const json::parse_error *>(&error);
        return refuse(Reason::Malformed, {{"line", lineOf(text, where ? where->byte : 0)}, {"expected", "JSON"}}, error.what());
    }
    if (!watch.complaint.empty()) {
        return refuse(Reason::Malformed, {{"expected", watch.complaint}});
    }
    return root;
}

std::string lineOf(std::string_view text, std::size_t offset)
{
    return std::to_string(1 + std::ranges::count(text.substr(0, std::min(offset, text.size())), '\n'));
}

}
