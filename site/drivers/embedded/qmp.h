// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/localsocket.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

namespace portulan::site::embedded {

/// The line to one QEMU: commands from any thread, each waiting for its own answer; events to whoever was named at construction.
/// The watcher's thread reads.
class Qmp {
public:
    using Json = nlohmann::json;
    using Patience = std::chrono::milliseconds;

    Qmp(Fd socket, std::function<void(const Json &)> onEvent);
    int socket() const { return m_socket.get(); }
    /// Takes what has come; false when the line is dead (all who wait are told).
    bool take();
    /// Waits for the greeting and answers it.
    Result<> greet(Patience patience);
    /// The command's `return`. QEMU's refusal is Internal with its words; TimedOut, Unreachable when it ends meanwhile.
    Result<Json> execute(const std::string &command, Json arguments = Json::object(), Patience patience = std::chrono::seconds(20));
    /// Whether an event `name` (with that "device", if named) has come since the last time it was asked for; waits for it.
    bool waitEvent(const std::string &name, const std::string &device, Patience patience);

private:
    void line(const std::string &text);
    void die();

    Fd m_socket;
    std::function<void(const Json &)> m_onEvent;
    std::string m_buffer; ///< the watcher's
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_greeted = false;
    bool m_dead = false;
    std::int64_t m_next = 1;
    std::map<std::int64_t, std::optional<Json>> m_waiting;
    std::multimap<std::string, std::string> m_events; ///< name, device: those waitEvent() may ask for
};

}
