// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/qcow2writer.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace portulan::site::embedded {

using namespace qcow2;

namespace {

constexpr std::uint64_t cluster = 65536, perTable = cluster / 8, perBlock = cluster / 2;
constexpr std::uint64_t largest = std::uint64_t(8) << 40; ///< what one refcount table counts, halved
constexpr std::uint64_t smoothing = std::uint64_t(16) << 20;

std::vector<std::byte> countBytes(std::span<const std::uint16_t> counts)
{
    std::vector<std::byte> bytes(counts.size() * 2);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        putBig(std::span(bytes), i * 2, counts[i]);
    }
    return bytes;
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
    if (size == 0 || size > largest) {
        return refuse(Reason::TooLarge, {{"what", "disk"}, {"limit", std::to_string(largest)}, {"size", std::to_string(size)}});
    }
    auto file = openFile(path, O_RDWR | O_CREAT | O_EXCL);
    if (!file) {
        return tl::unexpected(file.error());
    }
    // Cluster 0: header, 1: refcount table, 2: first refcount block, 3…: L1.
    Header header;
    header.size = size;
    header.backingFile = backing.file;
    header.backingFormat = backing.format;
    header.refcountOffset = cluster;
    header.l1Offset = 3 * cluster;
    header.l1Entries = static_cast<std::uint32_t>(header.l1Needed(size));
    const std::uint64_t clusters = 3 + l1Room(header) / perTable;
    const std::vector<std::uint64_t> table {2 * cluster};
    const std::vector<std::uint16_t> counts(clusters, 1);
    Scrap scrap(path);
    auto done
        = writeAt(file->get(), 0, headerCluster(header)).and_then([&] { return writeAt(file->get(), cluster, tableBytes(table)); }).and_then([&] {
              return writeAt(file->get(), 2 * cluster, countBytes(counts));
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
    if (header->version != 3 || header->clusterBits != 16 || header->refcountOrder != 4 || header->refcountClusters != 1 || header->snapshots != 0
        || !header->backingFile.empty() || header->refcountOffset != cluster || header->l1Offset != 3 * cluster || header->size > largest) {
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
    if (size < header->size || needed > l1Room(*header) || size > largest) {
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

bool Qcow2Writer::claim(std::uint64_t offset)
{
    if (offset % cluster != 0 || offset / cluster >= m_counts.size() || m_counts[offset / cluster] != 0) {
        return false;
    }
    m_counts[offset / cluster] = 1;
    return true;
}

Result<> Qcow2Writer::recount()
{
    const auto bytes = fileSize(m_file.get());
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const std::uint64_t fixed = 3 + l1Room(m_header) / perTable;
    m_counts.assign(static_cast<std::size_t>(std::max(fixed, (*bytes + cluster - 1) / cluster)), 0);
    std::fill_n(m_counts.begin(), fixed, std::uint16_t(1));
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
        m_tables[i] = {std::move(*entries), at, false};
        for (auto &entry : m_tables[i].entries) {
            if (entry != 0 && ((entry & ~offsetMask) != copied || !claim(entry & offsetMask))) {
                entry = 0; // never flushed: whoever wrote it sends it again
                m_tables[i].dirty = true;
            }
        }
    }
    // Refcounts are worth nothing after a crash; the blocks beyond the first are placed anew.
    m_blocks = {2 * cluster};
    while (m_counts.back() == 0) {
        m_counts.pop_back();
    }
    m_counted = 0;
    m_dirty = true;
    return extend();
}

std::uint64_t Qcow2Writer::allocate()
{
    m_counts.push_back(1);
    return (m_counts.size() - 1) * cluster;
}

/// The file ends where its last cluster ends, also if that is written in part. Locked by the caller, so that it only ever grows.
Result<> Qcow2Writer::extend()
{
    const std::uint64_t end = m_counts.size() * cluster;
    if (end == m_end) {
        return {};
    }
    if (::ftruncate(m_file.get(), static_cast<off_t>(end)) != 0) {
        return ioRefusal("write", {});
    }
    m_end = end;
    return {};
}

Result<std::vector<Qcow2Writer::Run>> Qcow2Writer::place(std::uint64_t offset, std::uint64_t length, const std::byte *bytes)
{
    if (offset > m_header.size || length > m_header.size - offset) {
        return refuse(Reason::InvalidArgument, {{"field", "offset"}, {"expected", "a range within the disk"}});
    }
    std::vector<Run> runs;
    const std::lock_guard lock(m_mutex);
    for (std::uint64_t done = 0; done < length;) {
        const std::uint64_t index = (offset + done) / cluster, within = (offset + done) % cluster, part = std::min(length - done, cluster - within);
        // Zeros where there is nothing need no room.
        const auto wanted = [&] { return bytes != nullptr && !isZero({bytes + done, static_cast<std::size_t>(part)}); };
        auto &table = m_tables[static_cast<std::size_t>(index / perTable)];
        if (table.entries.empty() && wanted()) {
            table.entries.assign(perTable, 0);
            table.offset = allocate();
            table.dirty = m_l1Dirty = m_dirty = true;
        }
        std::uint64_t at = table.entries.empty() ? 0 : table.entries[index % perTable] & offsetMask;
        if (at == 0 && wanted()) {
            at = allocate();
            table.entries[index % perTable] = at | copied;
            table.dirty = m_dirty = true;
        }
        const std::uint64_t place = at == 0 ? 0 : at + within;
        if (!runs.empty() && place != 0 && runs.back().fileOffset + runs.back().length == place) {
            runs.back().length += part;
        } else {
            runs.push_back({place, part, done});
        }
        done += part;
    }
    if (auto room = extend(); !room) {
        return tl::unexpected(room.error());
    }
    return runs;
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
    smooth(bytes.size());
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
void Qcow2Writer::smooth(std::uint64_t written)
{
    {
        const std::lock_guard lock(m_mutex);
        m_dirty = true;
        m_unsynced += written;
        if (m_unsynced < smoothing) {
            return;
        }
        m_unsynced = 0;
    }
    ::sync_file_range(m_file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

/// What is to be written for the tables on disk to say what those in memory say. Locked by the caller.
std::vector<Qcow2Writer::Write> Qcow2Writer::pending()
{
    std::vector<Write> writes;
    while (m_blocks.size() * perBlock < m_counts.size()) {
        m_blocks.push_back(allocate());
    }
    writes.push_back({m_header.refcountOffset, tableBytes(m_blocks)});
    for (std::size_t at = m_counted; at < m_counts.size();) {
        const std::size_t end = std::min<std::size_t>(m_counts.size(), (at / perBlock + 1) * perBlock);
        writes.push_back({m_blocks[at / perBlock] + at % perBlock * 2, countBytes(std::span(m_counts).subspan(at, end - at))});
        at = end;
    }
    if (m_counted == 0) { // what a crash left behind the last count
        const std::size_t used = m_counts.size() - (m_blocks.size() - 1) * perBlock;
        writes.push_back({m_blocks.back() + used * 2, std::vector<std::byte>((perBlock - used) * 2)});
        std::vector<std::byte> rest(cluster - m_blocks.size() * 8);
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
        std::ranges::transform(m_tables, l1.begin(), [](const Table &t) { return t.entries.empty() ? 0 : t.offset | copied; });
        writes.push_back({m_header.l1Offset, tableBytes(l1)});
    }
    m_counted = m_counts.size();
    m_l1Dirty = m_dirty = false;
    return writes;
}

Result<> Qcow2Writer::flush()
{
    const std::lock_guard flushing(m_flushing);
    std::vector<Write> writes;
    Result<> done;
    {
        const std::lock_guard lock(m_mutex);
        if (m_dirty) {
            writes = pending();
            done = extend();
        }
    }
    for (const auto &each : writes) {
        done = done.and_then([&] { return writeAt(m_file.get(), each.offset, each.bytes); });
    }
    done = done.and_then([&] { return syncFile(m_file.get()); });
    if (!done) { // all of it again next time
        const std::lock_guard lock(m_mutex);
        m_counted = 0;
        m_l1Dirty = m_dirty = true;
        std::ranges::for_each(m_tables, [](Table &t) { t.dirty = !t.entries.empty(); });
    }
    return done;
}

}
