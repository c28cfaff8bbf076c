// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/rawlistener.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <tuple>
#include <utility>
#include <vector>

namespace portulan {

namespace {

/// A socket bound to a free port of 127.0.0.1, and the port.
std::pair<int, int> bound()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&address), size) != 0
        || ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        ::close(fd);
        return {-1, 0};
    }
    return {fd, ntohs(address.sin_port)};
}

}

RawListener::RawListener(std::string says)
    : m_says(std::move(says))
{
    std::tie(m_socket, m_port) = bound();
    if (m_socket >= 0 && ::listen(m_socket, 64) == 0) {
        m_thread = std::thread([this] { serve(); });
    }
}

RawListener::~RawListener()
{
    m_over = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
    ::close(m_socket);
}

void RawListener::serve()
{
    std::vector<int> taken;
    while (!m_over) {
        pollfd waiting {m_socket, POLLIN, 0};
        if (::poll(&waiting, 1, 20) <= 0) {
            continue;
        }
        const int connection = ::accept(m_socket, nullptr, nullptr);
        if (connection >= 0) {
            ++m_connections;
            taken.push_back(connection);
            if (!m_says.empty()) {
                ::send(connection, m_says.data(), m_says.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            }
        }
    }
    for (const int connection : taken) {
        ::close(connection);
    }
}

int RawListener::deadPort()
{
    const auto [fd, port] = bound();
    ::close(fd);
    return port;
}

}
