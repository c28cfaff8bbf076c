// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/dataplanetls.h"
#include "site/transferreceive.h"

#include <list>
#include <thread>

namespace portulan::site {

class DataChannel;

/// The destination's listener for bytes: TLS 1.3 with certificates on both sides; a connection is worth nothing until it has shown a site's
/// certificate and the token of a reservation of that very site. Strangers are few at a time and gone after five seconds; others wait outside.
class DataPlane {
public:
    static constexpr std::size_t maxConnections = 512; ///< more are closed at once
    static constexpr std::size_t maxStrangers = 16; ///< that have not yet shown a token
    static constexpr auto strangerLimit = std::chrono::seconds(5);
    static constexpr auto idleLimit = std::chrono::seconds(60); ///< without a byte

    /// What a token opens, to whom. NotAuthorised otherwise.
    using Gate = std::function<Result<std::shared_ptr<Receiving>>(const Token &token, const std::string &peer)>;

    /// Likewise for a machine's memory (memorytunnel.h).
    using MemoryGate = std::function<Result<std::shared_ptr<MemorySink>>(const Token &token, const std::string &peer)>;

    /// `address`: "host:port", port 0 for any. Internal if it cannot be had.
    static Result<std::unique_ptr<DataPlane>> listen(const DataTls &tls, const std::string &address, Gate gate, MemoryGate memoryGate = {});
    ~DataPlane(); ///< cuts every connection
    DataPlane(const DataPlane &) = delete;
    DataPlane &operator=(const DataPlane &) = delete;
    int port() const { return m_port; }

private:
    struct Visit {
        std::unique_ptr<DataChannel> channel;
        std::thread thread;
        std::chrono::steady_clock::time_point until; ///< a stranger's end
        std::atomic<bool> known = false;
        std::atomic<bool> over = false;
    };
    DataPlane(const DataTls &tls, int socket, Gate gate, MemoryGate memoryGate);
    void listenOn();
    std::size_t strangers() const;
    void admit(int socket);
    void sweep(); ///< joins what is over, cuts strangers whose time is up
    void serve(Visit &visit);
    void serveTransfer(Visit &visit, std::span<const std::byte, openingBytes> opening);
    void serveMemory(Visit &visit, const Token &token);

    const DataTls &m_tls;
    Gate m_gate;
    MemoryGate m_memoryGate;
    int m_socket;
    int m_port;
    int m_wake;
    std::atomic<bool> m_stopping = false;
    std::list<Visit> m_visits; ///< of the listening thread alone
    std::thread m_thread;
};

}
