// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferreceive.h"

#include "site/dataplanechannel.h"

#include <algorithm>
#include <set>
#include <zstd.h>

namespace portulan::site {

namespace {
constexpr std::size_t maxChannels = 4;
constexpr std::size_t maxOpenWriters = 64;
// A crash loses at most this much of a transfer.
constexpr std::size_t noteAfterChunks = 256;
constexpr auto noteAfter = std::chrono::seconds(10);

Digest subjectOf(const std::vector<Parcel> &parcels)
{
    std::string text;
    for (const auto &parcel : parcels) {
        text += parcel.key;
        text += '\0';
        text += std::to_string(parcel.sizeBytes);
        text += '\n';
    }
    return sha256(std::as_bytes(std::span(text)));
}

/// What a chunk was before zstd; a frame that unpacks to anything but its length is refused before a byte too many is written.
Result<std::span<const std::byte>> unpack(const FrameHeader &header, std::span<const std::byte> stored)
{
    static const std::vector<std::byte> zeros(Manifest::chunkBytes);
    if (header.codec != Codec::Zstd) {
        return header.codec == Codec::Zeros ? std::span(zeros).first(header.rawBytes) : stored;
    }
    thread_local std::vector<std::byte> raw(mostStoredBytes);
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    const auto length = ZSTD_decompressDCtx(context.get(), raw.data(), raw.size(), stored.data(), stored.size());
    if (ZSTD_isError(length) || (header.kind == FrameKind::Chunk && length != header.rawBytes)) {
        return refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "a compressed chunk"}});
    }
    return std::span<const std::byte>(raw).first(length);
}

std::string place(const Parcel &parcel, std::uint64_t chunk)
{
    return parcel.key + " chunk " + std::to_string(chunk);
}
}

Receiving::Receiving(Orders orders)
    : m_orders(std::move(orders))
    , m_notedAt(std::chrono::steady_clock::now())
{
    for (const auto &parcel : m_orders.parcels) {
        m_disks.emplace_back(parcel.sizeBytes);
    }
}

Result<std::shared_ptr<Receiving>> Receiving::begin(Orders orders)
{
    std::shared_ptr<Receiving> receiving(new Receiving(std::move(orders)));
    if (auto marked = receiving->markPrefilled(); !marked) {
        return unexpected(marked.error());
    }
    auto log = TransferLog::open(
        receiving->m_orders.logFile, subjectOf(receiving->m_orders.parcels), [&receiving](const NotedChunk &chunk) { receiving->remember(chunk); });
    if (!log) {
        return unexpected(log.error());
    }
    receiving->m_log = std::move(*log);
    return receiving;
}

void Receiving::remember(const NotedChunk &chunk)
{
    if (chunk.parcel >= m_disks.size() || chunk.chunk >= m_disks[chunk.parcel].manifest.chunks()) {
        return;
    }
    if (chunk.isTakenBack()) {
        forget(chunk);
        return;
    }
    auto &disk = m_disks[chunk.parcel];
    disk.manifest.set(chunk.chunk, chunk.digest);
    m_done += disk.here.contains(chunk.chunk) ? 0 : disk.manifest.sizeOf(chunk.chunk);
    disk.here.insert(chunk.chunk);
    disk.stale.erase(chunk.chunk);
    disk.durable.insert(chunk.chunk);
}

Result<bool> Receiving::claim(const FrameHeader &header)
{
    const auto beyond = refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "a chunk of the reservation"}});
    const std::scoped_lock lock(m_mutex);
    if (header.disk >= m_disks.size()) {
        return beyond;
    }
    auto &disk = m_disks[header.disk];
    if (header.chunk >= disk.manifest.chunks() || header.rawBytes != disk.manifest.sizeOf(header.chunk)) {
        return beyond;
    }
    const bool here = disk.here.contains(header.chunk);
    if (!here && !disk.isArriving(header.chunk)) {
        disk.arriving.push_back(header.chunk);
        return true;
    }
    if (here && disk.manifest.digest(header.chunk) == header.digest) {
        return false;
    }
    return refuse(Reason::Conflict, {{"where", place(m_orders.parcels[header.disk], header.chunk)}}, "a second, different chunk for the same place");
}

Result<> Receiving::take(const FrameHeader &header, std::span<const std::byte> stored)
{
    const auto wanted = claim(header);
    if (!wanted) {
        return unexpected(wanted.error());
    }
    if (!*wanted) {
        return {};
    }
    const auto raw = unpack(header, stored); // every way from here settles what was claimed
    auto kept = !raw ? Result<>(unexpected(raw.error())) : header.kind == FrameKind::Patch ? patch(header, *raw) : store(header, *raw);
    settle(header, kept.has_value());
    if (kept && m_orders.progress) {
        m_orders.progress(bytesDone());
    }
    if (kept && isTimeToNote()) {
        return checkpoint();
    }
    return kept;
}

Result<> Receiving::demandDigest(const FrameHeader &header, std::span<const std::byte> raw, std::string detail) const
{
    const auto found = sha256(raw);
    return found == header.digest
        ? Result<>()
        : refuse(Reason::Integrity,
            {{"where", place(m_orders.parcels[header.disk], header.chunk)}, {"expected", toHex(header.digest)}, {"found", toHex(found)}},
            std::move(detail));
}

Result<> Receiving::store(const FrameHeader &header, std::span<const std::byte> raw)
{
    if (auto right = demandDigest(header, raw, {}); !right) {
        return right;
    }
    const auto writer = writerOf(header.disk);
    return writer ? (*writer)->write(header.chunk * Manifest::chunkBytes, raw) : Result<>(unexpected(writer.error()));
}

/// Nothing is written before the whole chunk, as it will be, is what it has to be.
Result<> Receiving::patch(const FrameHeader &header, std::span<const std::byte> patch)
{
    thread_local std::vector<std::byte> whole(Manifest::chunkBytes);
    const auto chunk = std::span(whole).first(header.rawBytes);
    const auto at = header.chunk * Manifest::chunkBytes;
    const auto blocks = patchedBlocks(patch, chunk.size());
    const auto writer = blocks ? writerOf(header.disk) : Result<std::shared_ptr<BlockWriter>>(unexpected(blocks.error()));
    auto done = writer ? (*writer)->read(at, chunk) : Result<>(unexpected(writer.error()));
    if (!done) {
        return done;
    }
    applyPatch(*blocks, patch, chunk);
    done = demandDigest(header, chunk, "the patch does not fit what is there");
    for (std::size_t block = 0; done && block < blocksOf(chunk.size()); ++block) {
        const auto first = block;
        while (block < blocksOf(chunk.size()) && (*blocks)[block]) {
            ++block;
        }
        if (block > first) {
            const auto offset = first * blockBytes, end = std::min<std::size_t>(block * blockBytes, chunk.size());
            done = (*writer)->write(at + offset, chunk.subspan(offset, end - offset));
        }
    }
    return done;
}

void Receiving::settle(const FrameHeader &header, bool stored)
{
    const std::scoped_lock lock(m_mutex);
    auto &disk = m_disks[header.disk];
    std::erase(disk.arriving, header.chunk);
    if (stored) {
        disk.here.insert(header.chunk);
        disk.stale.erase(header.chunk);
        disk.manifest.set(header.chunk, header.digest);
        ++disk.fresh;
        m_fresh.push_back({header.disk, header.chunk, header.digest});
        m_done += header.rawBytes;
    } else {
        disk.stale.insert(header.chunk); // it may have been written in part
    }
}

bool Receiving::isTimeToNote() const
{
    const std::scoped_lock lock(m_mutex);
    return m_fresh.size() >= noteAfterChunks || (!m_fresh.empty() && std::chrono::steady_clock::now() - m_notedAt > noteAfter);
}

Result<std::shared_ptr<BlockWriter>> Receiving::writerOf(std::size_t parcel)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_disks[parcel].writer) {
            return m_disks[parcel].writer;
        }
        if (m_openWriters < maxOpenWriters) {
            auto writer = m_orders.open(parcel);
            if (!writer) {
                return unexpected(writer.error());
            }
            m_disks[parcel].writer = std::move(*writer);
            m_disks[parcel].opened = true;
            ++m_openWriters;
            return m_disks[parcel].writer;
        }
    }
    if (auto noted = checkpoint(); !noted) {
        return unexpected(noted.error());
    }
    closeIdleWriters();
    return writerOf(parcel);
}

void Receiving::closeIdleWriters()
{
    const std::scoped_lock lock(m_mutex);
    for (auto &disk : m_disks) {
        if (disk.writer && disk.fresh == 0 && disk.arriving.empty() && disk.writer.use_count() == 1) {
            disk.writer.reset();
            --m_openWriters;
        }
    }
}

Result<> Receiving::checkpoint()
{
    const std::scoped_lock one(m_checkpointing);
    std::vector<NotedChunk> noted;
    {
        const std::scoped_lock lock(m_mutex);
        noted.swap(m_fresh);
        m_notedAt = std::chrono::steady_clock::now();
    }
    auto done = noted.empty() ? Result<>() : flushAndNote(noted);
    const std::scoped_lock lock(m_mutex);
    for (const auto &chunk : noted) {
        if (done) {
            --m_disks[chunk.parcel].fresh;
            remember(chunk);
        } else {
            m_fresh.push_back(chunk);
        }
    }
    return done;
}

Result<> Receiving::flushAndNote(const std::vector<NotedChunk> &noted)
{
    std::set<std::uint32_t> touched;
    for (const auto &chunk : noted) {
        touched.insert(chunk.parcel);
    }
    for (const auto parcel : touched) {
        std::shared_ptr<BlockWriter> writer;
        {
            const std::scoped_lock lock(m_mutex);
            writer = m_disks[parcel].writer;
        }
        if (auto flushed = writer->flush(); !flushed) {
            return flushed;
        }
    }
    return m_log->append(noted);
}

Receiving::Runs Receiving::runs(std::size_t parcel, std::uint64_t first, std::size_t limit) const
{
    const std::scoped_lock lock(m_mutex);
    Runs found;
    std::uint64_t reached = 0;
    found.have = m_disks[parcel].durable.runs(first, limit, found.reached);
    found.stale = m_disks[parcel].stale.runs(first, limit, reached);
    found.reached = std::min(found.reached, reached);
    return found;
}

// A disk of zeros sent nothing; opening it once makes an object of no bytes exist.
Result<> Receiving::openAll()
{
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        if (m_disks[parcel].opened || !m_disks[parcel].durable.isEmpty()) {
            continue;
        }
        const auto writer = writerOf(parcel);
        auto flushed = writer ? (*writer)->flush() : Result<>(unexpected(writer.error()));
        if (!flushed) {
            return flushed;
        }
    }
    return {};
}

Result<std::vector<Digest>> Receiving::roots()
{
    auto noted = openAll().and_then([this] { return checkpoint(); });
    if (!noted) {
        return unexpected(noted.error());
    }
    const std::scoped_lock lock(m_mutex);
    std::vector<Digest> roots;
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        const auto &disk = m_disks[parcel];
        if (!disk.stale.isEmpty()) { // said while it was on its way, or a write failed: it comes again
            return refuse(Reason::Unreachable, {{"where", place(m_orders.parcels[parcel], disk.stale.next(0))}}, "what is there no longer counts");
        }
        roots.push_back(disk.manifest.root());
    }
    return roots;
}

std::int64_t Receiving::bytesDone() const
{
    const std::scoped_lock lock(m_mutex);
    return m_done;
}

bool Receiving::attach(DataChannel *channel)
{
    const std::scoped_lock lock(m_mutex);
    if (m_closed || m_channels.size() >= maxChannels) {
        return false;
    }
    m_channels.push_back(channel);
    return true;
}

void Receiving::detach(DataChannel *channel)
{
    const std::scoped_lock lock(m_mutex);
    std::erase(m_channels, channel);
    m_detached.notify_all();
}

void Receiving::disconnect()
{
    std::unique_lock lock(m_mutex);
    for (auto *channel : m_channels) {
        channel->interrupt();
    }
    m_detached.wait(lock, [this] { return m_channels.empty(); });
}

void Receiving::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    disconnect();
}

}
