// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portulan::bench {

/// A network of this process and its children alone, in which whoever dials `far` reaches this machine itself, by a way that takes its time:
/// every packet, of 1500 bytes, passes a TUN device and comes back later, from another address. Not every kernel has netem; TUN is everywhere.
class LongLink {
public:
    /// `delay`: one way. Before the process has a second thread; throws what is missing. Needs root or unprivileged user namespaces.
    explicit LongLink(std::chrono::milliseconds delay);
    ~LongLink();
    LongLink(const LongLink &) = delete;
    LongLink &operator=(const LongLink &) = delete;
    static constexpr auto far = "10.9.0.2";

private:
    using Clock = std::chrono::steady_clock;
    struct Packet {
        Clock::time_point due;
        std::vector<unsigned char> bytes;
    };
    void take();
    void give();
    int m_tun = -1;
    int m_wake = -1;
    const std::chrono::milliseconds m_delay;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<Packet> m_packets;
    bool m_closing = false;
    std::thread m_taking, m_giving;
};

}
