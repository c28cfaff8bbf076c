// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/dataplanetls.h"
#include "site/transferreceive.h"

#include <atomic>
#include <chrono>

namespace portulan::site {

/// Where a destination's data plane listens.
struct DataAddress {
    std::string host;
    int port = 0;
    std::string site; ///< whose certificate it must show
};

/// One connection of the data plane: blocking, with a time limit on every read and write. One thread at a time, but interrupt().
class DataChannel final : public Feeder {
public:
    /// Connected, shaken hands with and sure of the site. Unreachable, TimedOut, Untrusted.
    static Result<std::unique_ptr<DataChannel>> connect(const DataTls &tls, const DataAddress &address, std::chrono::seconds idle);
    /// Takes the socket over; accept() shakes hands.
    static Result<std::unique_ptr<DataChannel>> adopt(const DataTls &tls, int socket, std::chrono::seconds idle);
    ~DataChannel() override;
    DataChannel(const DataChannel &) = delete;
    DataChannel &operator=(const DataChannel &) = delete;

    Result<> accept(); ///< Untrusted, TimedOut, Unreachable
    const std::string &peer() const { return m_peer; } ///< "site/lyon", after the handshake

    Result<> write(std::span<const std::byte> bytes);
    Result<> read(std::span<std::byte> into); ///< exactly that many; Unreachable if the other side closed
    bool hasInput() const; ///< bytes (or the end) wait to be read
    /// The destination's answer.
    Result<> readAnswer();
    /// Says all that will be said; the other side reads an end.
    void closeWriting();
    /// Reads and forgets until the other side closes, `limit` bytes at most, so that an answer is not lost to a reset.
    void drain(std::size_t limit);
    /// From any thread: reads and writes fail from now on.
    void interrupt() override;
    std::int64_t bytesOnWire() const { return m_wire; } ///< both directions, TLS included, TCP not
    /// What the network lets through, bytes per second as TCP measured it; 0 while unknown or when the other side is what is slow.
    std::int64_t linkRate() const;

private:
    DataChannel(int socket, SSL *ssl);
    Result<> fail(int code, std::string_view doing);
    Result<> knowPeer();
    struct Free {
        void operator()(SSL *ssl) const { SSL_free(ssl); }
    };
    int m_socket;
    std::unique_ptr<SSL, Free> m_ssl;
    std::string m_peer;
    std::atomic<bool> m_interrupted = false;
    std::atomic<std::int64_t> m_wire = 0;
};

}
