// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplane.h"

#include "site/dataplanechannel.h"
#include "site/dataplanesocket.h"
#include "site/memorytunnel.h"

#include <algorithm>
#include <cstdlib>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::site {

namespace {
// Enough that a source which is writing a chunk when it fails here gets to read why.
constexpr std::size_t drainBytes = 8 << 20;

/// A page-aligned chunk, reused for every frame of a connection.
class ChunkBuffer {
public:
    ChunkBuffer()
        : m_bytes(static_cast<std::byte *>(std::aligned_alloc(4096, (mostStoredBytes + 4095) / 4096 * 4096)))
    {
    }
    ~ChunkBuffer() { std::free(m_bytes); }
    ChunkBuffer(const ChunkBuffer &) = delete;
    ChunkBuffer &operator=(const ChunkBuffer &) = delete;
    std::span<std::byte> first(std::size_t bytes) { return {m_bytes, bytes}; }

private:
    std::byte *m_bytes;
};

/// Frames until the end, or the problem to be told.
Result<> receiveFrames(DataChannel &channel, Receiving &receiving)
{
    ChunkBuffer buffer;
    std::array<std::byte, frameHeaderBytes> head {};
    for (;;) {
        if (auto got = channel.read(head); !got) {
            return got;
        }
        const auto header = frameHeaderFrom(head);
        if (!header) {
            return unexpected(header.error());
        }
        if (header->kind == FrameKind::End) {
            return receiving.end();
        }
        const auto stored = buffer.first(header->storedBytes);
        if (auto got = channel.read(stored); !got) {
            return got;
        }
        if (auto taken = receiving.take(*header, stored); !taken) {
            return taken;
        }
    }
}
}

Result<std::unique_ptr<DataPlane>> DataPlane::listen(const DataTls &tls, const std::string &address, Gate gate, MemoryGate memoryGate)
{
    const auto socket = site::listenOn(address);
    if (!socket) {
        return unexpected(socket.error());
    }
    return std::unique_ptr<DataPlane>(new DataPlane(tls, *socket, std::move(gate), std::move(memoryGate)));
}

DataPlane::DataPlane(const DataTls &tls, int socket, Gate gate, MemoryGate memoryGate)
    : m_tls(tls)
    , m_gate(std::move(gate))
    , m_memoryGate(std::move(memoryGate))
    , m_socket(socket)
    , m_port(portOf(socket))
    , m_wake(::eventfd(0, EFD_CLOEXEC))
    , m_thread([this] { listenOn(); })
{
}

DataPlane::~DataPlane()
{
    m_stopping = true;
    ::eventfd_write(m_wake, 1);
    m_thread.join();
    ::close(m_socket);
    ::close(m_wake);
}

void DataPlane::listenOn()
{
    while (!m_stopping) {
        const auto unknown = strangers();
        const bool full = unknown >= maxStrangers; // many who begin at once wait their turn in the kernel
        std::array<pollfd, 2> waiting = {pollfd {m_socket, static_cast<short>(full ? 0 : POLLIN), 0}, pollfd {m_wake, POLLIN, 0}};
        ::poll(waiting.data(), waiting.size(), full ? 10 : unknown > 0 ? 250 : 5000);
        sweep();
        const int socket = m_stopping || full ? -1 : ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0) {
            admit(socket);
        }
    }
    for (auto &visit : m_visits) {
        visit.channel->interrupt();
        visit.thread.join();
    }
    m_visits.clear();
}

std::size_t DataPlane::strangers() const
{
    return std::size_t(std::ranges::count_if(m_visits, [](const Visit &visit) { return !visit.known; }));
}

void DataPlane::admit(int socket)
{
    if (m_visits.size() >= maxConnections) {
        ::close(socket);
        return;
    }
    auto channel = DataChannel::adopt(m_tls, socket, idleLimit);
    if (!channel) {
        return;
    }
    auto &visit = m_visits.emplace_back();
    visit.channel = std::move(*channel);
    visit.until = std::chrono::steady_clock::now() + strangerLimit;
    visit.thread = std::thread([this, &visit] {
        serve(visit);
        visit.over = true;
    });
}

void DataPlane::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(m_visits, [now](Visit &visit) {
        if (visit.over) {
            visit.thread.join();
            return true;
        }
        if (!visit.known && now > visit.until) {
            visit.channel->interrupt();
        }
        return false;
    });
}

void DataPlane::serve(Visit &visit)
{
    std::array<std::byte, openingBytes> opening {};
    const auto opened = visit.channel->accept().and_then([&] { return visit.channel->read(opening); });
    if (!opened) {
        visit.known = true;
    } else if (const auto token = memoryTokenFrom(opening); token && m_memoryGate) {
        serveMemory(visit, *token);
    } else {
        serveTransfer(visit, opening);
    }
}

void DataPlane::serveTransfer(Visit &visit, std::span<const std::byte, openingBytes> opening)
{
    auto &channel = *visit.channel;
    const auto token = tokenFrom(opening);
    const auto receiving = token ? m_gate(*token, channel.peer()) : Result<std::shared_ptr<Receiving>>(unexpected(token.error()));
    const bool attached = receiving && (*receiving)->attach(&channel);
    visit.known = true;
    auto outcome = attached ? channel.write(answer({}))
        : receiving
        ? refuse(Reason::Unreachable, {}, "no more connections for this reservation") // it is being closed, or its source has others open: later
        : Result<>(unexpected(receiving.error()));
    if (attached) {
        outcome = outcome ? receiveFrames(channel, **receiving) : outcome;
    }
    channel.write(answer(outcome));
    channel.closeWriting();
    if (attached) {
        channel.drain(outcome ? 0 : drainBytes);
        (*receiving)->detach(&channel);
    }
}

void DataPlane::serveMemory(Visit &visit, const Token &token)
{
    auto &channel = *visit.channel;
    const auto sink = m_memoryGate(token, channel.peer());
    visit.known = true;
    const auto outcome
        = !sink ? Result<>(unexpected(sink.error())) : channel.write(answer({})).and_then([&] { return receiveMemory(channel, **sink); });
    if (sink && !outcome) {
        (*sink)->cut();
    }
    channel.write(answer(outcome));
    channel.closeWriting();
    channel.drain(outcome ? 0 : drainBytes);
}

}
