// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferpath.h"

namespace portulan::site {

namespace {
constexpr std::size_t telling = std::size_t(1) << 20; // a call of less says more about latency than about the link
}

Result<> SocketPath::begin(const Token &token)
{
    return m_channel->write(opening(token)).and_then([this] { return m_channel->readAnswer(); });
}

Result<> SocketPath::write(std::span<const std::byte> frame)
{
    if (m_channel->hasInput()) { // the destination speaks before its turn only to say what is wrong
        auto answer = m_channel->readAnswer();
        return answer ? refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "silence until the end"}}) : answer;
    }
    auto written = m_channel->write(frame);
    if (!written && written.error().reason == Reason::Unreachable && m_channel->hasInput()) {
        const auto answer = m_channel->readAnswer();
        return answer ? written : answer;
    }
    return written;
}

Result<> SocketPath::end()
{
    std::array<std::byte, frameHeaderBytes> end {};
    put(FrameHeader {.kind = FrameKind::End}, end);
    return write(end).and_then([this] { return m_channel->readAnswer(); });
}

Result<> CallPath::begin(const Token &token)
{
    m_token = token;
    return carry(false); // with nothing, to learn whether the token is good
}

Result<> CallPath::write(std::span<const std::byte> frame)
{
    auto done = m_frames.size() + frame.size() > mostBytes ? carry(false) : Result<>();
    m_frames.append(reinterpret_cast<const char *>(frame.data()), frame.size());
    return done;
}

Result<> CallPath::carry(bool end)
{
    if (m_interrupted) {
        return refuse(Reason::Cancelled);
    }
    const auto began = std::chrono::steady_clock::now();
    auto done = m_carry(m_token, m_frames, end);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (m_frames.size() >= telling && seconds > 0) {
        m_rate = static_cast<std::int64_t>(double(m_frames.size()) / seconds);
    }
    m_wire += static_cast<std::int64_t>(m_frames.size());
    m_frames.clear();
    return done;
}

}
