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
#include <optional>
#include <thread>

namespace portulan::site {

/// What brings frames: a connection of the data plane, a call. Whoever holds the disks may cut it.
class Feeder {
public:
    virtual ~Feeder() = default;
    virtual void interrupt() = 0; ///< from any thread: it ends soon
};

/// One disk, or one object of a data set, on its way.
struct Parcel {
    std::string key; ///< volume id at the source, or the object's key
    std::uint64_t sizeBytes = 0;
    std::uint64_t chunks() const { return sizeBytes / Manifest::chunkBytes + (sizeBytes % Manifest::chunkBytes == 0 ? 0 : 1); }
    std::string nameOf(std::uint64_t chunk) const { return key + " chunk " + std::to_string(chunk); }
    bool operator==(const Parcel &) const = default;
};

/// The destination's end of one transfer: writes each chunk, flushes it, reads it back from the disk, and only if that has the digest it came
/// with remembers it, in a file that survives, as durable. Chunks never sent are the zeros a fresh disk reads as. A chunk is taken once; what
/// the machine has overwritten meanwhile is taken back first, durably, so that no note ever speaks of other bytes than the disk holds. A patch
/// replaces blocks of what the disk holds; the digest is the whole chunk's all the same. Thread safe.
class Receiving {
public:
    struct Orders {
        std::vector<Parcel> parcels;
        std::string logFile; ///< what is durable; made if missing. What of the digests of great disks need not be in memory lies beside it
        std::function<Result<std::unique_ptr<BlockWriter>>(std::size_t parcel)> open;
        std::function<void(std::int64_t bytesDone)> progress; ///< raw bytes that are here, called from the receiving threads
        std::vector<bool> prefilled {}; ///< of each parcel: its disk holds older bytes, which do not count until the source has confirmed them
    };
    /// Reads what an earlier life of the gateway left. DiskFull, Internal.
    static Result<std::shared_ptr<Receiving>> begin(Orders orders);
    ~Receiving();
    Receiving(const Receiving &) = delete;
    Receiving &operator=(const Receiving &) = delete;

    /// Malformed, DiskFull…, and what was found wrong with what was taken before. `stored` as it travelled.
    Result<> take(const FrameHeader &header, std::span<const std::byte> stored);
    /// Makes what was taken durable and notes what is right. Integrity{where, expected, found} if a chunk is not what it was sent as: it no
    /// longer counts and has to come again.
    Result<> checkpoint();
    /// checkpoint(), at the end of a connection. Integrity{where, what: patch} also, once, if a patch met another chunk than it was made for:
    /// a disk that is written while it is read gives newer bytes than are known to be. The source asks what is there (runs()) and goes on.
    Result<> end();
    /// What is durable, and what holds bytes that do not count (roots() fails until it has come again), from a chunk on, at most `limit`
    /// numbers each; `reached`: where the next page begins.
    struct Runs {
        std::vector<std::uint64_t> have, stale; ///< ChunkSet::runs()
        std::uint64_t reached = 0;
    };
    Runs runs(std::size_t parcel, std::uint64_t first = 0, std::size_t limit = mostRuns) const;
    static constexpr std::size_t mostRuns = 100'000; ///< of a page
    /// What the disk holds where it does not count: fingerprintsOf() each such chunk, too few if nobody knows; those of zeros are left out.
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
    /// Everything durable; then the root of each parcel. Unreachable{where} while something has to come again.
    Result<std::vector<Digest>> roots();
    const std::vector<Parcel> &parcels() const { return m_orders.parcels; }
    std::int64_t bytesDone() const;

    /// Frames one after the other, as they travel; what take() says of the first that is not right, Malformed of what is none.
    Result<> takeAll(std::span<const std::byte> frames);
    // Connections that feed it, at most four at once.
    bool attach(Feeder *feeder); ///< false: closed, or too many
    void detach(Feeder *feeder);
    /// Cuts the connections and waits until they are gone.
    void disconnect();
    /// disconnect(), and no more attach().
    void close();

private:
    /// What is neither here nor stale was never touched and reads as zeros.
    struct Disk {
        Disk(std::uint64_t size, const std::string &asideIn)
            : manifest(size, asideIn)
            , here(manifest.chunks())
            , stale(manifest.chunks())
            , durable(manifest.chunks())
            , lost(manifest.chunks())
        {
        }
        bool isArriving(std::uint64_t chunk) const { return std::ranges::find(arriving, chunk) != arriving.end(); }
        Manifest manifest;
        ChunkSet here;
        ChunkSet stale; ///< holds who knows what
        ChunkSet durable; ///< of those that are here
        ChunkSet lost; ///< by a flush that failed: whatever is read of it may be a cache's, not the disk's
        std::vector<std::uint64_t> arriving; ///< claimed and not settled: a few, one a connection; the writer stays open for them
        std::shared_ptr<BlockWriter> writer;
        bool opened = false; ///< once at least
        std::size_t fresh = 0; ///< chunks written, not yet flushed
    };
    struct Written {
        NotedChunk chunk;
        bool patched = false;
    };
    explicit Receiving(Orders orders);
    Result<> markPrefilled();
    void remember(const NotedChunk &chunk);
    void forget(const NotedChunk &chunk);
    Result<> takeBack(std::size_t parcel, const ChunkSet &chunks);
    Result<> tidyLog();
    Result<ChunkSet> notZero(std::size_t parcel);
    Result<> openAll();
    Result<> flush(const std::vector<Written> &written);
    std::vector<Result<>> readBack(const std::vector<Written> &written);
    Result<> readBack(const Written &written);
    void keep(const NotedChunk &chunk);
    void spoil(const NotedChunk &chunk);
    void spoilAll(std::vector<Written> written);
    std::shared_ptr<BlockWriter> openWriter(std::size_t parcel) const;
    Result<std::shared_ptr<BlockWriter>> writerOf(std::size_t parcel);
    void closeIdleWriters();
    Result<bool> claim(const FrameHeader &header); ///< false: it is here already
    Result<> write(const FrameHeader &header, std::span<const std::byte> raw);
    void settle(const FrameHeader &header, bool stored);
    bool isTimeToNote() const; ///< under the lock
    Result<> keepUp();
    Result<> note();
    void prove();

    Orders m_orders;
    std::unique_ptr<TransferLog> m_log;
    std::mutex m_checkpointing; ///< taken before m_mutex
    mutable std::mutex m_mutex;
    std::vector<Disk> m_disks;
    std::vector<Written> m_fresh; ///< not yet flushed
    std::string m_misfit; ///< where a patch did not fit, until it is told
    std::chrono::steady_clock::time_point m_notedAt;
    std::thread m_prover; ///< of what is large: checkpoint() beside what still comes
    std::condition_variable m_ripe;
    std::optional<Problem> m_failed; ///< what it found, until it is told
    std::uint64_t m_round = 0; ///< disconnect()s: what was found of an earlier one is asked for, not told
    bool m_ends = false;
    std::int64_t m_done = 0;
    std::size_t m_openWriters = 0;
    std::vector<Feeder *> m_feeders;
    std::condition_variable m_detached;
    bool m_closed = false;
};

}
