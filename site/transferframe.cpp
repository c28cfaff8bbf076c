// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferframe.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace portulan::site {

namespace {
constexpr std::array<char, 4> magic = {'P', 'T', 'L', 'D'};
constexpr std::uint32_t version = 1;

template <typename U>
void store(U value, std::byte *at)
{
    for (std::size_t i = sizeof(U); i-- > 0;) {
        at[i] = static_cast<std::byte>(value & 0xff);
        if constexpr (sizeof(U) > 1) {
            value = static_cast<U>(value >> 8);
        }
    }
}

template <typename U>
U load(const std::byte *at)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i) {
        value = value << 8 | std::to_integer<std::uint64_t>(at[i]);
    }
    return static_cast<U>(value);
}

unexpected<Problem> badFrame(std::string_view field)
{
    return refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", std::string(field)}});
}

/// Whether as many bytes follow as can be.
bool fits(const FrameHeader &header)
{
    const auto plain = header.rawBytes + (header.kind == FrameKind::Patch ? std::uint32_t(patchMapBytes) : 0);
    switch (header.codec) {
    case Codec::Zeros:
        return header.kind == FrameKind::Chunk && header.storedBytes == 0;
    case Codec::Zstd:
        return header.storedBytes > 0 && header.storedBytes < plain;
    case Codec::None:
        break;
    }
    return header.kind == FrameKind::Patch ? header.storedBytes >= patchMapBytes && header.storedBytes <= plain : header.storedBytes == plain;
}

std::string asJson(const Problem &problem)
{
    const nlohmann::json json = {{"reason", toString(problem.reason)}, {"facts", problem.facts}, {"detail", problem.detail}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}
}

std::array<std::byte, openingBytes> opening(const Token &token)
{
    std::array<std::byte, openingBytes> bytes {};
    std::memcpy(bytes.data(), magic.data(), magic.size());
    store<std::uint32_t>(version, &bytes[4]);
    std::ranges::copy(token, bytes.begin() + 8);
    return bytes;
}

Result<Token> tokenFrom(std::span<const std::byte, openingBytes> bytes)
{
    if (std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) {
        return badFrame("an opening");
    }
    if (load<std::uint32_t>(&bytes[4]) != version) {
        return refuse(Reason::Version, {{"what", "data plane"}, {"expected", "1"}});
    }
    Token token {};
    std::ranges::copy(bytes.subspan<8>(), token.begin());
    return token;
}

void put(const FrameHeader &header, std::span<std::byte, frameHeaderBytes> into)
{
    store<std::uint8_t>(static_cast<std::uint8_t>(header.kind), &into[0]);
    store<std::uint8_t>(static_cast<std::uint8_t>(header.codec), &into[1]);
    store<std::uint16_t>(0, &into[2]);
    store<std::uint32_t>(header.disk, &into[4]);
    store<std::uint64_t>(header.chunk, &into[8]);
    store<std::uint32_t>(header.rawBytes, &into[16]);
    store<std::uint32_t>(header.storedBytes, &into[20]);
    std::ranges::copy(header.digest, into.begin() + 24);
}

Result<FrameHeader> frameHeaderFrom(std::span<const std::byte, frameHeaderBytes> bytes)
{
    FrameHeader header;
    const auto kind = load<std::uint8_t>(&bytes[0]);
    const auto codec = load<std::uint8_t>(&bytes[1]);
    if (kind < std::uint8_t(FrameKind::Chunk) || kind > std::uint8_t(FrameKind::Patch)) {
        return badFrame("a chunk, a patch or the end");
    }
    if (codec > std::uint8_t(Codec::Zeros)) {
        return badFrame("a known codec");
    }
    if (load<std::uint16_t>(&bytes[2]) != 0) {
        return badFrame("zero");
    }
    header.kind = FrameKind(kind);
    header.codec = Codec(codec);
    header.disk = load<std::uint32_t>(&bytes[4]);
    header.chunk = load<std::uint64_t>(&bytes[8]);
    header.rawBytes = load<std::uint32_t>(&bytes[16]);
    header.storedBytes = load<std::uint32_t>(&bytes[20]);
    std::ranges::copy(bytes.subspan<24>(), header.digest.begin());
    if (header.kind == FrameKind::End) {
        return header == FrameHeader {.kind = FrameKind::End} ? Result<FrameHeader>(header) : badFrame("an end without a chunk");
    }
    if (header.rawBytes == 0 || header.rawBytes > Manifest::chunkBytes) {
        return badFrame("1 to 1048576 raw bytes");
    }
    return fits(header) ? Result<FrameHeader>(header) : badFrame("as many stored bytes as raw ones, fewer when compressed");
}

std::vector<std::byte> answer(const Result<> &result)
{
    if (result) {
        return {std::byte {0}};
    }
    auto problem = result.error();
    auto json = asJson(problem);
    if (json.size() > maxProblemBytes) {
        problem.detail.clear();
        std::erase_if(problem.facts, [](const auto &fact) { return fact.first.size() + fact.second.size() > 200; });
        json = asJson(problem);
    }
    if (json.size() > maxProblemBytes) {
        json = asJson(Problem {problem.reason, {}, {}});
    }
    std::vector<std::byte> bytes(5 + json.size());
    bytes[0] = std::byte {1};
    store<std::uint32_t>(static_cast<std::uint32_t>(json.size()), &bytes[1]);
    std::memcpy(&bytes[5], json.data(), json.size());
    return bytes;
}

Problem problemFrom(std::span<const std::byte> bytes)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    const auto json = nlohmann::json::parse(text, nullptr, false);
    Problem problem {Reason::Malformed, {{"file", "data plane"}, {"expected", "a problem"}}, {}};
    if (!json.is_object() || !json.contains("reason") || !json["reason"].is_string()) {
        return problem;
    }
    problem = {reasonFrom(json["reason"].get<std::string>()), {}, {}};
    if (json.contains("detail") && json["detail"].is_string()) {
        problem.detail = json["detail"].get<std::string>();
    }
    if (json.contains("facts") && json["facts"].is_object()) {
        for (const auto &[name, value] : json["facts"].items()) {
            if (value.is_string()) {
                problem.facts.emplace(name, value.get<std::string>());
            }
        }
    }
    return problem;
}

}
