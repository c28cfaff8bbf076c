// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplanesocket.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::site {

namespace {
constexpr int dialTimeoutMs = 10'000;

struct Wire {
    int socket;
    std::atomic<std::int64_t> *count;
};

int finish(BIO *bio, const Wire *wire, ssize_t moved)
{
    BIO_clear_retry_flags(bio);
    if (moved > 0) {
        *wire->count += moved;
    }
    return static_cast<int>(moved);
}

int bioWrite(BIO *bio, const char *bytes, int length)
{
    const auto *wire = static_cast<Wire *>(BIO_get_data(bio));
    ssize_t sent = 0;
    do {
        sent = ::send(wire->socket, bytes, std::size_t(length), MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    finish(bio, wire, sent);
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

int bioRead(BIO *bio, char *bytes, int length)
{
    const auto *wire = static_cast<Wire *>(BIO_get_data(bio));
    ssize_t got = 0;
    do {
        got = ::recv(wire->socket, bytes, std::size_t(length), 0);
    } while (got < 0 && errno == EINTR);
    finish(bio, wire, got);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(got);
}

long bioControl(BIO *, int command, long, void *)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int bioDestroy(BIO *bio)
{
    delete static_cast<Wire *>(BIO_get_data(bio));
    return 1;
}

BIO_METHOD *socketMethod()
{
    static BIO_METHOD *const method = [] {
        auto *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "portulan data plane");
        BIO_meth_set_write(made, bioWrite);
        BIO_meth_set_read(made, bioRead);
        BIO_meth_set_ctrl(made, bioControl);
        BIO_meth_set_destroy(made, bioDestroy);
        return made;
    }();
    return method;
}

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Result<Addresses> resolve(const std::string &host, const std::string &port, int flags)
{
    addrinfo hints {};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo *found = nullptr;
    if (const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); code != 0) {
        return refuse(Reason::Unreachable, {{"what", host + ":" + port}}, ::gai_strerror(code));
    }
    return Addresses(found, &::freeaddrinfo);
}

Result<> finishDial(int socket, const sockaddr *to, socklen_t length)
{
    if (::connect(socket, to, length) != 0) {
        if (errno != EINPROGRESS) {
            return refuse(Reason::Unreachable, {{"what", "data plane"}}, std::strerror(errno));
        }
        pollfd waiting {socket, POLLOUT, 0};
        if (::poll(&waiting, 1, dialTimeoutMs) <= 0) {
            return refuse(Reason::TimedOut, {{"what", "data plane"}}, "connect");
        }
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            return refuse(Reason::Unreachable, {{"what", "data plane"}}, std::strerror(error));
        }
    }
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) & ~O_NONBLOCK);
    return {};
}
}

Result<int> dial(const std::string &host, int port)
{
    const auto found = resolve(host, std::to_string(port), 0);
    if (!found) {
        return unexpected(found.error());
    }
    Problem last {Reason::Unreachable, {{"what", host}}, {}};
    for (const auto *at = found->get(); at; at = at->ai_next) {
        const int socket = ::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (socket < 0) {
            continue;
        }
        const auto connected = finishDial(socket, at->ai_addr, at->ai_addrlen);
        if (connected) {
            return socket;
        }
        ::close(socket);
        last = connected.error();
    }
    return unexpected(last);
}

Result<int> listenOn(const std::string &address)
{
    const auto parts = hostAndPort(address);
    if (!parts) {
        return unexpected(parts.error());
    }
    const auto found = resolve(parts->first, parts->second, AI_PASSIVE);
    if (!found) {
        return unexpected(found.error());
    }
    const auto *at = found->get();
    const int socket = ::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int one = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (socket < 0 || ::bind(socket, at->ai_addr, at->ai_addrlen) != 0 || ::listen(socket, 256) != 0) {
        const std::string why = std::strerror(errno);
        if (socket >= 0) {
            ::close(socket);
        }
        return refuse(Reason::Internal, {{"what", address}}, why);
    }
    return socket;
}

int portOf(int socket)
{
    sockaddr_storage address {};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length);
    const auto port = address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_port
                                                    : reinterpret_cast<const sockaddr_in *>(&address)->sin_port;
    return ntohs(port);
}

void tune(int socket, std::chrono::seconds idle)
{
    const timeval limit {idle.count(), 0};
    const int one = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
}

BIO *socketBio(int socket, std::atomic<std::int64_t> *wire)
{
    auto *bio = BIO_new(socketMethod());
    BIO_set_data(bio, new Wire {socket, wire});
    BIO_set_init(bio, 1);
    return bio;
}

Result<std::pair<std::string, std::string>> hostAndPort(std::string_view endpoint)
{
    const auto colon = endpoint.rfind(':');
    auto host = endpoint.substr(0, colon == std::string_view::npos ? 0 : colon);
    const auto port = colon == std::string_view::npos ? std::string_view() : endpoint.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    const bool number = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
    if (host.empty() || !number) {
        return refuse(Reason::InvalidArgument, {{"field", "endpoint"}, {"expected", "host:port"}, {"value", std::string(endpoint)}});
    }
    return std::pair(std::string(host), std::string(port));
}

}
