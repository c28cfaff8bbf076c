// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/dataplanechannel.h"

#include <functional>

namespace portulan::site {

/// One way for frames to the destination. One thread at a time, but interrupt().
class FramePath {
public:
    virtual ~FramePath() = default;
    virtual Result<> begin(const Token &token) = 0; ///< NotAuthorised if the token opens nothing
    /// A whole frame. Also what the destination says is wrong, as soon as that is known.
    virtual Result<> write(std::span<const std::byte> frame) = 0;
    /// What the destination says of all that came: transferframe.h, the last Answer.
    virtual Result<> end() = 0;
    virtual void interrupt() = 0; ///< from any thread
    virtual std::int64_t bytesOnWire() const = 0;
    virtual std::int64_t linkRate() const = 0; ///< bytes per second that the network lets through; 0 while unknown
};

/// A connection of the data plane.
class SocketPath final : public FramePath {
public:
    explicit SocketPath(std::unique_ptr<DataChannel> channel)
        : m_channel(std::move(channel))
    {
    }
    Result<> begin(const Token &token) override;
    Result<> write(std::span<const std::byte> frame) override;
    Result<> end() override;
    void interrupt() override { m_channel->interrupt(); }
    std::int64_t bytesOnWire() const override { return m_channel->bytesOnWire(); }
    std::int64_t linkRate() const override { return m_channel->linkRate(); }

private:
    std::unique_ptr<DataChannel> m_channel;
};

/// Calls that take a few frames each, for where the data plane's port cannot be reached.
class CallPath final : public FramePath {
public:
    static constexpr std::size_t mostBytes = std::size_t(3) << 20; ///< of a call
    using Carry = std::function<Result<>(const Token &token, const std::string &frames, bool end)>; ///< one call
    explicit CallPath(Carry carry)
        : m_carry(std::move(carry))
    {
    }
    Result<> begin(const Token &token) override;
    Result<> write(std::span<const std::byte> frame) override;
    Result<> end() override { return carry(true); }
    void interrupt() override { m_interrupted = true; }
    std::int64_t bytesOnWire() const override { return m_wire; }
    std::int64_t linkRate() const override { return m_rate; }

private:
    Result<> carry(bool end);
    Carry m_carry;
    Token m_token {};
    std::string m_frames; ///< to go with the next call
    std::atomic<bool> m_interrupted = false;
    std::atomic<std::int64_t> m_wire = 0;
    std::atomic<std::int64_t> m_rate = 0;
};

}
