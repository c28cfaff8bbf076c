// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/qmp.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {

constexpr std::size_t longestLine = 4 << 20;

}

Qmp::Qmp(Fd socket, std::function<void(const Json &)> onEvent)
    : m_socket(std::move(socket))
    , m_onEvent(std::move(onEvent))
{
    ::fcntl(m_socket.get(), F_SETFL, ::fcntl(m_socket.get(), F_GETFL) | O_NONBLOCK);
}

bool Qmp::take()
{
    char buffer[16384];
    for (;;) {
        const ssize_t got = ::recv(m_socket.get(), buffer, sizeof buffer, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            return true;
        }
        if (got <= 0 || m_buffer.size() > longestLine) {
            die();
            return false;
        }
        m_buffer.append(buffer, static_cast<std::size_t>(got));
        for (std::size_t end; (end = m_buffer.find('\n')) != std::string::npos;) {
            line(m_buffer.substr(0, end));
            m_buffer.erase(0, end + 1);
        }
    }
}

void Qmp::line(const std::string &text)
{
    Json message = Json::parse(text, nullptr, false);
    if (!message.is_object()) {
        return;
    }
    if (message.contains("event") && message["event"].is_string()) {
        {
            const std::lock_guard lock(m_mutex);
            const auto &data = message.contains("data") ? message["data"] : Json();
            const bool named = data.is_object() && data.contains("device") && data["device"].is_string();
            m_events.emplace(message["event"].get<std::string>(), named ? data["device"].get<std::string>() : std::string());
            if (m_events.size() > 256) {
                m_events.clear(); // nobody waits for so many
            }
            m_wake.notify_all();
        }
        m_onEvent(message);
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_greeted = m_greeted || message.contains("QMP");
    if (message.contains("id") && message["id"].is_number_integer()) {
        if (const auto waiting = m_waiting.find(message["id"].get<std::int64_t>()); waiting != m_waiting.end()) {
            waiting->second = std::move(message);
        }
    }
    m_wake.notify_all();
}

void Qmp::die()
{
    const std::lock_guard lock(m_mutex);
    m_dead = true;
    m_wake.notify_all();
}

Result<> Qmp::greet(Patience patience)
{
    {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait_for(lock, patience, [&] { return m_greeted || m_dead; })) {
            return refuse(Reason::TimedOut, {}, "QEMU does not answer");
        }
        if (m_dead) {
            return refuse(Reason::Unreachable, {}, "QEMU ended at once");
        }
    }
    return execute("qmp_capabilities").map([](const Json &) {});
}

Result<Qmp::Json> Qmp::execute(const std::string &command, Json arguments, Patience patience)
{
    std::unique_lock lock(m_mutex);
    const std::int64_t id = m_next++;
    const std::string text = Json {{"execute", command}, {"arguments", std::move(arguments)}, {"id", id}}.dump() + '\n';
    m_waiting[id] = std::nullopt;
    // Commands are far shorter than the socket's buffer: a short write means QEMU has stopped reading.
    if (m_dead || ::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) {
        m_waiting.erase(id);
        return refuse(Reason::Unreachable, {}, "QEMU has ended");
    }
    const bool answered = m_wake.wait_for(lock, patience, [&] { return m_waiting[id].has_value() || m_dead; });
    const auto answer = m_waiting.extract(id).mapped();
    if (!answer) {
        return refuse(answered ? Reason::Unreachable : Reason::TimedOut, {}, command);
    }
    if (answer->contains("return")) {
        return (*answer)["return"];
    }
    const auto &error = answer->value("error", Json::object());
    return refuse(Reason::Internal, {}, command + ": " + error.value("desc", std::string("refused")));
}

bool Qmp::waitEvent(const std::string &name, const std::string &device, Patience patience)
{
    std::unique_lock lock(m_mutex);
    bool seen = false;
    m_wake.wait_for(lock, patience, [&] {
        const auto [first, last] = m_events.equal_range(name);
        for (auto it = first; it != last; ++it) {
            if (device.empty() || it->second == device) {
                m_events.erase(it);
                seen = true;
                break;
            }
        }
        return seen || m_dead;
    });
    return seen;
}

}
