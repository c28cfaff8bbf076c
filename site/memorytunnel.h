// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/dataplanechannel.h"
#include "site/driver.h"
#include "site/transferpace.h"

#include <optional>
#include <thread>

namespace portulan::site {

// A machine's memory over the data plane: a connection of its own, opened with the token that Peer.Prepare gave, once.
//
//   source → destination   Opening   "PTLM", version u32 = 1, token (32 bytes)
//   destination → source   Answer    as for a transfer (transferframe.h)
//   source → destination   Piece*    length u32 (big-endian, 1 … 256 KiB), that many bytes
//   source → destination   End       length 0
//   destination → source   Answer    0: all of it has arrived in a machine that is paused

inline constexpr std::size_t maxPieceBytes = 256 << 10;
std::array<std::byte, openingBytes> memoryOpening(const Token &token);
/// Nothing if it opens something else.
std::optional<Token> memoryTokenFrom(std::span<const std::byte, openingBytes> bytes);

/// The destination's end, after the opening was answered: hands on what comes, to its end.
Result<> receiveMemory(DataChannel &channel, MemorySink &sink);

/// The source's end, in a thread of its own.
class MemoryTunnel {
public:
    /// `paces`: each is obeyed. What is given must outlive this.
    MemoryTunnel(const DataTls &tls, DataAddress address, const Token &token, std::vector<Pace *> paces, RunningMemory &memory);
    ~MemoryTunnel(); ///< cuts it
    MemoryTunnel(const MemoryTunnel &) = delete;
    MemoryTunnel &operator=(const MemoryTunnel &) = delete;

    /// Once it is over: whether the destination has it all.
    std::optional<Result<>> outcome() const;
    /// Waits until it is over; TimedOut.
    Result<> await(std::chrono::milliseconds patience);
    std::int64_t bytesOnWire() const { return m_wire; }

private:
    Result<> send(const DataTls &tls, const DataAddress &address, const Token &token);
    Result<> sendPieces(DataChannel &channel);

    const std::vector<Pace *> m_paces;
    RunningMemory &m_memory;
    mutable std::mutex m_mutex; ///< m_channel, m_outcome
    std::condition_variable m_over;
    std::unique_ptr<DataChannel> m_channel;
    std::optional<Result<>> m_outcome;
    std::atomic<bool> m_cut = false;
    std::atomic<std::int64_t> m_wire = 0;
    std::thread m_thread;
};

}
