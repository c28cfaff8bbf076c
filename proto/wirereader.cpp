// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "proto/wirereader.h"

#include "proto/wire.h"

#include <algorithm>

namespace portulan::wire {

namespace {

/// What may be shown of a refused value: short and valid, whatever it was.
std::string sample(std::string_view value)
{
    return presentable(value, 64);
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

std::string cut(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit) {
        return std::string(text);
    }
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) {
        --limit;
    }
    return std::string(text.substr(0, limit));
}

/// Bytes of the valid character at the front; 0 if there is none.
std::size_t characterAt(std::string_view text)
{
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
        if (isUtf8(text.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

std::string cleaned(std::string_view text, std::size_t limit, bool lineEnds)
{
    constexpr std::string_view replacement = "\uFFFD";
    std::string clean;
    while (!text.empty() && clean.size() < limit) {
        const std::size_t length = characterAt(text);
        const auto character = text.substr(0, std::max<std::size_t>(length, 1));
        const bool kept = length > 0 && ((lineEnds && (character == "\n" || character == "\t")) || checkDisplayName({}, character));
        clean += kept ? character : replacement;
        text.remove_prefix(character.size());
    }
    return cut(clean, limit);
}

}

void Reader::fail(Problem problem)
{
    if (!m_problem) {
        for (auto &[name, value] : problem.facts) { // they may quote what was refused
            value = note(value, 512);
        }
        m_problem = std::move(problem);
    }
}

void Reader::refuseField(std::string_view field, std::string expected, std::string_view value)
{
    if (!m_problem) {
        fail({Reason::InvalidArgument, {{"field", std::string(field)}, {"expected", std::move(expected)}, {"value", sample(value)}}, {}});
    }
}

bool Reader::fits(std::string_view field, std::int64_t size, std::int64_t limit)
{
    if (size <= limit) {
        return true;
    }
    fail({Reason::TooLarge, {{"what", std::string(field)}, {"limit", std::to_string(limit)}, {"size", std::to_string(size)}}, {}});
    return false;
}

std::string Reader::text(std::string_view field, const std::string &value, std::size_t limit)
{
    if (!fits(field, static_cast<std::int64_t>(value.size()), static_cast<std::int64_t>(limit))) {
        return {};
    }
    if (!isUtf8(value) || value.find('\0') != std::string::npos) {
        refuseField(field, "UTF-8 without NUL", value);
        return {};
    }
    return value;
}

std::string Reader::displayName(std::string_view field, const std::string &value)
{
    if (value.empty()) {
        return {};
    }
    if (const auto lawful = checkDisplayName(field, value); !lawful) {
        fail(lawful.error());
        return {};
    }
    return value;
}

std::string Reader::id(std::string_view field, const std::string &value)
{
    if (!isId(value)) {
        refuseField(field, "1 to 63 of a-z, 0-9 and -", value);
        return {};
    }
    return value;
}

std::string Reader::idOrNone(std::string_view field, const std::string &value)
{
    return value.empty() ? value : id(field, value);
}

std::string Reader::country(std::string_view field, const std::string &value)
{
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!value.empty() && (value.size() != 2 || !std::ranges::all_of(value, isUpper))) {
        refuseField(field, "ISO 3166-1 alpha-2", value);
        return {};
    }
    return value;
}

std::string Reader::digest(std::string_view field, const std::string &value)
{
    if (!value.empty() && (value.size() != 64 || !std::ranges::all_of(value, isHexDigit))) {
        refuseField(field, "64 lower-case hexadecimal digits", value);
        return {};
    }
    return value;
}

ObjectId Reader::object(std::string_view field, const std::string &name, std::initializer_list<ObjectKind> kinds, std::string_view site)
{
    auto id = ObjectId::fromResourceName(name);
    if (!id || std::ranges::find(kinds, id->kind) == kinds.end()) {
        std::string expected;
        for (const auto kind : kinds) {
            expected += (expected.empty() ? "sites/…/" : ", sites/…/") + std::string(collection(kind)) + "/…";
        }
        refuseField(field, kinds.size() == 1 && *kinds.begin() == ObjectKind::Site ? "sites/…" : expected, name);
        return {};
    }
    if (!site.empty() && id->site != site) {
        fail({Reason::NotFound, {{"field", std::string(field)}, {"id", id->text()}}, {}});
        return {};
    }
    return std::move(*id);
}

ObjectId Reader::anyObjectOrNone(std::string_view field, const std::string &name)
{
    if (name.empty()) {
        return {};
    }
    auto id = ObjectId::fromResourceName(name);
    if (!id) {
        refuseField(field, "sites/SITE/COLLECTION/ID", name);
        return {};
    }
    return std::move(*id);
}

std::int64_t Reader::amount(std::string_view field, std::int64_t value, std::int64_t limit)
{
    if (value < 0 || value > limit) {
        refuseField(field, "0 to " + std::to_string(limit), std::to_string(value));
        return 0;
    }
    return value;
}

std::int64_t Reader::limitOrNone(std::string_view field, std::int64_t value, std::int64_t limit)
{
    return value == -1 ? value : amount(field, value, limit);
}

double Reader::number(std::string_view field, double value, double least, double most)
{
    if (!(value >= least && value <= most)) { // NaN fails every comparison
        refuseField(field, std::to_string(least) + " to " + std::to_string(most), std::to_string(value));
        return 0;
    }
    return value;
}

Instant Reader::moment(std::string_view field, bool set, const google::protobuf::Timestamp &value)
{
    if (!set) {
        return {};
    }
    const auto moment = fromWire(value);
    if (!moment) {
        refuseField(field, "a moment of the years 1 to 9999");
        return {};
    }
    return *moment;
}

Date Reader::date(std::string_view field, const std::string &value)
{
    if (value.empty()) {
        return {};
    }
    const auto day = dateFrom(value);
    if (!day) {
        refuseField(field, "YYYY-MM-DD", value);
        return {};
    }
    return *day;
}

std::map<std::string, std::string> Reader::labels(std::string_view field, const google::protobuf::Map<std::string, std::string> &map)
{
    std::map<std::string, std::string> labels;
    if (!fits(field, static_cast<std::int64_t>(map.size()), 32)) {
        return labels;
    }
    for (const auto &[key, value] : map) {
        if (key.empty()) {
            refuseField(field, "keys of 1 to 63 bytes");
        }
        labels.emplace(text(field, key, 63), text(field, value, 255));
    }
    return labels;
}

std::vector<std::string> Reader::texts(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string> &list, int count, std::size_t limit)
{
    std::vector<std::string> texts;
    if (fits(field, list.size(), count)) {
        texts.reserve(static_cast<std::size_t>(list.size()));
        for (const auto &value : list) {
            texts.push_back(text(field, value, limit));
        }
    }
    return texts;
}

std::vector<std::string> Reader::ids(std::string_view field, const google::protobuf::RepeatedPtrField<std::string> &list, int count)
{
    std::vector<std::string> ids;
    if (fits(field, list.size(), count)) {
        ids.reserve(static_cast<std::size_t>(list.size()));
        for (const auto &value : list) {
            ids.push_back(id(field, value));
        }
    }
    return ids;
}

std::string presentable(std::string_view text, std::size_t limit)
{
    return text.size() <= limit && (text.empty() || checkDisplayName({}, text)) ? std::string(text) : cleaned(text, limit, false);
}

std::string note(std::string_view text, std::size_t limit)
{
    return text.size() <= limit && isUtf8(text) && text.find('\0') == std::string_view::npos ? std::string(text) : cleaned(text, limit, true);
}

}
