// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "site/drivers/disk/qcow2format.h"

#include <mutex>

namespace portulan::site {

/// Writes a qcow2 v3 image natively: clusters of 64 KiB, handed out in file order, so that a disk received in order lies in order.
/// write() locks only to hand out clusters. Tables (64 KiB for each 512 MiB) are put on disk by flush(); those that lie there as they are in
/// memory make room for others. After a crash open() trusts the L1 and L2 tables as far as they make sense and recounts everything else.
class Qcow2Writer final : public BlockWriter {
public:
    static constexpr std::uint64_t largest = std::uint64_t(16) << 40; ///< bytes of a disk: what two clusters of refcount table count, halved
    struct Backing {
        std::string file; ///< as written into the header, relative to the image
        std::string format; ///< "raw" or "qcow2"
    };
    /// A new image that reads as zeros (or as what is behind it), durable; AlreadyExists, DiskFull, TooLarge{what, limit} above `largest`.
    static Result<> create(const std::string &path, std::uint64_t size, const Backing &backing = {});
    /// An image made by create() without backing, whatever happened to it since; Malformed if it is another's.
    static Result<std::unique_ptr<Qcow2Writer>> open(const std::string &path);
    /// Grows an image (any made by create() or QEMU) in place; Unsupported if its L1 table has no room for that.
    static Result<> grow(const std::string &path, std::uint64_t size);

    ~Qcow2Writer() override; ///< flushes what can be
    std::uint64_t sizeBytes() const { return m_header.size; }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    Result<> flush() override;
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override;
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override;

private:
    struct Run {
        std::uint64_t fileOffset, length, from;
    };
    struct Table {
        std::vector<std::uint64_t> entries; ///< none, but an offset: only on disk
        std::uint64_t offset = 0; ///< 0: not there yet
        bool dirty = false; ///< to be written
        bool settled = false; ///< on disk as it is here
    };
    struct Write {
        std::uint64_t offset;
        std::vector<std::byte> bytes;
    };

    Qcow2Writer(Fd file, qcow2::Header header);
    Result<> recount();
    bool claim(std::uint64_t offset);
    std::uint64_t allocate();
    Result<> extend();
    Result<Table *> table(std::uint64_t index);
    void makeRoom(const Table *except);
    /// Where a range lies; with `bytes`, clusters are handed out for what is not zero.
    Result<std::vector<Run>> place(std::uint64_t offset, std::uint64_t length, const std::byte *bytes);
    std::vector<Write> pending();
    void smooth(const std::vector<Run> &written);

    Fd m_file;
    qcow2::Header m_header;
    std::mutex m_flushing; ///< taken before m_mutex
    std::mutex m_mutex; ///< everything below
    std::vector<Table> m_tables; ///< by L1 index
    std::size_t m_loaded = 0; ///< tables in memory, about
    std::vector<std::uint64_t> m_blocks; ///< refcount blocks, file offsets
    std::vector<bool> m_counts; ///< by cluster, whether it is used; its size is the next cluster to hand out
    std::size_t m_counted = 0; ///< counts below are on disk
    bool m_l1Dirty = false;
    bool m_dirty = false;
    std::uint64_t m_unsynced = 0;
    std::vector<Run> m_written; ///< since the last flush()
    std::uint64_t m_end = 0; ///< of the file
};

}
