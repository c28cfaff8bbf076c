// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/httpscript.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::tests {

HttpScript::HttpScript(Answer answer)
    : m_answer(std::move(answer))
    , m_listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *any = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listening, any, length) != 0 || ::listen(m_listening, 16) != 0 || ::getsockname(m_listening, any, &length) != 0) {
        throw std::runtime_error("no port for an HTTP server");
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

HttpScript::~HttpScript()
{
    m_ends = true;
    ::shutdown(m_listening, SHUT_RDWR);
    m_thread.join();
    ::close(m_listening);
}

std::vector<std::string> HttpScript::requests()
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::string HttpScript::json(const std::string &body, const std::string &status, const std::string &headers)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + headers
        + "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void HttpScript::serve()
{
    while (!m_ends) {
        const int peer = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer >= 0) {
            talk(peer);
            ::close(peer);
        }
    }
}

void HttpScript::talk(int peer)
{
    std::string request;
    std::size_t wanted = std::string::npos;
    for (char piece[4096]; request.size() < wanted;) {
        const auto got = ::recv(peer, piece, sizeof piece, 0);
        if (got <= 0) {
            return;
        }
        request.append(piece, static_cast<std::size_t>(got));
        if (const auto end = request.find("\r\n\r\n"); wanted == std::string::npos && end != std::string::npos) {
            const auto length = request.find("Content-Length: ");
            wanted = end + 4 + (length < end ? std::stoul(request.substr(length + 16)) : 0);
        }
    }
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request.substr(0, request.find("\r\n")));
    }
    const auto answer = m_answer(request);
    (void)::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::shutdown(peer, SHUT_WR);
}

}
