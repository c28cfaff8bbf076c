// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "site/transferframe.h"
#include "site/transferlog.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace portulan::site {

class DataChannel;

/// One disk, or one object of a data set, on its way.
struct Parcel {
    std::string key; ///< volume id at the source, or the object's key
    std::uint64_t sizeBytes = 0;
    bool operator==(const Parcel &) const = default;
};

/// The destination's end of one transfer: checks each chunk's digest, writes it and remembers, in a file that survives, which chunks are
/// durable. Chunks never sent are the zeros a fresh disk reads as. A chunk is taken once; what the machine has overwritten meanwhile is
/// taken back first, durably, so that no note ever speaks of other bytes than the disk holds. Thread safe.
class Receiving {
public:
    struct Orders {
        std::vector<Parcel> parcels;
        std::string logFile; ///< what is durable; made if missing
        std::function<Result<std::unique_ptr<BlockWriter>>(std::size_t parcel)> open;
        std::function<void(std::int64_t bytesDone)> progress; ///< raw bytes that are here, called from the receiving threads
    };
    /// Reads what an earlier life of the gateway left. DiskFull, Internal.
    static Result<std::shared_ptr<Receiving>> begin(Orders orders);

    /// Integrity{where, expected, found}, Malformed, DiskFull… `stored` as it travelled.
    Result<> take(const FrameHeader &header, std::span<const std::byte> stored);
    /// Makes what was taken durable: flushes the disks, then notes it.
    Result<> checkpoint();
    /// Bit i, least significant first: chunk i is durable. Empty if none is.
    std::vector<std::byte> have(std::size_t parcel) const;
    /// Likewise: chunk i holds bytes that no longer count; roots() fails until it has come again.
    std::vector<std::byte> stale(std::size_t parcel) const;
    /// These chunks no longer count. Durable on return; nobody may be sending (disconnect()).
    Result<> takeBack(std::size_t parcel, std::span<const std::byte> bits);
    /// Nothing of what is there counts any more: all that is noted, and all that is not zero on the disks. Reads them in full.
    Result<> takeBackAll();
    /// Everything durable; then the root of each parcel.
    Result<std::vector<Digest>> roots();
    const std::vector<Parcel> &parcels() const { return m_orders.parcels; }
    std::int64_t bytesDone() const;

    // Connections that feed it, at most four at once.
    bool attach(DataChannel *channel); ///< false: closed, or too many
    void detach(DataChannel *channel);
    /// Cuts the connections and waits until they are gone.
    void disconnect();
    /// disconnect(), and no more attach().
    void close();

private:
    enum class Chunk : std::uint8_t { Missing, Arriving, Here, Stale }; ///< Missing reads as zeros, Stale as who knows what
    struct Disk {
        explicit Disk(std::uint64_t size)
            : manifest(size)
            , chunks(manifest.chunks(), Chunk::Missing)
            , durable((manifest.chunks() + 7) / 8)
        {
        }
        Manifest manifest;
        std::vector<Chunk> chunks;
        std::vector<std::byte> durable;
        std::size_t durableChunks = 0;
        std::shared_ptr<BlockWriter> writer;
        bool opened = false; ///< once at least
        std::size_t fresh = 0; ///< chunks written, not yet flushed
        int arriving = 0; ///< chunks claimed and not settled: the writer stays open for them
    };
    Receiving(Orders orders, std::unique_ptr<TransferLog> log);
    void remember(const NotedChunk &chunk);
    void forget(const NotedChunk &chunk);
    Result<> takeBack(std::vector<NotedChunk> chunks);
    Result<std::vector<NotedChunk>> notZero(std::size_t parcel);
    Result<> openAll();
    Result<> flushAndNote(const std::vector<NotedChunk> &noted);
    Result<std::shared_ptr<BlockWriter>> writerOf(std::size_t parcel);
    void closeIdleWriters();
    Result<bool> claim(const FrameHeader &header); ///< false: it is here already
    Result<> store(const FrameHeader &header, std::span<const std::byte> raw);
    void settle(const FrameHeader &header, bool stored);
    bool isTimeToNote() const;

    Orders m_orders;
    std::unique_ptr<TransferLog> m_log;
    std::mutex m_checkpointing; ///< taken before m_mutex
    mutable std::mutex m_mutex;
    std::vector<Disk> m_disks;
    std::vector<NotedChunk> m_fresh; ///< written, not yet flushed
    std::chrono::steady_clock::time_point m_notedAt;
    std::int64_t m_done = 0;
    std::size_t m_openWriters = 0;
    std::vector<DataChannel *> m_channels;
    std::condition_variable m_detached;
    bool m_closed = false;
};

}
