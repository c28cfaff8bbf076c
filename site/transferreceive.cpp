// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferreceive.h"

#include <algorithm>
#include <zstd.h>

namespace portulan::site {

namespace {
constexpr std::size_t maxFeeders = 4;
constexpr std::size_t maxOpenWriters = 64;

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
}

Receiving::Receiving(Orders orders)
    : m_orders(std::move(orders))
    , m_notedAt(std::chrono::steady_clock::now())
{
    const auto beside = m_orders.logFile.substr(0, m_orders.logFile.rfind('/'));
    for (const auto &parcel : m_orders.parcels) {
        m_disks.emplace_back(parcel.sizeBytes, beside);
    }
}

Receiving::~Receiving()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ends = true;
    }
    m_ripe.notify_one();
    if (m_prover.joinable()) {
        m_prover.join();
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
        disk.lost.erase(header.chunk);
        return true;
    }
    if (here && disk.manifest.digest(header.chunk) == header.digest) {
        return false;
    }
    return refuse(Reason::Conflict, {{"where", m_orders.parcels[header.disk].nameOf(header.chunk)}}, "a second, different chunk for the same place");
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
    auto kept = raw ? write(header, *raw) : Result<>(unexpected(raw.error()));
    settle(header, kept.has_value());
    if (kept && m_orders.progress) {
        m_orders.progress(bytesDone());
    }
    return kept ? keepUp() : kept;
}

Result<> Receiving::takeAll(std::span<const std::byte> frames)
{
    Result<> done;
    while (done && !frames.empty()) {
        const bool isHead = frames.size() >= frameHeaderBytes;
        const auto header = isHead ? frameHeaderFrom(frames.first<frameHeaderBytes>()) : Result<FrameHeader>(FrameHeader {.kind = FrameKind::End});
        if (!header || header->kind == FrameKind::End || header->storedBytes > frames.size() - frameHeaderBytes) {
            return header ? refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "whole frames"}}) : Result<>(unexpected(header.error()));
        }
        done = take(*header, frames.subspan(frameHeaderBytes, header->storedBytes));
        frames = frames.subspan(frameHeaderBytes + header->storedBytes);
    }
    return done;
}

Result<> Receiving::write(const FrameHeader &header, std::span<const std::byte> raw)
{
    const auto at = header.chunk * Manifest::chunkBytes;
    const auto writer = writerOf(header.disk);
    if (!writer || header.kind == FrameKind::Chunk) {
        return writer ? (*writer)->write(at, raw) : Result<>(unexpected(writer.error()));
    }
    const auto blocks = patchedBlocks(raw, header.rawBytes);
    return blocks ? applyPatch(*blocks, raw, header.rawBytes, [&](auto offset, auto bytes) { return (*writer)->write(at + offset, bytes); })
                  : Result<>(unexpected(blocks.error()));
}

void Receiving::settle(const FrameHeader &header, bool stored)
{
    const std::scoped_lock lock(m_mutex);
    auto &disk = m_disks[header.disk];
    std::erase(disk.arriving, header.chunk);
    if (stored && !disk.lost.contains(header.chunk)) {
        disk.here.insert(header.chunk);
        disk.stale.erase(header.chunk);
        disk.manifest.set(header.chunk, header.digest);
        ++disk.fresh;
        m_fresh.push_back({{header.disk, header.chunk, header.digest}, header.kind == FrameKind::Patch});
        m_done += header.rawBytes;
    } else {
        disk.stale.insert(header.chunk); // it may have been written in part
        disk.lost.insert(header.chunk);
    }
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
    if (!noted && noted.error().reason != Reason::Integrity) { // what is wrong is stale by now
        return unexpected(noted.error());
    }
    const std::scoped_lock lock(m_mutex);
    std::vector<Digest> roots;
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        const auto &disk = m_disks[parcel];
        if (!disk.stale.isEmpty()) { // said while it was on its way, or a write failed: it comes again
            return refuse(Reason::Unreachable, {{"where", m_orders.parcels[parcel].nameOf(disk.stale.next(0))}}, "what is there no longer counts");
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

bool Receiving::attach(Feeder *feeder)
{
    const std::scoped_lock lock(m_mutex);
    if (m_closed || m_feeders.size() >= maxFeeders) {
        return false;
    }
    m_feeders.push_back(feeder);
    return true;
}

void Receiving::detach(Feeder *feeder)
{
    const std::scoped_lock lock(m_mutex);
    std::erase(m_feeders, feeder);
    m_detached.notify_all();
}

void Receiving::disconnect()
{
    std::unique_lock lock(m_mutex);
    for (auto *feeder : m_feeders) {
        feeder->interrupt();
    }
    m_detached.wait(lock, [this] { return m_feeders.empty(); });
    ++m_round;
    m_failed.reset();
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
