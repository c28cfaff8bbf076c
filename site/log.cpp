// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/log.h"

#include "core/instant.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace portulan::site {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view levels[] = {"info", "warning", "error"};

std::string inQuotes(std::string_view text)
{
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// As it is where that reads well, in JSON quotes where it could break the line or be mistaken.
std::string plain(const std::string &text)
{
    const bool simple = !text.empty() && text.find_first_of(" \"\\=") == std::string::npos
        && std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
    return simple ? text : inQuotes(text);
}

void toStderr(const std::string &line)
{
    (void)!::write(STDERR_FILENO, line.data(), line.size()); // one call, so that lines of several threads do not mix
}

}

Log::Log(Format format, Sink sink)
    : m_format(format)
    , m_sink(sink ? std::move(sink) : Sink(toStderr))
{
}

void Log::event(std::string_view event, const std::vector<Field> &fields, Level level) const
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto severity = levels[static_cast<std::size_t>(level)];
    std::string line;
    if (m_format == Format::Json) {
        Json json = {{"at", toRfc3339(now)}, {"level", severity}, {"event", event}};
        for (const auto &[name, value] : fields) {
            json[std::string(name)] = value;
        }
        line = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    } else {
        line = toRfc3339(now) + ' ' + std::string(severity) + ' ' + std::string(event);
        for (const auto &[name, value] : fields) {
            line += ' ' + std::string(name) + '=' + plain(value);
        }
    }
    m_sink(line + '\n');
}

void Log::problem(std::string_view event, const Problem &problem, std::vector<Field> fields, Level level) const
{
    fields.emplace_back("reason", std::string(toString(problem.reason)));
    for (const auto &[name, value] : problem.facts) {
        fields.emplace_back(name, value);
    }
    if (!problem.detail.empty()) {
        fields.emplace_back("detail", problem.detail);
    }
    this->event(event, fields, level);
}

}
