// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/broadcast.h"

#include <memory>
#include <thread>

namespace portulan::site {

/// The site's figures in Prometheus' text format.
std::string metricsOf(const Broadcast &broadcast);

/// Answers GET with metricsOf(), on a loopback address only: it asks nobody who they are.
class Metrics {
public:
    /// `address`: "127.0.0.1:9601" or "[::1]:9601"; port 0 for any. InvalidArgument{field="metrics.listen"} if it is not loopback or not to be had.
    static Result<std::unique_ptr<Metrics>> listen(const std::string &address, const Broadcast &broadcast);
    ~Metrics();
    Metrics(const Metrics &) = delete;
    Metrics &operator=(const Metrics &) = delete;
    int port() const { return m_port; }

private:
    Metrics(int socket, int wake, int port, const Broadcast &broadcast);
    void serve();
    void answer(int visitor) const;
    const int m_socket;
    const int m_wake;
    const int m_port;
    const Broadcast &m_broadcast;
    std::thread m_thread;
};

}
