// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/qcow2writer.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace portulan::site {

using namespace qcow2;

namespace {

constexpr std::uint64_t cluster = 65536, perTable = cluster / 8, perBlock = cluster / 2;
constexpr std::size_t blocksAtOnce = 256;
constexpr std::uint64_t smoothing = std::uint64_t(16) << 20;
constexpr std::size_t mostWritten = 65536; // runs; beyond, all that is cached of the file is dropped

std::vector<std::byte> countBytes(const std::vector<bool> &counts, std::size_t first, std::size_t end)
{
    std::vector<std::byte> bytes((end - first) * 2);
    for (std::size_t i = first; i < end; ++i) {
        putBig(std::span(bytes), (i - first) * 2, std::uint16_t(counts[i] ? 1 : 0));
    }
    return bytes;
}

/// Clusters of refcount table for a disk of that size: one counts 16 TiB of file, of which its own tables take a little.
std::uint32_t countTableClusters(std::uint64_t size)
{
    return size > Qcow2Writer::largest / 2 ? 2 : 1;
}

// Cluster 0: header, then the refcount table, the first refcount block, the L1 table.
std::uint64_t firstBlock(const Header &header)
{
    return (1 + std::uint64_t(header.refcountClusters)) * cluster;
}
std::uint64_t l1Place(const Header &header)
{
    return firstBlock(header) + cluster;
}

/// L1 entries that fit the clusters the table occupies anyway.
std::uint64_t l1Room(const Header &header)
{
    const std::uint64_t bytes = header.clusterBytes();
    return (std::uint64_t(header.l1Entries) * 8 + bytes - 1) / bytes * bytes / 8;
}

}

Result<> Qcow2Writer::create(const std::string &path, std::uint64_t size, const Backing &backing)
{
    if (size > largest) {
        return refuse(Reason::TooLarge, {{"what", "disk"}, {"limit", std::to_string(largest)}, {"size", std::to_string(size)}});
    }
    auto file = openFile(path, O_RDWR | O_CREAT | O_EXCL);
    if (!file) {
        return tl::unexpected(file.error());
    }
    Header header;
    header.size = size;
    header.backingFile = backing.file;
    header.backingFormat = backing.format;
    header.refcountOffset = cluster;
    header.refcountClusters = countTableClusters(size);
    header.l1Offset = l1Place(header);
    header.l1Entries = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, header.l1Needed(size)));
    const std::uint64_t clusters = header.l1Offset / cluster + l1Room(header) / perTable;
    const std::vector<std::uint64_t> table {firstBlock(header)};
    const std::vector<bool> counts(clusters, true);
    Scrap scrap(path);
    auto done
        = writeAt(file->get(), 0, headerCluster(header)).and_then([&] { return writeAt(file->get(), cluster, tableBytes(table)); }).and_then([&] {
              return writeAt(file->get(), firstBlock(header), countBytes(counts, 0, clusters));
          });
    if (done && ::ftruncate(file->get(), static_cast<off_t>(clusters * cluster)) != 0) {
        done = ioRefusal("write", path);
    }
    if (done) {
        done = syncFile(file->get()).and_then([&] { return syncDirectory(parentOf(path)); });
    }
    if (done) {
        scrap.keep();
    }
    return done;
}

Result<std::unique_ptr<Qcow2Writer>> Qcow2Writer::open(const std::string &path)
{
    auto file = openFile(path, O_RDWR);
    if (!file) {
        return tl::unexpected(file.error());
    }
    auto header = readHeader(file->get(), path);
    if (!header) {
        return tl::unexpected(header.error());
    }
    if (header->version != 3 || header->clusterBits != 16 || header->refcountOrder != 4
        || header->refcountClusters != countTableClusters(header->size) || header->snapshots != 0 || !header->backingFile.empty()
        || header->refcountOffset != cluster || header->l1Offset != l1Place(*header) || header->size > largest) {
        return refuse(Reason::Malformed, {{"file", path}, {"expected", "an image begun by this program"}});
    }
    std::unique_ptr<Qcow2Writer> writer(new Qcow2Writer(std::move(*file), std::move(*header)));
    if (auto done = writer->recount(); !done) {
        return tl::unexpected(done.error());
    }
    return writer;
}

Result<> Qcow2Writer::grow(const std::string &path, std::uint64_t size)
{
    const auto file = openFile(path, O_RDWR);
    if (!file) {
        return tl::unexpected(file.error());
    }
    auto header = readHeader(file->get(), path);
    if (!header) {
        return tl::unexpected(header.error());
    }
    const std::uint64_t needed = std::max<std::uint64_t>(header->l1Needed(size), header->l1Entries);
    if (size < header->size || needed > l1Room(*header) || size > largest || header->refcountClusters < countTableClusters(size)) {
        return refuse(Reason::Unsupported, {{"what", "growing this disk so far"}}, path);
    }
    // The new entries must be empty on disk before the header counts them.
    const std::vector<std::byte> empty((needed - header->l1Entries) * 8);
    std::vector<std::byte> words(16);
    putBig(std::span(words), 0, size);
    putBig(std::span(words), 8, std::uint32_t(0)); // no encryption
    putBig(std::span(words), 12, static_cast<std::uint32_t>(needed));
    return writeAt(file->get(), header->l1Offset + std::uint64_t(header->l1Entries) * 8, empty)
        .and_then([&] { return syncFile(file->get()); })
        .and_then([&] { return writeAt(file->get(), 24, words); })
        .and_then([&] { return syncFile(file->get()); });
}

Qcow2Writer::Qcow2Writer(Fd file, Header header)
    : m_file(std::move(file))
    , m_header(std::move(header))
    , m_tables(m_header.l1Entries)
{
}

Qcow2Writer::~Qcow2Writer()
{
    if (m_dirty) {
        (void)flush(); // best effort: whoever needs it durable has called flush() and looked at the answer
    }
}

Result<> Qcow2Writer::recount()
{
    const auto bytes = fileSize(m_file.get());
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const std::uint64_t fixed = m_header.l1Offset / cluster + l1Room(m_header) / perTable;
    m_counts.assign(static_cast<std::size_t>(std::max(fixed, (*bytes + cluster - 1) / cluster)), false);
    std::fill_n(m_counts.begin(), fixed, true);
    const auto l1 = readTable(m_file.get(), m_header.l1Offset, m_header.l1Entries);
    if (!l1) {
        return tl::unexpected(l1.error());
    }
    for (std::size_t i = 0; i < l1->size(); ++i) {
        const std::uint64_t at = (*l1)[i] & offsetMask;
        if (at == 0 || !claim(at)) {
            m_l1Dirty = m_l1Dirty || (*l1)[i] != 0;
            continue;
        }
        auto entries = readTable(m_file.get(), at, perTable);
        if (!entries) {
            return tl::unexpected(entries.error());
        }
        m_tables[i] = {std::move(*entries), at, false, true};
        ++m_loaded;
        for (auto &entry : m_tables[i].entries) {
            if (entry != 0 && ((entry & ~offsetMask) != copied || !claim(entry & offsetMask))) {
                entry = 0; // never flushed: whoever wrote it sends it again
                m_tables[i].dirty = true;
                m_tables[i].settled = false;
            }
        }
        makeRoom(nullptr);
    }
    // Refcounts are worth nothing after a crash; the blocks beyond the first are placed anew.
    m_blocks = {firstBlock(m_header)};
    while (!m_counts.back()) {
        m_counts.pop_back();
    }
    m_counted = 0;
    m_dirty = true;
    return extend();
}

Result<> Qcow2Writer::write(std::uint64_t offset, std::span<const std::byte> bytes)
{
    const auto runs = place(offset, bytes.size(), bytes.data());
    if (!runs) {
        return tl::unexpected(runs.error());
    }
    for (const auto &run : *runs) {
        if (run.fileOffset == 0) {
            continue;
        }
        if (auto done
            = writeAt(m_file.get(), run.fileOffset, bytes.subspan(static_cast<std::size_t>(run.from), static_cast<std::size_t>(run.length)));
            !done) {
            return done;
        }
    }
    smooth(*runs);
    return {};
}

Result<> Qcow2Writer::read(std::uint64_t offset, std::span<std::byte> into)
{
    const auto runs = place(offset, into.size(), nullptr);
    if (!runs) {
        return tl::unexpected(runs.error());
    }
    for (const auto &run : *runs) {
        const auto part = into.subspan(static_cast<std::size_t>(run.from), static_cast<std::size_t>(run.length));
        if (run.fileOffset == 0) {
            std::ranges::fill(part, std::byte {0});
        } else if (auto done = readAt(m_file.get(), run.fileOffset, part); !done) {
            return done;
        }
    }
    return {};
}

/// Starts writing back early, so that flush() finds little left to wait for.
void Qcow2Writer::smooth(const std::vector<Run> &written)
{
    {
        const std::lock_guard lock(m_mutex);
        m_dirty = true;
        for (const auto &run : written) {
            if (run.fileOffset != 0) {
                m_unsynced += run.length;
                m_written.push_back(run);
            }
        }
        if (m_written.size() > mostWritten) {
            m_written.assign(1, {});
        }
        if (m_unsynced < smoothing) {
            return;
        }
        m_unsynced = 0;
    }
    ::sync_file_range(m_file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

/// What is to be written for the tables on disk to say what those in memory say; of a great many counts only the next ones. Locked by the
/// caller.
std::vector<Qcow2Writer::Write> Qcow2Writer::pending()
{
    std::vector<Write> writes;
    while (m_blocks.size() * perBlock < m_counts.size()) {
        m_blocks.push_back(allocate());
    }
    writes.push_back({m_header.refcountOffset, tableBytes(m_blocks)});
    auto counted = m_counted;
    for (std::size_t i = 0; i < blocksAtOnce && counted < m_counts.size(); ++i) {
        const std::size_t end = std::min<std::size_t>(m_counts.size(), (counted / perBlock + 1) * perBlock);
        writes.push_back({m_blocks[counted / perBlock] + counted % perBlock * 2, countBytes(m_counts, counted, end)});
        counted = end;
    }
    if (m_counted == 0) { // what a crash left behind the last count
        const std::size_t used = m_counts.size() - (m_blocks.size() - 1) * perBlock;
        writes.push_back({m_blocks.back() + used * 2, std::vector<std::byte>((perBlock - used) * 2)});
        std::vector<std::byte> rest(m_header.refcountClusters * cluster - m_blocks.size() * 8);
        writes.push_back({m_header.refcountOffset + m_blocks.size() * 8, std::move(rest)});
    }
    for (auto &table : m_tables) {
        if (table.dirty) {
            writes.push_back({table.offset, tableBytes(table.entries)});
            table.dirty = false;
        }
    }
    if (m_l1Dirty) {
        std::vector<std::uint64_t> l1(m_tables.size());
        std::ranges::transform(m_tables, l1.begin(), [](const Table &t) { return t.offset == 0 ? 0 : t.offset | copied; });
        writes.push_back({m_header.l1Offset, tableBytes(l1)});
    }
    m_counted = counted;
    m_l1Dirty = false;
    m_dirty = counted < m_counts.size();
    return writes;
}

Result<> Qcow2Writer::flush()
{
    const std::lock_guard flushing(m_flushing);
    Result<> done;
    std::vector<Run> written;
    for (bool more = true; done && more;) {
        std::vector<Write> writes;
        {
            const std::lock_guard lock(m_mutex);
            written.insert(written.end(), m_written.begin(), m_written.end());
            m_written.clear();
            if (m_dirty) {
                writes = pending();
                done = extend();
            }
            more = m_dirty;
        }
        for (const auto &each : writes) {
            done = done.and_then([&] { return writeAt(m_file.get(), each.offset, each.bytes); });
        }
    }
    done = done.and_then([&] { return syncFile(m_file.get()); });
    for (const auto &run : written) { // whoever reads it back wants to know what the storage holds
        dropCached(m_file.get(), run.fileOffset, run.length);
    }
    for (const auto &run : written) { // all at once: a storage that is asked piece by piece is slow
        readAhead(m_file.get(), run.fileOffset, run.length);
    }
    const std::lock_guard lock(m_mutex);
    if (!done) { // all of it again next time
        m_counted = 0;
        m_l1Dirty = m_dirty = true;
    }
    for (auto &one : m_tables) {
        one.settled = done ? one.settled || (!one.dirty && !one.entries.empty()) : one.settled;
        one.dirty = one.dirty || (!done && !one.settled && !one.entries.empty());
    }
    return done;
}

}
