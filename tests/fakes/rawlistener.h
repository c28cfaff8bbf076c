// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <string>
#include <thread>

namespace portulan {

/// A TCP port on 127.0.0.1 behind which is no gateway: connections are taken, and then nothing is said, or only nonsense.
class RawListener {
public:
    explicit RawListener(std::string says = {});
    ~RawListener();
    RawListener(const RawListener &) = delete;
    RawListener &operator=(const RawListener &) = delete;

    int port() const { return m_port; }
    int connections() const { return m_connections; }

    /// A port on which nobody listens.
    static int deadPort();

private:
    void serve();

    std::string m_says;
    int m_socket = -1;
    int m_port = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<bool> m_over = false;
    std::thread m_thread;
};

}
