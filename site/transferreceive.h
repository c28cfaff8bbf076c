// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/chunkset.h"
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
    std::uint64_t chunks() const { return sizeBytes / Manifest::chunkBytes + (sizeBytes % Manifest::chunkBytes == 0 ? 0 : 1); }
    bool operator==(const Parcel &) const = default;
};

/// The destination's end of one transfer: checks each chunk's digest, writes it and remembers, in a file that survives, which chunks are
/// durable. Chunks never sent are the zeros a fresh disk reads as. A chunk is taken once; what the machine has overwritten meanwhile is
/// taken back first, durably, so that no note ever speaks of other bytes than the disk holds. A patch is made into its chunk with what the
/// disk holds and believed only if the whole chunk has the digest it came with. Thread safe.
class Receiving {
public:
    struct Orders {
        std::vector<Parcel> parcels;
        std::string logFile; ///< what is durable; made if missing
        std::function<Result<std::unique_ptr<BlockWriter>>(std::size_t parcel)> open;
        std::function<void(std::int64_t bytesDone)> progress; ///< raw bytes that are here, called from the receiving threads
        std::vector<bool> prefilled {}; ///< of each parcel: its disk holds older bytes, which do not count until the source has confirmed them
    };
    /// Reads what an earlier life of the gateway left. DiskFull, Internal.
    static Result<std::shared_ptr<Receiving>> begin(Orders orders);

    /// Integrity{where, expected, found}, Malformed, DiskFull… `stored` as it travelled.
    Result<> take(const FrameHeader &header, std::span<const std::byte> stored);
    /// Makes what was taken durable: flushes the disks, then notes it.
    Result<> checkpoint();
    /// What is durable, and what holds bytes that do not count (roots() fails until it has come again), from a chunk on, at most `limit`
    /// numbers each; `reached`: where the next page begins.
    struct Runs {
        std::vector<std::uint64_t> have, stale; ///< ChunkSet::runs()
        std::uint64_t reached = 0;
    };
    Runs runs(std::size_t parcel, std::uint64_t first = 0, std::size_t limit = mostRuns) const;
    static constexpr std::size_t mostRuns = 100'000; ///< of a page
    /// What the disk holds where it does not count: fingerprintsOf() each such chunk; those of zeros are left out.
    struct ChunkPrints {
        std::uint64_t chunk = 0;
        std::vector<std::byte> prints;
    };
    static constexpr std::uint32_t mostPrints = 128;
    Result<std::vector<ChunkPrints>> fingerprints(std::size_t parcel, std::uint64_t first, std::uint32_t count);
    /// These chunks no longer count. Durable on return; nobody may be sending (disconnect()). Malformed.
    Result<> takeBack(std::size_t parcel, std::span<const std::uint64_t> runs);
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
    /// What is neither here nor stale was never touched and reads as zeros.
    struct Disk {
        explicit Disk(std::uint64_t size)
            : manifest(size)
            , here(manifest.chunks())
            , stale(manifest.chunks())
            , durable(manifest.chunks())
        {
        }
        bool isArriving(std::uint64_t chunk) const { return std::ranges::find(arriving, chunk) != arriving.end(); }
        Manifest manifest;
        ChunkSet here;
        ChunkSet stale; ///< holds who knows what
        ChunkSet durable; ///< of those that are here
        std::vector<std::uint64_t> arriving; ///< claimed and not settled: a few, one a connection; the writer stays open for them
        std::shared_ptr<BlockWriter> writer;
        bool opened = false; ///< once at least
        std::size_t fresh = 0; ///< chunks written, not yet flushed
    };
    explicit Receiving(Orders orders);
    Result<> markPrefilled();
    void remember(const NotedChunk &chunk);
    void forget(const NotedChunk &chunk);
    Result<> takeBack(std::size_t parcel, const ChunkSet &chunks);
    Result<ChunkSet> notZero(std::size_t parcel);
    Result<> openAll();
    Result<> flushAndNote(const std::vector<NotedChunk> &noted);
    Result<std::shared_ptr<BlockWriter>> writerOf(std::size_t parcel);
    void closeIdleWriters();
    Result<bool> claim(const FrameHeader &header); ///< false: it is here already
    Result<> demandDigest(const FrameHeader &header, std::span<const std::byte> raw, std::string detail) const;
    Result<> store(const FrameHeader &header, std::span<const std::byte> raw);
    Result<> patch(const FrameHeader &header, std::span<const std::byte> patch);
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
