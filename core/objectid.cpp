// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/objectid.h"

#include "core/words.h"

#include <cstdint>
#include <cstring>

namespace portulan {

namespace {

using enum ObjectKind;
constexpr auto words = wording<ObjectKind>({{Site, "site"}, {Project, "project"}, {Instance, "instance"}, {Volume, "volume"}, {Image, "image"},
    {Snapshot, "snapshot"}, {DataSet, "dataset"}, {Network, "network"}, {SecurityGroup, "security_group"}, {KubernetesCluster, "kubernetes_cluster"},
    {Operation, "operation"}, {Alert, "alert"}});
constexpr auto collections = wording<ObjectKind>({{Site, "sites"}, {Project, "projects"}, {Instance, "instances"}, {Volume, "volumes"},
    {Image, "images"}, {Snapshot, "snapshots"}, {DataSet, "dataSets"}, {Network, "networks"}, {SecurityGroup, "securityGroups"},
    {KubernetesCluster, "kubernetesClusters"}, {Operation, "operations"}, {Alert, "alerts"}});

bool isLowerAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Most texts are nothing but ASCII, and every text of every message is looked at.
void skipAscii(std::string_view &text)
{
    std::uint64_t eight = 0;
    for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, text.data(), sizeof eight);
        if ((eight & 0x8080'8080'8080'8080u) != 0) {
            break;
        }
    }
    while (!text.empty() && static_cast<unsigned char>(text.front()) < 0x80) {
        text.remove_prefix(1);
    }
}

tl::unexpected<Problem> notAName(std::string_view text, std::string_view expected)
{
    return refuse(Reason::InvalidArgument, {{"field", "name"}, {"value", std::string(text.substr(0, 128))}, {"expected", std::string(expected)}});
}

/// One code point of valid UTF-8 off the front; -1 if it is not.
long takeCodePoint(std::string_view &text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1
        : lead >= 0xC2 && lead < 0xE0      ? 2
        : lead >= 0xE0 && lead < 0xF0      ? 3
        : lead >= 0xF0 && lead < 0xF5      ? 4
                                           : 0;
    if (length == 0 || text.size() < length) {
        return -1;
    }
    long point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return -1;
        }
        point = (point << 6) | (byte(i) & 0x3F);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) {
        return -1;
    }
    text.remove_prefix(length);
    return point;
}

}

std::string_view toString(ObjectKind kind)
{
    return words.of(kind);
}
std::string_view collection(ObjectKind kind)
{
    return collections.of(kind);
}

Result<ObjectKind> objectKindFrom(std::string_view word)
{
    if (const auto kind = words.from(word)) {
        return *kind;
    }
    return refuse(
        Reason::InvalidArgument, {{"field", "kind"}, {"value", std::string(word.substr(0, 64))}, {"expected", "instance, volume, image, …"}});
}

std::string ObjectId::text() const
{
    return kind == Site ? site : site + '/' + std::string(toString(kind)) + '/' + id;
}

std::string ObjectId::resourceName() const
{
    const std::string root = "sites/" + site;
    return kind == Site ? root : root + '/' + std::string(collection(kind)) + '/' + id;
}

Result<ObjectId> ObjectId::fromText(std::string_view text)
{
    constexpr auto expected = "SITE/KIND/ID";
    const auto first = text.find('/');
    if (first == std::string_view::npos) {
        return isId(text) ? Result<ObjectId>(ObjectId {std::string(text), Site, {}}) : notAName(text, expected);
    }
    const auto second = text.find('/', first + 1);
    if (second == std::string_view::npos || !isId(text.substr(0, first)) || !isId(text.substr(second + 1))) {
        return notAName(text, expected);
    }
    const auto kind = words.from(text.substr(first + 1, second - first - 1));
    if (!kind || *kind == Site) {
        return notAName(text, expected);
    }
    return ObjectId {std::string(text.substr(0, first)), *kind, std::string(text.substr(second + 1))};
}

Result<ObjectId> ObjectId::fromResourceName(std::string_view name)
{
    constexpr auto expected = "sites/SITE/COLLECTION/ID";
    if (!name.starts_with("sites/")) {
        return notAName(name, expected);
    }
    const auto rest = name.substr(6);
    const auto first = rest.find('/');
    if (first == std::string_view::npos) {
        return isId(rest) ? Result<ObjectId>(ObjectId {std::string(rest), Site, {}}) : notAName(name, expected);
    }
    const auto second = rest.find('/', first + 1);
    if (second == std::string_view::npos || !isId(rest.substr(0, first)) || !isId(rest.substr(second + 1))) {
        return notAName(name, expected);
    }
    const auto kind = collections.from(rest.substr(first + 1, second - first - 1));
    if (!kind || *kind == Site) {
        return notAName(name, expected);
    }
    return ObjectId {std::string(rest.substr(0, first)), *kind, std::string(rest.substr(second + 1))};
}

bool isId(std::string_view text)
{
    return !text.empty() && text.size() <= 63 && isLowerAlnum(text.front()) && isLowerAlnum(text.back())
        && std::ranges::all_of(text, [](char c) { return isLowerAlnum(c) || c == '-'; });
}

bool isUtf8(std::string_view text)
{
    for (skipAscii(text); !text.empty(); skipAscii(text)) {
        if (takeCodePoint(text) < 0) {
            return false;
        }
    }
    return true;
}

Result<> checkDisplayName(std::string_view field, std::string_view text)
{
    const auto bad = [&](std::string expected) {
        return refuse(Reason::InvalidArgument, {{"field", std::string(field)}, {"expected", std::move(expected)}});
    };
    if (text.empty() || text.size() > 255) {
        return bad("1 to 255 bytes");
    }
    while (!text.empty()) {
        if (text.front() >= ' ' && text.front() < 0x7F) {
            text.remove_prefix(1);
            continue;
        }
        const long point = takeCodePoint(text);
        if (point < 0) {
            return bad("UTF-8");
        }
        const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
        const bool bidi = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        if (control || bidi) {
            return bad("no control characters");
        }
    }
    return {};
}

}
