// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/longlink.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace portulan::bench {

namespace {
constexpr std::size_t largestPacket = 9000;

void demand(bool done, const char *what)
{
    if (!done) {
        throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
    }
}

/// A checksum in which one 16-bit word became `change` more.
void adjust(unsigned char *sum, std::uint32_t change)
{
    std::uint32_t all = (~std::uint32_t(sum[0] << 8 | sum[1]) & 0xffff) + change;
    all = (all & 0xffff) + (all >> 16);
    all = ~all & 0xffff;
    sum[0] = static_cast<unsigned char>(all >> 8);
    sum[1] = static_cast<unsigned char>(all);
}

/// From 10.9.0.1 to .2 it becomes one from .3 to .1, the answer to .3 one from .2: each end sees somebody else.
bool turnRound(std::vector<unsigned char> &packet)
{
    const std::size_t header = packet.empty() ? 0 : std::size_t(packet[0] & 15) * 4;
    if (packet.size() < header + 20 || packet[0] >> 4 != 4 || packet[9] != 6 || (packet[19] != 2 && packet[19] != 3)) {
        return false;
    }
    const bool there = packet[19] == 2;
    packet[15] = there ? 3 : 2;
    packet[19] = 1;
    const std::uint32_t change = there ? 1 : 0xfffe; // of the sum of both addresses: 1 + 2 became 3 + 1, or 1 + 3 became 2 + 1
    adjust(&packet[10], change);
    adjust(&packet[header + 16], change);
    return true;
}
}

LongLink::LongLink(std::chrono::milliseconds delay)
    : m_delay(delay)
{
    demand(::unshare(::geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) == 0, "a network of one's own");
    m_tun = ::open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    demand(m_tun >= 0, "/dev/net/tun");
    ifreq request {};
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    std::strcpy(request.ifr_name, "long");
    demand(::ioctl(m_tun, TUNSETIFF, &request) == 0, "a TUN device");
    const auto mtu = "ip link set long up mtu " + std::to_string(largestPacket);
    demand(std::system("ip link set lo up") == 0 && std::system("ip addr add 10.9.0.1/24 dev long") == 0 && std::system(mtu.c_str()) == 0, "ip");
    m_wake = ::eventfd(0, EFD_CLOEXEC);
    m_taking = std::thread([this] { take(); });
    m_giving = std::thread([this] { give(); });
}

LongLink::~LongLink()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
    }
    m_arrived.notify_all();
    ::eventfd_write(m_wake, 1);
    m_taking.join();
    m_giving.join();
    ::close(m_tun);
    ::close(m_wake);
}

void LongLink::take()
{
    for (;;) {
        pollfd waiting[] = {{m_tun, POLLIN, 0}, {m_wake, POLLIN, 0}};
        ::poll(waiting, 2, -1);
        if (waiting[1].revents != 0) {
            return;
        }
        std::vector<unsigned char> bytes(largestPacket);
        const auto got = ::read(m_tun, bytes.data(), bytes.size());
        bytes.resize(got > 0 ? std::size_t(got) : 0);
        if (turnRound(bytes)) {
            const std::scoped_lock lock(m_mutex);
            m_packets.push_back({Clock::now() + m_delay, std::move(bytes)});
            m_arrived.notify_one();
        }
    }
}

void LongLink::give()
{
    std::unique_lock lock(m_mutex);
    while (!m_closing) {
        if (m_packets.empty()) {
            m_arrived.wait(lock);
        } else if (const auto due = m_packets.front().due; Clock::now() < due) {
            m_arrived.wait_until(lock, due);
        } else {
            const auto packet = std::move(m_packets.front());
            m_packets.pop_front();
            lock.unlock();
            demand(::write(m_tun, packet.bytes.data(), packet.bytes.size()) >= 0, "write");
            lock.lock();
        }
    }
}

}
