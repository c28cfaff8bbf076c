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
    if (header.codec == Codec::None) {
        return stored;
    }
    thread_local std::vector<std::byte> raw(Manifest::chunkBytes);
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    const auto length = ZSTD_decompressDCtx(context.get(), raw.data(), raw.size(), stored.data(), stored.size());
    if (ZSTD_isError(length) || length != header.rawBytes) {
        return refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "a compressed chunk"}});
    }
    return std::span<const std::byte>(raw).first(length);
}

std::string place(const Parcel &parcel, std::uint64_t chunk)
{
    return parcel.key + " chunk " + std::to_string(chunk);
}
}

Receiving::Receiving(Orders orders, std::unique_ptr<TransferLog> log)
    : m_orders(std::move(orders))
    , m_log(std::move(log))
    , m_notedAt(std::chrono::steady_clock::now())
{
    for (const auto &parcel : m_orders.parcels) {
        m_disks.emplace_back(parcel.sizeBytes);
    }
    for (const auto &chunk : m_log->takeEarlier()) {
        remember(chunk);
    }
}

Result<std::shared_ptr<Receiving>> Receiving::begin(Orders orders)
{
    auto log = TransferLog::open(orders.logFile, subjectOf(orders.parcels));
    if (!log) {
        return unexpected(log.error());
    }
    return std::shared_ptr<Receiving>(new Receiving(std::move(orders), std::move(*log)));
}

void Receiving::remember(const NotedChunk &chunk)
{
    if (chunk.parcel >= m_disks.size() || chunk.chunk >= m_disks[chunk.parcel].chunks.size()) {
        return;
    }
    if (chunk.isTakenBack()) {
        forget(chunk);
        return;
    }
    auto &disk = m_disks[chunk.parcel];
    disk.manifest.set(chunk.chunk, chunk.digest);
    m_done += disk.chunks[chunk.chunk] == Chunk::Here ? 0 : disk.manifest.sizeOf(chunk.chunk);
    disk.chunks[chunk.chunk] = Chunk::Here;
    auto &bits = disk.durable[chunk.chunk / 8];
    const auto bit = std::byte {1} << (chunk.chunk % 8);
    disk.durableChunks += (bits & bit) == std::byte {0} ? 1 : 0;
    bits |= bit;
}

Result<bool> Receiving::claim(const FrameHeader &header)
{
    const auto beyond = refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "a chunk of the reservation"}});
    const std::scoped_lock lock(m_mutex);
    if (header.disk >= m_disks.size()) {
        return beyond;
    }
    auto &disk = m_disks[header.disk];
    if (header.chunk >= disk.chunks.size() || header.rawBytes != disk.manifest.sizeOf(header.chunk)) {
        return beyond;
    }
    auto &chunk = disk.chunks[header.chunk];
    if (chunk == Chunk::Missing || chunk == Chunk::Stale) {
        chunk = Chunk::Arriving;
        ++disk.arriving;
        return true;
    }
    if (chunk == Chunk::Here && disk.manifest.digest(header.chunk) == header.digest) {
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
    auto kept = raw ? store(header, *raw) : Result<>(unexpected(raw.error()));
    settle(header, kept.has_value());
    if (kept && m_orders.progress) {
        m_orders.progress(bytesDone());
    }
    if (kept && isTimeToNote()) {
        return checkpoint();
    }
    return kept;
}

Result<> Receiving::store(const FrameHeader &header, std::span<const std::byte> raw)
{
    if (const auto found = sha256(raw); found != header.digest) {
        return refuse(Reason::Integrity,
            {{"where", place(m_orders.parcels[header.disk], header.chunk)}, {"expected", toHex(header.digest)}, {"found", toHex(found)}});
    }
    const auto writer = writerOf(header.disk);
    return writer ? (*writer)->write(header.chunk * Manifest::chunkBytes, raw) : Result<>(unexpected(writer.error()));
}

void Receiving::settle(const FrameHeader &header, bool stored)
{
    const std::scoped_lock lock(m_mutex);
    auto &disk = m_disks[header.disk];
    disk.chunks[header.chunk] = stored ? Chunk::Here : Chunk::Stale; // it may have been written in part
    --disk.arriving;
    if (stored) {
        disk.manifest.set(header.chunk, header.digest);
        ++disk.fresh;
        m_fresh.push_back({header.disk, header.chunk, header.digest});
        m_done += header.rawBytes;
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
        if (disk.writer && disk.fresh == 0 && disk.arriving == 0 && disk.writer.use_count() == 1) {
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

std::vector<std::byte> Receiving::have(std::size_t parcel) const
{
    const std::scoped_lock lock(m_mutex);
    return m_disks[parcel].durableChunks == 0 ? std::vector<std::byte>() : m_disks[parcel].durable;
}

// A disk of zeros sent nothing; opening it once makes an object of no bytes exist.
Result<> Receiving::openAll()
{
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        if (m_disks[parcel].opened || m_disks[parcel].durableChunks > 0) {
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
        if (const auto at = std::ranges::find(disk.chunks, Chunk::Stale); at != disk.chunks.end()) {
            // Said while it was on its way, or a write failed: it comes again.
            return refuse(Reason::Unreachable, {{"where", place(m_orders.parcels[parcel], std::uint64_t(at - disk.chunks.begin()))}},
                "what is there no longer counts");
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
