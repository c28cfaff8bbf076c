// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/metrics.h"

#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <map>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::site {

namespace {

constexpr int patienceMs = 1000; ///< for a visitor's request
constexpr std::size_t requestBytes = 4096;

/// Lines of one figure.
class Figure {
public:
    Figure(std::string name, std::string_view help)
        : m_name("portulan_" + std::move(name))
        , m_text("# HELP " + m_name + ' ' + std::string(help) + "\n# TYPE " + m_name + " gauge\n")
    {
    }
    Figure &add(const std::string &labels, std::int64_t value)
    {
        m_text += m_name + (labels.empty() ? "" : '{' + labels + '}') + ' ' + std::to_string(value) + '\n';
        return *this;
    }
    const std::string &text() const { return m_text; }

private:
    std::string m_name;
    std::string m_text;
};

std::string label(std::string_view name, std::string_view value)
{
    return std::string(name) + "=\"" + std::string(value) + '"'; // words of ours: nothing to escape
}

Figure counted(std::string name, std::string_view help, std::string_view by, const std::map<std::string, std::int64_t> &counts)
{
    Figure figure(std::move(name), help);
    for (const auto &[word, count] : counts) {
        figure.add(label(by, word), count);
    }
    return figure;
}

std::string capacity(const Site &site)
{
    const Amounts total = site.capacity.total();
    const auto three = [](std::string name, std::string_view help, const Amounts &amounts) {
        return Figure(std::move(name), help)
            .add(label("resource", "vcpus"), amounts.vcpus)
            .add(label("resource", "ram_bytes"), amounts.ramBytes)
            .add(label("resource", "storage_bytes"), amounts.storageBytes)
            .text();
    };
    return Figure("info", "The gateway.").add(label("site", site.id) + ',' + label("version", site.version), 1).text()
        + three("capacity_used", "What is used.", site.capacity.used) + three("capacity_total", "What there is.", total);
}

}

std::string metricsOf(const Broadcast &broadcast)
{
    std::string text;
    for (const auto &change : broadcast.shared(ObjectKind::Site)) {
        text += capacity(std::get<Site>(change->thing));
    }
    std::map<std::string, std::int64_t> objects, instances, operations, alerts;
    for (const ObjectKind kind : allObjectKinds) {
        const auto things = broadcast.shared(kind);
        objects[std::string(toString(kind))] = static_cast<std::int64_t>(things.size());
        for (const auto &change : things) {
            if (const auto *instance = std::get_if<Instance>(&change->thing)) {
                ++instances[std::string(toString(instance->state))];
            } else if (const auto *operation = std::get_if<Operation>(&change->thing)) {
                ++operations[std::string(toString(operation->state))];
            } else if (const auto *alert = std::get_if<Alert>(&change->thing)) {
                ++alerts[std::string(toString(alert->severity))];
            }
        }
    }
    return text + counted("objects", "Objects by kind.", "kind", objects).text()
        + counted("instances", "Instances by state.", "state", instances).text()
        + counted("operations", "Operations remembered, by state.", "state", operations).text()
        + counted("alerts", "Alerts by severity.", "severity", alerts).text()
        + Figure("revision", "Changes announced since the start.").add({}, static_cast<std::int64_t>(broadcast.revision())).text();
}

Result<std::unique_ptr<Metrics>> Metrics::listen(const std::string &address, const Broadcast &broadcast)
{
    const auto bad = [&](std::string detail) {
        return refuse(Reason::InvalidArgument, {{"field", "metrics.listen"}, {"value", address}, {"expected", "127.0.0.1:PORT or [::1]:PORT"}},
            std::move(detail));
    };
    const auto colon = address.rfind(':');
    std::uint16_t port = 0;
    const auto host = address.substr(0, colon);
    if (colon == std::string::npos || std::from_chars(address.data() + colon + 1, address.data() + address.size(), port).ec != std::errc {}
        || (host != "127.0.0.1" && host != "[::1]")) {
        return bad("it asks nobody who they are, so it stays on this machine");
    }
    const bool six = host == "[::1]";
    sockaddr_in four {};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 wide {};
    wide.sin6_family = AF_INET6;
    wide.sin6_port = htons(port);
    wide.sin6_addr = in6addr_loopback;
    auto *name = six ? reinterpret_cast<sockaddr *>(&wide) : reinterpret_cast<sockaddr *>(&four);
    socklen_t length = six ? sizeof wide : sizeof four;
    const int socket = ::socket(name->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int one = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (::bind(socket, name, length) != 0 || ::listen(socket, 16) != 0) {
        const std::string why = std::strerror(errno);
        ::close(socket);
        return bad(why);
    }
    ::getsockname(socket, name, &length);
    const int bound = ntohs(six ? wide.sin6_port : four.sin_port);
    return std::unique_ptr<Metrics>(new Metrics(socket, ::eventfd(0, EFD_CLOEXEC), bound, broadcast));
}

Metrics::Metrics(int socket, int wake, int port, const Broadcast &broadcast)
    : m_socket(socket)
    , m_wake(wake)
    , m_port(port)
    , m_broadcast(broadcast)
    , m_thread([this] { serve(); })
{
}

Metrics::~Metrics()
{
    const std::uint64_t one = 1;
    (void)!::write(m_wake, &one, sizeof one);
    m_thread.join();
    ::close(m_socket);
    ::close(m_wake);
}

void Metrics::serve()
{
    for (;;) {
        pollfd waiting[] = {{m_socket, POLLIN, 0}, {m_wake, POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0) {
            continue; // a signal
        }
        if (waiting[1].revents != 0) {
            return;
        }
        if (const int visitor = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC); visitor >= 0) {
            answer(visitor);
            ::close(visitor);
        }
    }
}

void Metrics::answer(int visitor) const
{
    std::string request;
    char portion[512];
    while (request.find("\r\n\r\n") == std::string::npos && request.size() < requestBytes) {
        pollfd waiting {visitor, POLLIN, 0};
        const ssize_t got = ::poll(&waiting, 1, patienceMs) == 1 ? ::recv(visitor, portion, sizeof portion, 0) : 0;
        if (got <= 0) {
            return;
        }
        request.append(portion, static_cast<std::size_t>(got));
    }
    const bool known = request.starts_with("GET /metrics ") || request.starts_with("GET / ");
    const std::string body = known ? metricsOf(m_broadcast) : "GET /metrics\n";
    const std::string reply = std::string("HTTP/1.1 ") + (known ? "200 OK" : "404 Not Found")
        + "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size())
        + "\r\n\r\n" + body;
    for (std::size_t at = 0; at < reply.size();) {
        const ssize_t sent = ::send(visitor, reply.data() + at, reply.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        at += static_cast<std::size_t>(sent);
    }
}

}
