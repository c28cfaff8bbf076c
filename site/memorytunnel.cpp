// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/memorytunnel.h"

#include <algorithm>

namespace portulan::site {

namespace {
constexpr std::array magic = {std::byte('P'), std::byte('T'), std::byte('L'), std::byte('M'), std::byte(0), std::byte(0), std::byte(0), std::byte(1)};
constexpr std::size_t lengthBytes = 4;
constexpr auto idle = std::chrono::seconds(60);

void putLength(std::size_t length, std::span<std::byte, lengthBytes> into)
{
    for (std::size_t i = 0; i < lengthBytes; ++i) {
        into[i] = static_cast<std::byte>(length >> (8 * (lengthBytes - 1 - i)));
    }
}
}

std::array<std::byte, openingBytes> memoryOpening(const Token &token)
{
    std::array<std::byte, openingBytes> bytes {};
    std::ranges::copy(token, std::ranges::copy(magic, bytes.begin()).out);
    return bytes;
}

std::optional<Token> memoryTokenFrom(std::span<const std::byte, openingBytes> bytes)
{
    if (!std::ranges::equal(bytes.first<magic.size()>(), magic)) {
        return std::nullopt;
    }
    Token token {};
    std::ranges::copy(bytes.last<tokenBytes>(), token.begin());
    return token;
}

Result<> receiveMemory(DataChannel &channel, MemorySink &sink)
{
    std::vector<std::byte> piece(maxPieceBytes);
    for (;;) {
        std::array<std::byte, lengthBytes> head {};
        if (auto got = channel.read(head); !got) {
            return got;
        }
        std::size_t length = 0;
        for (const auto byte : head) {
            length = length << 8 | std::to_integer<std::size_t>(byte);
        }
        if (length > maxPieceBytes) {
            return refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "a piece of memory"}});
        }
        if (length == 0) {
            return sink.finish();
        }
        const auto bytes = std::span(piece).first(length);
        if (auto got = channel.read(bytes).and_then([&] { return sink.write(bytes); }); !got) {
            return got;
        }
    }
}

MemoryTunnel::MemoryTunnel(const DataTls &tls, DataAddress address, const Token &token, std::vector<Pace *> paces, RunningMemory &memory)
    : m_paces(std::move(paces))
    , m_memory(memory)
    , m_thread([this, &tls, address = std::move(address), token] {
        auto outcome = send(tls, address, token);
        if (!outcome) {
            m_memory.close(); // it comes to nothing: the machine need not wait for that
        }
        const std::scoped_lock lock(m_mutex);
        m_outcome = std::move(outcome);
        m_over.notify_all();
    })
{
}

MemoryTunnel::~MemoryTunnel()
{
    m_cut = true;
    m_memory.close();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_channel) {
            m_channel->interrupt();
        }
    }
    m_thread.join();
}

std::optional<Result<>> MemoryTunnel::outcome() const
{
    const std::scoped_lock lock(m_mutex);
    return m_outcome;
}

Result<> MemoryTunnel::await(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    return m_over.wait_for(lock, patience, [this] { return m_outcome.has_value(); }) ? *m_outcome : refuse(Reason::TimedOut, {{"what", "memory"}});
}

Result<> MemoryTunnel::send(const DataTls &tls, const DataAddress &address, const Token &token)
{
    auto connected = DataChannel::connect(tls, address, idle);
    if (!connected) {
        return unexpected(connected.error());
    }
    auto &channel = **connected;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_cut) {
            return refuse(Reason::Cancelled);
        }
        m_channel = std::move(*connected);
    }
    auto sent = channel.write(memoryOpening(token)).and_then([&] { return channel.readAnswer(); }).and_then([&] { return sendPieces(channel); });
    if (sent) {
        sent = channel.readAnswer();
    }
    channel.closeWriting();
    return sent;
}

Result<> MemoryTunnel::sendPieces(DataChannel &channel)
{
    std::vector<std::byte> piece(lengthBytes + maxPieceBytes);
    const std::span<std::byte, lengthBytes> head(piece.data(), lengthBytes);
    for (;;) {
        const auto got = m_memory.read(std::span(piece).subspan(lengthBytes));
        if (!got) {
            return unexpected(got.error());
        }
        if (channel.hasInput()) { // it says why before its time
            const auto refused = channel.readAnswer();
            return refused ? refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "no answer yet"}}) : refused;
        }
        for (auto *pace : m_paces) {
            if (!pace->take(std::int64_t(*got), m_cut)) {
                return refuse(Reason::Cancelled);
            }
        }
        putLength(*got, head);
        if (auto written = channel.write(std::span(piece).first(lengthBytes + *got)); !written) {
            return written;
        }
        m_wire = channel.bytesOnWire();
        if (*got == 0) {
            return {};
        }
    }
}

}
