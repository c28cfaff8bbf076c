// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "site/transferpace.h"
#include "site/transferpath.h"
#include "site/transferprints.h"

#include <atomic>
#include <optional>

namespace portulan::site {

class ChunkPacker;

/// The source's end of one transfer: reads what is not zero, digests it, sends what the destination lacks over two connections. send()
/// may be called again after a failure; what was digested once is not read again unless it must be sent again.
///
/// A disk that is being written is followed: each send() sees it as of one instant, overwritten() names what changed since, and the
/// destination must have taken those chunks back (toTakeBack(), tookBack()) before the next send(). Of a chunk that it holds as it was once,
/// only the blocks that differ travel: they are known because they were written since, or found by comparing fingerprints.
class Sending {
public:
    struct Orders {
        std::vector<Parcel> parcels;
        std::function<Result<std::unique_ptr<BlockReader>>(std::size_t parcel)> open;
        std::function<void(std::int64_t bytesDone, std::int64_t bytesOnWire)> progress; ///< from the sending threads
        std::vector<Pace *> paces; ///< each is obeyed
        bool mayCompress = true; ///< where it pays
        Prints::Ask fingerprints {}; ///< of what the destination holds; none: then chunks of which nothing is known travel whole
        CallPath::Carry carry {}; ///< for where the data plane's port cannot be reached; none: then that is the end of it
        std::string asideIn {}; ///< a directory for what of the digests of great disks need not be in memory
    };
    static constexpr std::size_t connections = 2;

    explicit Sending(Orders orders);
    ~Sending();

    // What the destination says it has, and what it holds that does not count: runs of chunks from `first` on.
    void nothingIsThere(); ///< before it is told
    Result<> isThere(
        std::size_t parcel, std::uint64_t first, std::span<const std::uint64_t> have, std::span<const std::uint64_t> stale); ///< Malformed
    /// The disk was written there since the instant that send() saw.
    void overwritten(std::size_t parcel, std::span<const Extent> extents);
    /// What was written is not known: all is read again, and what differs from what was sent is found in toTakeBack() after the next send().
    void doubt();
    /// Chunks the destination must take back before the next send(): ChunkSet::runs() of them.
    std::vector<std::uint64_t> toTakeBack(std::size_t parcel, std::uint64_t first, std::size_t limit, std::uint64_t &reached) const;
    void tookBack();
    bool isComplete() const; ///< nothing is to be taken back, nor to be asked and sent again
    /// Of that, as it would travel.
    std::int64_t bytesToTakeBack() const;
    /// Bytes that have to be read and may have to be sent: what is not known to be zero. Reads the disks' maps, not their bytes.
    Result<std::int64_t> measure();
    /// Sends all that is missing; returns when the destination has verified and written it. Whatever fails first.
    Result<> send(const DataTls &tls, const DataAddress &address, const Token &token);
    /// From any thread: send() fails with Cancelled, now and later.
    void cancel();
    void revive(); ///< after a cancel() that was only meant for a while

    const std::vector<Parcel> &parcels() const { return m_orders.parcels; }
    /// Roots of what was read; meaningful once send() has succeeded.
    std::vector<Digest> roots() const;
    std::int64_t bytesDone() const { return m_done; } ///< raw bytes the destination has, zeros not counted
    std::int64_t bytesOnWire() const { return m_wire; }
    bool goesByCalls() const { return m_byCalls; } ///< the data plane's port could not be reached

private:
    struct Disk;
    struct Work;
    Result<> map(Disk &disk, std::size_t parcel);
    Result<std::vector<std::unique_ptr<FramePath>>> openPaths(const DataTls &tls, const DataAddress &address);
    std::span<const std::byte> packed(const FramePath &path, const Work &work, const FrameHeader &header, ChunkPacker &packer);
    std::optional<Blocks> changedBlocks(const Work &work, std::span<const std::byte> raw);
    Result<std::optional<Work>> next();
    Result<> sendOver(FramePath &path, const Token &token);
    Result<> sendChunk(FramePath &path, const Work &work, ChunkPacker &packer);
    Result<> frame(FramePath &path, std::span<const std::byte> bytes);
    bool isSettled(const Work &work, const Digest &digest, bool zero);
    void settle(const Work &work, const Digest &digest);
    bool mayCompress(const FramePath &path) const;

    Orders m_orders;
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Disk>> m_disks;
    std::size_t m_disk = 0; ///< being handed out
    Prints m_prints;
    std::vector<FramePath *> m_paths;
    std::atomic<bool> m_byCalls = false;
    std::atomic<bool> m_cancelled = false;
    std::atomic<bool> m_misfit = false; ///< a patch did not fit what is there: it is asked
    std::atomic<std::int64_t> m_done = 0;
    std::atomic<std::int64_t> m_wire = 0;
};

}
