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
#include <span>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace portulan::bench {

namespace {
// The kernel hands over what a network card would cut into packets of the MTU, its own account of how it does that before it.
struct Offload { // virtio_net_hdr of <linux/virtio_net.h>, which is no C++
    std::uint8_t flags, gsoType;
    std::uint16_t headerBytes, gsoBytes, sumStart, sumOffset;
};
constexpr std::uint8_t needsSum = 1;
constexpr std::size_t before = sizeof(Offload), largestRead = before + 65536;

void demand(bool done, const char *what)
{
    if (!done) {
        throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
    }
}

/// A sum of 16-bit words of which one became `change` more.
void adjust(unsigned char *at, std::uint32_t change, bool complemented)
{
    const std::uint32_t stored = std::uint32_t(at[0]) << 8 | at[1];
    std::uint32_t all = (complemented ? ~stored & 0xffff : stored) + change;
    all = (all & 0xffff) + (all >> 16);
    all = complemented ? ~all & 0xffff : all;
    at[0] = static_cast<unsigned char>(all >> 8);
    at[1] = static_cast<unsigned char>(all);
}

/// From 10.9.0.1 to .2 it becomes one from .3 to .1, the answer to .3 one from .2: each end sees somebody else.
bool turnRound(std::span<unsigned char> read)
{
    auto *packet = read.data() + before;
    const std::size_t bytes = read.size() > before ? read.size() - before : 0, header = bytes == 0 ? 0 : std::size_t(packet[0] & 15) * 4;
    if (bytes < header + 20 || packet[0] >> 4 != 4 || packet[9] != 6 || (packet[19] != 2 && packet[19] != 3)) {
        return false;
    }
    Offload offload {};
    std::memcpy(&offload, read.data(), before);
    const bool there = packet[19] == 2;
    packet[15] = there ? 3 : 2;
    packet[19] = 1;
    const std::uint32_t change = there ? 1 : 0xfffe; // of the sum of both addresses: 1 + 2 became 3 + 1, or 1 + 3 became 2 + 1
    adjust(packet + 10, change, true);
    adjust(packet + header + 16, change, (offload.flags & needsSum) == 0); // what nobody summed yet holds the addresses' sum
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
    request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    std::strcpy(request.ifr_name, "long");
    demand(::ioctl(m_tun, TUNSETIFF, &request) == 0, "a TUN device");
    demand(::ioctl(m_tun, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4) == 0, "offloads of a TUN device");
    // As Debian has it, whatever this machine is set to; a queue in which nothing is lost.
    constexpr auto make = "ip link set lo up && ip link set long txqueuelen 100000 mtu 1500 && ip addr add 10.9.0.1/24 dev long && ip link set long up"
                          " && ip route change 10.9.0.0/24 dev long src 10.9.0.1 congctl cubic";
    demand(std::system(make) == 0, "ip");
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
    std::vector<unsigned char> bytes(largestRead);
    for (pollfd waiting[] = {{m_tun, POLLIN, 0}, {m_wake, POLLIN, 0}}; waiting[1].revents == 0;) {
        ::poll(waiting, 2, -1);
        for (auto got = ::read(m_tun, bytes.data(), bytes.size()); got > 0; got = ::read(m_tun, bytes.data(), bytes.size())) {
            const auto packet = std::span(bytes).first(std::size_t(got));
            if (turnRound(packet)) {
                const std::scoped_lock lock(m_mutex);
                m_packets.push_back({Clock::now() + m_delay, {packet.begin(), packet.end()}});
                if (m_packets.size() == 1) { // else it waits for the first of them to be due
                    m_arrived.notify_one();
                }
            }
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
